/**
 * Another expert whom the expert of a call asks in: rung as for any call, first alone with the expert or at once with
 * everybody, and later off again, or the one who goes on with it.
 */
import { z } from 'zod'

/** `consult`: the customer's side waits and neither sees nor hears them. `invite`: with everybody. */
export const guestModes = ['consult', 'invite'] as const
export type GuestMode = (typeof guestModes)[number]

/** `coming`: has accepted. `resuming`: fell out a moment ago. */
export const guestStates = ['ringing', 'coming', 'here', 'resuming'] as const
export type GuestState = (typeof guestStates)[number]

/** `took-over`: the call is theirs now. `ended`: with the call. */
export const guestEndings = [
  'declined',
  'snoozed',
  'missed',
  'taken-off',
  'left',
  'lost',
  'never-came',
  'took-over',
  'ended',
] as const
export type GuestEnding = (typeof guestEndings)[number]

const Time = z.number()
const Name = z.string().min(1).max(80)

const Ring = z.object({ id: Name, experts: z.array(z.string()).max(500).readonly(), at: Time, until: Time })

export const Guest = z.object({
  /** Who asked: the expert of the call. */
  by: z.string(),
  why: z.string().max(500),
  mode: z.enum(guestModes),
  /** Whoever of it is free; null: one expert was named. */
  group: z.string().nullable(),
  state: z.enum(guestStates),
  at: Time,
  ring: Ring.nullable(),
  /** Who has accepted. */
  expert: z.string().nullable(),
  /** Theirs alone, so that two who write at once write over nobody's words. */
  notes: z.string().max(16_000),
  /** Who has said no to it. */
  asked: z.array(z.string()).max(500).readonly(),
})
export type Guest = Readonly<z.infer<typeof Guest>>

/** Whom it was asked of, or who was there, and how it ended. */
export const GuestPart = z.object({
  /** null: nobody had accepted. */
  expert: z.string().nullable(),
  by: z.string(),
  mode: z.enum(guestModes),
  from: Time,
  to: Time,
  why: z.enum(guestEndings),
  notes: z.string().max(16_000),
})
export type GuestPart = Readonly<z.infer<typeof GuestPart>>
