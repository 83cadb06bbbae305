/** What an expert, and whoever leads the branch, can do about calls. An expert acts for himself alone: the hub checks it. */
import { z } from 'zod'
import { guestModes } from '../../calls/guest.ts'
import { Id, text } from '../../ids.ts'

const Call = z.string().min(1).max(80)
const OfRing = z.strictObject({ call: Call, ring: z.string().min(1).max(80) })
const hour = 3_600_000

export const callCommandParams = {
  /** expert */
  'expert.presence': z.strictObject({
    presence: z.enum(['available', 'break', 'offline']),
    reason: text(80).nullable(),
  }),
  'call.accept': OfRing,
  'call.decline': z.strictObject({ ...OfRing.shape, reason: text(200).nullable() }),
  /** Not now: others first, and no ring here for so long. */
  'call.snooze': z.strictObject({
    ...OfRing.shape,
    forMs: z
      .int()
      .min(10_000)
      .max(hour / 2),
  }),
  /** Shared notes, whole; the last one written stays. */
  'call.note': z.strictObject({ call: Call, notes: text(4_000) }),
  /** Of a guest: his own, whole. */
  'call.guest-note': z.strictObject({ call: Call, notes: text(4_000) }),
  /** That, by whom and when; never the document. */
  'call.identified': z.strictObject({ call: Call }),
  /** To whoever of the group is free, or to one expert; the notes go along and the customer is told. */
  'call.hand-over': z.strictObject({
    call: Call,
    group: Id.nullable(),
    expert: Id.nullable(),
    note: text(500),
  }),
  /** Another expert is asked in, who is told why: first alone, or with everybody. */
  'call.invite': z.strictObject({
    call: Call,
    group: Id.nullable(),
    expert: Id.nullable(),
    mode: z.enum(guestModes),
    why: text(300),
  }),
  'call.guest-mode': z.strictObject({ call: Call, mode: z.enum(guestModes) }),
  /** Also while it still rings. */
  'call.take-off': z.strictObject({ call: Call }),
  /** Of who was asked in, or listens: the call goes on. */
  'call.leave': z.strictObject({ call: Call }),
  /** An item of the library, large on the kiosk of the call. */
  'call.show': z.strictObject({ call: Call, item: Id }),
  'call.put-away': z.strictObject({ call: Call }),
  'call.wrap-up': z.strictObject({ call: Call, code: Id, notes: text(4_000) }),
  'call.more-time': z.strictObject({ call: Call }),
  /** lead: somebody who is there, away or back. */
  'expert.set': z.strictObject({ expert: Id, presence: z.enum(['available', 'away']) }),
  /** lead: a call that waits, to another group. */
  'call.move': z.strictObject({ call: Call, group: Id }),
  /** lead, manager: for its expert. */
  'call.pass-on': z.strictObject({
    call: Call,
    group: Id.nullable(),
    expert: Id.nullable(),
    note: text(500),
  }),
  /** manager: people on the spot go on with it; the expert is free. */
  'call.to-staff': z.strictObject({ call: Call, note: text(500) }),
  /** expert in the call, manager: hangs up for everybody; the wrap-up follows. */
  'call.hang-up': z.strictObject({ call: Call }),
  /** manager: nobody is to come any more. */
  'call.withdraw': z.strictObject({ call: Call, reason: text(200).nullable() }),
} as const
