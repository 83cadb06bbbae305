/** The lobby as pages see it: zones, queues, people and devices. A row is what a page needs of the model, and no more. */
import { z } from 'zod'
import { DeviceKind } from '../../device-kinds.ts'
import { Segment } from '../../events.ts'
import { Id } from '../../ids.ts'
import { modes } from '../../model.ts'

/** ms since 1970, in hub time. */
export const Time = z.number()
export const Title = z.record(z.string(), z.string())

/** Metres on the branch's own plan; x to the right, y downwards. */
export const Point = z.object({ x: z.number(), y: z.number() })
export type Point = z.infer<typeof Point>

const sensed = <Value extends z.ZodType>(value: Value) =>
  z.object({
    value,
    at: Time,
    /** Not known any more after it; null: it does not age. */
    staleAt: Time.nullable(),
  })

export const LiveBranch = z.object({
  id: Id,
  title: Title,
  mode: z.enum(modes),
  /** A person, `calendar`, `input:<device>` or `start`. */
  modeBy: z.string(),
  modeAt: Time,
  paused: z.object({ by: z.string(), at: Time, until: Time.nullable() }).nullable(),
  /** All movement is stopped. */
  stopped: z.object({ by: z.string(), at: Time }).nullable(),
  languages: z.array(z.string()),
  timeZone: z.string(),
  utcOffsetMinutes: z.number(),
  /** Of the branch file in force. */
  revision: z.int(),
})
export type LiveBranch = z.infer<typeof LiveBranch>

export const LiveZone = z.object({
  id: Id,
  kind: z.string(),
  title: Title,
  limit: z.int().nullable(),
  staffOnly: z.boolean(),
  count: sensed(z.number()).nullable(),
  at: Point.nullable(),
  /** Its corners, in order; null: only its middle is known. */
  area: z.array(Point).min(3).nullable(),
})
export type LiveZone = z.infer<typeof LiveZone>

export const LivePlace = z.object({ id: Id, zone: Id, kind: z.string(), at: Point.nullable() })
export type LivePlace = z.infer<typeof LivePlace>

export const LiveCounter = z.object({
  id: Id,
  services: z.array(Id),
  zone: Id.nullable(),
  state: z.enum(['open', 'paused', 'closed']),
  /** null: nobody says. */
  staffed: z.boolean().nullable(),
  since: Time,
  /** The ticket. */
  serving: z.string().nullable(),
  person: Id.nullable(),
})
export type LiveCounter = z.infer<typeof LiveCounter>

export const LiveService = z.object({
  id: Id,
  title: Title,
  selfService: z.boolean(),
  waiting: sensed(z.number()).nullable(),
  longestWaitMs: sensed(z.number()).nullable(),
  announcedWaitMs: sensed(z.number()).nullable(),
  announcedBy: z.enum(['queue-system', 'hub']).nullable(),
  countersOpen: sensed(z.number()).nullable(),
  /** Expected or measured time at a counter. */
  serviceMs: z.number(),
  /** Real wait minus announced wait: how many, their mean, and the mean of their size. */
  waitError: z.object({ count: z.int(), meanMs: z.number(), meanAbsMs: z.number() }).nullable(),
})
export type LiveService = z.infer<typeof LiveService>

export const LiveTicket = z.object({
  id: z.string(),
  service: Id,
  segment: Segment,
  state: z.enum(['waiting', 'held', 'called', 'ended']),
  issuedAt: Time,
  calledAt: Time.nullable(),
  counter: Id.nullable(),
  visit: Id.nullable(),
  assisted: z.boolean(),
  announcedWaitMs: z.number().nullable(),
})
export type LiveTicket = z.infer<typeof LiveTicket>

/** Somebody in the branch: never a name, a face or an age. */
export const LiveVisit = z.object({
  id: Id,
  grade: z.enum(['counted', 'tracked', 'known']),
  zone: Id.nullable(),
  since: Time,
  zoneSince: Time,
  party: z.int(),
  language: z.string().nullable(),
  segment: Segment,
  tickets: z.array(z.string()),
  /** `sensor/track`, as people stand in `positions`. */
  tracks: z.array(z.string()),
  booked: z.boolean(),
  priority: z.boolean(),
  wantsStaff: z.boolean(),
  beingServed: z.boolean(),
  intent: z.string().nullable(),
})
export type LiveVisit = z.infer<typeof LiveVisit>

export const LiveDevice = z.object({
  id: Id,
  kind: DeviceKind,
  title: Title,
  zone: Id.nullable(),
  place: Id.nullable(),
  link: z.enum(['online', 'offline', 'lost', 'unknown']),
  linkAt: Time,
  health: z.enum(['ok', 'degraded', 'faulted', 'updating']),
  /** In codes; `words` of the same row of the catalogue say them. */
  healthReasons: z.array(z.string()),
  healthAt: Time,
  willingness: z.enum(['open', 'held', 'out-of-service']),
  willingnessBy: z.string().nullable(),
  heldUntil: Time.nullable(),
  battery: z.object({ percent: z.number(), charging: z.boolean() }).nullable(),
  at: z.object({ x: z.number(), y: z.number(), theta: z.number().nullable() }).nullable(),
  blockedSince: Time.nullable(),
  inKeepClearSince: Time.nullable(),
  /** Of a kiosk: it is in use. */
  session: z
    .object({ since: Time, ticket: z.string().nullable(), service: z.string().nullable() })
    .nullable(),
  capabilities: z.array(z.string()),
  firmware: z
    .object({
      version: z.string().nullable(),
      standing: z.enum(['known', 'probation', 'approved', 'declined']),
    })
    .nullable(),
})
export type LiveDevice = z.infer<typeof LiveDevice>
