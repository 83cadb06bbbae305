/** What is looked for, as it stands in the address of the page and as the hub is asked. */
import { foundKinds } from '#protocol/desk/look/search.ts'

export const spans = ['hour', 'today', 'week', 'between'] as const
export type Span = (typeof spans)[number]
type Kind = (typeof foundKinds)[number]

export interface Asked {
  readonly q: string
  readonly when: Span
  /** Of `between`: as `2026-03-02T09:30`, in the time of the branch; empty: open. */
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly kind: Kind | ''
}

export const nothingAsked: Asked = { q: '', when: 'today', from: '', to: '', zone: '', kind: '' }

const oneOf = <Name extends string>(names: readonly Name[], name: string | null): Name | undefined =>
  names.find((one) => one === name)

export const readAsked = (query: URLSearchParams): Asked => ({
  q: query.get('q') ?? '',
  when: oneOf(spans, query.get('when')) ?? 'today',
  from: query.get('from') ?? '',
  to: query.get('to') ?? '',
  zone: query.get('zone') ?? '',
  kind: oneOf(foundKinds, query.get('kind')) ?? '',
})

/** Only what differs from nothing: an address that can be read aloud. */
export const addressFor = (asked: Asked): string => {
  const query = new URLSearchParams()
  for (const name of ['q', 'when', 'from', 'to', 'zone', 'kind'] as const)
    if (asked[name] !== nothingAsked[name]) query.set(name, asked[name])
  const text = query.toString()
  return text === '' ? '/look-back' : `/look-back?${text}`
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const minuteMs = 60_000

export interface ClockOf {
  readonly now: number
  readonly utcOffsetMinutes: number
}

const instant = (text: string, { utcOffsetMinutes }: ClockOf): number | undefined => {
  const at = Date.parse(`${text}Z`)
  return Number.isNaN(at) ? undefined : at - utcOffsetMinutes * minuteMs
}

/** Where the day of the branch began. */
const midnight = ({ now, utcOffsetMinutes }: ClockOf): number => {
  const offset = utcOffsetMinutes * minuteMs
  return Math.floor((now + offset) / dayMs) * dayMs - offset
}

export interface Bounds {
  readonly from?: number
  readonly to?: number
}

export const boundsOf = ({ when, from, to }: Asked, clock: ClockOf): Bounds => {
  if (when === 'hour') return { from: clock.now - hourMs }
  if (when === 'today') return { from: midnight(clock) }
  if (when === 'week') return { from: clock.now - 7 * dayMs }
  const first = instant(from, clock)
  const last = instant(to, clock)
  return {
    ...(first !== undefined && { from: first }),
    // Named to the minute, it means all of that minute.
    ...(last !== undefined && { to: last + minuteMs - 1 }),
  }
}
