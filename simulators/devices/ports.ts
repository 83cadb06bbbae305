/**
 * What a simulated device needs from outside: a line to the hub, time, chance, people around it and a log. With real
 * ones it is a process on MQTT; with fakes a thousand of them run in one deterministic test.
 */
import type { JournalEntry } from './journal-entry.ts'

/** One connected life of the device, as MQTT 3.1.1 knows it: clean session, a will, a list of topics. */
export interface Session {
  readonly clientId: string
  readonly will:
    | { readonly topic: string; readonly payload: string; readonly qos: 0 | 1; readonly retain: boolean }
    | undefined
  readonly subscriptions: readonly string[]
  /** Connected and subscribed. */
  onUp(): void
  onDown(): void
  onMessage(topic: string, payload: string): void
}

export interface Transport {
  /** Connects and keeps connecting until closed. */
  open(session: Session): void
  /** QoS 1: resolves with the PUBACK, rejects when the line goes down before it. QoS 0: resolves when written. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  /** Cuts the line without a goodbye, so that the will is published, and comes back after that time. */
  drop(forMs: number): void
  /** `orderly`: with DISCONNECT, so that the will is not published. */
  close(orderly: boolean): Promise<void>
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds since some fixed moment, which durations are measured with. Default: `now`, which then never steps. */
  monotonicMs?(): number
  /** @returns cancels the call. */
  after(ms: number, call: () => void): () => void
}

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
