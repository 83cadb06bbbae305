/** Puts the parts of one day together: queue system, kiosks, cameras, the crowd and what it answers, the record. */
import type { FleetDevice } from '../fleet.ts'
import { type Answers, createAnswers } from './answers.ts'
import type { ArrivalSource } from './arrival-source.ts'
import { type Cameras, createCameras } from './cameras.ts'
import { type Crowd, createCrowd } from './crowd.ts'
import { createDayClock, type DayClock } from './day-clock.ts'
import { createDraw } from './draws.ts'
import { createFloor, type Floor } from './floor.ts'
import type { Hall } from './hall.ts'
import { createHearing, type Hearing } from './hearing.ts'
import { createHeat } from './heat.ts'
import { createRecordKeeper, type RecordKeeper } from './keep-record.ts'
import { createKiosks, type Kiosks } from './kiosks.ts'
import type { LobbyModelOptions } from './model.ts'
import { createQueueSystem, type QueueSystem } from './queue-system.ts'
import { arrivalsFromRates } from './rates.ts'
import { Visitor } from './visitor.ts'

export interface Day {
  readonly clock: DayClock
  readonly floor: Floor
  readonly crowd: Crowd
  readonly cameras: Cameras
  readonly kiosks: Kiosks
  readonly queue: QueueSystem
  readonly answers: Answers
  readonly hearing: Hearing
  readonly keeper: RecordKeeper
  expectNext(): void
  readonly expectsMore: () => boolean
  /** Sends home who has not been served, and lets nobody in. */
  lock(): void
}

type Options = LobbyModelOptions & { readonly startMs: number }
type Devices = ReadonlyMap<string, FleetDevice>

export const assembleDay = (options: Options, devices: Devices): Day => {
  const { scenario, seed, startMs } = options
  const draw = createDraw(seed)
  const clock = createDayClock(options.clock, startMs)
  const floor = createFloor(scenario, draw)
  const heat = createHeat(scenario, floor)
  const now = () => clock.now()
  const keeper = createRecordKeeper({ scenario, seed: String(seed), startMs, heat, now })
  const crowd = createCrowd()
  const wires = createWires(devices, keeper)
  const ground = { scenario, clock, draw, floor, crowd, keeper, ...wires }
  const machines = createMachines(ground, options.life ?? 0)
  const answers = createAnswers({ ...ground, ...machines, whoIs: options.whoIs })
  const hearing = createHearing({ ...ground, ...machines, answers })
  const door = createDoor({ ...options, clock, keeper })
  const waits = createWaitingCounts(keeper)
  const hall: Hall = { ...ground, ...machines, heat, waits, isLocked: door.isLocked }
  return {
    ...ground,
    ...machines,
    answers,
    hearing,
    expectNext: () => door.expectNext(hall),
    expectsMore: door.expectsMore,
    lock() {
      door.lock()
      for (const visitor of crowd.all()) visitor.sendHome()
    },
  }
}

/** The lines to the devices; what no device plays is not said at all. */
const createWires = (devices: Devices, keeper: RecordKeeper) => {
  const sense: Hall['sense'] = (id, name, data) => {
    const played = devices.get(id)
    if (played === undefined) return
    keeper.sensed()
    played.sense(name, data)
  }
  const stream = (id: string, name: string, data: object) => {
    keeper.streamed()
    devices.get(id)?.stream(name, data)
  }
  return { sense, stream, device: (id: string) => devices.get(id), isHeard: devices.size > 0 }
}

type Ground = ReturnType<typeof createWires> &
  Pick<Hall, 'scenario' | 'clock' | 'draw' | 'floor' | 'crowd'> & { readonly keeper: RecordKeeper }

const createMachines = (ground: Ground, life: number) => {
  const { scenario, clock, crowd, sense, device } = ground
  const of = (kind: string) => scenario.branch.devices.filter((one) => one.kind === kind).map(({ id }) => id)
  const ticketMachine = of('ticket-machine')[0] ?? ''
  const queue = createQueueSystem({
    ...ground,
    numbersFrom: life,
    sense: (name, data) => sense(ticketMachine, name, data),
    called: (ticket) => crowd.holderOf(ticket.number)?.called(ticket) ?? false,
    served: (ticket) => crowd.holderOf(ticket.number)?.served(),
  })
  const kiosks = createKiosks({
    ids: of('kiosk'),
    clock,
    device,
    promisedMs: scenario.kiosks.promisedSeconds * 1_000,
    repairMs: scenario.kiosks.repairMinutes * 60_000,
  })
  const cameras = createCameras({ ...ground, trackPrefix: life === 0 ? '' : `${life.toString(36)}-` })
  return { ticketMachine, queue, kiosks, cameras }
}

const createWaitingCounts = (keeper: RecordKeeper): Hall['waits'] => {
  const waiting = new Map<string, number>()
  return (service, by) => {
    const count = (waiting.get(service) ?? 0) + by
    waiting.set(service, count)
    keeper.waiting(service, count)
  }
}

/** Lets them in one after the other, each at their moment: a day is never all in memory at once. */
const createDoor = (
  deps: LobbyModelOptions & { readonly clock: DayClock; readonly keeper: RecordKeeper },
) => {
  const { scenario, seed, clock, keeper } = deps
  const source: ArrivalSource = deps.arrivals ?? arrivalsFromRates(scenario, seed)
  const coming = source.arrivals()[Symbol.iterator]()
  let expects = true
  let locked = false
  const expectNext = (hall: Hall) => {
    const next = coming.next()
    if (next.done === true) {
      expects = false
      return
    }
    const arrival = next.value
    clock.at(arrival.atMs, () => {
      if (!locked) new Visitor(hall, arrival, keeper.comes(arrival)).come()
      expectNext(hall)
    })
  }
  return {
    expectNext,
    expectsMore: () => expects && !locked,
    isLocked: () => locked,
    lock() {
      locked = true
    },
  }
}
