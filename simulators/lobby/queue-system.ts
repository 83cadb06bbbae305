/**
 * The branch's queue system: numbers, counters and calls. It knows nothing of the hub, holds and gives back tickets when
 * the ticket machine is told to, and says what it does through that machine.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import { between } from '../devices/chance.ts'
import type { Chance, Clock } from '../devices/ports.ts'
import type { CounterDesk, ServiceDesk, World } from './world.ts'

export interface Ticket {
  readonly number: string
  /** The nth of this run: what chance decides hangs on this. */
  readonly index: number
  readonly service: ServiceDesk
  readonly issuedAt: number
  state: 'waiting' | 'held' | 'called' | 'ended'
}

interface Counter extends CounterDesk {
  state: 'open' | 'closed'
  serving: Ticket | undefined
  freeSince: number
}

export interface QueueSystem {
  start(): void
  issue(
    service: ServiceDesk,
    about: Omit<EventData<'ticket.issued'>, 'ticket' | 'service' | 'segment'>,
  ): Ticket
  /** The customer stands at the counter now. */
  arrived(ticket: Ticket): void
  withdraw(ticket: Ticket): void
  obey(number: string, action: 'hold' | 'restore' | 'release'): void
  waiting(): number
}

export interface QueueSystemDeps {
  readonly world: World
  readonly clock: Clock
  readonly chance: Chance
  readonly sense: <N extends EventName>(name: N, data: EventData<N>) => void
  readonly called: (ticket: Ticket, counter: string) => void
  readonly served: (ticket: Ticket) => void
}

const snapshotEveryMs = 5_000
const callEveryMs = 1_000
/** Who does not come to the counter in this time is passed over. */
const noShowMs = 20_000
/** Between two customers a teller finishes the papers. */
const papersMs = 3_000
const underWayMs = [18_000, 30_000] as const
/** Above so many waiting, another counter is opened after a while; below, closed again. */
const crowded = 9
const quiet = 3
const openingMs = 20_000

export const createQueueSystem = (deps: QueueSystemDeps): QueueSystem => new NumberedQueues(deps)

class NumberedQueues implements QueueSystem {
  readonly #deps: QueueSystemDeps
  readonly #counters: Counter[]
  #tickets: Ticket[] = []
  #index = 0
  readonly #base: number
  #crowdedSince: number | undefined

