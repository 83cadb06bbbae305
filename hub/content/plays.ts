/** How often what was shown, added up over days. */
import type { BranchState, PlayCount } from '../engine/state.ts'

export interface Days {
  /** Local, both count whole. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const sum = (one: PlayCount | undefined, other: PlayCount): PlayCount => ({
  whole: (one?.whole ?? 0) + other.whole,
  interrupted: (one?.interrupted ?? 0) + other.interrupted,
  failed: (one?.failed ?? 0) + other.failed,
  shownForMs: (one?.shownForMs ?? 0) + other.shownForMs,
})

export const playsByItem = (
  { contentDays }: Pick<BranchState, 'contentDays'>,
  { from = '', to = '9' }: Days = {},
): ReadonlyMap<string, PlayCount> => {
  const total = new Map<string, PlayCount>()
  for (const { day, items } of contentDays.values()) {
    if (day < from || day > to) continue
    for (const [item, count] of Object.entries(items)) total.set(item, sum(total.get(item), count))
  }
  return total
}
