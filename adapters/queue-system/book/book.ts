/**
 * The book of tickets: what the queue system's messages add up to. It survives messages that come twice, late or in the
 * wrong order, notices those that are missing, and tells the hub of every ticket what it does not know yet.
 */
import type { CounterNews, SnapshotNews, TicketNews } from '../mapping/news.ts'
import type { QueueEvent } from '../outlet.ts'
import type { TroubleCode } from '../troubles.ts'
import { createBalance } from './balance.ts'
import { createEntries, type Ended, type Entries, type Entry } from './entries.ts'
import { entryOf, type KeptTickets, keptOf } from './kept.ts'
import { createNumbers } from './numbers.ts'
import { compare, createArrivals, orderOf } from './order.ts'

export interface BookParts {
  /** For what waits and settles: it never steps. */
  readonly now: () => number
  /** The time of day, as the system's clock has it. */
  readonly timeOfDay: () => number
  readonly tell: (event: QueueEvent) => void
  readonly note: (code: TroubleCode, times?: number) => void
  readonly staleAfterMs: number
  /** Messages overtake each other by no more than this. */
  readonly settleMs: number
  /** A ticket too many for so long is lost. */
  readonly lostAfterMs: number
  readonly kept: KeptTickets
}

export interface Book {
  hear(news: TicketNews | CounterNews | SnapshotNews): void
  /** Once a second or so: what has settled is told, what stays missing is noted. */
  look(): void
  /** Writes down the open tickets, where anything changed. */
  keep(): void
  ticket(number: string): { readonly key: string | undefined; readonly service: string | undefined }
}

/** What contradicts within this time, and has neither time nor number, is taken for late. */
const lateMs = 60_000
const aheadMs = 60_000
/** No customer waits longer. */
const ticketMaxMs = 43_200_000
const openMax = 2_000

export const createBook = (parts: BookParts): Book => new TicketBook(parts)

type EndTells = 'served' | 'no-show' | 'withdrawn'

class TicketBook implements Book {
  readonly #parts: BookParts
  readonly #entries: Entries
  readonly #numbers = createNumbers()
  readonly #arrivals: ReturnType<typeof createArrivals>
  readonly #balance: ReturnType<typeof createBalance>
  readonly #counters = new Map<string, CounterNews>()
  readonly #untold = new Set<Entry>()
  /** Something changed since it was written down. */
  #isDirty = false

  constructor(parts: BookParts) {
    this.#parts = parts
    this.#entries = createEntries(openMax, () => parts.note('forgotten'))
    this.#arrivals = createArrivals(parts.note)
    this.#balance = createBalance({ ...parts, entries: this.#entries, lose: (entry) => this.#lose(entry) })
    for (const kept of parts.kept.load())
      this.#entries.put(entryOf(kept, { now: parts.now(), shiftMs: this.#shiftMs() }))
  }

  #shiftMs = () => this.#parts.timeOfDay() - this.#parts.now()

  hear(news: TicketNews | CounterNews | SnapshotNews) {
    const { note, timeOfDay } = this.#parts
    this.#isDirty = true
    const { isRepeat, missed } = this.#arrivals.arrive(news)
    if (missed > 0) note('gap', missed)
    if (isRepeat) return note('duplicate')
    if (news.at !== undefined && news.at > timeOfDay() + aheadMs) note('clock-ahead')
    if (news.tells === 'snapshot') return this.#balance.snapshot(news)
    if (news.tells === 'counter') return this.#counter(news)
    const ticket = news.ticket ?? this.#entries.ticketOf(news.key)
    if (ticket === undefined) return note('unknown-ticket')
    this.#entries.name(news.key, ticket)
    this.#ticket(news, ticket)
  }

