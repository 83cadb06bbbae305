/** Where things are: streams for whoever looks, and rows that follow only when it is worth a row. */
import { expect, test } from 'vitest'
import { createWhere } from '#hub/desk/live/where.ts'
import { LivePositions } from '#protocol/desk/live/line.ts'
import { createTestClock } from '../../support/clock.ts'

const open = () => {
  const clock = createTestClock()
  const settled: string[] = []
  const bad: string[] = []
  let news = 0
  const where = createWhere({
    clock,
    onSettled: (device) => settled.push(device),
    onBad: (device) => bad.push(device),
    onNews: () => {
      news += 1
    },
  })
  return { clock, where, settled, bad, news: () => news }
}

test('people stand where a camera last saw them, until it says nothing for half a minute', () => {
  const { clock, where, news } = open()
  where.hear('camera-1', 'positions', { people: [{ track: 't1', x: 1, y: 2 }] })
  where.hear('camera-2', 'positions', { people: [{ track: 't1', x: 3, y: 4 }] })
  clock.advance(100)
  expect(news()).toBe(1)
  expect(where.now().people).toEqual([
    ['camera-1/t1', 1, 2],
    ['camera-2/t1', 3, 4],
  ])
  where.hear('camera-1', 'positions', { people: [] })
  expect(where.now().people).toEqual([['camera-2/t1', 3, 4]])
  clock.advance(30_001)
  where.settle()
  expect(where.now().people).toEqual([])
  clock.advance(100)
  expect(news()).toBeGreaterThanOrEqual(2)
})

test('there is news at most ten times a second, and the last of it is not lost', () => {
  const { clock, where, news } = open()
  for (let ms = 0; ms < 1_000; ms += 10) {
    where.hear('robot-1', 'pose', { map: 'hall', x: ms / 100, y: 0, theta: 0, speed: 1 })
    clock.advance(10)
  }
  clock.advance(200)
  expect(news()).toBeGreaterThanOrEqual(9)
  expect(news()).toBeLessThanOrEqual(11)
  expect(where.now().devices).toEqual([['robot-1', 9.9, 0, 0]])
  LivePositions.parse({ at: 1, ...where.now() })
})

test('the row of a robot on its way follows every five seconds, and when it stands', () => {
  const { clock, where, settled } = open()
  for (let ms = 0; ms < 12_000; ms += 100) {
    where.hear('robot-1', 'position', { x: ms / 3_000, y: 0 })
    clock.advance(100)
    if (ms % 2_000 === 0) where.settle()
  }
  expect(settled.length).toBeGreaterThanOrEqual(2)
  expect(settled.length).toBeLessThanOrEqual(4)
  const before = settled.length
  // It stands, and its sensors tremble.
  for (let ms = 0; ms < 20_000; ms += 100) {
    where.hear('robot-1', 'position', { x: 3.97 + (ms % 200) / 100_000, y: 0 })
    clock.advance(100)
    if (ms % 2_000 === 0) where.settle()
  }
  expect(settled.length).toBe(before + 1)
  expect(where.whereIs('robot-1', null)?.x).toBeCloseTo(3.97, 1)
})

test('what the branch itself says counts as soon as it says something else', () => {
  const { clock, where } = open()
  const dock = { x: 9, y: 0, theta: null }
  expect(where.whereIs('robot-1', dock)).toEqual(dock)
  expect(where.now().devices).toEqual([])
  where.hear('robot-1', 'position', { x: 1, y: 1 })
  clock.advance(1_000)
  where.settle()
  expect(where.whereIs('robot-1', dock)).toEqual({ x: 1, y: 1, theta: null })
  const rest = { x: 4, y: 4, theta: 1 }
  expect(where.whereIs('robot-1', rest)).toEqual(rest)
})

test.each([
  ['positions', { people: [{ track: 't1', x: 'left', y: 0 }] }],
  ['positions', { people: 7 }],
  ['positions', { people: Array.from({ length: 1_001 }, () => ({ track: 't', x: 0, y: 0 })) }],
  ['position', { x: 1 }],
  ['pose', { x: Number.NaN, y: 0 }],
  ['pose', { x: 1e9, y: 0 }],
])('a stream %s that says what it may not is counted, and nothing else: case %#', (name, data) => {
  const { clock, where, bad, news } = open()
  where.hear('camera-1', name, data)
  clock.advance(1_000)
  expect([bad, news(), where.now()]).toEqual([['camera-1'], 0, { devices: [], people: [] }])
})

test('a stream of another name is for somebody else', () => {
  const { clock, where, bad, news } = open()
  where.hear('camera-1', 'heat', { people: 7 })
  clock.advance(1_000)
  expect([bad, news()]).toEqual([[], 0])
})
