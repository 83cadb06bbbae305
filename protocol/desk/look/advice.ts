/** What would help now and only a person can do: nothing unless it is worth it, and nothing that is not so. */
import { z } from 'zod'
import { Id } from '../../ids.ts'
import { Time } from '../live/lobby-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

const Named = z.object({ id: Id, title: z.string() })

export const OpenCounter = z.object({
  what: z.literal('open-counter'),
  service: Named,
  /** The one to open. */
  counter: Id,
  /** Who is on duty, free, and may open it. */
  people: z.array(Named).min(1),
  waiting: z.int(),
  /** Announced now, and with one counter more. */
  nowMs: z.number(),
  thenMs: z.number(),
  sentence: z.string(),
})

export const AdviceAnswer = z.object({
  at: Time,
  /** What helps most first. */
  advice: z.array(OpenCounter),
})
export type AdviceAnswer = z.infer<typeof AdviceAnswer>
export type Advice = AdviceAnswer['advice'][number]

export const adviceRoutes = {
  advice: deskRoute({
    method: 'GET',
    path: '/api/advice',
    admits: ['manager', 'admin', 'auditor'],
    request: z.object({ lang: Lang.optional() }),
    response: AdviceAnswer,
    errors: [],
  }),
}
