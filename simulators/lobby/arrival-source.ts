/**
 * Who comes when. The rates of a scenario, the log of a queue system and a recorded day are all sources of the same
 * arrivals, so that one model plays them all. What a visitor is and would do is settled before they come in: nothing
 * that happens to somebody else can change it.
 */
import type { ScenarioFile } from './scenario-schema.ts'

export interface Arrival {
  /** Names the visitor in every arm of a comparison: what chance decides hangs on this and nothing else. */
  readonly key: string
  /** Milliseconds since local midnight. */
  readonly atMs: number
  readonly service: string
  readonly language: string
  readonly party: number
  /** How the tracking camera sees them. */
  readonly grade: 'tracked' | 'counted' | 'missed'
  readonly priority: boolean
  readonly elderly: boolean
  readonly booked: boolean
  /** A kiosk could really do the errand. */
  readonly eligible: boolean
  readonly choosesStaff: boolean
  /** Wait after which they leave. */
  readonly patienceMs: number
  /** Time at a counter, once there. */
  readonly serviceMs: number
  /** Time at a kiosk if it works out. */
  readonly kioskMs: number
  readonly kioskTooHard: boolean
  /** Knows the way: straight to the ticket machine, or straight to a kiosk. */
  readonly hurry: 'no' | 'ticket' | 'kiosk'
  /** Sits and waits already when the day begins. */
  readonly seated: boolean
}

/** What a source knows of an arrival; the rest is drawn as in the scenario. */
export type KnownArrival = Pick<Arrival, 'key' | 'atMs' | 'service'> & Partial<Arrival>

export interface ArrivalSource {
  /** In words, for a report: `rates of morning-rush`, `tickets of 2026-03-02.csv`. */
  readonly title: string
  /** In the order in which they come. Each call begins anew. */
  arrivals(): Iterable<Arrival>
}

export type ArrivalRates = ScenarioFile['arrivals']
