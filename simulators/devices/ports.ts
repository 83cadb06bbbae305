/**
 * What a simulated device needs from outside: a line to the hub, time, chance, people around it and a log. With real
 * ones it is a process on MQTT; with fakes a thousand of them run in one deterministic test.
 */
import type { JournalEntry } from './journal-entry.ts'

export type { Clock, Session, Transport } from '#adapters/sdk/ports.ts'

/** A number in [0, 1) that depends on the seed and these words only, never on what was drawn before. */
export type Chance = (...about: string[]) => number

export interface Journal {
  readonly entries: () => readonly JournalEntry[]
  /** Returns only when what was really done is on disk. */
  readonly write: (entry: JournalEntry) => void
  readonly close: () => void
}

export type Question =
  | { readonly kind: 'intent'; readonly device: string; readonly visit?: string }
  | {
      readonly kind: 'offer'
      readonly device: string
      readonly ticket: string
      readonly service: string
      readonly kiosk?: string
      readonly visit?: string
    }
  | { readonly kind: 'promotion'; readonly device: string; readonly product: string; readonly visit?: string }

export interface Answer {
  readonly intent?: string
  readonly language?: string
  readonly offer?: 'accepted' | 'declined' | 'none'
  readonly promotion?: 'none' | 'interested' | 'declined'
}

/** Whoever stands before the device. Answers at once, later, or never; the device waits only so long. */
export interface People {
  ask(question: Question, reply: (answer: Answer) => void): void
}
