/** The floor plan: read, changed while the branch runs, and brought back to what it was. */
import { z } from 'zod'
import { Id } from '../../ids.ts'
import { PlanPlace, PlanZone } from '../../plan.ts'
import { Time } from '../live/lobby-rows.ts'
import { deskRoute } from '../route.ts'
import { Lang } from './words.ts'

const Placement = z.strictObject({ id: Id, zone: Id.nullable(), place: Id.nullable() })

export const PlanAnswer = z.object({
  /** Of the branch file in force: a change is begun from it. */
  revision: z.int(),
  /** Of the plan that is shown here; another than in force where an earlier one was asked for. */
  shown: z.int(),
  zones: z.array(PlanZone),
  places: z.array(PlanPlace),
  /** Where each device belongs, not where it is now. */
  devices: z.array(Placement.extend({ kind: z.string(), title: z.record(z.string(), z.string()) })),
  /** Plans that are kept, the newest (in force) first. */
  versions: z.array(
    z.object({
      revision: z.int(),
      /** 0: it came before versions were kept. */
      at: Time,
      by: z.string(),
      byTitle: z.string(),
      zones: z.int(),
      places: z.int(),
    }),
  ),
})
export type PlanAnswer = z.infer<typeof PlanAnswer>

export const PlanAsked = z.object({
  /** An earlier version: to be looked at, and sent back as a change where it should hold again. */
  version: z.coerce.number().int().min(1).optional(),
  lang: Lang.optional(),
})
export type PlanAsked = z.infer<typeof PlanAsked>

/** What the editor edits, finished or not. */
export const DrawnPlan = z.strictObject({
  zones: z.array(PlanZone).max(200),
  places: z.array(PlanPlace).max(500),
  devices: z.array(Placement).max(500),
})
export type DrawnPlan = z.infer<typeof DrawnPlan>

/** Of the devices those that move; the others stay where they belong. */
export const PlanChange = DrawnPlan.extend({
  /** That was in force when the change was begun: a second editor is told that the first was there. */
  revision: z.int().min(0),
  zones: DrawnPlan.shape.zones.min(1),
})
export type PlanChange = z.infer<typeof PlanChange>

export const planRoutes = {
  plan: deskRoute({
    method: 'GET',
    path: '/api/plan',
    admits: ['manager', 'admin', 'auditor'],
    request: PlanAsked,
    response: PlanAnswer,
    errors: ['plan.no-version'],
  }),
  setPlan: deskRoute({
    method: 'POST',
    path: '/api/plan',
    admits: ['admin'],
    request: PlanChange,
    response: PlanAnswer,
    errors: ['config.conflict', 'config.invalid', 'device.unknown'],
    bodyBytesMax: 262_144,
  }),
}
