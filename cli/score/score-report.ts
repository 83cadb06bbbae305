/** What the counts of the scorecard come to: shares with their intervals, and which models these set apart. */
import type { ScoreAnswer } from '#hub/ops/methods/score.ts'
import { totalOf } from '#hub/ops/score/counts.ts'
import type { ScoreRow } from '#hub/ops/score/scorecard.ts'
import { areApart, isEnough, type Share, shareOf } from './shares.ts'

export interface ScoredModel extends ScoreRow {
  /** Offers that the device itself brought to an end: not taken back, not still open, not erased. */
  readonly judged: number
  /** Of those, done. */
  readonly kept: Share | null
  /** Too few to be compared. */
  readonly tooFew: boolean
  /** Share of the time in which it was expected; null: never. */
  readonly availability: number | null
}

/** One, and others of its kind that do better: their intervals do not touch. */
export interface Difference {
  readonly worse: string
  readonly better: readonly string[]
}

export interface ScoreReport extends Omit<ScoreAnswer, 'rows'> {
  readonly models: readonly ScoredModel[]
  readonly differences: readonly Difference[]
}

export const nameOf = ({ model, firmware }: Pick<ScoreRow, 'model' | 'firmware'>): string =>
  firmware === null ? model : `${model} ${firmware}`

const scored = (row: ScoreRow): ScoredModel => {
  const { offers, withdrawn, unclear, open, done, upMs, downMs } = row.counts
  const judged = offers - withdrawn - unclear - open
  const kept = shareOf(done, judged)
  return {
    ...row,
    judged,
    kept: kept ?? null,
    tooFew: !isEnough(kept),
    availability: upMs + downMs === 0 ? null : upMs / (upMs + downMs),
  }
}

const doesBetter = (one: ScoredModel, other: ScoredModel): boolean =>
  one.kind === other.kind &&
  isEnough(one.kept) &&
  isEnough(other.kept) &&
  areApart(one.kept, other.kept) &&
  one.kept.value < other.kept.value

const differencesOf = (models: readonly ScoredModel[]): readonly Difference[] =>
  models
    .map((one) => ({
      worse: nameOf(one),
      better: models.filter((other) => doesBetter(one, other)).map(nameOf),
    }))
    .filter(({ better }) => better.length > 0)

/** A model that was asked nothing and never there has nothing to be scored by. */
const isTelling = ({ counts }: ScoreRow) =>
  counts.offers > 0 || counts.upMs + counts.downMs > 0 || totalOf(counts.invalid) > 0

export const scoreReport = ({ rows, ...answer }: ScoreAnswer): ScoreReport => {
  const models = rows.filter(isTelling).map(scored)
  return { ...answer, models, differences: differencesOf(models) }
}
