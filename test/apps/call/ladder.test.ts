/** Less picture before it breaks, more only after it went well for a while, and never to and fro on a line that is full. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstRung, type Measured, nextRung, patienceMin, type Rung, steps } from '#apps/call/ladder.ts'

const climb = (looks: readonly Measured[], from: Rung = firstRung) =>
  looks.reduce<Rung[]>((all, look) => [...all, nextRung(all.at(-1) ?? from, look)], [])
const many = (count: number, look: Measured) => Array<Measured>(count).fill(look)

const fine: Measured = { loss: 0, rttMs: 20 }
const lossy: Measured = { loss: 0.12, rttMs: 20 }
const measured = fc.record({
  loss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  rttMs: fc.option(fc.double({ min: 0, max: 5_000, noNaN: true })),
})

test('every step asks less of the line than the one before', () => {
  for (const [at, step] of steps.slice(1).entries()) {
    expect(step.maxBitrate).toBeLessThan((steps[at] as typeof step).maxBitrate)
    expect(step.scaleResolutionDownBy).toBeGreaterThan((steps[at] as typeof step).scaleResolutionDownBy)
    expect(step.maxFramerate).toBeLessThanOrEqual((steps[at] as typeof step).maxFramerate)
  }
})

describe('a picture', () => {
  test('goes down a step with each look at a bad line, and two on one that breaks', () => {
    expect(climb(many(6, lossy)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 4, 4])
    expect(climb(many(3, { loss: 0.4, rttMs: 20 })).map(({ step }) => step)).toEqual([2, 4, 4])
    expect(climb(many(2, { loss: 0, rttMs: 900 })).map(({ step }) => step)).toEqual([1, 2])
  })

  test('comes back one step after so many good looks in a row', () => {
    const low = climb(many(2, lossy)).at(-1) as Rung
    const seen = climb(many(patienceMin * 2, fine), low).map(({ step }) => step)
    expect(seen).toEqual([...Array(patienceMin - 1).fill(2), ...Array(patienceMin).fill(1), 0])
  })

  test('stays where a line is neither good nor bad, or where nobody reports', () => {
    const low = climb(many(2, lossy)).at(-1) as Rung
    for (const look of [
      { loss: 0.05, rttMs: 20 },
      { loss: null, rttMs: null },
    ])
      expect(climb(many(50, look), low).every(({ step }) => step === 2)).toBe(true)
  })

  test('tries higher less and less often on a line that bears one step less', () => {
    let rung = firstRung
    const ups: number[] = []
    for (let look = 0; look < 600; look += 1) {
      const next = nextRung(rung, rung.step === 0 ? lossy : fine)
      if (next.step < rung.step) ups.push(look)
      rung = next
    }
    const gaps = ups.slice(1).map((at, index) => at - (ups[index] as number))
    expect(gaps.toSorted((a, b) => a - b)).toEqual(gaps)
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(60)
  })
})

test('whatever is measured, there is a step; it never rises by more than one, nor without good looks before', () => {
  fc.assert(
    fc.property(fc.array(measured, { maxLength: 200 }), (looks) => {
      let before = firstRung
      let good = 0
      for (const look of looks) {
        const now = nextRung(before, look)
        good = look.loss !== null && look.loss <= 0.02 && (look.rttMs ?? 0) <= 400 ? good + 1 : 0
        expect(steps[now.step]).toBeDefined()
        expect(before.step - now.step).toBeLessThanOrEqual(1)
        if (now.step < before.step) expect(good).toBeGreaterThanOrEqual(patienceMin)
        if (good > 0) expect(now.step).toBeLessThanOrEqual(before.step)
        before = now
      }
    }),
  )
})

test('a worse line never leads to more picture than a better one', () => {
  fc.assert(
    fc.property(
      measured,
      fc.nat({ max: 4 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (look, step, more) => {
        const rung = { ...firstRung, step, good: patienceMin }
        const worse = { loss: Math.min(1, (look.loss ?? 0) + more), rttMs: look.rttMs }
        expect(nextRung(rung, worse).step).toBeGreaterThanOrEqual(
          nextRung(rung, { ...look, loss: look.loss ?? 0 }).step,
        )
      },
    ),
  )
})
