/** Between two words of where things are, they go on evenly; nobody glides who wants no motion. */
import { expect, test } from 'vitest'
import { createGlide } from '#apps/lobby/pages/floor/model/glide.ts'

const at = (glide: ReturnType<typeof createGlide>, nowMs: number) => {
  const found = new Map<string, number>()
  glide.each(nowMs, (id, x) => found.set(id, x))
  return found
}

/** Words each 100 ms, of somebody at a metre per second. */
const walk = (glide: ReturnType<typeof createGlide>, words: number) => {
  for (let n = 0; n < words; n += 1) glide.take([['a', n * 0.1, 0]], n * 100)
}

test('somebody who walks evenly is drawn evenly, never further than he was seen', () => {
  const glide = createGlide(() => false)
  walk(glide, 10)
  const drawn = [900, 925, 950, 975, 1_000].map((nowMs) => at(glide, nowMs).get('a') ?? Number.NaN)
  expect(drawn[0]).toBeCloseTo(0.8, 5)
  expect(drawn[4]).toBeCloseTo(0.9, 5)
  for (const [index, x] of drawn.entries()) expect(x).toBeCloseTo(0.8 + index * 0.025, 5)
  expect(at(glide, 5_000).get('a')).toBeCloseTo(0.9, 5)
})

test('a picture follows while somebody moves, and none after', () => {
  const glide = createGlide(() => false)
  walk(glide, 3)
  expect(glide.isMoving(250)).toBe(true)
  expect(glide.isMoving(400)).toBe(false)
  glide.take([['a', 0.2, 0]], 300)
  expect(glide.isMoving(500)).toBe(false)
})

test('a jump is shown as a jump, who comes stands where he is, who goes is gone at once', () => {
  const glide = createGlide(() => false)
  walk(glide, 3)
  glide.take(
    [
      ['a', 9, 0],
      ['b', 4, 0],
    ],
    300,
  )
  expect(at(glide, 301)).toEqual(
    new Map([
      ['a', 9],
      ['b', 4],
    ]),
  )
  glide.take([['b', 4, 0]], 400)
  expect([...at(glide, 401).keys()]).toEqual(['b'])
})

test('without motion each word is shown as it is', () => {
  const glide = createGlide(() => true)
  walk(glide, 3)
  expect(at(glide, 201).get('a')).toBeCloseTo(0.2, 5)
  expect(glide.isMoving(201)).toBe(false)
})
