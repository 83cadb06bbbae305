/**
 * From a vendor's message to news. Only what a rule names is read, so names, telephone numbers and identity cards end here;
 * what a vendor writes becomes a number, a time, a ticket or a word of the configuration, or it is refused.
 */
import { Segment } from '#protocol/events.ts'
import { idPattern, Language } from '#protocol/ids.ts'
import type { TroubleCode } from '../troubles.ts'
import { keyOf, numberOf, spanMsOf, textOf, ticketOf, timeOf, type WaitUnit } from './loose.ts'
import type { ListedTicket, News } from './news.ts'
import { itemsAt, type Place, valueAt } from './path.ts'
import type { Field, Rule, Tables, When } from './rules.ts'

export interface Mapping {
  /** The first that fits an item is taken. */
  readonly rules: readonly Rule[]
  readonly tables: Tables
  readonly ticketPrefixes: Readonly<Record<string, string>>
  /** Of times that do not say in which zone they are: minutes east of Greenwich. */
  readonly offsetMin: number
}

export interface Mapped {
  readonly news: readonly News[]
  readonly troubles: readonly TroubleCode[]
}

/** Told by a field that is needed and cannot be understood. */
class Unfit extends Error {
  readonly code: TroubleCode
  constructor(code: TroubleCode) {
    super(code)
    this.code = code
  }
}

const isTrue = (when: When, place: Place): boolean =>
  when.every(({ path, oneOf, present }) => {
    const text = textOf(valueAt(path, place))
    return present === undefined
      ? text !== undefined && oneOf.includes(text)
      : (text !== undefined) === present
  })

const countMax = 10_000
const countOf = (value: unknown) => {
  const number = numberOf(value)
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= countMax
    ? number
    : undefined
}

type TableName = 'services' | 'counters' | 'segments' | 'languages'

/** Reads the fields of one item. */
class Reader {
  readonly #mapping: Mapping
  readonly #place: Place

  constructor(mapping: Mapping, place: Place) {
    this.#mapping = mapping
    this.#place = place
  }

