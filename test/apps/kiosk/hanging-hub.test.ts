/** A hub that takes questions and answers none, as one that hangs does: the kiosk knows it before five seconds are over. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followBoard } from '#apps/kiosk/outside/board.ts'

const board = {
  branch: 'demo',
  title: { en: 'Demo' },
  timeZone: 'UTC',
  languages: ['en'],
  at: 0,
  mode: 'open',
  services: [],
  called: [],
}

let isHanging = false

beforeEach(() => {
  isHanging = false
  vi.useFakeTimers()
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) =>
    isHanging
      ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('late'))))
      : Promise.resolve({ json: async () => board }),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const clock = {
  now: () => Date.now(),
  wall: (at: number) => at,
  every: (ms: number, call: () => void) => {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
}

it.each([0, 500, 1_500, 1_999, 3_000, 3_999])(
  'which begins to hang %d ms after a minute of answers',
  async (ms) => {
    const seen = followBoard(clock)
    await vi.advanceTimersByTimeAsync(60_000 + ms)
    expect(seen.get()).toMatchObject({ isAnswering: true, isFresh: true })
    isHanging = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(seen.get().isAnswering).toBe(false)
    isHanging = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(seen.get().isAnswering).toBe(true)
  },
)
