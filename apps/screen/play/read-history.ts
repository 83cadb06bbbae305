import { z } from '#adapters/sdk/browser.ts'
import { type History, noHistory } from './schedule.ts'

const Kept = z.object({
  balanceMs: z.number(),
  turns: z.record(z.string(), z.number()),
  turn: z.number(),
})

/** As it was kept before the page was loaded anew: the loop goes on where it was, and what is owed stays owed. */
export const readHistory = (kept: unknown): History => Kept.safeParse(kept).data ?? noHistory
