/** A figure of the day against what is usual: where it lies, and whether that is good news. */
import type { DayFigure } from '#protocol/desk/look/day.ts'

export type Standing = 'above' | 'below' | 'within'

/** null: there is nothing to compare, or nothing to compare with. */
export const standingOf = ({ value, usual }: DayFigure): Standing | null => {
  if (value === null || usual === null) return null
  if (value > usual.high) return 'above'
  return value < usual.low ? 'below' : 'within'
}

export const isGood = (figure: DayFigure): boolean | null => {
  const standing = standingOf(figure)
  if (standing === null || standing === 'within' || figure.better === null) return null
  return (standing === 'above') === (figure.better === 'higher')
}

/** Where the usual range and today's value lie on one line, each from 0 to 1. */
export interface Place {
  readonly low: number
  readonly high: number
  readonly middle: number
  readonly value: number
}

export const placeOf = ({ value, usual }: DayFigure): Place | null => {
  if (value === null || usual === null) return null
  const span = usual.high - usual.low || Math.abs(usual.value) || 1
  const from = Math.min(usual.low - span, value - span * 0.1)
  const to = Math.max(usual.high + span, value + span * 0.1)
  const at = (x: number) => (x - from) / (to - from)
  return { low: at(usual.low), high: at(usual.high), middle: at(usual.value), value: at(value) }
}

const groups = {
  people: ['came', 'tickets', 'served', 'abandoned'],
  wait: ['waitMean', 'waitP90', 'announcedOff', 'announcedError'],
  automation: ['greeted', 'divertedFinished', 'promotions'],
  experts: [
    'expertCalls',
    'expertLevel',
    'expertAbandoned',
    'expertUnanswered',
    'expertWait',
    'expertTalk',
    'expertWrapUp',
  ],
  alerts: ['alerts', 'claimMean', 'claimP90'],
} as const
export type GroupName = keyof typeof groups | 'other'

export interface Group {
  readonly name: GroupName
  readonly figures: readonly DayFigure[]
}

/** What this page does not know of yet comes last. */
export const groupsOf = (figures: readonly DayFigure[]): readonly Group[] => {
  const byId = new Map(figures.map((figure) => [figure.id, figure]))
  const known = (Object.keys(groups) as (keyof typeof groups)[]).map((name) => ({
    name,
    figures: groups[name].flatMap((id) => byId.get(id) ?? []),
  }))
  const named = new Set<string>(Object.values(groups).flat())
  const other = { name: 'other' as const, figures: figures.filter(({ id }) => !named.has(id)) }
  return [...known, other].filter((group) => group.figures.length > 0)
}

/** Bad news first; what is as usual is not told. */
export const unusualOf = (figures: readonly DayFigure[]): readonly DayFigure[] => {
  const rank = (figure: DayFigure) => ({ false: 0, null: 1, true: 2 })[`${isGood(figure)}`]
  return figures
    .filter((figure) => standingOf(figure) === 'above' || standingOf(figure) === 'below')
    .sort((a, b) => rank(a) - rank(b))
}

const dayMs = 86_400_000

/** @param day as `2026-03-02` */
export const dayBeside = (day: string, by: 1 | -1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * dayMs).toISOString().slice(0, 10)
