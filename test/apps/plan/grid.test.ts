/** Lengths and outlines of the plan editor. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepOf, timeTravelOf } from '#apps/lobby/pages/plan/keys.ts'
import {
  crossesItself,
  exact,
  gridMetres,
  isOnEdge,
  rectangle,
  shifted,
  snap,
  snapPoint,
  surfaceOf,
} from '#apps/lobby/pages/plan/model/grid.ts'

const metre = fc.double({ min: -500, max: 500, noNaN: true })
const point = fc.record({ x: metre, y: metre })

test('what is snapped lies on the grid, no further than half a step away, and stays', () => {
  fc.assert(
    fc.property(metre, (value) => {
      const once = snap(value)
      expect(Number.isInteger(once / gridMetres)).toBe(true)
      expect(Math.abs(once - value)).toBeLessThanOrEqual(gridMetres / 2)
      expect(Object.is(snap(once), once)).toBe(true)
      expect(Object.is(once, -0)).toBe(false)
    }),
  )
})

test('what is moved there and back is where it was, to the centimetre', () => {
  fc.assert(
    fc.property(point, point, (at, way) => {
      const start = { x: exact(at.x), y: exact(at.y) }
      const by = snapPoint(way)
      expect(shifted(shifted(start, by), { x: -by.x, y: -by.y })).toEqual(start)
    }),
  )
})

test('a rectangle is one however it was drawn, and never crosses itself', () => {
  fc.assert(
    fc.property(point, point, (p, q) => {
      const [a, b] = [snapPoint(p), snapPoint(q)]
      fc.pre(a.x !== b.x && a.y !== b.y)
      const corners = rectangle(a, b)
      expect(rectangle(b, a)).toEqual(corners)
      expect(rectangle({ x: a.x, y: b.y }, { x: b.x, y: a.y })).toEqual(corners)
      expect(crossesItself(corners)).toBe(false)
      expect(surfaceOf(corners)).toBeCloseTo(Math.abs(a.x - b.x) * Math.abs(a.y - b.y), 6)
    }),
  )
})

test('corners around a middle never cross; two of them exchanged do', () => {
  const star = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 4, maxLength: 24 })
  fc.assert(
    fc.property(star, (reaches) => {
      const corners = reaches.map((reach, nth) => {
        const angle = (2 * Math.PI * nth) / reaches.length
        return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) }
      })
      expect(crossesItself(corners)).toBe(false)
      expect(crossesItself([...corners].reverse())).toBe(false)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (wide, high) => {
      const [a, b, c, d] = rectangle({ x: 0, y: 0 }, { x: wide, y: high })
      const bow = [a, c, b, d].flatMap((corner) => (corner === undefined ? [] : [corner]))
      expect(crossesItself(bow)).toBe(true)
    }),
  )
})

test('walls that run back over each other, or touch, cross as well', () => {
  expect(
    crossesItself([
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 2, y: 0 },
      { x: 2, y: 3 },
    ]),
  ).toBe(true)
  const touches = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 4 },
    { x: 2, y: 0 },
    { x: 0, y: 4 },
  ]
  expect(crossesItself(touches)).toBe(true)
  // A corner in the middle of a wall is none.
  expect(
    crossesItself([
      { x: 0, y: 0 },
      { x: 2, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
    ]),
  ).toBe(false)
})

test('on the edge is neither inside nor beside it', () => {
  const room = rectangle({ x: 0, y: 0 }, { x: 4, y: 3 })
  expect(isOnEdge({ x: 0, y: 1.5 }, room)).toBe(true)
  expect(isOnEdge({ x: 4, y: 3 }, room)).toBe(true)
  expect(isOnEdge({ x: 1, y: 1 }, room)).toBe(false)
  expect(isOnEdge({ x: 5, y: 0 }, room)).toBe(false)
})

const bare = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

test('an arrow goes one step of the grid, with Shift four; other keys are left alone', () => {
  expect(stepOf({ ...bare, key: 'ArrowLeft' })).toEqual({ x: -0.5, y: 0 })
  expect(stepOf({ ...bare, key: 'ArrowDown', shiftKey: true })).toEqual({ x: 0, y: 2 })
  expect(stepOf({ ...bare, key: 'ArrowLeft', altKey: true })).toBeUndefined()
  expect(stepOf({ ...bare, key: 'a' })).toBeUndefined()
  expect(timeTravelOf({ ...bare, key: 'z', ctrlKey: true })).toBe('undo')
  expect(timeTravelOf({ ...bare, key: 'Z', metaKey: true, shiftKey: true })).toBe('redo')
  expect(timeTravelOf({ ...bare, key: 'z' })).toBeUndefined()
})
