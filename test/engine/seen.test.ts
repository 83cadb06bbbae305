import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isForgotten, isSeen, remember, senderOf } from '#hub/engine/seen.ts'
import type { SeenRow } from '#hub/engine/state.ts'

const number = fc.record({ boot: fc.constantFrom('p', 'q'), n: fc.integer({ min: 0, max: 60 }) })

describe('seen numbers', () => {
  it('knows exactly the numbers it was given, in any order, per boot', () => {
    fc.assert(
      fc.property(fc.array(number), number, (given, asked) => {
        let row: SeenRow | undefined
        for (const one of given) row = remember(row, 'd', one)
        const expected = given.some(({ boot, n }) => boot === asked.boot && n === asked.n)
        expect(isSeen(row, asked)).toBe(expected)
      }),
    )
  })

  it('keeps as few ranges as there are runs of numbers, in order, and changes no window it has given away', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 })), (given) => {
        const windows: { row: SeenRow; text: string }[] = []
        let row: SeenRow | undefined
        for (const n of given) {
          row = remember(row, 'd', { boot: 'p', n })
          windows.push({ row, text: JSON.stringify(row) })
        }
        const numbers = [...new Set(given)].sort((a, b) => a - b)
        const runs = numbers.filter((n) => !numbers.includes(n - 1))
        const ranges = runs.map((low) => {
          let high = low
          while (numbers.includes(high + 1)) high += 1
          return [low, high]
        })
        expect(row?.boots[0]?.ranges ?? []).toEqual(ranges)
        for (const { row: kept, text } of windows) expect(JSON.stringify(kept)).toBe(text)
      }),
    )
  })

  it('stays small when a device counts through messages that are never journalled', () => {
    let row: SeenRow | undefined
    for (let n = 0; n < 10_000; n += 2) row = remember(row, 'd', { boot: 'p', n })
    expect(row?.boots[0]?.ranges.length).toBeLessThanOrEqual(64)
    expect(isSeen(row, { boot: 'p', n: 9_999 })).toBe(false)
    expect(isSeen(row, { boot: 'p', n: 9_998 })).toBe(true)
  })

  it('does not take a new start of the device for a repeat', () => {
    const row = remember(undefined, 'd', { boot: 'p', n: 1 })
    expect(isSeen(row, { boot: 'q', n: 1 })).toBe(false)
  })
})

describe('the numbers of a page of a person', () => {
  const sender = 'desk/li'
  const page = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 })

  it('are done, not done, or owned to be forgotten: never called done where they were not', () => {
    fc.assert(
      fc.property(page, (done) => {
        let row: SeenRow | undefined
        for (const n of done) row = remember(row, sender, { boot: 'p', n, sender })
        const wasDone = new Set(done)
        const all = Array.from({ length: 402 }, (_, index) => index)
        const fits = (n: number) =>
          isForgotten(row, { boot: 'p', n }) || isSeen(row, { boot: 'p', n }) === wasDone.has(n)
        expect(all.filter((n) => !fits(n))).toEqual([])
        expect(all.filter((n) => isSeen(row, { boot: 'p', n }) && !wasDone.has(n))).toEqual([])
        expect(row?.boots[0]?.ranges.length ?? 0).toBeLessThanOrEqual(64)
      }),
    )
  })

  it('are known one by one for as long as there are not too many gaps, and the newest always', () => {
    let row: SeenRow | undefined
    // Each second one was refused.
    for (let n = 1; n <= 127; n += 2) row = remember(row, sender, { boot: 'p', n, sender })
    expect(isForgotten(row, { boot: 'p', n: 1 })).toBe(false)
    expect(isSeen(row, { boot: 'p', n: 2 })).toBe(false)
    row = remember(row, sender, { boot: 'p', n: 129, sender })
    expect([1, 2, 3].map((n) => isForgotten(row, { boot: 'p', n }))).toEqual([true, false, false])
    expect([1, 2, 3, 128, 129].map((n) => isSeen(row, { boot: 'p', n }))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
    expect(isForgotten(row, { boot: 'q', n: 1 })).toBe(false)
  })

  it('are owned to be forgotten from nought on, where a page counts from there', () => {
    let row: SeenRow | undefined
    for (let n = 0; n <= 128; n += 2) row = remember(row, sender, { boot: 'p', n, sender })
    expect([0, 1, 2].map((n) => isForgotten(row, { boot: 'p', n }))).toEqual([true, false, false])
  })
})

describe('who counts', () => {
  const hold = { name: 'device.hold', device: 'd', by: 'li', untilMs: null } as const

  it('is the device, or the page that says so', () => {
    const numbering = { boot: 'p', n: 1 }
    const link = { kind: 'link', device: 'd', link: 'lost' } as const
    expect(senderOf({ body: link, numbering })).toBe('d')
    expect(senderOf({ body: { kind: 'command', command: hold } })).toBeUndefined()
    const asked = { body: { kind: 'command', command: hold } as const, numbering }
    expect(senderOf({ ...asked, numbering: { ...numbering, sender: 'desk/li' } })).toBe('desk/li')
  })

  it('keeps more pages of a person than starts of a device, and not without end', () => {
    let device: SeenRow | undefined
    let person: SeenRow | undefined
    for (let page = 0; page < 100; page++) {
      device = remember(device, 'd', { boot: `p${page}`, n: 1 })
      person = remember(person, 'desk/li', { boot: `p${page}`, n: 1, sender: 'desk/li' })
    }
    expect([device?.boots.length, person?.boots.length]).toEqual([4, 64])
    expect(isSeen(person, { boot: 'p36', n: 1 })).toBe(true)
    expect(isSeen(person, { boot: 'p35', n: 1 })).toBe(false)
  })
})

it('nothing is forgotten of who has just begun to count, from nought or from one', () => {
  for (const n of [0, 1]) expect(isForgotten(undefined, { boot: 'b1', n })).toBe(false)
  expect(isForgotten(remember(undefined, 'robot-1', { boot: 'b1', n: 1 }), { boot: 'b1', n: 0 })).toBe(false)
})
