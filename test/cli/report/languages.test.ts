/** Every report in Chinese and in English: nothing said in one language only, and no sentence of one left in the other. */
import { describe, expect, test } from 'vitest'
import { escape } from '#adapters/conformance/report/markup.ts'
import { dayTable, deviceKinds, erased, whyNot } from '#cli/day/words.ts'
import { blockReasons, effectTables } from '#cli/effect/words.ts'
import { figureGroups, figureRows } from '#cli/figures/figure-rows.ts'
import { erasedEntries, floorTable, silentZones, unsaidCounters } from '#cli/floor/words.ts'
import { type Tongue, tongues } from '#cli/io/language.ts'
import { calendarDay, differenceText, intervalText, lengthText, valueText } from '#cli/report/values.ts'
import { drawingWords } from '#cli/report/words.ts'
import { compare } from '#cli/simulate/compare.ts'
import { reportPage } from '#cli/simulate/report-page.ts'
import { doings, laneTitles, simulateTables } from '#cli/simulate/report-words.ts'
import { changesOf } from '#cli/simulate/sensitivity.ts'
import { summaryOf } from '#cli/simulate/summary.ts'
import { whatIfPage } from '#cli/what-if/report-page.ts'
import { whatIfJson } from '#cli/what-if/result.ts'
import { tellWhatIf } from '#cli/what-if/summary.ts'
import { deeds, ends, whatIfTables, whyNoWaiting } from '#cli/what-if/words.ts'
import { flowReasons } from '#flows/reasons.ts'
import { hubReasons } from '#hub/look/words/reason-words.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { englishIn, hasChinese, shownOf } from '../latin.ts'
import { evil, oneArm, twoArms } from '../simulate/made-result.ts'
import { madeWhatIf } from '../what-if/made-what-if.ts'

