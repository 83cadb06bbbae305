/** How the automation is set: each flow with its settings in words, and who changed what. */
import { z } from 'zod'
import { Id } from '../../ids.ts'
import { modes, proposalStates } from '../../model.ts'
import { Time } from '../live/lobby-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

const Autonomy = z.enum(['off', 'suggest', 'automatic'])
const Who = { by: z.string(), byTitle: z.string() }
/** What a person said of it, and the second person, where one was needed. */
const Agreed = {
  reason: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedByTitle: z.string().nullable(),
}

export const FlowChangeTold = z.object({
  revision: z.int(),
  at: Time,
  ...Who,
  ...Agreed,
  autonomy: Autonomy,
  /** By setting; of the first version that is kept, against what is shipped. */
  differs: z.array(
    z.object({ name: z.string(), label: z.string(), was: z.json().nullable(), is: z.json().nullable() }),
  ),
  /** null: as before. */
  autonomyWas: Autonomy.nullable(),
})
export type FlowChangeTold = z.infer<typeof FlowChangeTold>

/** Beyond head office's bounds: waits for a second person, or what became of it in the last day. */
export const ProposalTold = z.object({
  id: Id,
  state: z.enum(proposalStates),
  askedBy: z.string(),
  askedByTitle: z.string(),
  askedAt: Time,
  endsAt: Time,
  reason: z.string(),
  /** Every setting as it would be in force. */
  policy: z.record(z.string(), z.json()),
  autonomy: Autonomy,
  /** The settings of it that lie beyond, and the bounds at that time. */
  beyond: z.array(
    z.object({
      name: z.string(),
      wanted: z.number(),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
  ),
  endedBy: z.string().nullable(),
  endedByTitle: z.string().nullable(),
  endedAt: Time.nullable(),
  endReason: z.string().nullable(),
})
export type ProposalTold = z.infer<typeof ProposalTold>

export const FlowTold = z.object({
  id: Id,
  title: z.string(),
  purpose: z.string(),
  version: z.int(),
  /** What it does in each mode of the branch. */
  modes: z.record(z.enum(modes), z.enum(['run', 'quiet', 'stop'])),
  /** Goes on while automation is paused, or not. */
  pausable: z.boolean(),
  resting: z.boolean(),
  autonomy: Autonomy,
  revision: z.int(),
  ...Who,
  ...Agreed,
  /** 0: it is as shipped. */
  setAt: Time,
  /** Every setting as it is in force. */
  policy: z.record(z.string(), z.json()),
  /** As shipped. */
  defaults: z.record(z.string(), z.json()),
  /** JSON Schema of the whole policy: types, bounds, defaults. */
  schema: z.record(z.string(), z.json()),
  /** How far head office lets one person change a setting that is a number; beyond it a second one has to agree. */
  bounds: z.record(z.string(), z.object({ min: z.number().optional(), max: z.number().optional() })),
  /** What each setting means. */
  labels: z.record(z.string(), z.string()),
  running: z.int(),
  /** Instances that stopped working and wait for a person. */
  parked: z.int(),
  proposal: ProposalTold.nullable(),
  /** Newest first. */
  history: z.array(FlowChangeTold),
})
export type FlowTold = z.infer<typeof FlowTold>

const Counted = z.number().min(0)

export const FiredAnswer = z.object({
  day: z.iso.date(),
  flow: Id,
  /** What the setting that was asked about changes, against what was in force when the day began. */
  changes: z.array(
    z.object({ name: z.string(), label: z.string(), was: z.json().nullable(), is: z.json().nullable() }),
  ),
  /**
   * How often the flow did something, by capability, `alert` and `escalate`. `before` and `after` are the day decided
   * again, without the change and with it: the answers of devices and people are drawn from the recorded ones.
   */
  counts: z.array(
    z.object({
      what: z.string(),
      words: z.string(),
      recorded: Counted,
      before: Counted,
      after: Counted,
    }),
  ),
  entries: z.int(),
  /** Of the entries that were decided otherwise than recorded: many mean that the day tells little about this version. */
  differing: z.int(),
})
export type FiredAnswer = z.infer<typeof FiredAnswer>

/** As JSON in a query: only what is to differ. */
const PolicyText = z
  .string()
  .max(4_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(z.record(z.string().max(64), z.json()))

export const FiredAsked = z.object({
  flow: Id,
  policy: PolicyText.default({}),
  autonomy: Autonomy.optional(),
  /** Default: yesterday. */
  day: z.iso.date().optional(),
  lang: Lang.optional(),
})
export type FiredAsked = z.infer<typeof FiredAsked>

export const flowRoutes = {
  flows: deskRoute({
    method: 'GET',
    path: '/api/flows',
    admits: ['manager', 'admin', 'auditor'],
    request: z.object({ lang: Lang.optional() }),
    response: z.array(FlowTold),
    errors: [],
  }),
  /** Takes up to a minute; one at a time. */
  fired: deskRoute({
    method: 'GET',
    path: '/api/flows/fired',
    admits: ['manager', 'admin', 'auditor'],
    request: FiredAsked,
    response: FiredAnswer,
    errors: [
      'flow.unknown',
      'policy.invalid',
      'journal.no-day',
      'journal.no-checkpoint',
      'journal.erased',
      'what-if.too-long',
      'what-if.unavailable',
    ],
  }),
}
