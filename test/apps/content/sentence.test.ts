/** What was set is said back in one sentence, in both languages: what is absent does not limit, and is said so. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ForWhom, saidForWhom, saidInLoop } from '#apps/lobby/pages/content/model/sentence.ts'
import { withKiosks } from '#apps/lobby/pages/content/model/shown-on.ts'
import { languageName } from '#apps/ui/words.ts'
import { anyRuns, zones } from './rows.ts'

const asked: ForWhom = {
  zones: ['waiting'],
  runs: { ...anyRuns, hours: { from: '09:00', to: '11:00' } },
  segments: ['personal'],
  languages: ['zh'],
  perVisit: 1,
  needsPerson: false,
}
const open: ForWhom = { ...asked, zones: [], runs: anyRuns, segments: [], languages: [] }

it('says the waiting area from nine to eleven, for personal customers in Chinese, once a visit', () => {
  expect(saidForWhom(asked, zones, 'zh')).toBe(
    '等候区 2 块屏幕，每天 9:00–11:00，个人客户，中文，每次来访最多一次',
  )
  expect(saidForWhom(asked, zones, 'en')).toBe(
    'Waiting area (2 screens), every day 9:00–11:00, personal customers, in Chinese, at most once a visit',
  )
})

it('says that nothing is limited where nothing was set', () => {
  expect(saidForWhom({ ...open, perVisit: 3 }, zones, 'zh')).toBe(
    '全部 3 块屏幕，每天全天，所有客户，每次来访最多 3 次',
  )
  expect(saidForWhom(open, zones, 'en')).toBe(
    'All 3 screens, every day all day, all customers, at most once a visit',
  )
  expect(saidInLoop({ zones: [], runs: anyRuns, showForMs: 10_000 }, zones, 'zh')).toBe(
    '全部 3 块屏幕，每天全天，每次 10 秒',
  )
})

it('tells kiosks from screens, which the hub counts together', () => {
  const { zones: told } = withKiosks(
    {
      items: [],
      playlists: [],
      campaigns: [],
      mandatoryShare: 0.1,
      zones: [
        { id: 'waiting', title: { zh: '等候区', en: 'Waiting area' }, screens: 3 },
        { id: 'self', title: { zh: '自助区', en: 'Self-service' }, screens: 1 },
      ],
      languages: ['zh'],
    },
    ['waiting', 'self', null],
  )
  const said = (zones: string[], tongue: 'zh' | 'en') =>
    saidInLoop({ zones, runs: anyRuns, showForMs: null }, told, tongue)
  expect(said(['waiting', 'self'], 'zh')).toBe(
    '等候区 2 块屏幕和 1 台智能柜台、自助区 1 台智能柜台，每天全天',
  )
  expect(said(['waiting', 'self'], 'en')).toBe(
    'Waiting area (2 screens and 1 kiosk), Self-service (1 kiosk), every day all day',
  )
  expect(said([], 'en')).toBe('All 2 screens and 2 kiosks, every day all day')
})

it('says days in a row as a span, others one by one, and the first and last day', () => {
  const on = (weekdays: number[]) =>
    saidInLoop({ zones: ['entrance'], runs: { ...anyRuns, weekdays }, showForMs: null }, zones, 'en')
  expect(on([5, 1, 2, 4, 3])).toBe('Entrance (1 screen), Mon to Fri all day')
  expect(on([6, 7])).toBe('Entrance (1 screen), Sat, Sun all day')
  expect(on([1, 2, 3, 4, 5, 6, 7])).toBe('Entrance (1 screen), every day all day')
  const runs = { ...anyRuns, from: '2026-12-01', to: '2026-12-31', weekdays: [1, 2, 3] }
  expect(saidInLoop({ zones: ['entrance'], runs, showForMs: null }, zones, 'zh')).toBe(
    '入口 1 块屏幕，周一至周三全天，2026-12-01 起至 2026-12-31',
  )
})

it('warns of a zone where nobody would see it, and of what only a person offers', () => {
  expect(saidForWhom({ ...open, zones: ['vip', 'gone'] }, zones, 'zh')).toContain(
    '贵宾室（没有屏幕）、gone（没有屏幕）',
  )
  expect(saidForWhom({ ...open, needsPerson: true }, zones, 'en')).toMatch(/only offered by staff in person$/)
})

it('names languages in the language of the page', () => {
  expect([languageName('zh', 'zh'), languageName('en', 'zh'), languageName('zh', 'en')]).toEqual([
    '中文',
    '英语',
    'Chinese',
  ])
})

it('leaves no hole, whatever was set', () => {
  fc.assert(
    fc.property(
      fc.record({
        zones: fc.subarray(['waiting', 'entrance', 'vip', 'gone']),
        runs: fc.record({
          from: fc.constantFrom(null, '2026-01-01'),
          to: fc.constantFrom(null, '2026-12-31'),
          hours: fc.constantFrom(null, { from: '09:30', to: '23:00' }),
          weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        }),
        segments: fc.subarray(['personal', 'corporate', 'priority'] as const),
        languages: fc.subarray(['zh', 'en', 'yue']),
        perVisit: fc.integer({ min: 1, max: 100 }),
        needsPerson: fc.boolean(),
      }),
      fc.constantFrom('zh' as const, 'en' as const),
      (what, tongue) => {
        const said = saidForWhom(what, zones, tongue)
        expect(said).not.toMatch(/undefined|null|，，|, ,|\s\s|\{|^[，,]|[，,\s]$/)
      },
    ),
  )
})