/** Every pair in a table of tables, with the way to it. */
const pairsIn = (
  table: object,
  path = '',
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  Object.entries(table).flatMap(([key, value]: readonly [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return []
    const here = path === '' ? key : `${path}.${key}`
    const isPair = 'en' in value || 'zh' in value
    return isPair ? [[here, value]] : pairsIn(value, here)
  })

const all = {
  flowReasons,
  hubReasons,
  simulateTables,
  laneTitles,
  doings,
  whatIfTables,
  deeds,
  ends,
  whyNoWaiting: {
    notAsked: whyNoWaiting.notAsked,
    few: whyNoWaiting.fewTickets(3, 20),
    unplayable: whyNoWaiting.unplayable('x'),
  },
  dayTable,
  deviceKinds,
  whyNot,
  erased: erased(1, 2),
  floorTable,
  floorUnknown: [silentZones(['a']), unsaidCounters(['b']), erasedEntries(3)],
  effectTables,
  blockReasons,
  drawingWords,
  figureGroups,
  figures: figureRows,
  changes: changesOf(findScenario('quiet-day')).map(({ assumption }) => ({ assumption })),
}

/** A kiosk is a 智能柜台 and a counter a 窗口, everywhere. */
const otherNames = /自助机|(?<!智能)柜台/u

/** Marks between words, which have no words in them. */
const isMark = (text: string) => !/\p{L}/u.test(text)

describe('the tables of words', () => {
  test('are all looked at', () => {
    expect(pairsIn(all).length).toBeGreaterThan(450)
  })

  test.each(Object.entries(all))('%s: everything is said in both languages', (_, table) => {
    for (const [path, said] of pairsIn({ table })) {
      expect(Object.keys(said).toSorted(), path).toEqual(['en', 'zh'])
      const { en, zh } = said
      expect(typeof zh, path).toBe(typeof en)
      if (typeof en !== 'string' || typeof zh !== 'string') continue
      expect(hasChinese(en), path).toBe(false)
      expect(isMark(zh) ? isMark(en) : hasChinese(zh), path).toBe(true)
      expect(englishIn(zh), path).toEqual([])
      expect(zh, path).not.toMatch(otherNames)
    }
  })
})

const [first, second] = twoArms.arms.map((arm) => ({ ...arm, days: arm.days.slice(0, 1) }))
if (first === undefined || second === undefined) throw new Error('no arms')
const oneDay = {
  ...twoArms,
  seeds: ['1'],
  arms: [first, second],
  comparison: compare(first.days, second.days),
}
const unsure = {
  ...twoArms,
  real: null,
  comparison:
    twoArms.comparison?.map((row) => ({
      ...row,
      difference: { value: -60_000, low: -180_000, high: 60_000, standardError: 1, degrees: 1, chance: 0.5 },
    })) ?? null,
}
const noneDiffer = { ...madeWhatIf, differences: [], counts: [], changed: [] }
const noWaiting = { ...madeWhatIf, waiting: null, whyNoWaiting: whyNoWaiting.notAsked }

const pages: Readonly<Record<string, (tongue: Tongue) => string>> = {
  'a simulation of one arm': (tongue) => reportPage(oneArm, tongue),
  'a simulation of two arms': (tongue) => reportPage(twoArms, tongue),
  'a simulation of one day': (tongue) => reportPage(oneDay, tongue),
  'a simulation that tells nothing from chance': (tongue) => reportPage(unsure, tongue),
  'a what-if': (tongue) => whatIfPage(madeWhatIf, tongue),
  'a what-if that changes nothing': (tongue) => whatIfPage(noneDiffer, tongue),
  'a what-if without waiting': (tongue) => whatIfPage(noWaiting, tongue),
}

const summaries: Readonly<Record<string, (tongue: Tongue) => string>> = {
  'of one arm': (tongue) => summaryOf(oneArm, tongue),
  'of two arms': (tongue) => summaryOf(twoArms, tongue),
  'of one day': (tongue) => summaryOf(oneDay, tongue),
  'of chance': (tongue) => summaryOf(unsure, tongue),
  'of a what-if': (tongue) => tellWhatIf(madeWhatIf, tongue),
  'of a what-if that changes nothing': (tongue) => tellWhatIf(noneDiffer, tongue),
  'of a what-if without waiting': (tongue) => tellWhatIf(noWaiting, tongue),
}

/** What people named themselves. */
const given = [escape(evil), evil, oneArm.command]

describe.each(Object.entries(pages))('the page of %s', (_, pageIn) => {
  test('has no English sentence in Chinese, and no Chinese in English', () => {
    expect(englishIn(shownOf(pageIn('zh')), given)).toEqual([])
    expect(hasChinese(shownOf(pageIn('en')).replaceAll('您好', ''))).toBe(false)
  })

  test('names its language, and has the same parts in both', () => {
    expect(pageIn('zh')).toContain('<html lang="zh-CN">')
    expect(pageIn('en')).toContain('<html lang="en">')
    const parts = (tongue: Tongue) =>
      pageIn(tongue).match(/<(?:section|svg|table|tr|td|th|li|rect|path|line|circle|title|h1|h2)\b/g)
    expect(parts('zh')).toEqual(parts('en'))
  })
})

describe.each(Object.entries(summaries))('the summary %s', (_, summaryIn) => {
  test('has no English sentence in Chinese, and no Chinese in English', () => {
    expect(englishIn(summaryIn('zh'), given)).toEqual([])
    expect(hasChinese(summaryIn('en').replaceAll('您好', ''))).toBe(false)
  })
})

test('English left in a Chinese page would be found', () => {
  const page = pages['a what-if']?.('zh') ?? ''
  expect(englishIn(shownOf(page.replace('发生时间', 'When it happened')))).toEqual(['When it happened'])
  expect(englishIn(shownOf('<svg aria-label="What each device did">'))).toHaveLength(1)
})

test('a file for programs has no language', () => {
  expect(hasChinese(whatIfJson(noWaiting))).toBe(hasChinese(JSON.stringify(madeWhatIf.differences)))
  expect(JSON.parse(whatIfJson(noWaiting))).toMatchObject({ whyNoWaiting: 'It was not asked for.' })
})

describe('values as Chinese people write them', () => {
  test.each([
    [0, '0 秒'],
    [44_600, '45 秒'],
    [59_700, '1 分钟'],
    [426_000, '7 分 6 秒'],
    [1_200_000, '20 分钟'],
    [3_600_000, '1 小时'],
    [11_100_000, '3 小时 5 分'],
  ])('%d ms: %s', (ms, text) => {
    expect(valueText(ms, 'wait', 'zh')).toBe(text)
    expect(lengthText(ms, 'zh')).toBe(text)
  })

  test('shares, points, reactions and numbers', () => {
    expect(valueText(0.0525, 'share', 'zh')).toBe('5.3%')
    expect(valueText(12, 'seconds', 'zh')).toBe('12 毫秒')
    expect(valueText(1_234, 'seconds', 'zh')).toBe('1.2 秒')
    expect(differenceText(0.02, 'share', 'zh')).toBe('+2.0 个百分点')
    expect(differenceText(-0.0001, 'share', 'zh')).toBe('0.0 个百分点')
    expect(intervalText({ low: -61_000, high: 2_000 }, 'wait', 'zh')).toBe('\u22121 分 1 秒 至 +2 秒')
    for (const tongue of tongues) expect(valueText(12_345, 'count', tongue)).toBe('12,345')
    expect(calendarDay('2026-03-02', 'zh')).toBe('2026年3月2日')
  })
})
