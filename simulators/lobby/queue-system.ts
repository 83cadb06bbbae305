/**
 * The branch's queue system: tickets, calls and what it announces. It knows nothing of the hub; it holds, gives back and
 * takes out tickets when its machine is told to, and says what it does through that machine.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import { minuteMs } from '#protocol/local-time.ts'
import type { Arrival } from './arrival-source.ts'
import { type Counter, type Counters, createCounters, isFree } from './counters.ts'
import type { DayClock } from './day-clock.ts'
import type { RecordKeeper } from './keep-record.ts'
import { type Scenario, serviceOf } from './scenario.ts'
import { createLine, isAhead, type Line, type Ticket } from './tickets.ts'

export interface QueueSystem {
  readonly counters: Counters
  start(): void
  /** @param taken is given the ticket and what is printed on it, before anybody is called. */
  issue(
    arrival: Arrival,
    about: TicketNews,
    taken: (ticket: Ticket, announcedWaitMs: number | null) => void,
  ): void
  /** The customer stands at the counter now. */
  arrived(ticket: Ticket): void
  /** Handed back at the machine. */
  withdraw(ticket: Ticket): void
  /** The holder of a called ticket comes though they had not been on the way: the counter waits. */
  comes(ticket: Ticket): void
  obey(number: string, action: 'hold' | 'restore' | 'release'): void
  readonly waiting: () => number
}

export type TicketNews = Omit<EventData<'ticket.issued'>, 'ticket' | 'service'>

/** A snapshot names no more, as the contract has it. */
const listedMax = 500

export interface QueueSystemDeps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly keeper: RecordKeeper
  /** Numbers of an earlier life of this lobby are not given out again at once. */
  readonly numbersFrom: number
  /** Somebody hears what the machine says: without, it says nothing and needs no timer for it. */
  readonly isHeard: boolean
  readonly sense: <N extends EventName>(name: N, data: EventData<N>) => void
  /** @returns whether its holder comes. */
  readonly called: (ticket: Ticket, counter: string) => boolean
  readonly served: (ticket: Ticket) => void
}

export const createQueueSystem = (deps: QueueSystemDeps): QueueSystem => new TicketMachine(deps)

class TicketMachine implements QueueSystem {
  readonly counters: Counters
  readonly #deps: QueueSystemDeps
  readonly #lines = new Map<string, Line>()
  readonly #held = new Map<string, Set<Ticket>>()
  readonly #letters = new Map<string, string>()
  readonly #meanMs = new Map<string, number>()
  readonly #toldAtMs = new Map<string, number>()
  readonly #byNumber = new Map<string, Ticket>()
  readonly #comesAfterAll = new Set<Ticket>()
  #order = 0
  #waiting = 0

  constructor(deps: QueueSystemDeps) {
    this.#deps = deps
    const { scenario, clock, keeper, sense } = deps
    scenario.branch.services.forEach(({ id }, index) => {
      this.#lines.set(id, createLine())
      this.#held.set(id, new Set())
      this.#letters.set(id, String.fromCharCode(65 + (index % 26)))
      this.#meanMs.set(id, serviceOf(scenario, id).counterMs + scenario.counters.papersSeconds * 1_000)
    })
    this.counters = createCounters({
      scenario,
      clock,
      keeper,
      tell: ({ id, state }) => sense('counter.changed', { counter: id, state, staffed: state === 'open' }),
      ready: (counter) => this.#serveNext(counter),
    })
  }

  start() {
    const { scenario, clock } = this.#deps
    this.counters.start()
    if (!this.#deps.isHeard) return
    const tellAll = () => {
      for (const { id } of scenario.branch.services) if (this.#isNews(id)) this.#snapshot(id)
      clock.after(scenario.ticketMachine.snapshotSeconds * 1_000, tellAll)
    }
    tellAll()
  }

  issue(
    arrival: Arrival,
    about: TicketNews,
    taken: (ticket: Ticket, announcedWaitMs: number | null) => void,
  ) {
    const { clock, numbersFrom, sense } = this.#deps
    this.#order += 1
    const letter = this.#letters.get(arrival.service) ?? 'Z'
    const issuedAtMs = clock.now()
    const ticket: Ticket = {
      number: `${letter}${String(numbersFrom + this.#order).padStart(3, '0')}`,
      service: arrival.service,
      issuedAtMs,
      rankMs: issuedAtMs - this.#aheadMs(arrival),
      order: this.#order,
      arrival,
      state: 'waiting',
      counter: null,
    }
    const announced = this.#announcedWaitMs(arrival.service)
    this.#byNumber.set(ticket.number, ticket)
    sense('ticket.issued', { ...about, ticket: ticket.number, service: ticket.service })
    taken(ticket, announced ?? null)
    if (ticket.state === 'waiting') this.#stand(ticket)
  }

  arrived(ticket: Ticket) {
    const { clock, served } = this.#deps
    ticket.state = 'serving'
    clock.after(ticket.arrival.serviceMs, () => {
      this.#end(ticket, 'served')
      served(ticket)
    })
  }

  comes(ticket: Ticket) {
    if (ticket.state === 'called') this.#comesAfterAll.add(ticket)
  }

  withdraw(ticket: Ticket) {
    if (ticket.state === 'waiting' || ticket.state === 'held') this.#end(ticket, 'withdrawn')
  }

  obey(number: string, action: 'hold' | 'restore' | 'release') {
    const ticket = this.#byNumber.get(number)
    if (ticket === undefined) return
    const held = this.#held.get(ticket.service)
    if (action === 'hold' && ticket.state === 'waiting') {
      this.#leaveLine(ticket)
      ticket.state = 'held'
      held?.add(ticket)
    }
    if (action === 'restore' && ticket.state === 'held') {
      held?.delete(ticket)
      this.#stand(ticket)
    }
    if (action === 'release' && (ticket.state === 'waiting' || ticket.state === 'held')) this.#forget(ticket)
    this.#snapshot(ticket.service)
  }

  waiting() {
    return this.#waiting
  }

  /** Stands in the line from now on, by its rank, and may be called at once. */
  #stand(ticket: Ticket) {
    ticket.state = 'waiting'
    this.#lines.get(ticket.service)?.add(ticket)
    this.#changed(1)
    const counter = this.counters.freeFor(ticket.service)
    if (counter !== undefined) this.#serveNext(counter)
    this.#snapshot(ticket.service)
  }

  #leaveLine(ticket: Ticket) {
    this.#lines.get(ticket.service)?.remove(ticket)
    this.#changed(-1)
  }

