/**
 * What a kiosk is told of the call that it asked for: `settings.call` of its retained config, so that a page that was
 * reloaded, and a hub that was started again, find the call where it was. Absent: there is none.
 */
import { z } from 'zod'
import { Sha256 } from '../content.ts'
import { Id, Language } from '../ids.ts'
import { callStates } from './rows.ts'

const Time = z.number()

export const KioskCall = z.object({
  call: z.string(),
  state: z.enum(callStates),
  since: Time,
  /** How many wait before this one; 0: the next. */
  before: z.int().min(0),
  /** Wall-clock time by which somebody should have answered; null: nothing can be promised. */
  promisedAt: Time.nullable(),
  /** Who rings, or is in the call. */
  expert: z.object({ id: Id, title: z.record(Language, z.string()) }).nullable(),
  /** Another expert who is in it, or on the way; null: nobody. `apart`: the experts speak alone, and the customer waits. */
  guest: z
    .object({ id: Id, title: z.record(Language, z.string()), isThere: z.boolean(), apart: z.boolean() })
    .nullable()
    .default(null),
  /** For the socket at `callLine`, from `accepted` on; null before. */
  ticket: z.string().nullable(),
  /** What the expert shows; null: nothing. */
  document: z
    .object({
      item: Id,
      version: z.int().min(1),
      title: z.record(Language, z.string()),
      /** By its hash, from `/content/…`; null: its words alone. */
      picture: Sha256.nullable(),
      words: z.record(Language, z.string()),
    })
    .nullable()
    .default(null),
  /** How it ended; null: it has not. The kiosk shows it until the visitor leaves. */
  outcome: z
    .enum(['solved', 'follow-up', 'call-back', 'appointment', 'not-solved', 'unanswered', 'withdrawn'])
    .nullable(),
})
export type KioskCall = z.infer<typeof KioskCall>

/** `settings.experts`: whether any expert could come now. The kiosk offers none otherwise, and says so. */
export const KioskExperts = z.object({ open: z.boolean() })
export type KioskExperts = z.infer<typeof KioskExperts>
