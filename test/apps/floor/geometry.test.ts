/** What a zone covers, and where what has no position of its own is drawn. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  boxAround,
  isInside,
  middleOf,
  pathOf,
  titleCorner,
  zoneShapes,
} from '#apps/lobby/pages/floor/model/geometry.ts'
import { counterPoints, deviceStandings } from '#apps/lobby/pages/floor/model/standing.ts'
import { bringIn, fitted, toScreen } from '#apps/lobby/pages/floor/model/view.ts'

const room = (left: number, top: number) => [
  { x: left, y: top },
  { x: left + 6, y: top },
  { x: left + 6, y: top + 4 },
  { x: left, y: top + 4 },
]
const zone = (id: string, area: ReturnType<typeof room> | null, at: { x: number; y: number } | null) => ({
  id,
  area,
  at,
})

test('a zone without corners is a square around its middle that touches no other, one without a middle is not drawn', () => {
  const shapes = zoneShapes([
    zone('a', null, { x: 0, y: 0 }),
    zone('b', null, { x: 3, y: 1 }),
    zone('c', null, null),
    zone('d', room(10, 10), null),
  ])
  expect(shapes.map(({ id, isGuess }) => [id, isGuess])).toEqual([
    ['a', true],
    ['b', true],
    ['d', false],
  ])
  const [a, b] = shapes.map(({ corners }) => boxAround(corners))
  expect(a?.right).toBeLessThan(b?.left ?? 0)
})

const hook = [
  { x: 0, y: 0 },
  { x: 6, y: 0 },
  { x: 6, y: 1 },
  { x: 1, y: 1 },
  { x: 1, y: 6 },
  { x: 0, y: 6 },
]

test('inside is what the walls enclose, also of a zone with a corner inwards', () => {
  expect(isInside({ x: 0.5, y: 5 }, hook)).toBe(true)
  expect(isInside({ x: 5, y: 0.5 }, hook)).toBe(true)
  expect(isInside({ x: 3, y: 3 }, hook)).toBe(false)
  expect(titleCorner(hook)).toEqual({ x: 0, y: 0 })
  expect(middleOf(room(0, 0))).toEqual({ x: 3, y: 2 })
  expect(middleOf(hook)).not.toEqual({ x: 3, y: 3 })
  expect(pathOf(room(0, 0))).toBe('M0 0L6 0L6 4L0 4Z')
})

const shapes = zoneShapes([zone('hall', room(0, 0), null), zone('desk', room(6, 0), null)])
const device = (
  id: string,
  more: {
    kind?: 'robot' | 'screen'
    zone?: string
    place?: string
    at?: { x: number; y: number; theta: null }
  },
) => ({
  id,
  kind: more.kind ?? ('screen' as const),
  zone: more.zone ?? null,
  place: more.place ?? null,
  at: more.at ?? null,
})
const places = [{ id: 'charger', zone: 'hall', kind: 'charger' as const, at: { x: 2, y: 3 } }]

test('a device stands where it was measured, else at its place, else somewhere in its zone, else nowhere', () => {
  const standings = deviceStandings(
    [
      device('measured', { zone: 'hall', place: 'charger', at: { x: 5, y: 1, theta: null } }),
      device('placed', { zone: 'hall', place: 'charger' }),
      device('zoned', { zone: 'hall' }),
      device('nowhere', {}),
      device('elsewhere', { zone: 'cellar' }),
    ],
    places,
    { shapes, taken: [] },
  )
  expect(standings.get('measured')).toMatchObject({ x: 5, y: 1, isGuess: false })
  expect(standings.get('placed')).toMatchObject({ x: 2, y: 3, isGuess: false })
  expect(standings.get('zoned')?.isGuess).toBe(true)
  expect([...standings.keys()].sort()).toEqual(['measured', 'placed', 'zoned'])
})

test('however many stand in a zone, each is in it, and as long as there is room none over another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 14 }), (count) => {
      const devices = Array.from({ length: count }, (_, index) => device(`d${index}`, { zone: 'hall' }))
      const all = [...deviceStandings(devices, [], { shapes, taken: [] }).values()]
      expect(all).toHaveLength(count)
      for (const one of all) expect(isInside(one, room(0, 0))).toBe(true)
      expect(new Set(all.map(({ x, y }) => `${x} ${y}`)).size).toBe(count)
    }),
  )
})

test('what hangs on the walls stays where it is while a robot walks past', () => {
  const hung = ['a', 'b', 'c'].map((id) => device(id, { zone: 'hall' }))
  const withRobotAt = (x: number, y: number) => {
    const robot = device('robot', { kind: 'robot', zone: 'hall', at: { x, y, theta: null } })
    const all = deviceStandings([robot, ...hung], [], { shapes, taken: [] })
    return hung.map(({ id }) => all.get(id))
  }
  const before = withRobotAt(3, 2)
  for (const spot of before) expect(withRobotAt(spot?.x ?? 0, spot?.y ?? 0)).toEqual(before)
})

test('in a narrow zone, too, the place of the title is taken last', () => {
  const narrow = zoneShapes([zone('narrow', room(0, 0), null)]).map((shape) => ({
    ...shape,
    corners: shape.corners.map(({ x, y }) => ({ x: x * (4 / 6), y })),
  }))
  const standings = deviceStandings(
    ['a', 'b', 'c'].map((id) => device(id, { zone: 'narrow' })),
    [],
    { shapes: narrow, taken: [] },
  )
  for (const { x, y } of standings.values()) expect(x < 3 && y < 1.2, `${x}, ${y}`).toBe(false)
})

test('a counter stands at the place of its number, else in a row with the others of its zone', () => {
  const counters = ['counter-1', 'counter-2', 'counter-3'].map((id) => ({ id, zone: 'desk' }))
  const own = { id: 'place-2', zone: 'desk', kind: 'counter' as const, at: { x: 7, y: 1 } }
  const points = counterPoints(counters, [own], shapes)
  expect(points.get('counter-2')).toEqual({ x: 7, y: 1 })
  expect(points.get('counter-1')?.y).toBe(points.get('counter-3')?.y)
  expect(points.get('counter-1')?.x).toBeLessThan(points.get('counter-3')?.x ?? 0)
})

test('the whole plan fits into any window, in its middle', () => {
  const length = fc.integer({ min: 1, max: 2_000 })
  fc.assert(
    fc.property(length, length, fc.integer({ min: 200, max: 3_000 }), (wide, high, side) => {
      const box = { left: -3, top: 5, right: wide - 3, bottom: high + 5 }
      const size = { width: side, height: Math.round(side * 0.7) }
      const view = fitted(box, size)
      const [from, to] = [
        toScreen(view, { x: box.left, y: box.top }),
        toScreen(view, { x: box.right, y: box.bottom }),
      ]
      expect(Math.min(from.x, from.y)).toBeGreaterThanOrEqual(-0.01)
      expect(to.x).toBeLessThanOrEqual(size.width + 0.01)
      expect(to.y).toBeLessThanOrEqual(size.height + 0.01)
      expect(from.x + to.x).toBeCloseTo(size.width, 3)
    }),
  )
})

test('what has the focus is brought in from outside, and left alone inside', () => {
  const [view, window_] = [
    { k: 10, x: 0, y: 0 },
    { size: { width: 400, height: 300 }, edge: 40 },
  ]
  expect(bringIn(view, { x: 20, y: 15 }, window_)).toEqual({ x: 0, y: 0 })
  expect(bringIn(view, { x: 60, y: 15 }, window_)).toEqual({ x: -240, y: 0 })
  expect(bringIn(view, { x: 20, y: -1 }, window_)).toEqual({ x: 0, y: 50 })
})
