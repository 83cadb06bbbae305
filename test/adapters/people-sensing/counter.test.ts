/** A sensor's counter tells how many came, through restarts, wraps, repeats and messages that overtake each other. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Counter, jumpMax, readCounter } from '#adapters/people-sensing/translators/counter.ts'

const missedAfterMs = 600_000
const read = (values: readonly (readonly [value: number, at: number])[], atLeast = 0) => {
  let counter: Counter | undefined
  const grown: number[] = []
  const troubles: (string | undefined)[] = []
  for (const [value, at] of values) {
    const growth = readCounter(counter, { value, at, atLeast }, missedAfterMs)
    counter = growth.counter
    grown.push(growth.grown)
    troubles.push(growth.trouble)
  }
  return { grown, troubles, total: grown.reduce((sum, one) => sum + one, 0) }
}

test('the first reading says nothing of when its people came', () => {
  expect(read([[18_103, 0]]).total).toBe(0)
})

test('but a message that is about somebody who crosses is', () => {
  expect(read([[18_103, 0]], 1).total).toBe(1)
  expect(read([[0, 0]], 1).total).toBe(0)
})

test('a counter that begins at 0 again', () => {
  const { grown, troubles } = read([
    [40, 0],
    [42, 10],
    [1, 20],
    [3, 30],
  ])
  expect(grown).toEqual([0, 2, 1, 2])
  expect(troubles[2]).toBe('counter-restarted')
})

test.each([2 ** 16, 2 ** 31, 2 ** 32])('a register of %d that wraps', (size) => {
  const { grown, troubles } = read([
    [size - 2, 0],
    [3, 10],
  ])
  expect(grown).toEqual([0, 5])
  expect(troubles[1]).toBe('counter-wrapped')
})

test('a reading that was overtaken is no restart', () => {
  const { grown, troubles } = read([
    [40, 0],
    [44, 20],
    [42, 10],
    [45, 30],
  ])
  expect(grown).toEqual([0, 4, 0, 1])
  expect(troubles[2]).toBe('out-of-order')
})

test('after a clock that was set back it goes on', () => {
  expect(
    read([
      [40, 10_000_000],
      [41, 1_000],
      [42, 2_000],
    ]).grown,
  ).toEqual([0, 1, 1])
})

test('more than come in at once, and who came while nobody listened, are no news', () => {
  expect(
    read([
      [0, 0],
      [jumpMax + 1, 10],
    ]).troubles,
  ).toEqual([undefined, 'implausible'])
  const late = read(
    [
      [10, 0],
      [15, missedAfterMs + 1],
    ],
    1,
  )
  expect(late.grown).toEqual([1, 1])
  expect(late.troubles[1]).toBe('gap')
})

test('nobody is lost and nobody counted twice, whatever the register does', () => {
  const step = fc.record({
    came: fc.integer({ min: 1, max: 20 }),
    restarts: fc.boolean(),
    repeats: fc.integer({ min: 0, max: 2 }),
  })
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 0, max: 2 ** 16 - 1 }),
      (steps, start) => {
        let value = start
        let came = 0
        const readings: [number, number][] = [[value, 0]]
        for (const [index, one] of steps.entries()) {
          const before = value
          // A restart shows by a counter that is lower than it was, and not at the very end of its register.
          if (one.restarts && before > one.came && before < 2 ** 16 - jumpMax) value = 0
          value = (value + one.came) % 2 ** 16
          came += one.came
          for (let times = 0; times <= one.repeats; times += 1) readings.push([value, (index + 1) * 1_000])
        }
        expect(read(readings).total).toBe(came)
      },
    ),
    { numRuns: 500 },
  )
})
