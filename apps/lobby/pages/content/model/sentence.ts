/** Says back in one plain sentence what was set: whom, where, when and how often. Whoever reads it needs no form. */
import type { Runs } from '#protocol/content.ts'
import { fill, languageName, type Tongue } from '../../../../ui/words.ts'
import { countSaid, isShownIn, sumOf, type Zone } from './shown-on.ts'

export type Segment = 'personal' | 'corporate' | 'priority'

interface Place {
  readonly zones: readonly string[]
  readonly runs: Runs
}

export interface ForWhom extends Place {
  readonly segments: readonly Segment[]
  readonly languages: readonly string[]
  readonly perVisit: number
  readonly needsPerson: boolean
}

export interface InLoop extends Place {
  readonly showForMs: number | null
}

interface Words {
  readonly inZone: (zone: string, count: string) => string
  readonly everywhere: (count: string) => string
  readonly only: string
  readonly noScreen: (zone: string) => string
  readonly daily: string
  readonly allDay: string
  readonly weekdays: readonly string[]
  readonly span: (from: string, to: string) => string
  readonly days: (from: string | null, to: string | null) => string
  readonly segments: Readonly<Record<Segment, string>>
  readonly allSegments: string
  readonly language: (names: readonly string[]) => string
  readonly perVisit: (times: number) => string
  readonly byPerson: string
  readonly seconds: (count: number) => string
  readonly comma: string
  readonly list: string
}

const words: Readonly<Record<Tongue, Words>> = {
  zh: {
    inZone: (zone, count) => `${zone} ${count}`,
    everywhere: (count) => `全部 ${count}`,
    only: '全部 1 块屏幕',
    noScreen: (zone) => `${zone}（没有屏幕）`,
    daily: '每天',
    allDay: '全天',
    weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    span: (from, to) => `${from}至${to}`,
    days: (from, to) => [from === null ? '' : `${from} 起`, to === null ? '' : `至 ${to}`].join(''),
    segments: { personal: '个人客户', corporate: '对公客户', priority: '优先客户' },
    allSegments: '所有客户',
    language: (names) => names.join('或'),
    perVisit: (times) => (times === 1 ? '每次来访最多一次' : `每次来访最多 ${times} 次`),
    byPerson: '只由员工当面推荐',
    seconds: (count) => `每次 ${count} 秒`,
    comma: '，',
    list: '、',
  },
  en: {
    inZone: (zone, count) => `${zone} (${count})`,
    everywhere: (count) => `all ${count}`,
    only: 'the only screen',
    noScreen: (zone) => `${zone} (no screen)`,
    daily: 'every day',
    allDay: 'all day',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    span: (from, to) => `${from} to ${to}`,
    days: (from, to) =>
      [from === null ? '' : `from ${from}`, to === null ? '' : `until ${to}`].join(' ').trim(),
    segments: {
      personal: 'personal customers',
      corporate: 'corporate customers',
      priority: 'priority customers',
    },
    allSegments: 'all customers',
    language: (names) => `in ${names.join(' or ')}`,
    perVisit: (times) => (times === 1 ? 'at most once a visit' : `at most ${times} times a visit`),
    byPerson: 'only offered by staff in person',
    seconds: (count) => `${count} s each time`,
    comma: ', ',
    list: ', ',
  },
}

/** `9:00`, as it is spoken; `00:30` stays. */
const clock = (time: string): string => time.replace(/^0(?=\d:)/, '')

/** Days that follow each other are said as a span. */
const weekdaysSaid = (days: readonly number[], tongue: Tongue): string => {
  const { daily, weekdays, span, list } = words[tongue]
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (sorted.length === 0 || sorted.length === 7) return daily
  const name = (day: number | undefined) => weekdays[(day ?? 1) - 1] ?? ''
  const isRow = sorted.length > 2 && sorted.every((day, index) => day === (sorted[0] ?? 0) + index)
  return isRow ? span(name(sorted[0]), name(sorted.at(-1))) : sorted.map(name).join(list)
}

const whenSaid = ({ weekdays, hours, from, to }: Runs, tongue: Tongue): readonly string[] => {
  const said = words[tongue]
  const day = weekdaysSaid(weekdays, tongue)
  const time = hours === null ? said.allDay : `${clock(hours.from)}–${clock(hours.to)}`
  return [fill('{day} {time}', { day, time }), ...(from === null && to === null ? [] : [said.days(from, to)])]
}

const whereSaid = (zones: readonly string[], known: readonly Zone[], tongue: Tongue): string => {
  const said = words[tongue]
  if (zones.length === 0) {
    const all = sumOf(known)
    return all.screens === 1 && all.kiosks === 0 ? said.only : said.everywhere(countSaid(all, tongue))
  }
  return zones
    .map((id) => {
      const zone = known.find((one) => one.id === id)
      const name = zone?.title[tongue] ?? zone?.title['zh'] ?? Object.values(zone?.title ?? {})[0] ?? id
      return zone !== undefined && isShownIn(zone)
        ? said.inZone(name, countSaid(zone, tongue))
        : said.noScreen(name)
    })
    .join(said.list)
}

const segmentOrder: readonly Segment[] = ['personal', 'corporate', 'priority']

const whomSaid = (segments: readonly Segment[], tongue: Tongue): string => {
  const said = words[tongue]
  const named = segmentOrder.filter((one) => segments.includes(one))
  return named.length === 0 || named.length === segmentOrder.length
    ? said.allSegments
    : named.map((one) => said.segments[one]).join(said.list)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `等候区 2 块屏幕，每天 9:00–11:00，个人客户，中文，每次来访最多一次` */
export const saidForWhom = (what: ForWhom, zones: readonly Zone[], tongue: Tongue): string => {
  const said = words[tongue]
  const languages = what.languages.map((one) => languageName(one, tongue))
  return capital(
    [
      whereSaid(what.zones, zones, tongue),
      ...whenSaid(what.runs, tongue),
      whomSaid(what.segments, tongue),
      ...(languages.length === 0 ? [] : [said.language(languages)]),
      said.perVisit(what.perVisit),
      ...(what.needsPerson ? [said.byPerson] : []),
    ].join(said.comma),
  )
}

/** `全部 5 块屏幕，每天全天，每次 10 秒` */
export const saidInLoop = (what: InLoop, zones: readonly Zone[], tongue: Tongue): string => {
  const said = words[tongue]
  return capital(
    [
      whereSaid(what.zones, zones, tongue),
      ...whenSaid(what.runs, tongue),
      ...(what.showForMs === null ? [] : [said.seconds(Math.round(what.showForMs / 1000))]),
    ].join(said.comma),
  )
}

export const segmentSaid = (segment: Segment, tongue: Tongue): string => words[tongue].segments[segment]
export const weekdaySaid = (day: number, tongue: Tongue): string => words[tongue].weekdays[day - 1] ?? ''
