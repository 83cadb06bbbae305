/**
 * Commands without an answer, kept where they outlive the page. Each page writes under a name of its own (`boot`), so
 * that two pages never write over each other; what a closed page left behind goes out with the next one of that person.
 */
import { z } from 'zod'
import { CommandCall } from '#protocol/desk/live/line.ts'

const prefix = 'usher.outbox.'

const Kept = z.object({
  /** The account: nobody sends what another one ordered. */
  who: z.string(),
  /** Number of the last call. */
  last: z.int(),
  calls: z.array(CommandCall.extend({ at: z.number() })),
})
export type Kept = z.infer<typeof Kept>
export type KeptCall = Kept['calls'][number]

/** `localStorage` is one. */
export interface KeyValueStore {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface KeptCalls {
  boots(): string[]
  read(boot: string): Kept | undefined
  /** Without a call it is dropped. */
  write(boot: string, kept: Kept): void
}

export const createKeptCalls = (store: KeyValueStore): KeptCalls => ({
  boots: () =>
    Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort(),
  read: (boot) => {
    const text = store.getItem(prefix + boot)
    if (text === null) return undefined
    try {
      return Kept.parse(JSON.parse(text))
    } catch {
      // Written by a page that knew other commands: nothing in it can be sent any more.
      return undefined
    }
  },
  write: (boot, kept) => {
    if (kept.calls.length === 0) return store.removeItem(prefix + boot)
    try {
      store.setItem(prefix + boot, JSON.stringify(kept))
    } catch {
      // No room left: it is sent all the same, and only does not outlive the page.
    }
  },
})