  look() {
    const { now, note, settleMs } = this.#parts
    for (const entry of this.#untold) if (this.#entries.find(entry.ticket) === entry) this.#sync(entry)
    this.#untold.clear()
    const missed = this.#numbers.missed(now(), settleMs)
    if (missed > 0) note('number-jump', missed)
    for (const entry of this.#entries.all())
      if (now() - entry.since > ticketMaxMs) {
        note('lost-ticket')
        this.#lose(entry)
      }
    this.keep()
  }

  keep() {
    if (!this.#isDirty) return
    this.#isDirty = false
    this.#parts.kept.save(this.#entries.all().map((entry) => keptOf(entry, this.#shiftMs())))
  }

  ticket = (number: string) => ({
    key: this.#entries.keyOf(number),
    service: this.#entries.find(number)?.service ?? this.#entries.ended(number)?.service,
  })

  #isOld = ({ at }: { at?: number }) =>
    at !== undefined && this.#parts.timeOfDay() - at > this.#parts.staleAfterMs

  #counter(news: CounterNews) {
    const { counter, state, staffed } = news
    const before = this.#counters.get(counter)
    const order = before === undefined ? undefined : compare(orderOf(news), orderOf(before))
    if (order !== undefined && order < 0) return this.#parts.note('out-of-order')
    this.#counters.set(counter, news)
    if (before?.state === state && before.staffed === staffed) return
    const data = { counter, state, ...(staffed !== undefined && { staffed }) }
    this.#parts.tell({ name: 'counter.changed', data })
  }

  /** Late, or about an earlier customer with the same number. */
  #isLate(news: TicketNews, known: Entry | Ended): boolean {
    const order = compare(orderOf(news), known.order)
    if (order !== undefined) return order < 0
    const heardAt = 'heardAt' in known ? known.heardAt : known.at
    const contradicts = 'heardAt' in known ? known.state === 'called' && news.tells === 'issued' : true
    return contradicts && this.#parts.now() - heardAt < lateMs
  }

  #ticket(news: TicketNews, ticket: string) {
    const known = this.#entries.find(ticket)
    if (known !== undefined && this.#isLate(news, known)) return this.#parts.note('out-of-order')
    if (known === undefined) {
      const ended = this.#entries.ended(ticket)
      if (ended !== undefined && !this.#mayReturn(news, ended))
        return this.#parts.note(isEnd(news.tells) ? 'duplicate' : 'out-of-order')
    }
    switch (news.tells) {
      case 'issued':
        return this.#issued(news, ticket, known)
      case 'called':
        return this.#called(news, ticket, known)
      case 'waits-again':
      case 'transferred':
        return this.#moved(news, ticket, known)
      case 'served':
      case 'no-show':
      case 'withdrawn':
        return this.#ended(news.tells, { news, ticket, known })
    }
  }

  /** A number that ended comes back the next day, or is called again after nobody came. */
  #mayReturn(news: TicketNews, ended: Ended): boolean {
    if (isEnd(news.tells)) return false
    const order = compare(orderOf(news), ended.order)
    if (order !== undefined) return order > 0
    if (news.key !== undefined && ended.key !== undefined && news.key !== ended.key) return true
    if (ended.wasNoShow && news.tells !== 'issued') return true
    return this.#parts.now() - ended.at >= lateMs
  }

  #issued(news: Extract<TicketNews, { tells: 'issued' }>, ticket: string, known: Entry | undefined) {
    const isAnother =
      known !== undefined && known.key !== undefined && news.key !== undefined && known.key !== news.key
    if (known !== undefined && isAnother) {
      this.#parts.note('lost-ticket')
      this.#lose(known)
    } else if (known !== undefined) {
      if (known.state === 'waiting' && known.service === news.service) return this.#parts.note('duplicate')
      return this.#moved({ ...news, tells: 'waits-again' }, ticket, known)
    }
    this.#numbers.issued(ticket, this.#parts.now())
    this.#told(this.#open(news, ticket, news.service), news)
  }