  #changed(by: number) {
    this.#waiting += by
    this.counters.seeWaiting(this.#waiting)
  }

  #serveNext(counter: Counter) {
    if (!isFree(counter)) return
    let next: Ticket | undefined
    for (const service of counter.services) {
      const first = this.#lines.get(service)?.first()
      if (first !== undefined && (next === undefined || isAhead(first, next))) next = first
    }
    if (next !== undefined) this.#call(next, counter)
  }

  #call(ticket: Ticket, counter: Counter) {
    const { clock, sense, called, scenario } = this.#deps
    this.#leaveLine(ticket)
    ticket.state = 'called'
    ticket.counter = counter.id
    this.counters.call(counter, ticket)
    sense('ticket.called', { ticket: ticket.number, counter: counter.id })
    this.#snapshot(ticket.service)
    if (called(ticket, counter.id)) return
    clock.after(scenario.counters.noShowSeconds * 1_000, () => {
      if (ticket.state === 'called' && !this.#comesAfterAll.has(ticket)) this.#end(ticket, 'no-show')
    })
  }

  #end(ticket: Ticket, outcome: 'served' | 'no-show' | 'withdrawn') {
    const counter = ticket.counter === null ? undefined : this.counters.find(ticket.counter)
    const where = ticket.counter === null ? {} : { counter: ticket.counter }
    this.#forget(ticket)
    this.#deps.sense('ticket.ended', { ticket: ticket.number, outcome, service: ticket.service, ...where })
    this.#snapshot(ticket.service)
    if (counter?.serving === ticket) this.counters.free(counter)
  }

  /** Out of line and list: its number means nothing any more. */
  #forget(ticket: Ticket) {
    if (ticket.state === 'waiting') this.#leaveLine(ticket)
    this.#held.get(ticket.service)?.delete(ticket)
    this.#byNumber.delete(ticket.number)
    this.#comesAfterAll.delete(ticket)
    ticket.state = 'ended'
  }

  #aheadMs({ priority, booked, elderly }: Arrival): number {
    const { priorityAheadMinutes, bookedAheadMinutes, elderlyAheadMinutes } =
      this.#deps.scenario.ticketMachine
    const minutes = Math.max(
      priority ? priorityAheadMinutes : 0,
      booked ? bookedAheadMinutes : 0,
      elderly ? elderlyAheadMinutes : 0,
    )
    return minutes * minuteMs
  }

  /**
   * Work that is ahead over the counters that do it: own tickets, those of other services as far as they share these
   * counters, and the customer who asks. Machines that know no more than lines and usual times do the same.
   */
  #announcedWaitMs(service: string): number | undefined {
    const open = this.counters.openFor(service)
    if (!this.#deps.scenario.ticketMachine.announces || open.length === 0) return undefined
    if (this.#lines.get(service)?.length() === 0 && open.some(isFree)) return 0
    let workMs = this.#meanMs.get(service) ?? 0
    for (const [other, line] of this.#lines) {
      if (line.length() === 0) continue
      const theirs = this.counters.openFor(other)
      const shared = theirs.filter((counter) => open.includes(counter)).length
      if (shared > 0) workMs += (line.length() * (this.#meanMs.get(other) ?? 0) * shared) / theirs.length
    }
    return Math.round(workMs / open.length)
  }

  /** Of an empty queue there is little to tell. */
  #isNews(service: string): boolean {
    const { scenario, clock } = this.#deps
    const sinceMs = clock.now() - (this.#toldAtMs.get(service) ?? Number.NEGATIVE_INFINITY)
    const isEmpty = this.#lines.get(service)?.length() === 0 && this.#held.get(service)?.size === 0
    return !isEmpty || sinceMs >= scenario.ticketMachine.unchangedSeconds * 1_000
  }

  #snapshot(service: string) {
    if (!this.#deps.isHeard) return
    this.#toldAtMs.set(service, this.#deps.clock.now())
    const { clock, sense } = this.#deps
    const waiting = this.#lines.get(service)?.all() ?? []
    const held = this.#held.get(service) ?? new Set<Ticket>()
    const now = clock.now()
    const announcedWaitMs = this.#announcedWaitMs(service)
    const longest = waiting.reduce((most, { issuedAtMs }) => Math.max(most, now - issuedAtMs), 0)
    sense('queue.snapshot', {
      service,
      waiting: waiting.length,
      longestWaitMs: longest,
      ...(announcedWaitMs !== undefined && { announcedWaitMs }),
      countersOpen: this.counters.openFor(service).length,
      tickets: [...waiting, ...held].slice(0, listedMax).map(({ number, issuedAtMs, state }) => ({
        ticket: number,
        waitedMs: now - issuedAtMs,
        held: state === 'held',
      })),
    })
  }
}
