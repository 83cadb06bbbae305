/**
 * What the flows change for those who wait, estimated from blocks with and blocks without. Visitors count by when they
 * took their ticket; those of a block's burn-in are not counted; a block is compared with its own pair only.
 */
import { clustersNeeded } from '../statistics/power.ts'
import { tossesNeeded } from '../statistics/randomisation.ts'
import { type Counted, type LeftBlock, pairsOf, sift } from './blocks.ts'
import {
  type Comparison,
  clusters,
  compareMeans,
  compareQuantiles,
  isEffect,
  leaves,
  waits,
} from './compare.ts'
import type { Arm, Measurement } from './measurement.ts'

export interface ServiceEffect {
  /** null: all services together. */
  readonly service: string | null
  readonly visitors: Readonly<Record<Arm, number>>
  readonly meanWaitMs: Comparison
  readonly p90WaitMs: Comparison
  readonly leftShare: Comparison
}

export type Verdict = 'effect' | 'none-that-matters' | 'not-enough'

export interface EffectReport {
  readonly plan: string
  readonly flows: readonly string[]
  readonly from: number | null
  readonly until: number | null
  /** Days with a block that counts. */
  readonly days: number
  readonly blocks: Readonly<Record<Arm, number>> & {
    readonly left: readonly LeftBlock[]
  }
  /** Independent tosses of the coin: what the interval rests on. */
  readonly tosses: number
  readonly visitors: Readonly<Record<Arm, number>> & { readonly burnIn: number }
  readonly overall: ServiceEffect
  readonly services: readonly ServiceEffect[]
  readonly verdict: Verdict
  /** What it was judged by: a smaller difference of the mean wait matters to nobody. */
  readonly smallestMs: number
  /** Waits are long against the burn-in: one block's queue reaches into the next, and the difference comes out too small. */
  readonly isDiluted: boolean
  /** Days like these that it would take in addition; null where it is enough, or nobody can say. */
  readonly moreDays: number | null
}

export interface EffectSettings {
  /** Default: a tenth of the mean wait without, at least half a minute. */
  readonly smallestMs?: number
  /** What is known ends here: tickets of the last hour before it may still be open. */
  readonly asOf: number
}

/** A burn-in below ten mean waits is too short: found by simulation, docs/guides/measured-effect.md. */
const burnInWaits = 10
const smallestShare = 0.1
const smallestMinMs = 30_000

const effectOn = (counted: readonly Counted[], service: string | null): ServiceEffect => {
  const pairs = pairsOf(counted, service)
  const count = (arm: Arm) => pairs.reduce((sum, pair) => sum + pair[arm].length, 0)
  return {
    service,
    visitors: { on: count('on'), off: count('off') },
    meanWaitMs: compareMeans(pairs, waits),
    p90WaitMs: compareQuantiles(pairs, 0.9),
    leftShare: compareMeans(pairs, leaves),
  }
}

const judge = (wait: Comparison, { tosses, smallestMs }: { tosses: number; smallestMs: number }): Verdict => {
  if (tosses < tossesNeeded() || wait.detectable === null) return 'not-enough'
  if (isEffect(wait)) return 'effect'
  return wait.detectable <= smallestMs ? 'none-that-matters' : 'not-enough'
}

/** From how far the tosses so far scatter, and how many a day gives. */
const daysMore = (
  { difference }: Comparison,
  { tosses, days, smallestMs }: { tosses: number; days: number; smallestMs: number },
): number | null => {
  if (tosses < 2 || difference === null) return null
  const { standardError } = difference
  const needed = Math.max(tossesNeeded(), clustersNeeded(smallestMs, { standardError, count: tosses }))
  return Math.max(1, Math.ceil((needed - tosses) / (tosses / days)))
}

export const estimateEffect = (measurement: Measurement, settings: EffectSettings): EffectReport => {
  const { counted, left } = sift(measurement, settings.asOf)
  const overall = effectOn(counted, null)
  const services = [
    ...new Set(counted.flatMap(({ tickets }) => tickets.map(({ service }) => service))),
  ].sort()
  const days = new Set(counted.map(({ block }) => block.id.slice(0, 10))).size
  const tosses = clusters(pairsOf(counted, null), waits).length
  const off = overall.meanWaitMs.off ?? 0
  const smallestMs = settings.smallestMs ?? Math.max(smallestMinMs, Math.round(off * smallestShare))
  const verdict = judge(overall.meanWaitMs, { tosses, smallestMs })
  const burnIn = measurement.tickets.filter(({ issuedAt }) =>
    counted.some(({ block }) => issuedAt >= block.from && issuedAt < block.from + block.burnInMs),
  ).length
  const blocks = (arm: Arm) => counted.filter(({ block }) => block.arm === arm).length
  return {
    plan: measurement.plan,
    flows: measurement.flows,
    from: measurement.blocks[0]?.from ?? null,
    until: measurement.blocks.at(-1)?.until ?? null,
    days,
    blocks: { on: blocks('on'), off: blocks('off'), left },
    tosses,
    visitors: { ...overall.visitors, burnIn },
    overall,
    services: services.map((service) => effectOn(counted, service)),
    verdict,
    smallestMs,
    isDiluted: counted.some(({ block }) => block.burnInMs < off * burnInWaits),
    moreDays: verdict === 'not-enough' ? daysMore(overall.meanWaitMs, { tosses, days, smallestMs }) : null,
  }
}
