/** What the CMS knows of the displays of one screen, judged: are they there, and what do they show? */
import type { DisplayRow } from './cms/answers.ts'
import type { CmsTime } from './cms/cms-time.ts'

export interface Seen {
  readonly displayId: number
  readonly online: boolean
  readonly layoutId: number | undefined
  /** By the clock of the CMS; undefined: never, or not readable. */
  readonly heardAt: number | undefined
}

/** One look, by the clock of the CMS. */
export interface Sight {
  readonly at: number
  readonly displays: readonly Seen[]
  readonly health: Health
}

export type Health =
  | { readonly level: 'ok' }
  | { readonly level: 'degraded' | 'faulted'; readonly reasons: readonly string[] }

/** Clocks of one machine room differ by less; more means that the time zone in the settings is wrong. */
const aheadMaxMs = 120_000
const outOfDate = 3

export const sightOf = (
  rows: readonly DisplayRow[],
  on: { readonly at: number; readonly time: CmsTime; readonly silentAfterMs: number },
): Sight => {
  const displays = rows.map(
    (row): Seen => ({
      displayId: row.displayId,
      online: row.loggedIn === 1 && row.licensed === 1,
      layoutId: row.currentLayoutId,
      heardAt: on.time.read(row.lastAccessed),
    }),
  )
  return { at: on.at, displays, health: healthOf(rows, displays, on) }
}

const healthOf = (
  rows: readonly DisplayRow[],
  displays: readonly Seen[],
  { at, silentAfterMs }: { at: number; silentAfterMs: number },
): Health => {
  if (rows.length === 0) return { level: 'faulted', reasons: ['no-display'] }
  if (rows.every(({ licensed }) => licensed !== 1))
    return { level: 'faulted', reasons: ['display-not-authorised'] }
  const there = displays.filter(({ online }) => online)
  if (there.length === 0) return { level: 'faulted', reasons: ['display-offline'] }
  const ages = there.flatMap(({ heardAt }) => (heardAt === undefined ? [] : [at - heardAt]))
  const reasons = [
    ...(there.length < displays.length ? ['some-displays-offline'] : []),
    ...(ages.some((age) => age > silentAfterMs) ? ['display-silent'] : []),
    ...(ages.some((age) => age < -aheadMaxMs) ? ['cms-time-zone'] : []),
    ...(rows.some((row) => row.mediaInventoryStatus === outOfDate) ? ['content-out-of-date'] : []),
  ]
  return reasons.length === 0 ? { level: 'ok' } : { level: 'degraded', reasons }
}

/**
 * Whether all displays that are there show it, as they reported after the order. Where one showed it before, only a
 * report that is younger than the order proves that it still does.
 */
export const shows = (
  now: Sight,
  { layoutId, orderedAt, before }: { layoutId: number; orderedAt: number; before: Sight | undefined },
): boolean => {
  const there = now.displays.filter(({ online }) => online)
  const showedBefore = (id: number) =>
    before?.displays.some((one) => one.displayId === id && one.layoutId === layoutId) ?? true
  // Dates of the CMS have no fractions of a second.
  const since = Math.floor(orderedAt / 1_000) * 1_000
  return (
    there.length > 0 &&
    there.every(
      (one) =>
        one.layoutId === layoutId &&
        (!showedBefore(one.displayId) || (one.heardAt !== undefined && one.heardAt >= since)),
    )
  )
}

/** All that are there report something else, and did so after the order. */
export const showsOther = (now: Sight, layoutId: number): boolean => {
  const there = now.displays.filter(({ online, layoutId: shown }) => online && shown !== undefined)
  return there.length > 0 && there.every((one) => one.layoutId !== layoutId)
}
