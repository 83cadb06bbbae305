/** Density in people per square metre: everybody counts once, where he stands. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeat, densest, paintHeat } from '#apps/lobby/pages/floor/model/heat.ts'

const box = { left: -5, top: 2, right: 25, bottom: 17 }
const total = (heat: ReturnType<typeof createHeat>) => {
  const area = ((heat.box.right - heat.box.left) * (heat.box.bottom - heat.box.top)) / heat.cells.length
  return heat.cells.reduce((sum, value) => sum + value, 0) * area
}

test('all cells together are as many people as there are', () => {
  const person = fc.record({
    x: fc.double({ min: -3, max: 23, noNaN: true }),
    y: fc.double({ min: 4, max: 15, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(person, { maxLength: 40 }), (people) => {
      const heat = createHeat(box)
      heat.take(people, 1)
      expect(total(heat)).toBeCloseTo(people.length, 2)
    }),
    { numRuns: 30 },
  )
})

test('it is densest where he stands, and nothing far away or outside', () => {
  const heat = createHeat(box)
  heat.take([{ x: 5, y: 8 }], 1)
  expect(heat.at({ x: 5, y: 8 })).toBeGreaterThan(heat.at({ x: 5.8, y: 8 }))
  expect(heat.at({ x: 5.8, y: 8 })).toBeGreaterThan(0)
  expect(heat.at({ x: 12, y: 8 })).toBe(0)
  expect(heat.at({ x: 500, y: 8 })).toBe(0)
})

test('what was fades as what is comes in', () => {
  const heat = createHeat(box)
  heat.take([{ x: 5, y: 8 }], 1)
  const before = heat.at({ x: 5, y: 8 })
  for (let n = 0; n < 10; n += 1) heat.take([{ x: 20, y: 8 }], 0.1)
  expect(heat.at({ x: 5, y: 8 })).toBeCloseTo(before * 0.9 ** 10, 4)
  expect(total(heat)).toBeCloseTo(1, 2)
})

test('a cell is painted the stronger the denser it is, and not at all where nobody is', () => {
  const pixels = new Uint8ClampedArray(16)
  paintHeat({ cells: new Float32Array([0, densest / 4, densest / 2, 3 * densest]) }, pixels, [240, 169, 46])
  const strengths = [3, 7, 11, 15].map((index) => pixels[index] ?? 0)
  expect(strengths[0]).toBe(0)
  expect(strengths).toEqual([...strengths].sort((a, b) => a - b))
  expect(new Set(strengths).size).toBe(4)
  expect(Array.from(pixels.subarray(4, 7))).toEqual([240, 169, 46])
})
