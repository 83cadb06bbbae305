/** Where things are in a branch: zones and named spots, as the branch file has them and a page changes them. */
import { z } from 'zod'
import { Id, Language, text } from './ids.ts'

/** In each language, or one text for all. */
export const Title = z.union([text(80).transform((en) => ({ en })), z.record(Language, text(80))]).default({})
const Point = z.object({ x: z.number(), y: z.number() })

export const PlanZone = z.strictObject({
  id: Id,
  kind: z.enum(['entrance', 'waiting', 'kiosks', 'counters', 'vip', 'exit', 'other']),
  title: Title,
  /** People at once; above it the crowding flow acts. */
  limit: z.int().min(1).optional(),
  sound: Id.optional(),
  keepClear: z.array(Id).default([]),
  /** Only staff come here: who appears here is no visitor. */
  staffOnly: z.boolean().default(false),
  /** Its middle on the branch's plan, in metres. */
  at: Point.optional(),
  /** Its corners on the plan, in order. */
  area: z.array(Point).min(3).max(64).optional(),
})

export const PlanPlace = z.strictObject({
  id: Id,
  zone: Id,
  kind: z.enum(['door', 'charger', 'rest', 'counter', 'kiosk', 'other']).default('other'),
  at: Point.extend({ theta: z.number().optional(), map: Id.optional() }).optional(),
})
