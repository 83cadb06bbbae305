/** Which call this tablet is in: a page that is loaded anew comes back to it. */
import { z } from 'zod'
import { keptInTab } from '../../ui/kept.ts'

const KeptJoin = z.object({
  call: z.string(),
  /** Whether camera and microphone began switched on: the tablet is the customer's side. */
  isOn: z.boolean(),
  isHearing: z.boolean(),
})
export type KeptJoin = z.infer<typeof KeptJoin>

export const keptJoin = keptInTab('usher.lobby.call', KeptJoin)
