/** What a kiosk knows of the sale at it: under `sale` of its config's settings, none where nothing is asked or recorded. */
import { z } from 'zod'
import { saleStates } from './sale.ts'

export const KioskSale = z.object({
  sale: z.string(),
  /** `consent`: the customer is asked, and answers with `recording.answered`. */
  state: z.enum(saleStates),
  /** Of the script: what is sold. */
  title: z.record(z.string(), z.string()),
  seller: z.string(),
  /** For the room of a sale without a call; null: it is recorded in the call, or not yet, or no longer. */
  ticket: z.string().nullable(),
})
export type KioskSale = z.infer<typeof KioskSale>
