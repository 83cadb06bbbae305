/** A measuring plan in words, read by somebody in another time zone than the branch. */
import { expect, test } from 'vitest'
import { planText } from '#cli/effect/plan-text.ts'
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import { englishIn } from '../latin.ts'

const at = Date.parse('2026-03-01T22:30:00Z')
const row: ShownSwitchback['row'] = {
  id: 'plan-1-3-0',
  plan: {
    flows: ['greeting'],
    blockMs: 3_600_000,
    burnInMs: 1_200_000,
    weekdays: ['1', '2'],
    hours: { from: '09:00', to: '11:00' },
    from: '2026-03-02',
    until: '2026-03-03',
    seed: 'a',
  },
  by: 'mei',
  setAt: at,
  endedAt: null,
  endedBy: null,
  block: null,
}
const shown: ShownSwitchback = {
  at,
  timeZone: 'Asia/Shanghai',
  row,
  blocks: [
    {
      id: '2026-03-02/0',
      toss: 'a',
      day: '2026-03-02',
      pair: 'a',
      arm: 'on',
      from: at + 9_000_000,
      until: at + 12_600_000,
    },
  ],
}

test('every moment is in the time of the branch, which is named', () => {
  const text = planText(shown, 'en')
  expect(text).toContain('set by mei on 2026-03-02 06:30:00')
  expect(text).toContain('09:00 to 11:00 (Asia/Shanghai)')
  expect(text).toMatch(/09:00 +10:00 +on/)
})

test('a plan that was stopped shows no blocks as if they were still to come', () => {
  const text = planText({ ...shown, row: { ...row, endedAt: at + 60_000, endedBy: 'mei' } }, 'en')
  expect(text).toContain('It was stopped by mei on 2026-03-02 06:31:00.')
  expect(text).not.toContain('Drawn for')
})

test('a plan reads in Chinese, whatever becomes of it', () => {
  expect(planText(shown, 'zh')).toContain('时段  每段 1 小时，开头 20 分钟为过渡期，不计入')
  const running = {
    id: 'b',
    toss: 'a',
    pair: 'a',
    arm: 'off',
    from: at,
    until: at + 60_000,
    revisions: 0,
  } as const
  for (const changed of [
    row,
    { ...row, endedAt: at, endedBy: 'calendar' },
    { ...row, endedAt: at, endedBy: 'mei' },
    { ...row, block: { ...running, invalid: ['paused', 'mode.emergency', 'flow-set', 'hub-away'] } },
  ])
    expect(englishIn(planText({ ...shown, row: changed }, 'zh'))).toEqual([])
})
