/** How each queue went in the last hour, as this page saw it: kept whichever page is open, so that a look has a past. */
import type { HubClock } from './connection.ts'
import type { Tables } from './tables.ts'

export interface Sample {
  readonly at: number
  readonly waiting: number
}

export interface Trends {
  /** Oldest first; the same array until something is added. */
  of(service: string): readonly Sample[]
  /** @returns how to end it. */
  subscribe(listener: () => void): () => void
}

export const trendMs = 3_600_000
/** Changes closer than this are one. */
const everyMs = 10_000
const none: readonly Sample[] = []

/** The last sample before the hour stays: the line begins at the edge. */
const withoutOld = (samples: readonly Sample[], from: number): readonly Sample[] => {
  const first = samples.findLastIndex(({ at }) => at <= from)
  return first <= 0 ? samples : samples.slice(first)
}

export const addSample = (samples: readonly Sample[], { at, waiting }: Sample): readonly Sample[] => {
  const last = samples.at(-1)
  if (last !== undefined && (last.waiting === waiting || at < last.at)) return samples
  const before = samples.at(-2)
  // Of a flurry only what it came to is kept.
  const isFlurry = last !== undefined && before !== undefined && at - before.at < everyMs
  const kept = withoutOld(isFlurry ? samples.slice(0, -1) : samples, at - trendMs)
  return [...kept, { at: isFlurry ? last.at : at, waiting }]
}

export const createTrends = (tables: Tables, clock: Pick<HubClock, 'now'>): Trends => {
  const byService = new Map<string, readonly Sample[]>()
  const listeners = new Set<() => void>()
  tables.subscribe('services', () => {
    let isChanged = false
    for (const { id, waiting } of tables.rows('services')) {
      if (waiting === null) continue
      const samples = byService.get(id) ?? none
      const next = addSample(samples, { at: Math.min(waiting.at, clock.now()), waiting: waiting.value })
      if (next === samples) continue
      byService.set(id, next)
      isChanged = true
    }
    if (isChanged) for (const listener of listeners) listener()
  })
  return {
    of: (service) => byService.get(service) ?? none,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
