/** What the runner tells the client processes, and what they tell back. Times are of the shared monotonic clock, in ms. */
import type { Load } from '../loads.ts'

export interface SendOrder {
  readonly port: number
  readonly load: Load
  readonly perSecond: number
  readonly count: number
  /** How long acknowledgements may take after the last event. */
  readonly patienceMs: number
}

export interface Sent {
  /** Everything was published, at the pace asked for. */
  readonly whole: boolean
  /** When each event that makes a task was published. */
  readonly detections: readonly number[]
  readonly startMs: number
  readonly endMs: number
  /** When the last acknowledgement had come. */
  readonly settledMs: number
  readonly unacknowledged: number
  /** How late an event was at most. */
  readonly worstLagMs: number
}

export type DevicesOrder =
  | {
      readonly do: 'connect'
      readonly port: number
      readonly devices: readonly string[]
      readonly states: boolean
    }
  /** Forgets what came so far. */
  | { readonly do: 'begin' }
  /** Answers once that many tasks have come, or the time is over. */
  | { readonly do: 'collect'; readonly count: number; readonly untilMs: number }

export interface Collected {
  /** When each task came, in the order in which they were decided. */
  readonly arrivals: readonly number[]
  /** How many came more than once. */
  readonly repeated: number
}

export type DevicesAnswer =
  | { readonly ready: true }
  | { readonly collected: Collected }
  | { readonly error: string }
