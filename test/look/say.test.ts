/** What stands in a record is said with titles and words; what has neither is said as it stands. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sayCode } from '#hub/look/say.ts'
import { createTitles, type Titles } from '#hub/look/titles.ts'
import type { MarkValue } from '#protocol/model.ts'
import { type LookLab, openLookLab } from '../desk/look-lab.ts'

let lab: LookLab
let en: Titles
let zh: Titles
beforeAll(async () => {
  lab = await openLookLab()
  en = createTitles(lab.engine.state, 'en')
  zh = createTitles(lab.engine.state, 'zh')
})
afterAll(() => lab.stop())

const cases: readonly (readonly [string, Readonly<Record<string, MarkValue>>, string, string])[] = [
  ['pause.begun', { by: 'li' }, 'automation was paused by Ms Li', '自动调度由李经理暂停'],
  [
    'mode.changed',
    { mode: 'closed', was: 'open', by: 'calendar' },
    'mode Closed instead of Open, by the calendar',
    '模式由营业中变为停业（营业日历）',
  ],
  ['visit.known', { by: 'ticket', was: 'counted' }, 'known by an act: took a ticket', '已通过取号确认客户'],
  ['mark.set', { name: 'diversion.kiosk', value: 'robot-1' }, 'meant for Pepper', '指定小智'],
  ['mark.set', { name: 'diversion.open', value: false }, 'the invitation to a kiosk is over', '分流邀请结束'],
  [
    'mark.set',
    { name: 'promotion.why', value: 'shown-recently' },
    'nothing is promoted: something was shown a moment ago',
    '暂不推荐：刚刚展示过内容',
  ],
  ['mark.set', { name: 'promotion.response.gold', value: 'none' }, 'did not react to gold', '对 gold 无反应'],
  ['mark.set', { name: 'vendor.note', value: 7 }, 'noted: vendor.note = 7', '已记录：vendor.note = 7'],
  [
    'assistance.asked',
    { reason: 'card-stuck', round: 1 },
    'help is wanted: a card is stuck',
    '需要协助：卡片被卡住',
  ],
  ['a-vendor-code', {}, 'a-vendor-code', 'a-vendor-code'],
]

test.each(cases.map(([code, params, english, chinese]) => ({ code, params, said: [english, chinese] })))(
  '$code $params',
  ({ code, params, said }) => {
    expect([sayCode(code, params, en), sayCode(code, params, zh)]).toEqual(said)
  },
)

test.each([
  ['Gold at 2.5 % a year. Ask us!', 'Gold at 2.5 % a year'],
  ['Open until 18:30: come in', 'Open until 18:30'],
  ['Gold savings', 'Gold savings'],
  ['Gold savings.', 'Gold savings'],
  ['年利率2.5%的存款：请咨询', '年利率2.5%的存款'],
  ['！', 'gold'],
])('a campaign that says "%s" is called "%s"', (said, title) => {
  const campaigns = { get: () => ({ words: { en: said } }) }
  const titles = createTitles({ ...lab.engine.state, campaigns } as never, 'en')
  expect(titles.of('campaign', 'gold')).toBe(title)
})
