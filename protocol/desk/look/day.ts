/** How a day is going: key figures so far, each against what is usual at this time of such a day. */
import { z } from 'zod'
import { Time } from '../live/lobby-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

const Day = z.iso.date()

export const DayFigure = z.object({
  id: z.string(),
  label: z.string(),
  unit: z.enum(['count', 'share', 'ms']),
  /** null: neither is. */
  better: z.enum(['lower', 'higher']).nullable(),
  /** null: not known, for the reason given. */
  value: z.number().nullable(),
  why: z.string().nullable(),
  /** The middle of the days before, and between what most of them lie; null: none of them knows. */
  usual: z.object({ value: z.number(), low: z.number(), high: z.number(), days: z.int() }).nullable(),
})
export type DayFigure = z.infer<typeof DayFigure>

export const DayAnswer = z.object({
  day: Day,
  /** As of then. */
  at: Time,
  timeZone: z.string(),
  isOver: z.boolean(),
  figures: z.array(DayFigure),
  usual: z.object({
    /** That it was made from, the newest first. */
    days: z.array(Day),
    /** Why there is none. */
    why: z.object({ code: z.enum(['being-read', 'none-kept']), words: z.string() }).nullable(),
  }),
})
export type DayAnswer = z.infer<typeof DayAnswer>

/** Default: today, as the branch's calendar has it. */
export const DayAsked = z.object({ day: Day.optional(), lang: Lang.optional() })
export type DayAsked = z.infer<typeof DayAsked>

export const dayRoutes = {
  day: deskRoute({
    method: 'GET',
    path: '/api/day',
    admits: ['manager', 'admin', 'auditor'],
    request: DayAsked,
    response: DayAnswer,
    errors: ['journal.no-day'],
  }),
}
