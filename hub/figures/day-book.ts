/**
 * What the key figures of a day are made from, kept while the day goes on: entries go in once, in order, and the figures
 * come out as of any moment. The same figures as those of a recorded day, without reading it again.
 */
import type { EntryBody } from '../engine/entry.ts'
import type { DecisionRecord } from '../engine/turn.ts'
import { isRaised } from './alerts.ts'
import { type AnnouncedError, announcedOf } from './announced.ts'
import { CallBook, type CallsOfDay } from './calls.ts'
import type { JournalLine } from './journal-line.ts'
import { type Spread, shareOf, spreadOf } from './spread.ts'
import { isPersonTask, TaskBook } from './tasks.ts'
import { gaveUp, type RecordedTicket, TicketBook, waitedMs } from './tickets.ts'

export interface KeyFigures {
  /** Parties that came in. */
  readonly came: number
  readonly tickets: number
  readonly served: number
  readonly selfServed: number
  readonly abandonedShare: number | null
  readonly waitMs: Spread | null
  readonly announced: AnnouncedError | null
  /** Of all that came: greeted by a device, shown a welcome, or come in with somebody who was. */
  readonly greetedShare: number | null
  readonly divertedFinished: number
  readonly promotions: number
  readonly alerts: number
  /** From when an alert was raised until somebody took it. */
  readonly claimMs: Spread | null
  readonly calls: CallsOfDay
}

interface Happened {
  readonly at: number
}

type Event = Extract<EntryBody, { kind: 'event' }>

/** As it stood then: what came later is not known yet. */
const asOf = (ticket: RecordedTicket, at: number): RecordedTicket => {
  const until = (time: number | null) => (time !== null && time <= at ? time : null)
  const endedAt = until(ticket.endedAt)
  return {
    ...ticket,
    calledAt: until(ticket.calledAt),
    kioskFromAt: until(ticket.kioskFromAt),
    kioskUntilAt: until(ticket.kioskUntilAt),
    endedAt,
    outcome: endedAt === null ? null : ticket.outcome,
  }
}

const countBy = (happened: readonly Happened[], at: number) => happened.filter((one) => one.at <= at).length

const isKnown = (ms: number | null): ms is number => ms !== null

export class DayBook {
  readonly #isScreen: (device: string) => boolean
  readonly #tickets = new TicketBook()
  readonly #tasks = new TaskBook()
  readonly #calls = new CallBook()
  /** Ticket key → what was announced for its service when it was issued. */
  readonly #announced = new Map<string, number>()
  readonly #lastAnnounced = new Map<string, number>()
  readonly #kiosks: Happened[] = []
  readonly #came: Happened[] = []
  readonly #withGroup: Happened[] = []
  readonly #invited = new Set<string>()
  readonly #accepted = new Set<string>()
  readonly #diverted: (Happened & { readonly ticket: string })[] = []
  readonly #raised: Happened[] = []
  readonly #claimed: (Happened & { readonly ms: number })[] = []
  /** Alert → since when it waits for a name. */
  readonly #waiting = new Map<string, number>()
  /** Entries whose content is gone: what they told is not in the figures. */
  erased = 0

  constructor(isScreen: (device: string) => boolean) {
    this.#isScreen = isScreen
  }

  /** Nothing was seen of a day. */
  isEmpty(): boolean {
    return this.#came.length === 0 && this.#tickets.all.length === 0
  }

  note(line: JournalLine): void {
    const { at, body } = line
    if (body?.kind === 'event') this.#noteEvent(body, at)
    const known = this.#tickets.all.length
    this.#tickets.note(line)
    for (const { key, service } of this.#tickets.all.slice(known)) {
      const said = this.#lastAnnounced.get(service)
      if (said !== undefined) this.#announced.set(key, said)
    }
    this.#tasks.note(line)
    for (const record of line.records ?? []) this.#noteRecord(record, at)
  }

