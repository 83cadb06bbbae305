/** What every page knows of recorded sales: enough to ask for the rest, which is for those alone whom it concerns. */
import { z } from 'zod'
import { saleOutcomes, saleStates } from '../../recording/sale.ts'
import { Time } from './lobby-rows.ts'

export const LiveSale = z.object({
  id: z.string(),
  at: Time,
  call: z.string().nullable(),
  device: z.string().nullable(),
  seller: z.string(),
  product: z.string(),
  state: z.enum(saleStates),
  since: Time,
  outcome: z.enum(saleOutcomes).nullable(),
  /** Rises with every change: then there is something new to ask for. */
  n: z.int(),
})
export type LiveSale = z.infer<typeof LiveSale>
