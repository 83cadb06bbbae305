/**
 * What a screen shows next by itself. Pure: the programme, the time and what was shown decide. Mandatory content gets its
 * share of the time on the screen first, and no more; all else goes round, the longest unseen first.
 */
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import type { LocalTime } from './local-time.ts'
import { mayRunForMs } from './runs.ts'

/** Shorter is a flicker. */
export const shownAtLeastMs = 1_000
/** After a long alarm the screen is not given to warnings for as long: more than this is not made up for. */
const debtMaxMs = 600_000

export interface History {
  /**
   * Of mandatory content: time it had beyond its share (above 0), or is owed (below). What it had too much of counts
   * for no longer than one showing, so that every stretch of the day has its share, not only the day.
   */
  readonly balanceMs: number
  /** By place in the programme: the turn in which it was shown last. */
  readonly turns: Readonly<Record<string, number>>
  readonly turn: number
}

export const noHistory: History = { balanceMs: 0, turns: {}, turn: 0 }

export interface Choice {
  readonly entry: ProgrammeEntry
  /** Where it stands in the programme: the same item may stand there more than once. */
  readonly place: string
  readonly showForMs: number
}

export interface Situation {
  readonly programme: Programme
  readonly now: LocalTime
  /** Its files are here, and it did not fail just now. */
  readonly isReady: (entry: ProgrammeEntry) => boolean
}

/** A video takes what it takes. */
const lengthOf = ({ media, showForMs }: ProgrammeEntry): number =>
  Math.max(
    (media?.type.startsWith('video/') === true ? media.durationMs : undefined) ?? showForMs,
    shownAtLeastMs,
  )

/** What could be shown now, each with for how long. */
const candidatesIn = ({ programme, now, isReady }: Situation): readonly Choice[] => {
  const seen = new Map<string, number>()
  return programme.entries.flatMap((entry) => {
    const count = (seen.get(entry.item) ?? 0) + 1
    seen.set(entry.item, count)
    const showForMs = Math.min(lengthOf(entry), mayRunForMs(entry, now))
    if (!entry.loops || showForMs < shownAtLeastMs || !isReady(entry)) return []
    return [{ entry, place: `${entry.item}#${count}`, showForMs }]
  })
}

const longestUnseen = (choices: readonly Choice[], { turns }: History): Choice | undefined => {
  const turnOf = ({ place }: Choice) => turns[place] ?? -1
  return choices.reduce<Choice | undefined>(
    (best, one) => (best === undefined || turnOf(one) < turnOf(best) ? one : best),
    undefined,
  )
}

/** @returns undefined: nothing of the programme may be shown now. */
export const chooseNext = (situation: Situation, history: History): Choice | undefined => {
  const all = candidatesIn(situation)
  const mandatory = all.filter(({ entry }) => entry.mandatory)
  const others = all.filter(({ entry }) => !entry.mandatory)
  const highest = Math.max(...others.map(({ entry }) => entry.priority))
  const next = longestUnseen(
    others.filter(({ entry }) => entry.priority === highest),
    history,
  )
  if (next === undefined || mandatory.length === 0) return next ?? longestUnseen(mandatory, history)
  const left = history.balanceMs - situation.programme.mandatoryShare * next.showForMs
  return left >= 0 ? next : longestUnseen(mandatory, history)
}

/** Whether mandatory content could be shown now: only then it can be owed anything. */
export const canPayMandatory = (situation: Situation): boolean =>
  candidatesIn(situation).some(({ entry }) => entry.mandatory)

export interface Shown {
  readonly forMs: number
  readonly mandatory: boolean
  /** undefined: not from the programme. */
  readonly place?: string
}

/** @param isOwed whether mandatory content could have been shown instead */
export const afterShowing = (
  history: History,
  { forMs, mandatory, place }: Shown,
  { share, isOwed }: { readonly share: number; readonly isOwed: boolean },
): History => {
  const gained = (1 - share) * forMs
  const balanceMs = mandatory
    ? Math.min(history.balanceMs + gained, Math.max(gained, 0))
    : Math.max(history.balanceMs - (isOwed ? share * forMs : 0), -debtMaxMs)
  if (place === undefined) return { ...history, balanceMs }
  return { balanceMs, turn: history.turn + 1, turns: { ...history.turns, [place]: history.turn } }
}

/** Places that are no longer in the programme are forgotten. */
export const historyFor = (history: History, { entries }: Programme): History => {
  const items = new Set(entries.map(({ item }) => item))
  const turns = Object.entries(history.turns).filter(([place]) =>
    items.has(place.slice(0, place.lastIndexOf('#'))),
  )
  return { ...history, turns: Object.fromEntries(turns) }
}
