/**
 * Differences from a design of time blocks: visitors of one block share its queue, so the block is what varies, not the
 * visitor. Pairs of blocks (one with, one without) that were drawn by one toss of the coin are one cluster, and the
 * clusters' own scatter gives the interval.
 */
import { sum } from './describe.ts'
import { type Estimate, usualLevel, withInterval } from './interval.ts'

/** The same hour with and without; what both share (the hour, the day) is gone from the difference. */
export interface PairDifference {
  /** Pairs of one toss of the coin. */
  readonly cluster: string
  readonly difference: number
  /** How much it counts. */
  readonly weight: number
}

export interface Cluster {
  readonly name: string
  /** Sum of weight times difference. */
  readonly total: number
  readonly weight: number
}

export const clustersOf = (pairs: readonly PairDifference[]): readonly Cluster[] => {
  const clusters = new Map<string, Cluster>()
  for (const { cluster, difference, weight } of pairs) {
    const known = clusters.get(cluster) ?? { name: cluster, total: 0, weight: 0 }
    clusters.set(cluster, {
      name: cluster,
      total: known.total + weight * difference,
      weight: known.weight + weight,
    })
  }
  return [...clusters.values()].filter(({ weight }) => weight > 0)
}

/** As many clusters of one size would tell as much: a few large ones tell less than their number. */
const effectiveCount = (clusters: readonly Cluster[]): number =>
  sum(clusters.map(({ weight }) => weight)) ** 2 / sum(clusters.map(({ weight }) => weight ** 2))

/** The weighted mean difference with a standard error robust against whatever visitors of a cluster share. */
export const clusterEstimate = (clusters: readonly Cluster[], level = usualLevel): Estimate | undefined => {
  if (clusters.length < 2) return undefined
  const weight = sum(clusters.map((one) => one.weight))
  const value = sum(clusters.map((one) => one.total)) / weight
  const scatter = sum(clusters.map((one) => (one.total - one.weight * value) ** 2))
  const count = clusters.length
  const standardError = Math.sqrt((scatter * count) / (count - 1)) / weight
  return withInterval({ value, standardError, degrees: Math.max(1, effectiveCount(clusters) - 1) }, level)
}

/**
 * For what is not a mean, such as a quantile: leaves out one cluster after the other and looks how far the statistic
 * moves (delete-a-group jackknife; Shao and Wu 1989 for why groups, not single visitors, where quantiles are concerned).
 */
export const jackknife = (
  clusters: readonly string[],
  statistic: (without: string | null) => number | undefined,
  level = usualLevel,
): Estimate | undefined => {
  const value = statistic(null)
  const count = clusters.length
  if (value === undefined || count < 2) return undefined
  const left = clusters.map((name) => statistic(name))
  if (!left.every((one) => one !== undefined)) return undefined
  const middle = sum(left) / count
  const spread = sum(left.map((one) => (one - middle) ** 2)) * ((count - 1) / count)
  return withInterval({ value, standardError: Math.sqrt(spread), degrees: count - 1 }, level)
}
