/** How long a page waits before it tries again: longer each time, spread, and short again once all is well. */

export interface Patience {
  pause(ms: number): Promise<void>
  afterTrouble(): Promise<void>
  isWell(): void
}

export interface PatienceParts {
  readonly after: (ms: number, call: () => void) => void
  /** 0 to 1. */
  readonly chance: () => number
}

const firstMs = 1_000
const longestMs = 30_000

export const createPatience = ({ after, chance }: PatienceParts): Patience => {
  let nextMs = firstMs
  const pause = (ms: number) => new Promise<void>((resolve) => after(ms, resolve))
  return {
    pause,
    afterTrouble: async () => {
      // Up to half as long again: a branch does not come back all at once.
      const waitMs = nextMs * (1 + chance() / 2)
      nextMs = Math.min(longestMs, nextMs * 2)
      await pause(waitMs)
    },
    isWell: () => {
      nextMs = firstMs
    },
  }
}