  #called(news: Extract<TicketNews, { tells: 'called' }>, ticket: string, known: Entry | undefined) {
    if (known?.state === 'called' && known.counter === news.counter) {
      this.#touch(known, news)
      return this.#parts.note('duplicate')
    }
    const entry = known ?? this.#unheardOf(news, ticket, news.service)
    this.#touch(entry, news)
    entry.state = 'called'
    entry.counter = news.counter
    this.#clearCounter(entry)
    this.#told(entry, news)
  }

  #moved(
    news: Extract<TicketNews, { tells: 'waits-again' | 'transferred' }>,
    ticket: string,
    known: Entry | undefined,
  ) {
    if (known === undefined) {
      if (news.service === undefined) return this.#parts.note('never-issued')
      return this.#told(this.#unheardOf(news, ticket, news.service), news)
    }
    const service = news.service ?? known.service
    if (known.state === 'waiting' && service === known.service) return this.#parts.note('duplicate')
    this.#touch(known, news)
    known.state = 'waiting'
    known.counter = undefined
    known.service = service
    if (service !== undefined) this.#balance.touched(service)
    if (known.told === 'nothing') return this.#told(known, news)
    known.told = 'waiting'
    const to = service === undefined ? {} : { service }
    this.#parts.tell({ name: 'ticket.ended', data: { ticket, outcome: 'transferred', ...to } })
  }

  #ended(tells: EndTells, on: { news: TicketNews; ticket: string; known: Entry | undefined }) {
    const { news, ticket, known } = on
    const entry = known ?? this.#unheardOf(news, ticket, undefined)
    this.#touch(entry, news)
    const isUntold = known !== undefined && known.told === 'nothing'
    const counter = 'counter' in news ? news.counter : undefined
    if (!isUntold) this.#tellEnd(entry, tells, counter)
    this.#entries.bury(entry, { at: this.#parts.now(), isNoShow: tells === 'no-show' })
  }

  #tellEnd({ ticket }: Entry, outcome: EndTells, counter?: string) {
    const at = counter === undefined ? {} : { counter }
    this.#parts.tell({ name: 'ticket.ended', data: { ticket, outcome, ...at } })
  }

  /** Nobody will tell its end any more. */
  #lose(entry: Entry) {
    if (entry.told !== 'nothing') this.#tellEnd(entry, 'withdrawn')
    this.#entries.bury(entry, { at: this.#parts.now(), isNoShow: false })
  }

  #open(news: TicketNews, ticket: string, service: string | undefined): Entry {
    const now = this.#parts.now()
    const entry: Entry = {
      ticket,
      key: news.key,
      service,
      state: 'waiting',
      counter: undefined,
      order: orderOf(news),
      heardAt: now,
      since: now,
      told: 'nothing',
      segment: 'segment' in news ? news.segment : undefined,
      language: 'language' in news ? news.language : undefined,
    }
    this.#entries.put(entry)
    if (service !== undefined) this.#balance.touched(service)
    return entry
  }

  /** Told of before its issue was: lost, or from before anybody here listened. */
  #unheardOf(news: TicketNews, ticket: string, service: string | undefined): Entry {
    const ended = this.#entries.ended(ticket)
    const where = service ?? ended?.service
    this.#numbers.heard(ticket)
    const isExpected = this.#balance.takeUnknown(where) || this.#numbers.isFromBefore(ticket)
    if (!isExpected && ended === undefined) this.#parts.note('never-issued')
    return this.#open(news, ticket, where)
  }

  #touch(entry: Entry, news: TicketNews) {
    entry.order = { ...entry.order, ...orderOf(news) }
    entry.heardAt = this.#parts.now()
    entry.key = news.key ?? entry.key
    if (entry.service !== undefined) this.#balance.touched(entry.service)
  }

  /** Whoever was called there before has been served, as the hub takes it too. */
  #clearCounter(entry: Entry) {
    for (const other of this.#entries.all())
      if (other !== entry && other.state === 'called' && other.counter === entry.counter)
        this.#entries.bury(other, { at: this.#parts.now(), isNoShow: false })
  }

  /** What happened long ago is only written down: what is left of it is told when everything has been heard. */
  #told(entry: Entry, news: TicketNews) {
    if (this.#isOld(news)) this.#untold.add(entry)
    else this.#sync(entry)
  }

  #sync(entry: Entry) {
    const { ticket, service, segment, language, counter } = entry
    if (entry.told === 'nothing') {
      if (service !== undefined) {
        const about = {
          ...(segment !== undefined && { segment }),
          ...(language !== undefined && { language }),
        }
        this.#parts.tell({ name: 'ticket.issued', data: { ticket, service, ...about } })
      }
      entry.told = 'waiting'
    }
    if (entry.state !== 'called' || counter === undefined || entry.told === `called ${counter}`) return
    this.#parts.tell({ name: 'ticket.called', data: { ticket, counter } })
    entry.told = `called ${counter}`
  }
}

const isEnd = (tells: TicketNews['tells']): tells is EndTells =>
  tells === 'served' || tells === 'no-show' || tells === 'withdrawn'
