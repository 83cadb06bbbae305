/** Two ways of counting over time: a bucket that refills, and failures within the last minute. */

export interface Bucket {
  /** Takes one, if there is one. */
  take(): boolean
  /** Milliseconds until the next one can be taken; 0: now. */
  waitMs(): number
}

export const createBucket = (perSecond: number, burst: number, nowMs: () => number): Bucket => {
  let left = burst
  let at = nowMs()
  const refill = () => {
    const now = nowMs()
    left = Math.min(burst, left + ((now - at) * perSecond) / 1_000)
    at = now
  }
  return {
    take: () => {
      refill()
      if (left < 1) return false
      left -= 1
      return true
    },
    waitMs: () => {
      refill()
      return left >= 1 ? 0 : Math.ceil(((1 - left) * 1_000) / perSecond)
    },
  }
}

export interface MinuteCount {
  add(key: string): void
  /** How many were added for this key within the last minute. */
  of(key: string): number
}

const minuteMs = 60_000
/** More than any limit that is asked for. */
const momentsMax = 10_001

/** Bounded: of more than `keysMax` keys the longest unused is forgotten. */
export const createMinuteCount = (nowMs: () => number, keysMax = 10_000): MinuteCount => {
  const moments = new Map<string, number[]>()
  const recent = (key: string) => (moments.get(key) ?? []).filter((at) => nowMs() - at < minuteMs)
  return {
    add: (key) => {
      const kept = [...recent(key), nowMs()].slice(-momentsMax)
      moments.delete(key)
      moments.set(key, kept)
      if (moments.size <= keysMax) return
      const oldest = moments.keys().next()
      if (oldest.done !== true) moments.delete(oldest.value)
    },
    of: (key) => recent(key).length,
  }
}
