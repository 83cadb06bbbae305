/** The work of a branch as pages see it: tasks, alerts, people on duty, and how the automation is set. */
import { z } from 'zod'
import { Id } from '../../ids.ts'
import { proposalStates } from '../../model.ts'
import { Time, Title } from './lobby-rows.ts'

const Value = z.union([z.string(), z.number(), z.boolean()])
/** A stable code with values. The hub has words for it: see the catalogue route. */
export const Reason = z.object({ code: z.string(), params: z.record(z.string(), Value).optional() })
export type Reason = z.infer<typeof Reason>

export const livePhases = [
  'queued',
  'offered',
  'accepted',
  'started',
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'unknown',
] as const

export const LiveTask = z.object({
  id: Id,
  flow: Id,
  capability: z.string(),
  subject: z.object({
    visit: z.string().optional(),
    ticket: z.string().optional(),
    service: z.string().optional(),
    zone: z.string().optional(),
    device: z.string().optional(),
    counter: z.string().optional(),
    campaign: z.string().optional(),
  }),
  priority: z.int(),
  because: Reason,
  phase: z.enum(livePhases),
  /** A person has yet to confirm it. */
  suggested: z.boolean(),
  /** Why nobody has it yet. */
  waitingFor: z.string().nullable(),
  /** Who has it now or had it last: a device, or `person/<id>`. */
  member: z.string().nullable(),
  /** How many were asked. */
  attempts: z.int(),
  createdAt: Time,
  acceptedAt: Time.nullable(),
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  /** The next moment at which something ends it or passes it on; null: it is over. */
  dueAt: Time.nullable(),
  endReason: z.string().nullable(),
  /** Where a guide leads to. */
  to: z.object({ zone: z.string().nullable(), place: z.string().nullable() }).nullable(),
  /** The person who asked for it by hand; null: a flow did. */
  askedBy: z.string().nullable(),
  /** The flow instance that looks after what was asked for by hand; see the answer to `ask`. */
  request: z.string().optional(),
})
export type LiveTask = z.infer<typeof LiveTask>

export const alertPriorities = ['urgent', 'high', 'normal', 'low'] as const

export const LiveAlert = z.object({
  id: Id,
  key: z.string(),
  priority: z.enum(alertPriorities),
  code: z.string(),
  params: z.record(z.string(), Value),
  flow: z.string(),
  since: Time,
  lastAt: Time,
  /** How often it came while it was open. */
  count: z.int(),
  claimedBy: z.string().nullable(),
  claimedAt: Time.nullable(),
  /** Seen is not solved. */
  acknowledgedBy: z.string().nullable(),
  shelved: z.object({ by: z.string(), reason: z.string(), until: Time }).nullable(),
  /** Whose turn it is while nobody has claimed it. */
  turnOf: z.string().nullable(),
  /** The condition is gone, or a person says that it is solved. */
  clearedAt: Time.nullable(),
  clearedBy: z.string().nullable(),
})
export type LiveAlert = z.infer<typeof LiveAlert>

export const LivePerson = z.object({
  id: Id,
  title: Title,
  roles: z.array(z.string()),
  languages: z.array(z.string()),
  zone: Id.nullable(),
  onDuty: z.boolean(),
  doNotDisturb: z.boolean(),
  serving: z.string().nullable(),
  canOpenCounters: z.boolean(),
})
export type LivePerson = z.infer<typeof LivePerson>

/** What is asked for stands in the answer to `/api/flows`. */
export const LiveProposal = z.object({
  id: Id,
  state: z.enum(proposalStates),
  askedBy: z.string(),
  askedAt: Time,
  endsAt: Time,
  reason: z.string(),
})
export type LiveProposal = z.infer<typeof LiveProposal>

export const LiveFlow = z.object({
  id: Id,
  title: z.object({ en: z.string(), zh: z.string() }),
  autonomy: z.enum(['off', 'suggest', 'automatic']),
  revision: z.int(),
  setBy: z.string(),
  /** The second person, where it lies beyond what one may set. */
  approvedBy: z.string().nullable(),
  setAt: Time,
  /** Goes on while automation is paused, or not. */
  pausable: z.boolean(),
  /** Waits for a second person, or what became of it in the last day. */
  proposal: LiveProposal.nullable(),
  /** Resting now, by a plan that measures its effect. */
  resting: z.boolean(),
})
export type LiveFlow = z.infer<typeof LiveFlow>

export const LiveCampaign = z.object({
  id: Id,
  product: z.string(),
  words: z.record(z.string(), z.string()),
  on: z.boolean(),
  /** Shown today, and at most. */
  plays: z.int(),
  perDay: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type LiveCampaign = z.infer<typeof LiveCampaign>

export const LiveEscalation = z.object({
  id: Id,
  at: Time,
  reason: z.string(),
  zone: z.string().nullable(),
  visit: z.string().nullable(),
  ticket: z.string().nullable(),
  device: z.string().nullable(),
  state: z.enum(['open', 'taken', 'ended']),
})
export type LiveEscalation = z.infer<typeof LiveEscalation>
