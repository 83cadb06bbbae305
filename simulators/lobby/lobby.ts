/**
 * A small seeded lobby: people come in, wait, answer the devices and go, so that the branch has something to do. It
 * touches the hub nowhere: it acts on the devices, and learns from them what was done.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import { between, createChance } from '../devices/chance.ts'
import type { JournalEntry } from '../devices/journal-entry.ts'
import type { Answer, Chance, Clock, People, Question } from '../devices/ports.ts'
import type { FleetDevice } from '../fleet.ts'
import { type Arrival, createArrivals, presentMax } from './arrivals.ts'
import { createQueueSystem, type QueueSystem, type Ticket } from './queue-system.ts'
import { type Hall, Visitor } from './visitor.ts'
import type { World } from './world.ts'

export interface Lobby {
  /** Given to the fleet: the devices ask the people of this lobby. */
  readonly people: People
  /** Once the devices are on their way up. */
  start(devices: readonly FleetDevice[]): void
  stop(): void
  readonly present: () => number
}

const countEveryMs = 5_000
/** Who has not come to the kiosk by then does not come. */
const promiseMs = 20_000

export const createLobby = (deps: { world: World; clock: Clock; seed: number | string }): Lobby =>
  new SeededLobby(deps)

class SeededLobby implements Lobby {
  readonly people: People = { ask: (question, reply) => this.#ask(question, reply) }
  readonly #world: World
  readonly #chance: Chance
  readonly #clock: Clock
  readonly #queue: QueueSystem
  readonly #hall: Hall
  readonly #arrivals: ReturnType<typeof createArrivals>
  readonly #visitors = new Set<Visitor>()
  readonly #devices = new Map<string, FleetDevice>()
  readonly #kiosksInUse = new Set<string>()
  readonly #brokenKiosks = new Set<string>()
  /** To somebody who is on the way there. */
  readonly #promised = new Set<string>()
  readonly #run: string
  #stopped = false
  #count = 0

  constructor({ world, clock, seed }: { world: World; clock: Clock; seed: number | string }) {
    this.#world = world
    this.#chance = createChance(seed)
    this.#clock = {
      now: () => clock.now(),
      after: (ms, call) => clock.after(Math.round(ms), () => void (this.#stopped || call())),
    }
    // A track means nothing beyond this run: the cameras have begun to count anew.
    this.#run = Math.floor(clock.now() / 1_000).toString(36)
    this.#arrivals = createArrivals({ world, chance: this.#chance })
    this.#queue = createQueueSystem({
      world,
      clock: this.#clock,
      chance: this.#chance,
      sense: (name, data) => this.#sense(world.ticketMachine, name, data),
      called: (ticket) => this.#holder(ticket)?.called(),
      served: (ticket) => this.#holder(ticket)?.leave(),
    })
    this.#hall = {
      world,
      clock: this.#clock,
      chance: this.#chance,
      queue: this.#queue,
      sense: (device, name, data) => this.#sense(device, name, data),
      use: (kiosk, use) => this.#devices.get(kiosk)?.use(use),
      freeKiosk: (wanted) => this.#freeKiosk(wanted),
      gone: (visitor) => void this.#visitors.delete(visitor),
    }
  }

  start(devices: readonly FleetDevice[]) {
    for (const device of devices) {
      this.#devices.set(device.id, device)
      device.listen((entry) => this.#hear(entry))
    }
    this.#queue.start()
    this.#tellCounts()
    this.#expect(0, 0)
  }

  stop() {
    this.#stopped = true
  }

  present() {
    return this.#visitors.size
  }

  #expect(index: number, beforeMs: number) {
    const { atMs, arrival } = this.#arrivals.next(index, beforeMs)
    this.#clock.after(atMs - beforeMs, () => {
      if (this.#visitors.size < presentMax) this.#comes(arrival)
      this.#expect(index + 1, atMs)
    })
  }

  #comes(arrival: Arrival) {
    const service = this.#world.services.find(({ id }) => id === arrival.service)
    if (service === undefined) return
    this.#count += 1
    const visitor = new Visitor(this.#hall, {
      track: `t${this.#run}-${this.#count}`,
      number: this.#count,
      arrival,
      service,
    })
    this.#visitors.add(visitor)
    visitor.come()
  }

  #ask(question: Question, reply: (answer: Answer) => void) {
    if (question.kind === 'promotion') {
      const draw = this.#chance('promotion', question.product, question.visit ?? `${this.#clock.now()}`)
      reply({ promotion: draw < 0.3 ? 'interested' : 'none' })
      return
    }
    if (question.kind === 'intent') {
      const waiting = [...this.#visitors].find(({ doing, asked }) => doing === 'entering' && !asked)
      waiting?.answerIntent(reply)
      return
    }
    const holder = [...this.#visitors].find(({ ticketNumber }) => ticketNumber === question.ticket)
    if (holder === undefined || holder.doing !== 'waiting') return
    const accepts = this.#chance('offer', `${holder.number}`) < 0.8
    this.#clock.after(between(900, 2_800, this.#chance('decides', `${holder.number}`)), () => {
      reply({ offer: accepts ? 'accepted' : 'declined' })
      if (!accepts) return
      this.#promise(question.kiosk)
      holder.goToKiosk(question.kiosk)
    })
  }

  #promise(kiosk: string | undefined) {
    if (kiosk === undefined) return
    this.#promised.add(kiosk)
    this.#clock.after(promiseMs, () => void this.#promised.delete(kiosk))
  }

  /** What the devices really did, from their own logs. */
  #hear(entry: JournalEntry) {
    if (entry.kind === 'ticketed' && entry.ticket !== undefined) this.#queue.obey(entry.ticket, entry.action)
    if (entry.kind === 'session') this.#hearSession(entry)
  }

  #hearSession({ device, state, ticket }: Extract<JournalEntry, { kind: 'session' }>) {
    if (state === 'started') return
    if (state === 'failed') {
      this.#brokenKiosks.add(device)
      this.#clock.after(60_000, () => void this.#brokenKiosks.delete(device))
    }
    this.#kiosksInUse.delete(device)
    const user = [...this.#visitors].find((one) =>
      ticket === undefined ? one.kiosk === device : one.ticketNumber === ticket,
    )
    user?.kioskEnded(state, device)
  }

  #freeKiosk(wanted: string | undefined) {
    const free = this.#world.kiosks.filter((id) => !this.#kiosksInUse.has(id) && !this.#brokenKiosks.has(id))
    const kiosk = free.find((id) => id === wanted) ?? free.find((id) => !this.#promised.has(id))
    if (wanted !== undefined) this.#promised.delete(wanted)
    if (kiosk !== undefined) this.#kiosksInUse.add(kiosk)
    return kiosk
  }

  #holder(ticket: Ticket) {
    return [...this.#visitors].find(({ ticketNumber }) => ticketNumber === ticket.number)
  }

  #tellCounts() {
    const count = (zone: string) =>
      [...this.#visitors]
        .filter((visitor) => visitor.zone === zone)
        .reduce((sum, { arrival }) => sum + arrival.party, 0)
    for (const zone of ['entrance', 'waiting', 'counters'])
      this.#sense(this.#world.hallCamera, 'zone.count', { zone, count: count(zone) })
    this.#sense(this.#world.kioskCamera, 'zone.count', { zone: 'kiosks', count: count('kiosks') })
    this.#clock.after(countEveryMs, () => this.#tellCounts())
  }

  #sense<N extends EventName>(device: string, name: N, data: EventData<N>) {
    this.#devices.get(device)?.sense(name, data)
  }
}
