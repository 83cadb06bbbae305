/** What is done with accounts and sessions stands in the journal like everything else people do; secrets never. */
import type { Clock } from '../engine/hub-time.ts'
import type { DeskAct } from './acts.ts'

export interface Note {
  readonly act: DeskAct
  /** Whose account; null where many were meant or nobody's is. */
  readonly account: string | null
  readonly by: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface Audit {
  /** Done once it is in the journal. What needs a witness is done afterwards. */
  note(note: Note): Promise<void>
  /** Sign-ins that were refused are many where somebody guesses: they are told once a minute, as a number. */
  refused(): void
  stop(): void
}

interface Parts {
  readonly write: (note: Note) => Promise<unknown>
  readonly clock: Clock
  readonly onLost: (error: unknown) => void
}

const toldEveryMs = 60_000

export const createAudit = ({ write, clock, onLost }: Parts): Audit => {
  let attempts = 0
  let callOff: (() => void) | undefined
  const tell = () => {
    callOff = undefined
    const note: Note = { act: 'refused', account: null, by: 'desk', params: { attempts } }
    attempts = 0
    write(note).catch(onLost)
  }
  return {
    note: async (note) => void (await write(note)),
    refused: () => {
      attempts += 1
      callOff ??= clock.after(toldEveryMs, tell)
    },
    stop: () => callOff?.(),
  }
}
