/**
 * The discrete-event model of one day in one branch. With devices it plays the people before them and everything the
 * sensors see; without, it is the pure queueing model of the same branch.
 */
import { minuteMs } from '#protocol/local-time.ts'
import type { Clock, People } from '../devices/ports.ts'
import type { FleetDevice } from '../fleet.ts'
import type { ArrivalSource } from './arrival-source.ts'
import { assembleDay, type Day } from './assemble-day.ts'
import type { DayRecord } from './record.ts'
import type { Scenario } from './scenario.ts'
import { planTroubles } from './troubles.ts'

export interface LobbyModelOptions {
  readonly scenario: Scenario
  readonly seed: string | number
  /** What it shows when the model starts is taken for `startMs` of the day. */
  readonly clock: Clock
  /** Asked for at the start, because the devices ask the people of this model. Absent: the hub is off. */
  readonly devices?: () => readonly FleetDevice[]
  /** Default: the rates of the scenario. */
  readonly arrivals?: ArrivalSource
  /** When its day begins, in milliseconds since local midnight; default: five minutes before the opening. */
  readonly startMs?: number
  /** Tickets and tracks of an earlier life, which a hub still knows, are not named again; default 0. */
  readonly life?: number
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
  /**
   * Staff take a seat at this counter, or at the first spare one.
   * @returns false when it is open already or cannot be opened.
   */
  openCounter(counter?: string): boolean
  /** Staff change a ticket by hand at the queue system. */
  changeTicket(ticket: string, action: 'hold' | 'restore' | 'release'): void
  positions(): readonly Position[]
  record(): DayRecord
}

/** The devices come up and the hub learns of the branch before the first visitor. */
const leadMs = 5 * minuteMs

export const createLobbyModel = (options: LobbyModelOptions): LobbyModel => new LobbyDay(options)

class LobbyDay implements LobbyModel {
  readonly people: People
  readonly startMs: number
  readonly endMs: number
  readonly #options: LobbyModelOptions
  readonly #devices = new Map<string, FleetDevice>()
  #day: Day | undefined
  #endedMs: number | undefined

  constructor(options: LobbyModelOptions) {
    this.#options = options
    const { day, counters } = options.scenario
    this.startMs = options.startMs ?? Math.max(0, day.openMs - leadMs)
    this.endMs = day.closeMs + counters.overtimeMinutes * minuteMs
    this.people = { ask: (question, reply) => this.#day?.answers.ask(question, reply) }
  }

  start() {
    if (this.#day !== undefined) return
    const { devices } = this.#options
    for (const device of devices?.() ?? []) this.#devices.set(device.id, device)
    const day = assembleDay({ ...this.#options, startMs: this.startMs }, this.#devices)
    this.#day = day
    for (const device of this.#devices.values())
      device.listen((entry) => void (day.clock.stopped() || day.hearing.hear(entry)))
    day.queue.start()
    if (this.#devices.size > 0) day.cameras.start()
    planTroubles({ ...day, scenario: this.#options.scenario, device: (id) => this.#devices.get(id) })
    day.expectNext()
    day.clock.at(this.endMs, () => day.lock())
  }

  stop() {
    const day = this.#day
    if (day === undefined || day.clock.stopped()) return
    this.#endedMs = day.clock.now()
    for (const visitor of day.crowd.all()) visitor.stop()
    day.clock.stop()
  }

  present() {
    return this.#day?.crowd.count() ?? 0
  }

  finished() {
    const day = this.#day
    if (day === undefined) return false
    return (
      !day.expectsMore() && day.crowd.count() === 0 && day.clock.now() >= this.#options.scenario.day.closeMs
    )
  }

  openCounter(counter?: string) {
    return this.#day?.queue.counters.openSpare(counter) ?? false
  }

  changeTicket(ticket: string, action: 'hold' | 'restore' | 'release') {
    this.#day?.queue.obey(ticket, action)
  }

  positions() {
    const day = this.#day
    if (day === undefined) return []
    const robots = [...day.hearing.robots].flatMap(([id, at]) => {
      const point = day.floor.pointOf(at) ?? day.floor.centreOf(at) ?? day.floor.pointOf(id)
      return point === undefined ? [] : [{ id, kind: 'robot' as const, ...point }]
    })
    const visitors = [...day.crowd.all()].map((visitor) => ({
      id: visitor.arrival.key,
      kind: 'visitor' as const,
      ...visitor.position(),
    }))
    return [...visitors, ...robots]
  }

  record() {
    if (this.#day === undefined) throw new Error('The model has not been started.')
    return this.#day.keeper.record(this.#endedMs ?? this.#day.clock.now())
  }
}
