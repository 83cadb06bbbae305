/** What a tap meant, which names have room, and how large marks are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from '#apps/lobby/pages/floor/model/hit.ts'
import {
  labelsThatFit,
  lineHeight,
  markArea,
  markRadius,
  radiusMax,
  titleArea,
  titleShift,
  widthOf,
} from '#apps/lobby/pages/floor/model/labels.ts'

const spot = fc.record({
  id: fc.uuid(),
  x: fc.integer({ min: 0, max: 500 }),
  y: fc.integer({ min: 0, max: 500 }),
})

test('the nearest within reach, or nothing', () => {
  fc.assert(
    fc.property(fc.array(spot, { maxLength: 30 }), spot, (spots, at) => {
      const distances = spots.map(({ x, y }) => Math.hypot(x - at.x, y - at.y))
      const found = nearest(spots, at, 24)
      const least = Math.min(Infinity, ...distances)
      if (found === undefined) expect(least).toBeGreaterThan(24)
      else expect(Math.hypot(found.x - at.x, found.y - at.y)).toBe(least)
    }),
  )
})

const label = (id: string, [x, y]: readonly [number, number], rank = 4) => ({
  id,
  x,
  y,
  lines: ['Robot 1'],
  rank,
})

test('names never lie over each other; the more wanted one is shown', () => {
  const shown = labelsThatFit([label('a', [0, 0]), label('b', [10, 4], 0), label('c', [400, 0])], 12)
  expect([...shown].sort()).toEqual(['b', 'c'])
  fc.assert(
    fc.property(fc.uniqueArray(spot, { maxLength: 40, selector: ({ id }) => id }), (spots) => {
      const marks = spots.map(({ id, x, y }) => label(id, [x, y]))
      const fit = marks.filter(({ id }) => labelsThatFit(marks, 12).has(id))
      const wide = widthOf('Robot 1')
      for (const a of fit)
        for (const b of fit)
          if (a !== b) expect(Math.abs(a.x - b.x) >= wide || Math.abs(a.y - b.y) >= lineHeight).toBe(true)
    }),
  )
})

test('a mere name makes way for marks, trouble does not; neither lies over a title', () => {
  const below = { left: -60, right: 60, top: 12, bottom: 60 }
  expect(labelsThatFit([label('a', [0, 0]), label('b', [0, 20])], 12).has('a')).toBe(false)
  expect(labelsThatFit([label('a', [0, 0], 0), label('b', [0, 20])], 12).has('a')).toBe(true)
  expect(labelsThatFit([label('a', [0, 0], 0)], 12, [below]).has('a')).toBe(false)
})

test('a name makes way for all that the title of a zone says, and stands beside a short one', () => {
  const beside = [label('a', [170, 0], 0)]
  expect(labelsThatFit(beside, 12, [titleArea({ x: 0, y: 0 }, ['Entrance', '8 of 12'])]).has('a')).toBe(true)
  const long = titleArea({ x: 0, y: 0 }, ['Entrance', '8 of 12', 'Nearly full · 3 not placed'])
  expect(labelsThatFit(beside, 12, [long]).has('a')).toBe(false)
  const below = [label('a', [60, 58], 0)]
  expect(labelsThatFit(below, 12, [titleArea({ x: 0, y: 0 }, ['Entrance', '8 of 12'])]).has('a')).toBe(true)
  expect(labelsThatFit(below, 12, [long]).has('a')).toBe(false)
})

test('a title makes way downwards for what stands at the upper edge, within its zone', () => {
  const title = titleArea({ x: 0, y: 0 }, ['Kiosks', '1 of 10'])
  const atWall = [markArea({ x: 50, y: 0 }, 18), markArea({ x: 400, y: 0 }, 18)]
  expect(titleShift(title, [], 150)).toBe(0)
  const down = titleShift(title, atWall, 150)
  expect(down).toBeGreaterThan(0)
  expect(title.top + down + 10).toBeGreaterThanOrEqual(markArea({ x: 50, y: 0 }, 18).bottom)
  expect(titleShift(title, atWall, 60)).toBe(0)
  const everywhere = [0, 30, 60, 90].map((y) => markArea({ x: 50, y }, 18))
  expect(titleShift(title, everywhere, 150)).toBe(0)
})

test('a Chinese name is as wide as its characters, and wider than Latin letters of the same number', () => {
  expect(widthOf('机器人')).toBe(39)
  expect(widthOf('abc')).toBeLessThan(widthOf('机器人'))
})

test('marks are as large as their neighbours allow, and never too small to be seen', () => {
  const row = (gap: number) => Array.from({ length: 12 }, (_, index) => ({ x: index * gap, y: 0 }))
  expect(markRadius(row(200))).toBe(radiusMax)
  expect(markRadius(row(24))).toBe(11)
  expect(markRadius(row(2))).toBeGreaterThanOrEqual(8)
  expect(markRadius([])).toBe(radiusMax)
})
