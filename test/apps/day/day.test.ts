/** Figures of a day against what is usual. */
import { describe, expect, it } from 'vitest'
import { dayBeside, groupsOf, isGood, placeOf, standingOf, unusualOf } from '#apps/lobby/pages/day/model.ts'
import type { DayFigure } from '#protocol/desk/look/day.ts'

const figure = (id: string, value: number | null, more: Partial<DayFigure> = {}): DayFigure => ({
  id,
  label: id,
  unit: 'count',
  better: 'lower',
  value,
  why: null,
  usual: { value: 10, low: 8, high: 14, days: 9 },
  ...more,
})

describe('a figure against what is usual', () => {
  it.each([
    [7, 'below', true],
    [8, 'within', null],
    [14, 'within', null],
    [15, 'above', false],
  ] as const)('of %i is %s, which is good: %s', (value, standing, good) => {
    expect(standingOf(figure('waitMean', value))).toBe(standing)
    expect(isGood(figure('waitMean', value))).toBe(good)
  })

  it('is good news the other way round where more is better, and no news where neither is', () => {
    expect(isGood(figure('greeted', 15, { better: 'higher' }))).toBe(true)
    expect(isGood(figure('came', 15, { better: null }))).toBeNull()
  })

  it('is not compared where it or what is usual is not known', () => {
    expect(standingOf(figure('waitMean', null))).toBeNull()
    expect(standingOf(figure('waitMean', 3, { usual: null }))).toBeNull()
    expect(placeOf(figure('waitMean', 3, { usual: null }))).toBeNull()
  })

  it('has its place on the line, however far from usual it is', () => {
    for (const value of [-100, 0, 8, 10, 14, 15, 900]) {
      const place = placeOf(figure('waitMean', value))
      if (place === null) throw new Error('no place')
      for (const x of Object.values(place)) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(1)
      }
      expect(place.low).toBeLessThan(place.high)
      expect(Math.sign(place.value - place.high)).toBe(Math.sign(value - 14))
    }
    const alike = placeOf(figure('alerts', 9, { usual: { value: 9, low: 9, high: 9, days: 3 } }))
    expect(alike?.value).toBe(alike?.middle)
  })
})

it('groups figures as they are thought of, and loses none that it does not know', () => {
  const groups = groupsOf([
    figure('alerts', 1),
    figure('queueJumps', 1),
    figure('came', 1),
    figure('waitMean', 1),
  ])
  expect(groups.map(({ name, figures }) => [name, figures.map(({ id }) => id)])).toEqual([
    ['people', ['came']],
    ['wait', ['waitMean']],
    ['alerts', ['alerts']],
    ['other', ['queueJumps']],
  ])
})

it('tells bad news first, and nothing of what is as usual', () => {
  const figures = [
    figure('good', 1),
    figure('usual', 10),
    figure('neither', 99, { better: null }),
    figure('bad', 99),
    figure('unknown', null),
  ]
  expect(unusualOf(figures).map(({ id }) => id)).toEqual(['bad', 'neither', 'good'])
})

it('goes from day to day over the ends of months and years', () => {
  expect(dayBeside('2026-03-01', -1)).toBe('2026-02-28')
  expect(dayBeside('2025-12-31', 1)).toBe('2026-01-01')
})
