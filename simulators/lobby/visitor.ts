/**
 * One visit: in, to a number or a kiosk, waiting, to a counter, out. What they are was settled before they came; here is
 * what they do, and what becomes of them goes into the record.
 */
import type { Arrival } from './arrival-source.ts'
import { around } from './distributions.ts'
import { counterSpot, doorOf, type Hall, ticketMachineZone } from './hall.ts'
import type { KioskEnd } from './kiosks.ts'
import type { Outcome, VisitorRecord } from './record.ts'
import type { Scenario } from './scenario.ts'
import type { Ticket } from './tickets.ts'
import { createWalker, type Walker } from './walker.ts'

type Doing =
  | 'entering'
  | 'following'
  | 'fetching'
  | 'waiting'
  | 'to-kiosk'
  | 'at-kiosk'
  | 'to-counter'
  | 'at-counter'
  | 'leaving'
  | 'gone'

const segmentOf = (arrival: Arrival, scenario: Scenario) =>
  arrival.priority ? 'priority' : (scenario.services[arrival.service]?.segment ?? 'personal')

export class Visitor {
  readonly arrival: Arrival
  readonly record: VisitorRecord
  track: string | undefined
  zone: string
  /** How often they went to another zone. */
  moves = 0
  asked = false
  /** All numbers they have taken. */
  readonly tickets: string[] = []
  readonly #hall: Hall
  readonly #walker: Walker
  #doing: Doing = 'entering'
  #ticket: Ticket | undefined
  #waitingSinceMs: number | undefined
  #giveUp: () => void = () => {}
  #release: () => void = () => {}
  #kioskUses = 0

  constructor(hall: Hall, arrival: Arrival, record: VisitorRecord) {
    this.#hall = hall
    this.arrival = arrival
    this.record = record
    const { scenario, floor } = hall
    const { walkMetresPerSecond, elderlyMetresPerSecond } = scenario.customers
    this.zone = floor.zoneOf(arrival.seated ? 'waiting' : 'entrance')
    const start = arrival.seated ? floor.spotIn(this.zone, arrival.key) : doorOf(hall, 'entrance')
    const metresPerSecond = arrival.elderly ? elderlyMetresPerSecond : walkMetresPerSecond
    this.#walker = createWalker({ ...hall, people: arrival.party, metresPerSecond }, start)
  }

  get doing() {
    return this.#doing
  }

  get isGone() {
    return this.#doing === 'gone'
  }

  get ticket() {
    return this.#ticket
  }

  position() {
    return this.#walker.position()
  }