  #noteEvent({ name, data }: Event, at: number) {
    if (name === 'kiosk.session' && data['state'] === 'finished') this.#kiosks.push({ at })
    const { service, announcedWaitMs } = data
    if (name === 'queue.snapshot' && typeof service === 'string' && typeof announcedWaitMs === 'number')
      this.#noteAnnounced(service, { at, ms: announcedWaitMs })
  }

  /** What is told in the moment of a ticket is told with it, whichever comes first. */
  #noteAnnounced(service: string, { at, ms }: { at: number; ms: number }) {
    this.#lastAnnounced.set(service, ms)
    const { all } = this.#tickets
    for (let index = all.length - 1; index >= 0 && all[index]?.issuedAt === at; index--)
      if (all[index]?.service === service) this.#announced.set(all[index]?.key ?? '', ms)
  }

  #noteRecord(record: DecisionRecord, at: number) {
    const { code, kind, params } = record
    this.#calls.note(record, at)
    if (code === 'visit.started') this.#came.push({ at })
    if (code === 'greeted-with-group') this.#withGroup.push({ at })
    if (kind === 'alert') this.#noteAlert(record, at)
    if (record.ticket !== undefined) this.#noteDiversion(record, { at, ticket: record.ticket })
    if (code === 'alert.claimed') {
      const since = this.#waiting.get(String(params?.['key']))
      if (since !== undefined) this.#claimed.push({ at, ms: at - since })
      this.#waiting.delete(String(params?.['key']))
    }
  }

  #noteAlert(record: DecisionRecord, at: number) {
    const key = String(record.params?.['key'])
    if (record.code === 'alert.cleared') this.#waiting.delete(key)
    if (!isRaised(record)) return
    this.#raised.push({ at })
    this.#waiting.set(key, at)
  }

  #noteDiversion({ flow, code, params }: DecisionRecord, { at, ticket }: { at: number; ticket: string }) {
    if (flow === 'diversion' && code === 'mark.set' && params?.['name'] === 'diversion.kiosk')
      this.#invited.add(ticket)
    if (flow !== 'diversion-invitation') return
    if (code === 'ticket.hold' && this.#invited.has(ticket)) this.#accepted.add(ticket)
    const isNew = !this.#diverted.some((one) => one.ticket === ticket)
    if (code === 'ticket.release' && this.#accepted.has(ticket) && isNew) this.#diverted.push({ at, ticket })
  }

  /** As of a moment of the day. */
  figures(at: number): KeyFigures {
    const tickets = this.#tickets.all.filter(({ issuedAt }) => issuedAt <= at).map((one) => asOf(one, at))
    const served = tickets.filter(({ outcome }) => outcome === 'served').length
    const abandoned = tickets.filter(gaveUp).length
    const selfServed = countBy(this.#kiosks, at)
    const claims = this.#claimed.filter((one) => one.at <= at)
    return {
      came: countBy(this.#came, at),
      tickets: tickets.length,
      served,
      selfServed,
      abandonedShare: shareOf(abandoned, served + selfServed + abandoned),
      waitMs: spreadOf(tickets.map(waitedMs).filter(isKnown)),
      announced: announcedOf(tickets.flatMap((ticket) => this.#errorOf(ticket))),
      ...this.#doneBy(at),
      divertedFinished: countBy(this.#diverted, at),
      alerts: countBy(this.#raised, at),
      claimMs: spreadOf(claims.map(({ ms }) => ms)),
      calls: this.#calls.figures(at),
    }
  }

  #errorOf({ key, issuedAt, calledAt, outcome }: RecordedTicket): readonly number[] {
    const told = this.#announced.get(key)
    return outcome === 'served' && calledAt !== null && told !== undefined ? [calledAt - issuedAt - told] : []
  }

  #doneBy(at: number): Pick<KeyFigures, 'greetedShare' | 'promotions'> {
    const begun = this.#tasks
      .all()
      .filter((task) => task.beganAt !== null && task.beganAt <= at && !isPersonTask(task))
    const greetings = begun.filter(({ flow }) => flow === 'greeting')
    const greeted = new Set(
      greetings.flatMap(({ visit, member }) => (visit === null || this.#isScreen(member) ? [] : [visit])),
    )
    const shown = greetings.filter(
      ({ member, phase, endedAt }) => this.#isScreen(member) && phase === 'done' && (endedAt ?? at) <= at,
    )
    const came = countBy(this.#came, at)
    const reached = greeted.size + shown.length + countBy(this.#withGroup, at)
    return {
      greetedShare: shareOf(Math.min(reached, came), came),
      promotions: begun.filter(({ flow, visit }) => flow === 'promotion' && visit !== null).length,
    }
  }
}
