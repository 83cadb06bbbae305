/**
 * What really happened in a simulated day: the ground truth that no sensor and no hub knows in full. Plain JSON; all
 * times are milliseconds since local midnight, and what did not happen is null.
 */

export type Outcome = 'served' | 'self-served' | 'abandoned' | 'turned-away' | 'still-inside'

export interface VisitorRecord {
  readonly id: string
  readonly arrivedAtMs: number
  readonly service: string
  readonly party: number
  readonly language: string
  readonly priority: boolean
  readonly elderly: boolean
  readonly booked: boolean
  /** A kiosk could really do this errand. */
  readonly eligible: boolean
  readonly patienceMs: number
  readonly serviceMs: number
  readonly kioskMs: number
  ticket: string | null
  ticketAtMs: number | null
  announcedWaitMs: number | null
  /** Time with a ticket and not called, at a kiosk or on the way to one. */
  waitedMs: number
  /** The last call that they followed. */
  calledAtMs: number | null
  servedFromMs: number | null
  servedUntilMs: number | null
  counter: string | null
  kiosk: string | null
  kioskFromMs: number | null
  kioskUntilMs: number | null
  kioskOutcome: 'finished' | 'abandoned' | 'failed' | null
  readonly invited: { atMs: number; device: string; accepted: boolean | null }[]
  readonly greeted: { atMs: number; device: string }[]
  readonly promoted: { atMs: number; device: string; product: string; response: string }[]
  returnedToCounter: boolean
  leftAtMs: number | null
  outcome: Outcome
}

export interface Interval {
  readonly fromMs: number
  readonly untilMs: number
}

export interface CounterInterval extends Interval {
  readonly counter: string
  readonly state: 'open' | 'serving' | 'paused' | 'closed'
  readonly ticket: string | null
}

export interface DeviceInterval extends Interval {
  readonly device: string
  readonly state: 'busy' | 'charging' | 'blocked' | 'faulted'
  /** What it was busy with: a capability, or `session` at a kiosk. */
  readonly doing: string | null
}

/** Who waits with a ticket and has not been called, each time that changes. */
export interface QueueLength {
  readonly atMs: number
  readonly service: string
  readonly waiting: number
}

export interface HeatGrid {
  readonly x: number
  readonly y: number
  readonly cellMetres: number
  readonly columns: number
  readonly rows: number
  /** Row by row from the top left: seconds that people spent in each cell. */
  readonly personSeconds: readonly number[]
}

export interface DayRecord {
  readonly scenario: string
  readonly branch: string
  readonly date: string
  readonly seed: string
  readonly fromMs: number
  readonly untilMs: number
  /** In the order in which they came. */
  readonly visitors: readonly VisitorRecord[]
  readonly queueLengths: readonly QueueLength[]
  readonly counters: readonly CounterInterval[]
  readonly devices: readonly DeviceInterval[]
  readonly heat: HeatGrid
  /** Events told to the hub; positions are streams and not counted. */
  readonly sensed: number
  readonly streamed: number
}