  come() {
    const { cameras, crowd, scenario, floor } = this.#hall
    const { hurry, seated } = this.arrival
    crowd.comes(this)
    cameras.comes(this)
    if (crowd.count() > scenario.customers.turnsBackAbovePresent) return this.leave('turned-away')
    if (seated) return this.#takeNumber()
    const { lookAroundSeconds, hurrySeconds } = scenario.customers
    const look = lookAroundSeconds * 1_000
    const hurryMs = hurrySeconds * 1_000
    if (hurry === 'kiosk') return this.#walker.later(hurryMs, () => this.goToKiosk(undefined))
    const lookMs = hurry === 'ticket' ? Math.min(look, hurryMs) : look
    this.#walker.go(floor.spotIn(this.zone, this.arrival.key), () =>
      this.#walker.later(around(lookMs, this.#draw('looks')), () => this.fetchNumber()),
    )
  }

  /** They have been asked and answer, or talk with a device: for so long they do nothing else. */
  linger(ms: number) {
    if (this.#doing === 'entering') this.#walker.later(ms, () => this.fetchNumber())
  }

  /** Goes along with a robot until it says where to. */
  follow(atMostMs: number) {
    if (this.#doing !== 'entering') return
    this.#doing = 'following'
    this.#walker.later(atMostMs, () => this.fetchNumber())
  }

  /** The robot has arrived, with them behind it. */
  ledTo(zone: string) {
    const { floor } = this.#hall
    if (this.#doing !== 'following') return
    this.#walker.beAt(floor.spotIn(zone, this.arrival.key))
    this.#enter(zone)
    if (zone === floor.zoneOf('kiosks') && this.arrival.eligible) this.goToKiosk(undefined)
    else this.fetchNumber()
  }

  fetchNumber() {
    const { floor, ticketMachine } = this.#hall
    this.#doing = 'fetching'
    this.#walker.go(floor.pointOf(ticketMachine) ?? this.position(), () => {
      this.#enter(ticketMachineZone(this.#hall))
      this.#takeNumber()
    })
  }

  /** @returns whether they come. */
  called(ticket: Ticket): boolean {
    if (ticket !== this.#ticket) return false
    const { choosesCounterShare } = this.#hall.scenario.customers
    const comes =
      this.#doing === 'waiting' ||
      (this.#doing === 'to-kiosk' && this.#draw('called meanwhile') < choosesCounterShare)
    if (comes) this.#goToCounter(ticket)
    return comes
  }

  served() {
    this.record.servedUntilMs = this.#hall.clock.now()
    this.leave('served')
  }

  goToKiosk(wanted: string | undefined) {
    const { floor, kiosks } = this.#hall
    if (!['entering', 'following', 'waiting'].includes(this.#doing)) return
    this.#stopWaiting()
    this.#giveUp()
    this.#doing = 'to-kiosk'
    this.#release = wanted === undefined ? () => {} : kiosks.promise(wanted)
    const zone = floor.zoneOf('kiosks')
    const to =
      (wanted === undefined ? undefined : floor.pointOf(wanted)) ?? floor.spotIn(zone, this.arrival.key)
    this.#walker.go(to, () => {
      this.#enter(zone)
      this.#touch(wanted)
    })
  }

  /** The doors are locked behind those who were not served. */
  sendHome() {
    if (['entering', 'following', 'fetching', 'waiting', 'to-kiosk'].includes(this.#doing))
      this.leave('turned-away')
  }

  leave(outcome: Outcome) {
    const { floor, cameras, crowd, clock } = this.#hall
    if (this.#doing === 'leaving' || this.isGone) return
    this.#stopWaiting()
    this.#giveUp()
    this.#release()
    this.#doing = 'leaving'
    this.record.outcome = outcome
    this.#walker.go(doorOf(this.#hall, 'exit'), () => {
      this.#enter(floor.zoneOf('exit'))
      cameras.leaves(this)
      crowd.goes(this)
      this.#doing = 'gone'
      this.record.leftAtMs = clock.now()
    })
  }

  /** What happens to nobody any more counts up to here. */
  stop() {
    this.#stopWaiting()
    this.#walker.halt()
  }

  #takeNumber() {
    const { queue, cameras, crowd, scenario, sense, ticketMachine, clock, isLocked } = this.#hall
    const { arrival, record } = this
    if (isLocked()) return this.leave('turned-away')
    const seen = { ...cameras.seenAs(this), language: arrival.language }
    const segment = segmentOf(arrival, scenario)
    const about = { ...seen, segment, ...(arrival.choosesStaff && { choseStaff: true }) }
    queue.issue(arrival, about, (ticket, announcedWaitMs) => {
      this.#ticket = ticket
      this.#doing = 'waiting'
      crowd.holds(ticket.number, this)
      this.tickets.push(ticket.number)
      record.ticket = ticket.number
      record.ticketAtMs ??= clock.now()
      record.announcedWaitMs ??= announcedWaitMs
      this.#startWaiting()
      const { booked, priority, service } = arrival
      if (booked || priority)
        sense(ticketMachine, 'visitor.checked-in', {
          ...seen,
          ticket: ticket.number,
          service,
          booked,
          priority,
        })
    })
    if (this.#doing !== 'waiting') return
    const { leavesAtOnceAboveMinutes, leavesAtOnceShare } = scenario.customers
    const isTooLong = (record.announcedWaitMs ?? 0) > leavesAtOnceAboveMinutes * 60_000
    if (isTooLong && this.#draw('leaves at once') < leavesAtOnceShare) return this.#abandon()
    this.#giveUp = clock.after(arrival.patienceMs, () => this.#losePatience())
    this.#sitDown()
  }

  #sitDown() {
    const { floor } = this.#hall
    const zone = floor.zoneOf('waiting')
    this.#walker.go(floor.spotIn(zone, this.arrival.key), () => this.#enter(zone))
  }

  #losePatience() {
    if (this.#doing === 'waiting') this.#abandon()
  }

  #abandon() {
    const { queue, scenario } = this.#hall
    if (this.#ticket !== undefined && this.#draw('hands back') < scenario.customers.handsBackShare)
      queue.withdraw(this.#ticket)
    this.leave('abandoned')
  }

  #goToCounter(ticket: Ticket) {
    const { clock, queue } = this.#hall
    const { zone, point } = counterSpot(this.#hall, ticket.counter)
    this.#stopWaiting()
    this.#giveUp()
    this.#release()
    this.#doing = 'to-counter'
    this.record.calledAtMs = clock.now()
    this.#walker.go(point, () => {
      this.#enter(zone)
      this.#doing = 'at-counter'
      this.record.counter = ticket.counter
      this.record.servedFromMs = clock.now()
      queue.arrived(ticket)
    })
  }

  #touch(wanted: string | undefined) {
    const { kiosks, floor } = this.#hall
    this.#release()
    const kiosk = kiosks.take(wanted)
    if (kiosk === undefined) return this.#backToQueue()
    if (kiosk === wanted) return this.#use(kiosk)
    this.#walker.go(floor.pointOf(kiosk) ?? this.position(), () => this.#use(kiosk))
  }

  #use(kiosk: string) {
    const { kiosks, clock, cameras, scenario } = this.#hall
    const { arrival, record } = this
    this.#kioskUses += 1
    this.#walker.halt()
    this.#doing = 'at-kiosk'
    record.kiosk = kiosk
    record.kioskFromMs = clock.now()
    const ticket = this.#ticket?.state === 'ended' ? undefined : this.#ticket?.number
    const breaks = this.#draw(`kiosk breaks ${this.#kioskUses}`) < scenario.kiosks.failsShare
    const use = {
      forMs: arrival.kioskMs,
      service: arrival.service,
      ...cameras.seenAs(this),
      abandons: arrival.kioskTooHard || !arrival.eligible,
      ...(breaks && { breaks: { code: 'card-reader', repairMs: scenario.kiosks.repairMinutes * 60_000 } }),
      ...(ticket !== undefined && { ticket }),
    }
    kiosks.use(kiosk, use, (how) => this.#kioskEnded(how, kiosk))
  }

  #kioskEnded(how: KioskEnd, kiosk: string) {
    const { clock, sense, scenario } = this.#hall
    const { record, arrival } = this
    record.kioskUntilMs = clock.now()
    record.kioskOutcome = how
    if (how === 'finished') return this.leave('self-served')
    record.returnedToCounter = true
    if (this.#draw('asks for help') < scenario.customers.asksForHelpShare)
      sense(kiosk, 'help.requested', {
        zone: this.zone,
        service: arrival.service,
        reason: 'kiosk-trouble',
        language: arrival.language,
        ...(this.#ticket !== undefined && { ticket: this.#ticket.number }),
      })
    this.#backToQueue()
  }

  #backToQueue() {
    const { queue, clock, isLocked, scenario } = this.#hall
    const ticket = this.#ticket
    if (isLocked()) return this.leave('turned-away')
    if (ticket === undefined || ticket.state === 'ended') return this.fetchNumber()
    if (ticket.state === 'called') {
      queue.comes(ticket)
      return this.#goToCounter(ticket)
    }
    this.#doing = 'waiting'
    this.#startWaiting()
    const { ticketAtMs } = this.record
    const leftMs = this.arrival.patienceMs - (clock.now() - (ticketAtMs ?? clock.now()))
    // Who comes back gives the queue another chance before they go.
    this.#giveUp = clock.after(
      Math.max(leftMs, this.arrival.patienceMs * scenario.customers.returnPatienceShare),
      () => this.#losePatience(),
    )
    this.#sitDown()
  }

  #startWaiting() {
    if (this.#waitingSinceMs !== undefined) return
    this.#waitingSinceMs = this.#hall.clock.now()
    this.#hall.waits(this.arrival.service, 1)
  }

  #stopWaiting() {
    if (this.#waitingSinceMs === undefined) return
    this.record.waitedMs += this.#hall.clock.now() - this.#waitingSinceMs
    this.#waitingSinceMs = undefined
    this.#hall.waits(this.arrival.service, -1)
  }

  #enter(zone: string) {
    if (zone === this.zone) return
    const { crowd, cameras } = this.#hall
    const from = this.zone
    this.zone = zone
    this.moves += 1
    crowd.moves(this, from, zone)
    cameras.moves(this)
  }

  #draw(purpose: string) {
    return this.#hall.draw(this.arrival.key, purpose)
  }
}
