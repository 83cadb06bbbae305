/** The difference between blocks with and blocks without: of means, of shares and of quantiles, each with its interval. */
import { type Cluster, clusterEstimate, clustersOf, jackknife } from '../statistics/clusters.ts'
import { mean, quantile } from '../statistics/describe.ts'
import type { Estimate } from '../statistics/interval.ts'
import { detectable } from '../statistics/power.ts'
import { randomisationTest } from '../statistics/randomisation.ts'
import type { Pair } from './blocks.ts'
import type { Arm, MeasuredTicket } from './measurement.ts'

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

export type Values = (tickets: readonly MeasuredTicket[]) => readonly number[]

export const waits: Values = (tickets) =>
  tickets.flatMap(({ waitedMs }) => (waitedMs === null ? [] : [waitedMs]))
export const leaves: Values = (tickets) =>
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
export const clusters = (pairs: readonly Pair[], values: Values): readonly Cluster[] =>
  clustersOf(
    pairs.flatMap(({ toss, on, off }) => {
      const [a, b] = [values(on), values(off)]
      const [ma, mb] = [mean(a), mean(b)]
      if (ma === undefined || mb === undefined) return []
      const weight = (a.length * b.length) / (a.length + b.length)
      return [{ cluster: toss, difference: ma - mb, weight }]
    }),
  )

export const compareMeans = (pairs: readonly Pair[], values: Values): Comparison => {
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

export const compareQuantiles = (pairs: readonly Pair[], share: number): Comparison => {
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

/** Both must speak: the coin, which assumes nothing, and the interval, which says how large. */
export const isEffect = ({ difference, chance }: Comparison): boolean =>
  difference !== null && (difference.low > 0 || difference.high < 0) && (chance === null || chance <= 0.05)
