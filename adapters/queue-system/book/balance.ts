/**
 * The system's own count beside what its events add up to. The system's count wins: it is passed on as it is, differences
 * are noted, and tickets that it no longer counts are ended here too.
 */
import type { SnapshotNews } from '../mapping/news.ts'
import type { BookParts } from './book.ts'
import type { Entries, Entry } from './entries.ts'
import { compare, orderOf } from './order.ts'

interface Account {
  last: SnapshotNews | undefined
  /** Waiting by the system's count, but never heard of by number: issued before anybody here listened, or missed. */
  unknown: number
  touchedAt: number
  /** More are in the book than the system counts: since when, and the fewest too many meanwhile. */
  surplus: { readonly since: number; few: number } | undefined
}

interface BalanceParts extends BookParts {
  readonly entries: Entries
  readonly lose: (entry: Entry) => void
}

export const createBalance = (parts: BalanceParts) => new Balance(parts)

class Balance {
  readonly #parts: BalanceParts
  readonly #accounts = new Map<string, Account>()

  constructor(parts: BalanceParts) {
    this.#parts = parts
  }

  /** An event told something of this service: the next count may not know it yet. */
  touched(service: string) {
    this.#account(service).touchedAt = this.#parts.now()
  }

  /** @returns whether a ticket nobody had told of was among those counted. */
  takeUnknown(service: string | undefined): boolean {
    const account = service === undefined ? undefined : this.#accounts.get(service)
    if (account === undefined || account.unknown === 0) return false
    account.unknown -= 1
    return true
  }

  snapshot(news: SnapshotNews) {
    const { note, tell, timeOfDay, staleAfterMs } = this.#parts
    const account = this.#account(news.service)
    const agoMs = news.at === undefined ? undefined : Math.max(0, timeOfDay() - news.at)
    if (agoMs !== undefined && agoMs > staleAfterMs) return note('stale')
    const order = account.last === undefined ? undefined : compare(orderOf(news), orderOf(account.last))
    if (order !== undefined && order < 0) return note('out-of-order')
    const isFirst = account.last === undefined
    account.last = news
    tell({ name: 'queue.snapshot', data: dataOf(news, agoMs) })
    if (news.tickets !== undefined) this.#follow(news, isFirst)
    else this.#weigh(news, account, isFirst)
  }

  #account(service: string): Account {
    const known = this.#accounts.get(service)
    if (known !== undefined) return known
    const account = { last: undefined, unknown: 0, touchedAt: Number.NEGATIVE_INFINITY, surplus: undefined }
    this.#accounts.set(service, account)
    return account
  }

  /** Messages may still be on their way. */
  #isSettled = (since: number) => this.#parts.now() - since >= this.#parts.settleMs

  /** The system names every ticket: the hub takes the list as it is, and so does the book. */
  #follow({ service, tickets = [], at, sequence }: SnapshotNews, isFirst: boolean) {
    const { entries, note, now, lose } = this.#parts
    const listed = new Set(tickets.map(({ ticket }) => ticket))
    let unheardOf = 0
    for (const { ticket, key } of tickets) {
      entries.name(key, ticket)
      const known = entries.find(ticket)
      const ended = entries.ended(ticket)
      if (known !== undefined || (ended !== undefined && !this.#isSettled(ended.at))) continue
      unheardOf += 1
      const order = { ...(at !== undefined && { at }), ...(sequence !== undefined && { sequence }) }
      const where = { service, state: 'waiting', counter: undefined, told: 'waiting' } as const
      const unknown = { segment: undefined, language: undefined }
      entries.put({ ticket, key, ...where, ...unknown, order, heardAt: now(), since: now() })
    }
    if (unheardOf > 0 && !isFirst) note('never-issued', unheardOf)
    for (const entry of entries.waitingIn(service)) {
      if (listed.has(entry.ticket) || !this.#isSettled(entry.heardAt)) continue
      note('lost-ticket')
      lose(entry)
    }
  }

  /** The system counts only: what is missing is kept as a number, what is too many is lost when it stays too many. */
  #weigh({ service, waiting }: SnapshotNews, account: Account, isFirst: boolean) {
    const { note, now, entries, lostAfterMs } = this.#parts
    const known = entries.waitingIn(service)
    if (isFirst) {
      account.unknown = Math.max(0, waiting - known.length)
      if (waiting >= known.length) return
    }
    if (!this.#isSettled(account.touchedAt)) return
    const difference = waiting - known.length - account.unknown
    if (difference !== 0) note('count-differs')
    account.unknown = Math.max(0, waiting - known.length)
    const few = known.length - waiting
    if (few <= 0) {
      account.surplus = undefined
      return
    }
    if (waiting === 0) return this.#loseOldest(known, few)
    account.surplus ??= { since: now(), few }
    account.surplus.few = Math.min(account.surplus.few, few)
    if (now() - account.surplus.since < lostAfterMs) return
    const { since, few: lost } = account.surplus
    account.surplus = undefined
    this.#loseOldest(
      known.filter((entry) => entry.since <= since),
      lost,
    )
  }

  /** Customers are called in turn: of those too many, the ones that have waited longest were called. */
  #loseOldest(entries: readonly Entry[], count: number) {
    const lost = [...entries].sort((a, b) => a.since - b.since).slice(0, count)
    if (lost.length > 0) this.#parts.note('lost-ticket', lost.length)
    for (const entry of lost) this.#parts.lose(entry)
  }
}

const ticketsMax = 500

const dataOf = (news: SnapshotNews, observedAgoMs: number | undefined) => {
  const { service, waiting, longestWaitMs, announcedWaitMs, countersOpen, tickets } = news
  return {
    service,
    waiting,
    ...(longestWaitMs !== undefined && { longestWaitMs }),
    ...(announcedWaitMs !== undefined && { announcedWaitMs }),
    ...(countersOpen !== undefined && { countersOpen }),
    // A list that is cut short would end the tickets that it no longer names.
    ...(tickets !== undefined &&
      tickets.length <= ticketsMax && {
        tickets: tickets.map(({ ticket, waitedMs, held }) => ({
          ticket,
          ...(waitedMs !== undefined && { waitedMs }),
          ...(held !== undefined && { held }),
        })),
      }),
    ...(observedAgoMs !== undefined && { observedAgoMs: Math.round(observedAgoMs) }),
  }
}