  raw(field: Field | undefined): unknown {
    if (field === undefined) return undefined
    if (field.is !== undefined) return field.is
    for (const path of field.paths) {
      const value = valueAt(path, this.#place)
      if (textOf(value) !== undefined) return value
    }
    return undefined
  }

  /** In the words of the branch: through a table, or as it is where there is no table and it is a word already. */
  word(field: Field | undefined, standard: TableName, unknown: TroubleCode): string | undefined {
    if (field?.is !== undefined) return field.is
    const texts = (field?.paths ?? []).flatMap((path) => textOf(valueAt(path, this.#place)) ?? [])
    if (field === undefined || texts.length === 0) return undefined
    const name = field.table ?? standard
    const table = Object.hasOwn(this.#mapping.tables, name) ? this.#mapping.tables[name] : undefined
    const known = texts.find((text) =>
      table === undefined ? idPattern.test(text) : Object.hasOwn(table, text),
    )
    if (known === undefined) throw new Unfit(unknown)
    return table === undefined ? known : table[known]
  }

  told(rule: Rule) {
    const at = timeOf(this.raw(rule.at), this.#mapping.offsetMin)
    const sequence = numberOf(this.raw(rule.sequence))
    const id = textOf(this.raw(rule.id))
    return {
      ...(at !== undefined && { at }),
      ...(sequence !== undefined && Number.isInteger(sequence) && { sequence }),
      ...(id !== undefined && { id }),
    }
  }

  ticket(rule: { ticket?: Field | undefined; key?: Field | undefined }) {
    const given = this.raw(rule.ticket)
    const ticket = ticketOf(given, this.#mapping.ticketPrefixes)
    const key = keyOf(this.raw(rule.key))
    if (given !== undefined && ticket === undefined) throw new Unfit('bad-shape')
    if (ticket === undefined && key === undefined) throw new Unfit('bad-shape')
    return { ...(ticket !== undefined && { ticket }), ...(key !== undefined && { key }) }
  }

  /** Of somebody whose group or language is not known, the rest counts all the same. */
  segment(field: Field | undefined) {
    const text = textOf(this.raw(field))
    const row = this.#mapping.tables['segments'] ?? {}
    const found = Segment.safeParse(text !== undefined && Object.hasOwn(row, text) ? row[text] : text)
    return found.success ? { segment: found.data } : {}
  }

  language(field: Field | undefined) {
    const text = textOf(this.raw(field))
    const row = this.#mapping.tables['languages'] ?? {}
    const found = Language.safeParse(text !== undefined && Object.hasOwn(row, text) ? row[text] : text)
    return found.success ? { language: found.data } : {}
  }

  counter = (field: Field | undefined) => this.word(field, 'counters', 'unknown-counter')
  service = (field: Field | undefined) => this.word(field, 'services', 'unknown-service')
  count = (field: Field | undefined) => countOf(this.raw(field))
  span = (field: Field | undefined, unit: WaitUnit) => spanMsOf(this.raw(field), unit)
}

const needed = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Unfit('bad-shape')
  return value
}
const given = <K extends string, T>(name: K, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [key in K]?: T }

const listOf = (
  rule: Extract<Rule, { tells: 'snapshot' }>,
  mapping: Mapping,
  place: Place,
): readonly ListedTicket[] | undefined => {
  const { tickets, waitUnit } = rule
  if (tickets === undefined) return undefined
  return itemsAt(tickets.each, place).map((item) => {
    const there = { ...place, item }
    const reader = new Reader(mapping, there)
    const { ticket, key } = reader.ticket(tickets)
    return {
      ticket: needed(ticket),
      ...given('key', key),
      ...given('waitedMs', reader.span(tickets.waited, waitUnit)),
      ...(tickets.held !== undefined && { held: isTrue(tickets.held, there) }),
    }
  })
}

const newsOf = (rule: Rule, mapping: Mapping, place: Place): News | undefined => {
  const reader = new Reader(mapping, place)
  const told = reader.told(rule)
  switch (rule.tells) {
    case 'issued': {
      const service = needed(reader.service(rule.service))
      const about = { ...reader.segment(rule.segment), ...reader.language(rule.language) }
      return { tells: 'issued', ...told, ...reader.ticket(rule), service, ...about }
    }
    case 'called': {
      const counter = needed(reader.counter(rule.counter))
      const service = given('service', reader.service(rule.service))
      return { tells: 'called', ...told, ...reader.ticket(rule), counter, ...service }
    }
    case 'waits-again':
    case 'transferred': {
      const service = given('service', reader.service(rule.service))
      return { tells: rule.tells, ...told, ...reader.ticket(rule), ...service }
    }
    case 'served':
    case 'no-show': {
      const counter = given('counter', reader.counter(rule.counter))
      return { tells: rule.tells, ...told, ...reader.ticket(rule), ...counter }
    }
    case 'withdrawn':
      return { tells: 'withdrawn', ...told, ...reader.ticket(rule) }
    case 'counter': {
      const counter = needed(reader.counter(rule.counter))
      return { tells: 'counter', ...told, counter, state: rule.state, ...given('staffed', rule.staffed) }
    }
    case 'snapshot':
      return {
        tells: 'snapshot',
        ...told,
        service: needed(reader.service(rule.service)),
        waiting: needed(reader.count(rule.waiting)),
        ...given('longestWaitMs', reader.span(rule.longestWait, rule.waitUnit)),
        ...given('announcedWaitMs', reader.span(rule.announcedWait, rule.waitUnit)),
        ...given('countersOpen', reader.count(rule.countersOpen)),
        ...given('tickets', listOf(rule, mapping, place)),
      }
    case 'nothing':
      return undefined
  }
}

/** One message may hold several items: each is told by the first rule that fits it. */
export const mapMessage = (mapping: Mapping, message: unknown, topic: readonly string[] = []): Mapped => {
  const news: News[] = []
  const troubles: TroubleCode[] = []
  const taken = new Set<unknown>()
  // An empty list has nothing that a rule could fit.
  let isKnown = Array.isArray(message) && message.length === 0
  for (const one of Array.isArray(message) ? message : [message])
    for (const rule of mapping.rules) {
      const whole: Place = { item: one, message: one, topic }
      const items = rule.each === undefined ? [one] : itemsAt(rule.each, whole)
      for (const item of items) {
        const place = { ...whole, item }
        if (taken.has(item) || !isTrue(rule.when, place)) continue
        taken.add(item)
        isKnown = true
        try {
          const told = newsOf(rule, mapping, place)
          if (told !== undefined) news.push(told)
        } catch (error) {
          if (!(error instanceof Unfit)) throw error
          troubles.push(error.code)
        }
      }
    }
  return { news, troubles: isKnown ? troubles : [...troubles, 'no-rule'] }
}
