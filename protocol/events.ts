/**
 * What a branch senses: `usher/v1/{branch}/{device}/event/{name}`. A sensor's extras (faces, names, images, ages)
 * are unknown keys and are dropped here, at the edge.
 */
import { z } from 'zod'
import { BootId, DurationMs, Id, Language, MessageNumber, TicketNo, TrackId, text } from './ids.ts'

const count = z.int().min(0).max(10_000)
export const Segment = z.enum(['personal', 'corporate', 'priority']).meta({ id: 'Segment' })
export type Segment = z.infer<typeof Segment>

/** How long ago it happened, where the sensor knows: late news is then not taken for fresh news. */
const observedAgoMs = DurationMs.optional()

export const events = {
  /** Someone came in or appeared. With `track`: one sensor follows them; without: only counted. */
  'visitor.detected': z.object({
    zone: Id,
    track: TrackId.optional(),
    count: count.min(1).optional(),
    direction: z.enum(['in', 'out', 'unknown']).optional(),
    role: z.enum(['visitor', 'staff', 'guard', 'courier']).optional(),
    language: Language.optional(),
    observedAgoMs,
  }),
  'visitor.moved': z.object({ track: TrackId, zone: Id, observedAgoMs }),
  'visitor.left': z.object({
    track: TrackId.optional(),
    zone: Id.optional(),
    count: count.min(1).optional(),
    observedAgoMs,
  }),
  /** The tracker found that two of its tracks are one person. */
  'visitor.merged': z.object({ track: TrackId, into: TrackId }),
  'zone.count': z.object({ zone: Id, count, observedAgoMs }),
  'zone.dwell': z.object({ zone: Id, track: TrackId.optional(), dwellMs: DurationMs, observedAgoMs }),
  /** The queue system's own view of one service; it wins over what single ticket events added up to. */
  'queue.snapshot': z.object({
    service: Id,
    waiting: count,
    longestWaitMs: DurationMs.optional(),
    announcedWaitMs: DurationMs.optional(),
    countersOpen: count.optional(),
    tickets: z
      .array(z.object({ ticket: TicketNo, waitedMs: DurationMs.optional(), held: z.boolean().optional() }))
      .max(500)
      .optional(),
    observedAgoMs,
  }),
  /** `track` only where the customer took the ticket under that sensor's eye: that act joins ticket and visit. */
  'ticket.issued': z.object({
    ticket: TicketNo,
    service: Id,
    segment: Segment.optional(),
    track: TrackId.optional(),
    camera: Id.optional(),
    language: Language.optional(),
    assisted: z.boolean().optional(),
    choseStaff: z.boolean().optional(),
  }),
  'ticket.called': z.object({ ticket: TicketNo, counter: Id }),
  'ticket.ended': z.object({
    ticket: TicketNo,
    counter: Id.optional(),
    outcome: z.enum(['served', 'no-show', 'withdrawn', 'transferred']),
    service: Id.optional(),
  }),
  'counter.changed': z.object({
    counter: Id,
    state: z.enum(['open', 'paused', 'closed']),
    staffed: z.boolean().optional(),
    person: Id.optional(),
  }),
  /** A booked or priority visitor identified themselves. The name stays with the booking system. */
  'visitor.checked-in': z.object({
    ticket: TicketNo.optional(),
    track: TrackId.optional(),
    camera: Id.optional(),
    service: Id.optional(),
    booked: z.boolean(),
    priority: z.boolean(),
    language: Language.optional(),
  }),
  'intent.stated': z.object({
    service: Id.optional(),
    ticket: TicketNo.optional(),
    track: TrackId.optional(),
    camera: Id.optional(),
    task: Id.optional(),
    language: Language.optional(),
    wantsStaff: z.boolean().optional(),
  }),
  'kiosk.session': z.object({
    state: z.enum(['started', 'finished', 'abandoned', 'failed']),
    service: Id.optional(),
    ticket: TicketNo.optional(),
    track: TrackId.optional(),
    camera: Id.optional(),
    reason: Id.optional(),
  }),
  'help.requested': z.object({
    zone: Id.optional(),
    service: Id.optional(),
    ticket: TicketNo.optional(),
    reason: Id.optional(),
    language: Language.optional(),
  }),
  /** Whoever was in touch with an expert, or waits for one, wants it no longer, or has gone: a call of this device ends. */
  'help.withdrawn': z.object({ reason: Id.optional() }),
  /** The customer's own answer whether the sale may be recorded: asked by the kiosk, under `sale` of its config. */
  'recording.answered': z.object({ sale: Id, given: z.boolean() }),
  /** Something secret is being typed, or is no longer: nothing is recorded meanwhile. */
  'recording.secret': z.object({ sale: Id, on: z.boolean() }),
  /** A device did by itself what Usher also does (a robot that greets on its own): it takes the claim. */
  'behaviour.performed': z.object({
    behaviour: z.enum(['greet', 'promote']),
    zone: Id,
    track: TrackId.optional(),
    camera: Id.optional(),
  }),
  /**
   * What a screen really showed, several plays at once. `player` is random for each installation and counts its plays:
   * a play told twice counts once.
   */
  'content.played': z.object({
    player: BootId,
    /** The player's own clock now, ms since 1970: only differences to it are used. */
    clockMs: z.int().min(0),
    plays: z
      .array(
        z.object({
          n: MessageNumber,
          item: Id,
          version: z.int().min(1).optional(),
          task: Id.optional(),
          mandatory: z.boolean().optional(),
          /** By the player's clock. */
          startedMs: z.int().min(0),
          shownForMs: DurationMs,
          ended: z.enum(['finished', 'interrupted', 'failed']),
        }),
      )
      .min(1)
      .max(100),
  }),
  'alarm.raised': z.object({
    alarm: z.enum(['fire', 'intrusion', 'hold-up', 'medical', 'other']),
    zone: Id.optional(),
    note: text(200).optional(),
  }),
  'alarm.cleared': z.object({ alarm: z.enum(['fire', 'intrusion', 'hold-up', 'medical', 'other']) }),
}

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>

export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name)

/** Vendor-defined events (`x-…`) are journalled and shown; no shipped flow decides on them. */
export const vendorEvent = z.record(text(64), z.json())
