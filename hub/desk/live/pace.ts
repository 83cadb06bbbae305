/** How fast one session may ask: quickly for a while, steadily for long. */

export interface Pace {
  /** @param cost as so many; @returns 0, or after how many ms it may be tried again. */
  take(nowMs: number, cost?: number): number
}

export interface PaceLimits {
  readonly perSecond: number
  readonly burst: number
}

export const defaultPace: PaceLimits = { perSecond: 20, burst: 40 }

export const createPace = ({ perSecond, burst }: PaceLimits = defaultPace): Pace => {
  let left = burst
  let atMs: number | undefined
  return {
    take: (nowMs, cost = 1) => {
      left = Math.min(burst, left + ((nowMs - (atMs ?? nowMs)) / 1_000) * perSecond)
      atMs = nowMs
      if (left < cost) return Math.ceil(((cost - left) / perSecond) * 1_000)
      left -= cost
      return 0
    },
  }
}
