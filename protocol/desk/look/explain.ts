/** Why this one, why not the others, why nobody: an answer in sentences, in the language that was asked for. */
import { z } from 'zod'
import { Id, TicketNo } from '../../ids.ts'
import { Time } from '../live/lobby-rows.ts'
import { livePhases } from '../live/work-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

const Said = z.object({ code: z.string(), words: z.string() })
const Member = z.object({
  /** A device, or `person/<id>`. */
  id: z.string(),
  title: z.string(),
  isPerson: z.boolean(),
})
const Spoken = z.array(z.object({ language: z.string(), text: z.string() }))

export const ToldCandidate = z.object({
  member: Member,
  /** null: passed over, for the reason `out`. */
  score: z.number().nullable(),
  parts: z.array(z.object({ name: z.string(), words: z.string(), points: z.number() })),
  out: Said.nullable(),
})
export type ToldCandidate = z.infer<typeof ToldCandidate>

export const ToldLook = z.object({
  seq: z.int(),
  at: Time,
  /** null: nobody yet, for the reason given. */
  chosen: Member.nullable(),
  reason: Said.nullable(),
  candidates: z.array(ToldCandidate),
})
export type ToldLook = z.infer<typeof ToldLook>

export const ToldAttempt = z.object({
  number: z.int(),
  member: Member,
  offeredAt: Time,
  acceptedAt: Time.nullable(),
  startSentAt: Time.nullable(),
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  end: z.array(Said),
})
export type ToldAttempt = z.infer<typeof ToldAttempt>

/** What a flow chose among, such as campaigns: the best first, then those passed over, the nearest first. */
export const ToldWeighed = z.object({
  what: z.string(),
  options: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** null: passed over, for the reason `out`. */
      score: z.int().nullable(),
      parts: z.array(z.object({ name: z.string(), words: z.string(), points: z.int() })),
      out: Said.nullable(),
    }),
  ),
  /** Those that are not listed. */
  rest: z.array(Said.extend({ count: z.int() })),
})
export type ToldWeighed = z.infer<typeof ToldWeighed>

export const ToldNote = z.object({
  seq: z.int(),
  at: Time,
  kind: z.string(),
  code: z.string(),
  flow: z.object({ id: z.string(), title: z.string() }).nullable(),
  sentence: z.string(),
  weighed: ToldWeighed.optional(),
})
export type ToldNote = z.infer<typeof ToldNote>

export const ToldTask = z.object({
  id: z.string(),
  capability: z.string(),
  title: z.string(),
  /** Visit, ticket, zone and so on that it is about. */
  subject: z.array(z.object({ what: z.string(), id: z.string(), title: z.string() })),
  priority: z.int(),
  because: Said,
  /** What the flow chose among, where there was a choice. */
  weighed: ToldWeighed.optional(),
  wantedAt: Time,
  expiresAt: Time,
  /** What happened, as a sentence; null: no longer kept. */
  cause: z
    .object({
      seq: z.int(),
      at: Time,
      sentence: z.string(),
      device: z.string().nullable(),
      /** What it told was erased for privacy. */
      isErased: z.boolean(),
    })
    .nullable(),
  flow: z.object({
    id: z.string(),
    title: z.string(),
    version: z.int(),
    policyRevision: z.int(),
    policySetBy: z.string(),
    policySetByTitle: z.string(),
  }),
  outcome: z.object({
    phase: z.enum(livePhases),
    words: z.string(),
    isOpen: z.boolean(),
    reason: Said.nullable(),
    at: Time.nullable(),
  }),
  /** Each time that it was looked who could do it, oldest first. */
  looks: z.array(ToldLook),
  attempts: z.array(ToldAttempt),
  /** As the member reported them. */
  said: Spoken,
  /** As the flow wanted them. */
  wanted: Spoken,
  notes: z.array(ToldNote),
})
export type ToldTask = z.infer<typeof ToldTask>

export const ExplainAnswer = z.object({
  about: z.object({ kind: z.enum(['task', 'visit', 'ticket', 'device', 'time']), id: z.string() }),
  timeZone: z.string(),
  /** Oldest first. */
  tasks: z.array(ToldTask),
  /** What was decided without a task. */
  notes: z.array(ToldNote),
  /** Why nobody was sent, with how often each was the reason; null: somebody was. Empty: nothing is on record. */
  nobody: z.array(Said.extend({ count: z.int() })).nullable(),
  /** There was more than is shown here: the newest is. */
  isCut: z.boolean(),
})
export type ExplainAnswer = z.infer<typeof ExplainAnswer>

const dayMs = 86_400_000
const At = z.coerce.number().int().min(0)

/** About exactly one thing; a time with or without a place. */
export const ExplainAsked = z
  .object({
    task: Id.optional(),
    visit: Id.optional(),
    ticket: TicketNo.optional(),
    device: Id.optional(),
    from: At.optional(),
    to: At.optional(),
    zone: Id.optional(),
    lang: Lang.optional(),
  })
  .refine(
    ({ task, visit, ticket, device, from }) =>
      [task, visit, ticket, device, from].filter((one) => one !== undefined).length === 1,
    'One thing: a task, a visit, a ticket, a device, or a time.',
  )
  .refine(
    ({ from, to, zone }) =>
      from === undefined
        ? to === undefined && zone === undefined
        : to !== undefined && from <= to && to - from <= dayMs,
    'A time has a beginning and an end, not more than a day apart.',
  )
export type ExplainAsked = z.infer<typeof ExplainAsked>

export const explainRoutes = {
  explain: deskRoute({
    method: 'GET',
    path: '/api/explain',
    /** `staff`: about a task that they were asked to do. */
    admits: ['manager', 'admin', 'auditor', 'staff'],
    request: ExplainAsked,
    response: ExplainAnswer,
    errors: ['explain.nothing', 'role.missing'],
  }),
  /** Proof of the same: a file that `usher journal verify --evidence` checks without the hub. */
  evidence: deskRoute({
    method: 'GET',
    path: '/api/evidence',
    admits: ['manager', 'admin', 'auditor'],
    request: ExplainAsked,
    response: 'lines',
    errors: ['explain.nothing'],
  }),
}
