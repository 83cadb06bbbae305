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

/** Two of one kind whose intervals do not touch. */
export interface Difference {
  readonly worse: string
  readonly better: string
}

export interface ScoreReport extends Omit<ScoreAnswer, 'rows'> {
  readonly models: readonly ScoredModel[]
  readonly differences: readonly Difference[]
}

const differencesMax = 10

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

const apart = (one: ScoredModel, other: ScoredModel): readonly Difference[] => {
  if (one.kind !== other.kind || one.tooFew || other.tooFew || one.kept === null || other.kept === null)
    return []
  if (!areApart(one.kept, other.kept)) return []
  const [worse, better] = one.kept.value < other.kept.value ? [one, other] : [other, one]
  return [{ worse: nameOf(worse), better: nameOf(better) }]
}

/** Those with most at stake first: how far apart they are is in the table. */
const differencesOf = (models: readonly ScoredModel[]): readonly Difference[] =>
  models
    .flatMap((one, index) => models.slice(index + 1).flatMap((other) => apart(one, other)))
    .slice(0, differencesMax)

/** A model that was asked nothing and never there has nothing to be scored by. */
const isTelling = ({ counts }: ScoreRow) =>
  counts.offers > 0 || counts.upMs + counts.downMs > 0 || totalOf(counts.invalid) > 0

export const scoreReport = ({ rows, ...answer }: ScoreAnswer): ScoreReport => {
  const models = rows.filter(isTelling).map(scored)
  return { ...answer, models, differences: differencesOf(models) }
}
