/**
 * The discrete-event model of one day in one branch. With devices it plays the people before them and everything the
 * sensors see; without, it is the pure queueing model of the same branch.
 */
import type { Clock, People } from '../devices/ports.ts'
import type { FleetDevice } from '../fleet.ts'
import type { ArrivalSource } from './arrival-source.ts'
import type { DayRecord } from './record.ts'
import type { Scenario } from './scenario.ts'

export interface LobbyModelOptions {
  readonly scenario: Scenario
  readonly seed: string | number
  /** What it shows at the start is taken for `startMs` of the day. */
  readonly clock: Clock
  /** Asked for at the start, because the devices ask the people of this model. Absent: the hub is off. */
  readonly devices?: () => readonly FleetDevice[]
  /** Default: the rates of the scenario. */
  readonly arrivals?: ArrivalSource
  /** Whom the hub means by a visit, where the caller can look it up; else whoever stands there is taken for them. */
  readonly whoIs?: (visit: string) => { readonly track?: string; readonly ticket?: string } | undefined
}

export interface Position {
  readonly id: string
  readonly kind: 'visitor' | 'robot'
  readonly x: number
  readonly y: number
}

export interface LobbyModel {
  /** Given to the devices: they ask the people of this lobby. */
  readonly people: People
  /** When its day begins and when everybody is sent home at the latest, in milliseconds since local midnight. */
  readonly startMs: number
  readonly endMs: number
  start(): void
  /** Nothing moves any more. Who is inside stays so in the record. */
  stop(): void
  /** People inside now. */
  present(): number
  /** Nobody comes any more and nobody is inside. */
  finished(): boolean
  /** Staff take a seat at a counter that is closed. @returns false when it is open already or cannot be opened. */
  openCounter(counter: string): boolean
  positions(): readonly Position[]
  record(): DayRecord
}