  constructor(deps: QueueSystemDeps) {
    this.#deps = deps
    const now = deps.clock.now()
    // Not from 001 after every start: a hub that was here before still knows the earlier numbers.
    this.#base = Math.floor(now / 10_000) % 900
    this.#counters = deps.world.counters.map((desk) => ({
      ...desk,
      state: desk.open ? 'open' : 'closed',
      serving: undefined,
      // The day is under way: each teller still serves somebody.
      freeSince: now + between(...underWayMs, deps.chance('under-way', desk.id)),
    }))
  }

  start() {
    const { clock, world } = this.#deps
    for (const counter of this.#counters) this.#tellCounter(counter)
    for (const service of world.services) this.#snapshot(service)
    const every = (ms: number, call: () => void) =>
      clock.after(ms, () => {
        call()
        every(ms, call)
      })
    every(callEveryMs, () => this.#work())
    every(snapshotEveryMs, () => {
      for (const service of world.services) this.#snapshot(service)
    })
  }

  issue(service: ServiceDesk, about: Omit<EventData<'ticket.issued'>, 'ticket' | 'service' | 'segment'>) {
    const { clock, sense } = this.#deps
    this.#index += 1
    const number = `${service.letter}${String((this.#base + this.#index) % 1_000).padStart(3, '0')}`
    const ticket: Ticket = { number, index: this.#index, service, issuedAt: clock.now(), state: 'waiting' }
    this.#tickets.push(ticket)
    sense('ticket.issued', { ...about, ticket: number, service: service.id, segment: service.segment })
    this.#snapshot(service)
    return ticket
  }

  arrived(ticket: Ticket) {
    const { clock, chance } = this.#deps
    const [least, most] = ticket.service.counterMs
    const forMs = between(least, most, chance('counter', `${ticket.index}`))
    clock.after(forMs, () => {
      if (ticket.state !== 'called') return
      this.#end(ticket, 'served')
      this.#deps.served(ticket)
    })
  }

  withdraw(ticket: Ticket) {
    if (ticket.state !== 'ended') this.#end(ticket, 'withdrawn')
  }

  obey(number: string, action: 'hold' | 'restore' | 'release') {
    const ticket = this.#tickets.find((one) => one.number === number)
    if (ticket === undefined) return
    if (action === 'hold' && ticket.state === 'waiting') ticket.state = 'held'
    if (action === 'restore' && ticket.state === 'held') ticket.state = 'waiting'
    if (action === 'release') {
      ticket.state = 'ended'
      this.#forgetEnded()
    }
    this.#snapshot(ticket.service)
  }

  waiting() {
    return this.#tickets.filter(({ state }) => state === 'waiting').length
  }

  #work() {
    const now = this.#deps.clock.now()
    this.#staffCounters(now)
    for (const counter of this.#counters) {
      if (counter.state !== 'open' || counter.serving !== undefined || now - counter.freeSince < papersMs)
        continue
      const next = this.#tickets.find(
        ({ state, service }) => state === 'waiting' && counter.services.includes(service.id),
      )
      if (next !== undefined) this.#call(next, counter)
    }
  }

  #call(ticket: Ticket, counter: Counter) {
    const { clock, sense, called, chance, world } = this.#deps
    ticket.state = 'called'
    counter.serving = ticket
    sense('ticket.called', { ticket: ticket.number, counter: counter.id })
    called(ticket, counter.id)
    const slowest = Math.max(...world.services.map(({ counterMs }) => counterMs[1]))
    // Whoever has not been served by then never came, or never said that they had.
    clock.after(slowest + noShowMs + 1_000 * chance('no-show', `${ticket.index}`), () => {
      if (ticket.state === 'called') this.#end(ticket, 'no-show')
    })
  }

  #staffCounters(now: number) {
    const waiting = this.waiting()
    const spare = this.#counters.find(({ open }) => !open)
    if (spare === undefined) return
    this.#crowdedSince = waiting >= crowded ? (this.#crowdedSince ?? now) : undefined
    if (spare.state === 'closed' && this.#crowdedSince !== undefined && now - this.#crowdedSince >= openingMs)
      this.#setCounter(spare, 'open')
    if (spare.state === 'open' && waiting <= quiet && spare.serving === undefined)
      this.#setCounter(spare, 'closed')
  }

  #setCounter(counter: Counter, state: 'open' | 'closed') {
    counter.state = state
    this.#tellCounter(counter)
  }

  #tellCounter({ id, state }: Counter) {
    this.#deps.sense('counter.changed', { counter: id, state, staffed: state === 'open' })
  }

  #end(ticket: Ticket, outcome: 'served' | 'no-show' | 'withdrawn') {
    const { clock, sense } = this.#deps
    const counter = this.#counters.find(({ serving }) => serving === ticket)
    ticket.state = 'ended'
    if (counter !== undefined) {
      counter.serving = undefined
      counter.freeSince = clock.now()
    }
    const where = counter === undefined ? {} : { counter: counter.id }
    sense('ticket.ended', { ticket: ticket.number, outcome, service: ticket.service.id, ...where })
    this.#forgetEnded()
    this.#snapshot(ticket.service)
  }

  #forgetEnded() {
    this.#tickets = this.#tickets.filter(({ state }) => state !== 'ended')
  }

  #snapshot(service: ServiceDesk) {
    const now = this.#deps.clock.now()
    const own = this.#tickets.filter((one) => one.service === service)
    const waiting = own.filter(({ state }) => state === 'waiting')
    const open = this.#counters.filter(
      ({ state, services }) => state === 'open' && services.includes(service.id),
    )
    const typicalMs = (service.counterMs[0] + service.counterMs[1]) / 2
    this.#deps.sense('queue.snapshot', {
      service: service.id,
      waiting: waiting.length,
      longestWaitMs: Math.max(0, ...waiting.map(({ issuedAt }) => now - issuedAt)),
      ...(open.length > 0 && {
        announcedWaitMs: Math.round((waiting.length * typicalMs) / open.length),
      }),
      countersOpen: open.length,
      tickets: own
        .filter(({ state }) => state !== 'called')
        .map(({ number, issuedAt, state }) => ({
          ticket: number,
          waitedMs: now - issuedAt,
          held: state === 'held',
        })),
    })
  }
}
