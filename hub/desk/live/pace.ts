/** How fast one session may ask: quickly for a while, steadily for long. */

export interface Pace {
  /** @returns 0, or after how many ms it may be tried again. */
  take(nowMs: number): number
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
    take: (nowMs) => {
      left = Math.min(burst, left + ((nowMs - (atMs ?? nowMs)) / 1_000) * perSecond)
      atMs = nowMs
      if (left < 1) return Math.ceil(((1 - left) / perSecond) * 1_000)
      left -= 1
      return 0
    },
  }
}
