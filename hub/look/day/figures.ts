/** The key figures of a day so far, each against what is usual at this time of such a day. */
import type { DayAnswer, DayAsked, DayFigure } from '#protocol/desk/look/day.ts'
import { UsherError } from '#protocol/errors.ts'
import { dayMs, dayText } from '#protocol/local-time.ts'
import { fileOf } from '../../branch/rows.ts'
import { quantile } from '../../figures/spread.ts'
import type { LookParts } from '../parts.ts'
import { type FigureWords, figureWords, usualWhyNot } from '../words/figures.ts'
import type { Tongue } from '../words/pair.ts'
import { DayReader } from './read-day.ts'
import { type Calendar, dayOf, spanOf, type Usual, UsualDays } from './usual.ts'

/** Books of days that were asked for, besides the usual ones. */
const readersMax = 4

export interface Days {
  answer(asked: DayAsked, tongue: Tongue): Promise<DayAnswer>
  /** Resolves once the days before are read. */
  settled(): Promise<void>
}

const median = (sorted: readonly number[]): number => {
  const half = sorted.length / 2
  const upper = sorted[Math.floor(half)] ?? Number.NaN
  return Number.isInteger(half) ? ((sorted[half - 1] ?? upper) + upper) / 2 : upper
}

const usualOf = ({ of }: FigureWords, { days }: Usual): DayFigure['usual'] => {
  const values = days.flatMap(({ figures }) => of(figures) ?? []).toSorted((a, b) => a - b)
  if (values.length === 0) return null
  return {
    value: median(values),
    low: quantile(values, 0.1),
    high: quantile(values, 0.9),
    days: values.length,
  }
}

export const createDays = (look: LookParts): Days => {
  const readers = new Map<string, DayReader>()
  const usualDays = new UsualDays(look)
  const calendarNow = (): Promise<Calendar> =>
    look.engine.read((state) => ({
      timeZone: state.branch.get('branch')?.timeZone ?? 'UTC',
      calendar: fileOf(state)?.calendar ?? { week: {}, days: {} },
    }))
  const readerFor = async (day: number, timeZone: string): Promise<DayReader> => {
    const key = `${day} ${timeZone}`
    const reader = readers.get(key) ?? new DayReader(look, spanOf(day, timeZone))
    readers.delete(key)
    readers.set(key, reader)
    for (const old of [...readers.keys()].slice(0, -readersMax)) readers.delete(old)
    await reader.read()
    return reader
  }
  return {
    settled: () => usualDays.settled(),
    answer: async ({ day: named }, tongue) => {
      const calendar = await calendarNow()
      const { timeZone } = calendar
      const nowMs = look.nowMs()
      const today = dayOf(nowMs, timeZone)
      const day = named === undefined ? today : Date.parse(`${named}T00:00:00Z`) / dayMs
      if (day > today) throw new UsherError('journal.no-day', named)
      const { span, book, isErased } = await readerFor(day, timeZone)
      if (isErased || (day < today && book.isEmpty())) throw new UsherError('journal.no-day', named)
      const at = Math.min(nowMs, span.toMs)
      const figures = book.figures(at)
      const usual = usualDays.usual(day, at - span.fromMs, calendar)
      return {
        day: dayText(day),
        at,
        timeZone,
        isOver: at >= span.toMs,
        figures: figureWords
          .filter(({ isTold }) => isTold?.(figures) ?? true)
          .map((words) => {
            const value = words.of(figures)
            const { id, label, unit, better, whyNot } = words
            const why = value === null ? whyNot[tongue] : null
            return { id, label: label[tongue], unit, better, value, why, usual: usualOf(words, usual) }
          }),
        usual: {
          days: usual.days.map((one) => one.day),
          why: usual.why === null ? null : { code: usual.why, words: usualWhyNot[usual.why][tongue] },
        },
      }
    },
  }
}
