/** How each queue went in the last hour, as this page saw it: kept whichever page is open, so that a look has a past. */
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import type { HubClock } from './connection.ts'
import type { Tables } from './tables.ts'

/** Of a queue: how many wait, and how long in ms. */
export const trendMeasures = ['waiting', 'announced', 'longest'] as const
export type TrendMeasure = (typeof trendMeasures)[number]

export interface Sample {
  readonly at: number
  readonly value: number
}

export interface Trends {
  /** Oldest first; the same array until something is added. */
  of(service: string, measure?: TrendMeasure): readonly Sample[]
  /** @returns how to end it. */
  subscribe(listener: () => void): () => void
}

export const trendMs = 3_600_000
/** Changes closer than this are one. */
const everyMs = 10_000
const none: readonly Sample[] = []

/** The last sample before the hour stays: the line begins at the edge. */
const withoutOld = (samples: readonly Sample[], from: number): readonly Sample[] => {
  const inside = samples.findIndex(({ at }) => at > from)
  const first = (inside === -1 ? samples.length : inside) - 1
  return first <= 0 ? samples : samples.slice(first)
}

export const addSample = (samples: readonly Sample[], { at, value }: Sample): readonly Sample[] => {
  const last = samples.at(-1)
  if (last !== undefined && (last.value === value || at < last.at)) return samples
  // Of a flurry only what it came to is kept.
  const isFlurry = last !== undefined && samples.length > 1 && at - last.at < everyMs
  const kept = withoutOld(isFlurry ? samples.slice(0, -1) : samples, at - trendMs)
  return [...kept, { at: isFlurry ? last.at : at, value }]
}

const sensedOf = (row: LiveRow<'services'>, measure: TrendMeasure) =>
  ({ waiting: row.waiting, announced: row.announcedWaitMs, longest: row.longestWaitMs })[measure]

const keyOf = (service: string, measure: TrendMeasure) => `${measure}/${service}`

export const createTrends = (tables: Tables, clock: Pick<HubClock, 'now'>): Trends => {
  const byKey = new Map<string, readonly Sample[]>()
  const listeners = new Set<() => void>()
  tables.subscribe('services', () => {
    let isChanged = false
    const add = (key: string, sample: Sample) => {
      const samples = byKey.get(key) ?? none
      const next = addSample(samples, sample)
      if (next === samples) return
      byKey.set(key, next)
      isChanged = true
    }
    for (const row of tables.rows('services'))
      for (const measure of trendMeasures) {
        const sensed = sensedOf(row, measure)
        if (sensed === null) continue
        add(keyOf(row.id, measure), { at: Math.min(sensed.at, clock.now()), value: sensed.value })
      }
    if (isChanged) for (const listener of listeners) listener()
  })
  return {
    of: (service, measure = 'waiting') => byKey.get(keyOf(service, measure)) ?? none,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
