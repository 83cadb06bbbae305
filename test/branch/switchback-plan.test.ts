import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allBlocks,
  blockAt,
  checkPlan,
  measurableFlows,
  nextEdge,
  SwitchbackPlan,
} from '#hub/branch/switchback-plan.ts'

const made = (change: Partial<SwitchbackPlan> = {}): SwitchbackPlan =>
  checkPlan(
    SwitchbackPlan.parse({
      flows: ['greeting', 'diversion'],
      blockMs: 3_600_000,
      burnInMs: 900_000,
      weekdays: ['1', '2', '3', '4', '5'],
      hours: { from: '09:00', to: '17:00' },
      seed: 'a',
      from: '2026-03-02',
      until: '2026-03-13',
      ...change,
    }),
  )

const zone = 'Asia/Shanghai'
const countBy = <T>(items: readonly T[], key: (item: T) => string) => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

describe('the plan', () => {
  test('has blocks on its days and hours only', () => {
    const blocks = allBlocks(made(), zone)
    expect(blocks).toHaveLength(10 * 8)
    expect(new Date(blocks[0]?.from ?? 0).toISOString()).toBe('2026-03-02T01:00:00.000Z')
    expect(blocks.some(({ day }) => day === '2026-03-07')).toBe(false)
    expect(blocks.every((block) => block.until - block.from === 3_600_000)).toBe(true)
  })

  const plans = fc.record({
    seed: fc.string({ minLength: 1, maxLength: 8 }),
    blockMs: fc.integer({ min: 30, max: 120 }).map((minutes) => minutes * 60_000),
    burnInMs: fc.constant(600_000),
    hours: fc.constantFrom({ from: '09:00', to: '17:00' }, { from: '08:30', to: '13:15' }),
    until: fc.constantFrom('2026-03-03', '2026-03-13', '2026-03-20'),
  })

  test('is balanced: each pair has one of each, and over two days each hour was had both ways', () => {
    fc.assert(
      fc.property(plans, (change) => {
        const blocks = allBlocks(made(change), zone)
        const days = [...new Set(blocks.map(({ day }) => day))]
        for (const [pair, count] of countBy(blocks, (block) => block.pair)) {
          // A block left over on the last of an odd number of days has no like.
          if (count === 1) {
            const [alone] = blocks.filter((block) => block.pair === pair)
            expect(alone?.day).toBe(days.at(-1))
            expect(days.length % 2).toBe(1)
            continue
          }
          const arms = blocks.filter((block) => block.pair === pair).map(({ arm }) => arm)
          expect(count, pair).toBe(2)
          expect(arms.toSorted(), pair).toEqual(['off', 'on'])
        }
        for (let first = 0; first + 1 < days.length; first += 2)
          for (const block of blocks.filter(({ day }) => day === days[first])) {
            const like = blocks.find(({ id }) => id === block.id.replace(block.day, days[first + 1] ?? ''))
            expect(like?.arm).not.toBe(block.arm)
            expect(like?.toss).toBe(block.toss)
          }
      }),
      { numRuns: 40 },
    )
  })

  test('edges lead through all blocks, and each moment is in at most one', () => {
    fc.assert(
      fc.property(plans, (change) => {
        const plan = made(change)
        const blocks = allBlocks(plan, zone)
        let at = Date.parse('2026-03-01T00:00:00Z')
        const entered: string[] = []
        for (let edge = nextEdge(plan, zone, at); edge !== undefined; edge = nextEdge(plan, zone, at)) {
          at = edge
          const block = blockAt(plan, zone, at)
          if (block !== undefined) entered.push(block.id)
        }
        expect(entered).toEqual(blocks.map(({ id }) => id))
      }),
      { numRuns: 12 },
    )
  })

  test('which comes first is chance, not habit', () => {
    const firsts = Array.from(
      { length: 200 },
      (_, seed) => allBlocks(made({ seed: `${seed}` }), zone)[0]?.arm,
    )
    const on = firsts.filter((arm) => arm === 'on').length
    // Five standard deviations of 200 tosses.
    expect(Math.abs(on - 100)).toBeLessThan(36)
  })

  test('keeps to the local clock when it changes', () => {
    const plan = made({ from: '2026-03-27', until: '2026-03-30', weekdays: ['5', '1'] })
    const opens = allBlocks(plan, 'Europe/Berlin').filter(({ id }) => id.endsWith('/0'))
    expect(opens.map(({ from }) => new Date(from).toISOString())).toEqual([
      '2026-03-27T08:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ])
  })
})

describe('a plan that cannot be', () => {
  const codeOf = (change: Partial<SwitchbackPlan>) => {
    try {
      made(change)
      return undefined
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  test('names a flow that people rely on', () => {
    for (const flow of ['assistance', 'crowding', 'device-care', 'counter-vacancy', 'emergency', 'other'])
      expect(codeOf({ flows: ['greeting', flow] }), flow).toBe('effect.flow-kept')
    expect(codeOf({ flows: [...measurableFlows] })).toBeUndefined()
  })

  test.each([
    [{ flows: ['greeting', 'greeting'] }],
    [{ flows: ['diversion-invitation'] }],
    [{ burnInMs: 2_000_000 }],
    [{ burnInMs: 90_500 }],
    [{ hours: { from: '09:00', to: '10:30' } }],
    [{ until: '2026-03-01' }],
    [{ until: '2027-03-05' }],
  ])('%o', (change) => {
    expect(codeOf(change)).toBe('effect.plan-invalid')
  })
})
