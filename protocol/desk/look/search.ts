/** Looking back: what was, by words, time and place. Newest first, page by page. */
import { z } from 'zod'
import { Id, text } from '../../ids.ts'
import { Time } from '../live/lobby-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

/** `branch`: what was set for all of it. */
export const foundKinds = ['visit', 'ticket', 'device', 'task', 'alert', 'branch'] as const

export const Found = z.object({
  kind: z.enum(foundKinds),
  /** With the kind it names the thing. One that comes again on a later page was in something else before. */
  id: z.string(),
  /** When it was last in something that fits what was asked. */
  at: Time,
  seq: z.int(),
  title: z.string(),
  /** What happened then. */
  sentence: z.string(),
  zone: z.object({ id: z.string(), title: z.string() }).nullable(),
  flow: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What the explanation can be asked about it; null: the time around it. */
  ask: z.object({ what: z.enum(['task', 'visit', 'ticket', 'device']), id: z.string() }).nullable(),
})
export type Found = z.infer<typeof Found>

export const SearchAnswer = z.object({
  found: z.array(Found),
  /** To be asked for next; null: there is nothing before. */
  before: z.int().nullable(),
  /** How far back was looked by now; null: no entry was. */
  reachedAt: Time.nullable(),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>

const At = z.coerce.number().int().min(0)

export const SearchAsked = z.object({
  /** A number, a name, a title or words of what happened, whatever the case; empty: everything. */
  q: text(100).default(''),
  from: At.optional(),
  to: At.optional(),
  zone: Id.optional(),
  kind: z.enum(foundKinds).optional(),
  /** As the page before named it. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  lang: Lang.optional(),
})
export type SearchAsked = z.infer<typeof SearchAsked>

export const searchRoutes = {
  search: deskRoute({
    method: 'GET',
    path: '/api/search',
    admits: ['manager', 'admin', 'auditor'],
    request: SearchAsked,
    response: SearchAnswer,
    errors: [],
  }),
}
