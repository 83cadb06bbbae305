/** What of this page its person wants to go out: who was muted is not heard again because the page was loaded anew. */
import { z } from 'zod'
import { Shown } from '#protocol/calls/signalling.ts'
import { keptInTab } from '../ui/kept.ts'

const KeptWish = z.object({
  /** Of a call as its page names it. */
  of: z.string(),
  wish: Shown,
})

export const keptWish = keptInTab('usher.call.wish', KeptWish)
