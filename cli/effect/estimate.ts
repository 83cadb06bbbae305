/**
 * What the flows change for those who wait, estimated from blocks with and blocks without. Visitors count by when they
 * took their ticket; those of a block's burn-in are not counted; a block is compared with its own pair only.
 */
import { type Cluster, clusterEstimate, clustersOf, jackknife } from '../statistics/clusters.ts'
import { mean, quantile } from '../statistics/describe.ts'
import type { Estimate } from '../statistics/interval.ts'
import { clustersNeeded, detectable } from '../statistics/power.ts'
import { randomisationTest, tossesNeeded } from '../statistics/randomisation.ts'
import type { Arm, MeasuredBlock, MeasuredTicket, Measurement } from './measurement.ts'

/** What is known of one figure. */
export interface Comparison {
  readonly on: number | null
  readonly off: number | null
  /** With minus without, and its 95 % interval; null where there is too little to say. */
  readonly difference: Estimate | null
  /** How often chance alone would give a difference as large, from the coin itself; null for quantiles. */
  readonly chance: number | null
  /** The smallest difference that so much data shows in four of five cases. */
  readonly detectable: number | null
}

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
    readonly left: readonly { readonly id: string; readonly why: string }[]
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

/** Tickets of a block are waited for so long after it. */
const settleMs = 3_600_000
/** Found by simulation (docs/guides/measured-effect.md): beyond it more than an eighth of an effect is lost. */
const dilutedShare = 0.1
const smallestShare = 0.1
const smallestMinMs = 30_000

interface Counted {
  readonly block: MeasuredBlock
  readonly tickets: readonly MeasuredTicket[]
}

interface Pair {
  readonly toss: string
  readonly on: readonly MeasuredTicket[]
  readonly off: readonly MeasuredTicket[]
}

/** Why a block is left out, or undefined. */
const whyLeft = (block: MeasuredBlock, asOf: number): string | undefined =>
  block.invalid.length > 0
    ? block.invalid.join(', ')
    : block.until + settleMs > asOf
      ? 'its visitors may still be there'
      : undefined

const isIn = ({ from, until, burnInMs }: MeasuredBlock, { issuedAt }: MeasuredTicket) =>
  issuedAt >= from + burnInMs && issuedAt < until

const sift = ({ blocks, tickets }: Measurement, asOf: number) => {
  const usable = blocks.filter((block) => whyLeft(block, asOf) === undefined)
  const paired = usable.filter((block) =>
    usable.some((other) => other.pair === block.pair && other.arm !== block.arm),
  )
  const counted: Counted[] = paired.map((block) => ({
    block,
    tickets: tickets.filter((ticket) => isIn(block, ticket)),
  }))
  const left = blocks
    .filter((block) => !paired.includes(block))
    .map((block) => ({
      id: block.id,
      why: whyLeft(block, asOf) ?? 'the block it is compared with is left out',
    }))
  return { counted, left }
}

const pairsOf = (counted: readonly Counted[], service: string | null): readonly Pair[] => {
  const pairs = new Map<string, Pair>()
  for (const { block, tickets } of counted) {
    const wanted = service === null ? tickets : tickets.filter((ticket) => ticket.service === service)
    const known = pairs.get(block.pair) ?? { toss: block.toss, on: [], off: [] }
    pairs.set(block.pair, { ...known, [block.arm]: wanted })
  }
  return [...pairs.values()]
}

type Values = (tickets: readonly MeasuredTicket[]) => readonly number[]

const waits: Values = (tickets) => tickets.flatMap(({ waitedMs }) => (waitedMs === null ? [] : [waitedMs]))
const leaves: Values = (tickets) =>
  tickets.flatMap(({ left, waitedMs }) => (left ? [1] : waitedMs === null ? [] : [0]))

/**
 * Less the mean of their service, taken over both arms: which services happened to be wanted in a block is luck, and
 * some take many times as long as others. What people want is settled before they meet a flow, so no effect is lost.
 */
const adjusted = (pairs: readonly Pair[], values: Values): Values => {
  const all = pairs.flatMap(({ on, off }) => [...on, ...off])
  const means = new Map<string, number>()
  for (const service of new Set(all.map((ticket) => ticket.service)))
    means.set(service, mean(values(all.filter((ticket) => ticket.service === service))) ?? 0)
  return (tickets) =>
    tickets.flatMap((ticket) => values([ticket]).map((value) => value - (means.get(ticket.service) ?? 0)))
}

const none: Comparison = { on: null, off: null, difference: null, chance: null, detectable: null }

const pooled = (pairs: readonly Pair[], values: Values, arm: Arm) =>
  pairs.flatMap((pair) => values(pair[arm]))

/** Each pair counts as much as it can tell: few visitors on one side tell little. */
const clusters = (pairs: readonly Pair[], values: Values): readonly Cluster[] =>
  clustersOf(
    pairs.flatMap(({ toss, on, off }) => {
      const [a, b] = [values(on), values(off)]
      const [ma, mb] = [mean(a), mean(b)]
      if (ma === undefined || mb === undefined) return []
      const weight = (a.length * b.length) / (a.length + b.length)
      return [{ cluster: toss, difference: ma - mb, weight }]
    }),
  )

const compareMeans = (pairs: readonly Pair[], values: Values): Comparison => {
  const found = clusters(pairs, adjusted(pairs, values))
  const difference = clusterEstimate(found) ?? null
  return {
    on: mean(pooled(pairs, values, 'on')) ?? null,
    off: mean(pooled(pairs, values, 'off')) ?? null,
    difference,
    chance: found.length === 0 ? null : randomisationTest(found.map(({ total }) => total)),
    detectable: difference && detectable(difference.standardError, difference.degrees),
  }
}

const compareQuantiles = (pairs: readonly Pair[], share: number): Comparison => {
  const full = pairs.filter(({ on, off }) => waits(on).length > 0 && waits(off).length > 0)
  const tosses = [...new Set(full.map(({ toss }) => toss))]
  const of = (arm: Arm, without: string | null) =>
    quantile(
      pooled(
        full.filter(({ toss }) => toss !== without),
        waits,
        arm,
      ),
      share,
    )
  const difference =
    jackknife(tosses, (without) => {
      const [on, off] = [of('on', without), of('off', without)]
      return on === undefined || off === undefined ? undefined : on - off
    }) ?? null
  const [on, off] = [of('on', null), of('off', null)]
  return {
    ...none,
    on: on ?? null,
    off: off ?? null,
    difference,
    detectable: difference && detectable(difference.standardError, difference.degrees),
  }
}

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

/** Both must speak: the coin, which assumes nothing, and the interval, which says how large. */
export const isEffect = ({ difference, chance }: Comparison): boolean =>
  difference !== null && (difference.low > 0 || difference.high < 0) && (chance === null || chance <= 0.05)

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
    isDiluted: counted.some(({ block }) => off > block.burnInMs * dilutedShare),
    moreDays: verdict === 'not-enough' ? daysMore(overall.meanWaitMs, { tosses, days, smallestMs }) : null,
  }
}
