/** What people do about a sale that is recorded. The hub's own words about it are in `hub/sales/commands.ts`. */
import { z } from 'zod'
import { Id, text } from '../ids.ts'

const Sale = z.string().min(1).max(80)

export const saleCommandParams = {
  /** expert in the call, manager in it or at the branch (`call` null). */
  'sale.begin': z.strictObject({
    call: z.string().min(1).max(80).nullable(),
    device: Id.nullable(),
    product: Id,
    /** The end of the product's term: until then, and some time after, the recording is kept. */
    termEnds: z.iso.date().nullable(),
  }),
  /** Whoever sells, from what the customer said; where the kiosk asks, it answers with an event instead. */
  'sale.consent': z.strictObject({ sale: Sale, given: z.boolean() }),
  'sale.tick': z.strictObject({ sale: Sale, item: Id }),
  'sale.untick': z.strictObject({ sale: Sale, item: Id }),
  'sale.settle': z.strictObject({ sale: Sale, finding: z.string().min(1).max(80), note: text(300) }),
  'sale.pause': z.strictObject({ sale: Sale, reason: text(120) }),
  'sale.resume': z.strictObject({ sale: Sale }),
  /** The sale step. Refused with `sale.blocked` and what is missing. */
  'sale.sell': z.strictObject({ sale: Sale }),
  /** Ends the recording: sold or not. */
  'sale.end': z.strictObject({ sale: Sale }),
} as const
