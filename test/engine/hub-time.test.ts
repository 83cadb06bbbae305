import { describe, expect, it } from 'vitest'
import { createHubTime } from '#hub/engine/hub-time.ts'
import { createTestClock } from '../support/clock.ts'

const hourMs = 3_600_000
const tenYearsMs = 10 * 365 * 24 * hourMs

describe('hub time', () => {
  it('does not follow a step of the wall clock while it runs, and says that there was one', () => {
    for (const stepMs of [hourMs, -hourMs, tenYearsMs, -tenYearsMs]) {
      const clock = createTestClock()
      const time = createHubTime(clock, 0)
      const before = time.now()
      clock.advance(1_000)
      clock.stepWall(stepMs)
      expect(time.now()).toBe(before + 1_000)
      expect(time.step()).toBe(stepMs)
      expect(time.step()).toBe(0)
    }
  })

  it('takes small corrections for what they are', () => {
    const clock = createTestClock()
    const time = createHubTime(clock, 0)
    clock.stepWall(4_000)
    expect(time.step()).toBe(0)
  })

  it('goes on from the last entry when the wall clock was set back while the hub was down', () => {
    const clock = createTestClock()
    const lastEntryAt = clock.wallMs() + tenYearsMs
    const time = createHubTime(clock, lastEntryAt)
    expect(time.now()).toBe(lastEntryAt)
    clock.advance(60_000)
    expect(time.now()).toBe(lastEntryAt + 60_000)
    expect(time.step()).toBe(-tenYearsMs)
  })
})
