/** The counters: open, paused or closed by their plan or because somebody opened a spare one, and whom they serve. */
import { minuteMs } from '#protocol/local-time.ts'
import { type CounterPlan, planCounter } from './counter-plan.ts'
import type { DayClock } from './day-clock.ts'
import type { RecordKeeper } from './keep-record.ts'
import type { Scenario } from './scenario.ts'
import type { Ticket } from './tickets.ts'

export interface Counter {
  readonly id: string
  readonly services: readonly string[]
  readonly plan: CounterPlan
  state: 'open' | 'paused' | 'closed'
  serving: Ticket | undefined
  /** Finishes the papers of the one before. */
  busy: boolean
  freeSinceMs: number
  /** Opened out of turn. */
  spareSinceMs: number | undefined
}

export interface Counters {
  start(): void
  all(): readonly Counter[]
  find(id: string): Counter | undefined
  openFor(service: string): readonly Counter[]
  /** The one of those for a service that has been free for longest. */
  freeFor(service: string): Counter | undefined
  call(counter: Counter, ticket: Ticket): void
  /** Its customer has gone: it is free after the papers, or closes if it should. */
  free(counter: Counter): void
  openSpare(id?: string): boolean
  /** Those waiting in all queues: staff open and close spare counters by what they see. */
  seeWaiting(waiting: number): void
}

interface Deps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly keeper: RecordKeeper
  readonly tell: (counter: Counter) => void
  /** Open and free: it may call somebody. */
  readonly ready: (counter: Counter) => void
}

export const createCounters = (deps: Deps): Counters => new CounterRow(deps)

class CounterRow implements Counters {
  readonly #deps: Deps
  readonly #counters: Counter[]
  readonly #byService = new Map<string, Counter[]>()
  #crowded: (() => void) | undefined
  #waiting = 0

  constructor(deps: Deps) {
    this.#deps = deps
    this.#counters = deps.scenario.branch.counters.map(({ id, services }) => ({
      id,
      services,
      plan: planCounter(deps.scenario, id),
      state: 'closed',
      serving: undefined,
      busy: false,
      freeSinceMs: 0,
      spareSinceMs: undefined,
    }))
    for (const counter of this.#counters)
      for (const service of counter.services)
        this.#byService.set(service, [...(this.#byService.get(service) ?? []), counter])
  }

  start() {
    const { clock, keeper } = this.#deps
    for (const counter of this.#counters) {
      counter.state = counter.plan.wanted(clock.now())
      keeper.counter(counter.id, counter.state, null)
      this.#deps.tell(counter)
      for (const atMs of counter.plan.changes)
        if (atMs > clock.now()) clock.at(atMs, () => this.#follow(counter))
    }
  }

  all() {
    return this.#counters
  }

  find(id: string) {
    return this.#counters.find((counter) => counter.id === id)
  }

  openFor(service: string) {
    return (this.#byService.get(service) ?? []).filter(({ state }) => state === 'open')
  }

  freeFor(service: string) {
    let longest: Counter | undefined
    for (const counter of this.#byService.get(service) ?? [])
      if (isFree(counter) && (longest === undefined || counter.freeSinceMs < longest.freeSinceMs))
        longest = counter
    return longest
  }

  call(counter: Counter, ticket: Ticket) {
    counter.serving = ticket
    this.#deps.keeper.counter(counter.id, 'serving', ticket.number)
  }

  free(counter: Counter) {
    const { clock, keeper, scenario } = this.#deps
    counter.serving = undefined
    keeper.counter(counter.id, counter.state, null)
    const ready = () => {
      counter.busy = false
      counter.freeSinceMs = clock.now()
      this.#follow(counter)
      if (isFree(counter)) this.#deps.ready(counter)
    }
    if (scenario.counters.papersSeconds === 0) return ready()
    counter.busy = true
    clock.after(scenario.counters.papersSeconds * 1_000, ready)
  }

  openSpare(id?: string) {
    const now = this.#deps.clock.now()
    const isShut = (counter: Counter) =>
      counter.state !== 'open' && counter.plan.wanted(now) !== 'open' && !this.#isKeptClosed(counter)
    const { spare } = this.#deps.scenario.counters
    const counter =
      id === undefined
        ? this.#counters.find((one) => spare.includes(one.id) && isShut(one))
        : this.#counters.find((one) => one.id === id && isShut(one))
    if (counter === undefined) return false
    counter.spareSinceMs = now
    this.#follow(counter)
    return true
  }

  seeWaiting(waiting: number) {
    const { scenario, clock } = this.#deps
    const { spareOpensAtWaiting, spareNoticedMinutes, spare } = scenario.counters
    this.#waiting = waiting
    if (spare.length === 0) return
    if (waiting < spareOpensAtWaiting) {
      this.#crowded?.()
      this.#crowded = undefined
      return
    }
    this.#crowded ??= clock.after(spareNoticedMinutes * minuteMs, () => {
      this.#crowded = undefined
      if (this.openSpare()) this.seeWaiting(this.#waiting)
    })
  }

  #isKeptClosed({ id }: Counter) {
    const now = this.#deps.clock.now()
    return this.#deps.scenario.troubles.some(
      (trouble) =>
        trouble.kind === 'counters-closed' &&
        trouble.counters.includes(id) &&
        now >= trouble.at &&
        now < trouble.at + trouble.forMinutes * minuteMs,
    )
  }

  #wanted(counter: Counter) {
    const { clock, scenario } = this.#deps
    const { spareClosesAtWaiting, spareOpenMinutes } = scenario.counters
    const now = clock.now()
    const planned = counter.plan.wanted(now)
    if (counter.spareSinceMs === undefined) return planned
    const isDone =
      this.#waiting <= spareClosesAtWaiting && now - counter.spareSinceMs >= spareOpenMinutes * minuteMs
    if (!isDone && planned !== 'open' && !this.#isKeptClosed(counter)) return 'open'
    counter.spareSinceMs = undefined
    return planned
  }

  /** Who is being served is served to the end first. */
  #follow(counter: Counter) {
    const { clock, keeper, tell, ready } = this.#deps
    if (counter.serving !== undefined) return
    const wanted = this.#wanted(counter)
    if (wanted === counter.state) return
    counter.state = wanted
    keeper.counter(counter.id, wanted, null)
    tell(counter)
    if (!isFree(counter)) return
    counter.freeSinceMs = clock.now()
    ready(counter)
  }
}

export const isFree = ({ state, serving, busy }: Counter): boolean =>
  state === 'open' && serving === undefined && !busy
