/** How full a zone is, as far as anybody knows. */
import type { LiveRow } from '#protocol/desk/live/tables.ts'

export interface Crowd {
  /** null: nobody knows. */
  readonly count: number | null
  readonly limit: number | null
  /** The count is old, and from then; null: it is from now. */
  readonly oldSince: number | null
  readonly level: 'calm' | 'near' | 'full'
  /** Of the visits in it, people without a position on the plan. */
  readonly unplaced: number
}

type Zone = Pick<LiveRow<'zones'>, 'id' | 'count' | 'limit'>
type Visit = Pick<LiveRow<'visits'>, 'zone' | 'party' | 'tracks'>

/** From this share of the limit on it is said. */
const nearShare = 0.85

const partyOf = (visits: readonly Visit[]) => visits.reduce((sum, { party }) => sum + party, 0)

export const crowdOf = ({ id, count: sensed, limit }: Zone, visits: readonly Visit[], now: number): Crowd => {
  const here = visits.filter(({ zone }) => zone === id)
  const isOld = sensed !== null && sensed.staleAt !== null && sensed.staleAt <= now
  const counted = sensed === null ? null : sensed.value
  // Visits are what the hub made of what it sensed: better than a count that has aged, worse than a fresh one.
  const count = counted ?? (here.length === 0 ? null : partyOf(here))
  const share = count === null || limit === null || isOld ? 0 : count / Math.max(limit, 1)
  return {
    count,
    limit,
    oldSince: isOld ? sensed.at : null,
    level: share >= 1 ? 'full' : share >= nearShare ? 'near' : 'calm',
    unplaced: partyOf(here.filter(({ tracks }) => tracks.length === 0)),
  }
}
