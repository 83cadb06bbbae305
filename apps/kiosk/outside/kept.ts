/**
 * What the kiosk keeps for its next start, when the hub may be away: what the branch told it, and never anything of a
 * visitor. That a session is open is kept as a bare yes, so that one that a power cut ended does not run on in the hub.
 */
import { z } from 'zod'
import { Board } from '#protocol/board.ts'

const names = {
  settings: 'usher.kiosk.settings',
  board: 'usher.kiosk.board',
  session: 'usher.kiosk.session',
  closed: 'usher.kiosk.closed',
  tries: 'usher.kiosk.tries',
} as const

/** A browser without a place to keep things, or with a full one, is a kiosk that forgets. */
const write = (name: string, text: string | null) => {
  try {
    if (text === null) localStorage.removeItem(name)
    else localStorage.setItem(name, text)
  } catch {
    // Nothing depends on it while the page lives.
  }
}

const read = <T extends z.ZodType>(name: string, schema: T): z.output<T> | undefined => {
  try {
    return schema.safeParse(JSON.parse(localStorage.getItem(name) ?? 'null')).data
  } catch {
    return undefined
  }
}

const Tries = z.object({ wrong: z.int().min(0), notBefore: z.number() })
export type Tries = z.infer<typeof Tries>

export const kept = {
  settings: (): unknown => read(names.settings, z.json()),
  keepSettings: (told: unknown) => write(names.settings, JSON.stringify(told ?? null)),
  board: () => read(names.board, Board),
  keepBoard: (board: Board) => write(names.board, JSON.stringify(board)),
  hasSession: () => read(names.session, z.literal(true)) === true,
  keepSession: (isOpen: boolean) => write(names.session, isOpen ? 'true' : null),
  isClosed: () => read(names.closed, z.literal(true)) === true,
  keepClosed: (isClosed: boolean) => write(names.closed, isClosed ? 'true' : null),
  tries: () => read(names.tries, Tries) ?? { wrong: 0, notBefore: 0 },
  keepTries: (tries: Tries) => write(names.tries, JSON.stringify(tries)),
}
