/** Whether it is this tab that records a sale of its manager: one that is loaded anew goes on with it, another one leaves it be. */
import { z } from 'zod'
import { keptInTab } from '../../ui/kept.ts'

const KeptRoom = z.object({
  sale: z.string(),
  /** false: another page of theirs has taken it. */
  isHere: z.boolean(),
})
export type KeptRoom = z.infer<typeof KeptRoom>

export const keptRoom = keptInTab('usher.lobby.sale', KeptRoom)
