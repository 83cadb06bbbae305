import { describe, expect, it } from 'vitest'
import { compare } from '#cli/simulate/compare.ts'
import { reportJson } from '#cli/simulate/report-json.ts'
import { reportPage } from '#cli/simulate/report-page.ts'
import { totalWaiting } from '#cli/simulate/report-plots.ts'
import { summaryOf } from '#cli/simulate/summary.ts'
import { verdictOf } from '#cli/simulate/verdict.ts'
import { madeDay, openMs } from './made-day.ts'
import { evil, oneArm, twoArms } from './made-result.ts'

const voids = new Set(['meta'])

/** Every element closed by its own name, in order; attributes quoted; no bare ampersand. */
const faultsOf = (page: string): readonly string[] => {
  const faults: string[] = []
  const open: string[] = []
  const body = page.replace('<!doctype html>', '').replace(/<style>.*?<\/style>/s, '')
  for (const [, close, name = '', rest = ''] of body.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:[^<>"]|"[^"<]*")*)>/g,
  )) {
    if (close === '/') {
      const last = open.pop()
      if (last !== name) faults.push(`</${name}> closes <${last ?? 'nothing'}>`)
    } else if (!rest.endsWith('/') && !voids.has(name)) open.push(name)
    const left = rest
      .replaceAll(/\s[\w:-]+="[^"]*"/g, '')
      .replace('/', '')
      .trim()
    if (left !== '') faults.push(`<${name} … ${left}`)
  }
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(body)) faults.push('a bare ampersand')
  if (/<(?![/a-zA-Z])/.test(body)) faults.push('a bare <')
  return [...faults, ...open.map((name) => `<${name}> is never closed`)]
}

describe('the page of a simulation', () => {
  for (const [what, result] of [
    ['one arm', oneArm],
    ['two arms', twoArms],
  ] as const) {
    const text = reportPage(result, 'en')

    it(`is well formed, with names that try to break it: ${what}`, () => {
      expect(faultsOf(text)).toEqual([])
      expect(text).not.toContain(evil)
      expect(text).not.toMatch(/<script|javascript:|NaN|Infinity|undefined/i)
    })

    it(`fetches nothing: ${what}`, () => {
      expect(text).not.toMatch(/(?:src|href)=|url\(|@import/i)
      expect(text.match(/https?:\/\/[^"]*/g)?.every((url) => url === 'http://www.w3.org/2000/svg')).toBe(true)
    })
  }

  it('draws the queues, the waits, counters, devices and the floor, each with words for who cannot see them', () => {
    const labels = [...reportPage(twoArms, 'en').matchAll(/<svg [^>]*aria-label="([^"]+)"/g)].map(
      ([, label]) => label,
    )
    expect(labels).toHaveLength(5)
  })
})

describe('what the page says of numbers', () => {
  it('gives the heat a scale in person-minutes, and long numbers their separators', () => {
    const [arm] = oneArm.arms
    if (arm === undefined) throw new Error('no arm')
    const record = { ...arm.story.record, sensed: 20_482 }
    const text = reportPage({ ...oneArm, arms: [{ ...arm, story: { ...arm.story, record } }] }, 'en')
    expect(text).toMatch(/<li class="h9"><i><\/i>up to [\d.,]+ person-minutes a cell<\/li>/)
    expect(text).toContain('20,482 sensed events')
  })

  it('shows the difference of one day, and that one day has no interval', () => {
    const [first, second] = twoArms.arms.map((arm) => ({ ...arm, days: arm.days.slice(0, 1) }))
    if (first === undefined || second === undefined) throw new Error('no arms')
    const oneDay = {
      ...twoArms,
      seeds: ['1'],
      arms: [first, second],
      comparison: compare(first.days, second.days),
    }
    for (const text of [summaryOf(oneDay, 'en'), reportPage(oneDay, 'en')])
      expect(text).toContain('one day has none')
    expect(summaryOf(oneDay, 'en')).toMatch(/Mean wait .*[+\u2212]\d+:\d\d min\s+one day has none/)
  })
})

describe('the sum of the queues', () => {
  it('follows each change of one', () => {
    expect(totalWaiting(madeDay).map(({ atMs, value }) => [(atMs - openMs) / 60_000, value])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [11, 2],
    ])
  })
})

describe('what is said of a run', () => {
  it('never claims an effect of one day', () => {
    const one = {
      ...twoArms,
      comparison: twoArms.comparison?.map((row) => ({ ...row, difference: null })) ?? null,
    }
    expect(verdictOf(one, 'en')).toMatchObject({ isEffect: false })
    expect(verdictOf(one, 'en').text).toContain('One day cannot tell')
  })

  it('says which arm waited less, and how sure that is', () => {
    expect(verdictOf(twoArms, 'en').text).toContain('less on average')
    const chance = twoArms.comparison?.map((row) => ({
      ...row,
      difference: { value: -60_000, low: -180_000, high: 60_000, standardError: 1, degrees: 1, chance: 0.5 },
    }))
    expect(verdictOf({ ...twoArms, comparison: chance ?? null }, 'en').text).toContain('not told from chance')
  })

  it('stands in the table and in the file alike', () => {
    expect(summaryOf(twoArms, 'en')).toContain('Mean wait')
    const json = JSON.parse(reportJson(twoArms)) as Record<string, unknown>
    expect(json).toMatchObject({ version: 1, seeds: ['1', '2'], verdict: verdictOf(twoArms, 'en').text })
    expect(reportJson(twoArms)).toBe(reportJson(twoArms))
  })
})
