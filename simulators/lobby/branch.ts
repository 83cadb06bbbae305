/**
 * The branch as the people in its lobby know it: the part of a branch file that the model plays in. The rest of the file
 * is the hub's business, and so is checking it.
 */
import { z } from 'zod'
import { DurationMs, Id } from '#protocol/ids.ts'
import { isTimeZone } from './day-time.ts'

const Point = z.object({ x: z.number(), y: z.number() })
export type Point = z.infer<typeof Point>

const zoneKinds = ['entrance', 'waiting', 'kiosks', 'counters', 'vip', 'exit', 'other'] as const

export const LobbyBranch = z.object({
  branch: Id,
  timeZone: z.string().refine(isTimeZone, 'a time zone such as Asia/Shanghai').default('Asia/Shanghai'),
  zones: z
    .array(z.object({ id: Id, kind: z.enum(zoneKinds), at: Point.optional(), limit: z.int().optional() }))
    .min(1),
  places: z
    .array(z.object({ id: Id, zone: Id, kind: z.string().default('other'), at: Point.optional() }))
    .default([]),
  services: z
    .array(
      z.object({
        id: Id,
        selfService: z.boolean().default(false),
        kioskMs: DurationMs.default(180_000),
        serviceMs: DurationMs.default(300_000),
      }),
    )
    .min(1),
  counters: z
    .array(
      z.object({
        id: Id,
        zone: Id.optional(),
        services: z.array(Id).min(1),
        state: z.enum(['open', 'paused', 'closed']).default('closed'),
      }),
    )
    .default([]),
  devices: z
    .array(z.object({ id: Id, kind: z.string(), zone: Id.optional(), place: Id.optional() }))
    .default([]),
})
export type LobbyBranch = z.infer<typeof LobbyBranch>
export type ZoneKind = (typeof zoneKinds)[number]
