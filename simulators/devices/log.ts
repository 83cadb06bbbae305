/** The device's hand on its journal: stamps every line with time, device and boot, and lets others listen in. */
import type { JournalEntry } from './journal-entry.ts'
import type { Clock, Journal } from './ports.ts'

type Unstamped<E> = E extends unknown ? Omit<E, 'at' | 'device' | 'boot'> : never
export type Note = Unstamped<JournalEntry>

export interface Log {
  readonly boot: string
  readonly earlier: readonly JournalEntry[]
  /** Returns when it is on disk; whoever listens hears it after that. */
  write(note: Note): void
  listen(listener: (entry: JournalEntry) => void): () => void
}

export const createLog = (deps: { journal: Journal; clock: Clock; device: string; boot: string }): Log => {
  const listeners = new Set<(entry: JournalEntry) => void>()
  return {
    boot: deps.boot,
    earlier: [...deps.journal.entries()],
    write(note) {
      const entry: JournalEntry = { at: deps.clock.now(), device: deps.device, boot: deps.boot, ...note }
      deps.journal.write(entry)
      for (const listener of listeners) listener(entry)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
