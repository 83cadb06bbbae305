/**
 * What was really shown, as players tell it: each play of an installation counts once, however often and in whatever
 * order it is told, on the local day on which it began. Kept as counts, not as rows of their own.
 */
import type { EventData } from '#protocol/events.ts'
import { dayMs, dayNumber, dayText, localTime } from '#protocol/local-time.ts'
import { closeOldestGaps, hasNumber, type NumberRanges, withNumber } from '../engine/number-ranges.ts'
import type { ContentDayRow, PlayCount, PlayersRow } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { branchOf } from './rows.ts'

type Played = EventData<'content.played'>
type Play = Played['plays'][number]

/** Thirteen months: a month can be held against the same month a year ago. */
const keptDays = 395
/** A browser that was set up anew is another player; so many of one device are told apart. */
const playersMax = 8
/** Plays are told in their order: gaps come from what was lost. The oldest gap is taken for counted, never counted twice. */
const rangesMax = 200
/** Names that the library does not know, for each day; the rest is counted together. */
const strangersMax = 100
const rest = '*'

const none: PlayCount = { whole: 0, interrupted: 0, failed: 0, shownForMs: 0 }

const withPlay = (count: PlayCount, { ended, shownForMs }: Play): PlayCount => ({
  whole: count.whole + (ended === 'finished' ? 1 : 0),
  interrupted: count.interrupted + (ended === 'interrupted' ? 1 : 0),
  failed: count.failed + (ended === 'failed' ? 1 : 0),
  shownForMs: count.shownForMs + shownForMs,
})

/** A device could make up names without end. */
const nameFor = ({ state }: Turn, { items }: ContentDayRow, item: string): string => {
  if (Object.hasOwn(items, item) || state.contentItems.has(item) || state.campaigns.has(item)) return item
  const strangers = Object.keys(items).filter((name) => !state.contentItems.has(name))
  return strangers.length < strangersMax ? item : rest
}

const count = (turn: Turn, play: Play, at: number) => {
  const { day } = localTime(at, branchOf(turn.state))
  const row = turn.state.contentDays.get(day) ?? { day, items: {} }
  const name = nameFor(turn, row, play.item)
  // A name may be one that every object has.
  const known = Object.hasOwn(row.items, name) ? row.items[name] : undefined
  const items = { ...row.items, [name]: withPlay(known ?? none, play) }
  turn.state.contentDays.put(day, { day, items })
}

const rangesOf = (row: PlayersRow | undefined, player: string): NumberRanges =>
  row?.players.find((one) => one.player === player)?.ranges ?? []

export const onPlayed = (turn: Turn, device: string, { player, clockMs, plays }: Played): void => {
  const row = turn.state.players.get(device)
  let ranges = rangesOf(row, player)
  for (const play of plays) {
    if (hasNumber(ranges, play.n)) continue
    ranges = closeOldestGaps(withNumber(ranges, play.n), rangesMax)
    const agoMs = Math.max(0, clockMs - play.startedMs)
    if (agoMs < keptDays * dayMs) count(turn, play, turn.at - agoMs)
  }
  const others = (row?.players ?? []).filter((one) => one.player !== player)
  turn.state.players.put(device, { device, players: [{ player, ranges }, ...others].slice(0, playersMax) })
}

/** @param day that has begun */
export const forgetOldPlays = ({ state, at }: Turn, day: string): void => {
  const oldest = dayText(dayNumber(at, branchOf(state).utcOffsetMinutes) - keptDays)
  for (const kept of state.contentDays.keys()) if (kept < oldest) state.contentDays.drop(kept)
  // Of campaigns that are gone the count of a day that is over caps nothing any more.
  for (const { campaign, day: counted } of state.plays.values())
    if (counted !== day && !state.campaigns.has(campaign)) state.plays.drop(campaign)
}
