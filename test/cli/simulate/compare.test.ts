import { describe, expect, it } from 'vitest'
import { recordFigures } from '#cli/figures/record-figures.ts'
import { compare, comparedText, isSure } from '#cli/simulate/compare.ts'
import { madeDay, served } from './made-day.ts'

const none = { tasks: [], decisions: [], campaignCaps: new Map(), midnight: 0 }

/** A day on which the one visitor waited so many minutes. */
const dayOf = (minutes: number) =>
  recordFigures({
    record: {
      ...madeDay,
      visitors: [{ ...served, calledAtMs: (served.ticketAtMs ?? 0) + minutes * 60_000 }],
    },
    logs: [],
    kinds: new Map(),
    ...none,
  })

const waitOf = (first: readonly number[], second: readonly number[]) =>
  compare(first.map(dayOf), second.map(dayOf)).find(({ id }) => id === 'meanWait')

describe('two arms of the same days', () => {
  it('give back a planted difference with its interval, however much the days differ', () => {
    const row = waitOf([3, 19, 8, 40], [5, 22, 9, 42])
    // Differences -2, -3, -1, -2 minutes: mean -2, standard error 0.408, t(3) = 3.182.
    expect(row?.difference?.value).toBeCloseTo(-120_000, 6)
    expect(row?.difference?.low).toBeCloseTo(-2 * 60_000 - 3.18245 * 0.408248 * 60_000, -1)
    expect(isSure(row?.difference ?? null)).toBe(true)
    expect(row?.pairs).toBe(4)
  })

  it('call a planted zero none', () => {
    expect(isSure(waitOf([3, 9, 8, 12], [4, 8, 9, 11])?.difference ?? null)).toBe(false)
  })

  it('show the plain difference of one day, and that it has no interval', () => {
    const row = waitOf([3], [9])
    expect(row).toMatchObject({
      first: 180_000,
      second: 540_000,
      difference: null,
      plainDifference: -360_000,
    })
    expect(row && comparedText(row, 'wait', 'en')).toEqual({
      difference: '\u22126:00 min',
      interval: 'one day has none',
    })
  })

  it('leave out days on which a figure is not known', () => {
    const rows = compare([dayOf(3), dayOf(4)], [dayOf(5), dayOf(6)])
    expect(rows.find(({ id }) => id === 'greetingHeard')?.pairs).toBe(2)
    expect(rows.find(({ id }) => id === 'greetingP50')).toMatchObject({ pairs: 0, difference: null })
    expect(compare([dayOf(3)], []).find(({ id }) => id === 'meanWait')?.pairs).toBe(0)
  })
})
