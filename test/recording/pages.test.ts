/** What the page of a recording says of what is not known yet: nothing, and never that all is well. */
import { expect, test } from 'vitest'
import { type Playing, recordingPage } from '#hub/desk/recording-pages.ts'
import { rowOf } from '#hub/recording/views.ts'
import type { RecordingView } from '#protocol/desk/recording-routes.ts'
import { openRecord } from './support/made.ts'

const record = openRecord('sale-1', null)
const unknown: RecordingView = {
  row: rowOf(record),
  sealedAt: null,
  manifest: null,
  spans: [],
  parts: [],
  gaps: [],
  chapters: [],
  missing: null,
}
const names = { party: (id: string) => id, person: (id: string) => id, product: () => '基金' }
const shown = (view: RecordingView, playing: Partial<Playing> = {}) => {
  const frame = { tongue: 'zh', here: { path: '/recordings/one' } } as const
  const place = { tongue: 'zh', timeZone: 'Asia/Shanghai', names } as const
  return recordingPage(frame, place, { view, at: record.beganAt, grant: null, mayHold: false, ...playing })
    .text
}
const sealed = { ...unknown, row: { ...unknown.row, state: 'sealed' as const } }

test('one that is not sealed has no report, and plays for nobody yet', () => {
  expect(shown(unknown)).toContain('封存之后才能播放')
  expect(shown(unknown)).not.toContain('class="good"')
  expect(shown(sealed)).not.toContain('class="good"')
  expect(shown({ ...sealed, missing: [] })).toContain('class="good"')
})

test('what nobody settled, and what is missing, stands in the report', () => {
  const finding = { at: 1, kind: 'finding', code: 'forbidden', title: {}, by: null } as const
  const page = shown({
    ...sealed,
    missing: [],
    gaps: [{ recorder: 'hub', participant: 'kiosk:k', kind: 'video', from: 1, to: 2 }],
    chapters: [
      { ...finding, settled: null },
      { ...finding, settled: 'said again' },
    ],
  })
  expect(page).toContain('未处理的质检发现: 1 · 缺口: 1')
})

test('the copy that goes on longest is played, and each one that is asked for', () => {
  const copy = (part: string, recorder: string, [from, durationMs]: [number, number]) => {
    const startedAt = record.beganAt + from
    return { part, recorder, participant: 'kiosk:k', type: 'video/webm', startedAt, durationMs }
  }
  const parts = [
    copy('one', 'hub', [0, 9_000]),
    copy('whole', 'page:kiosk:k', [0, 20_000]),
    copy('two', 'hub', [9_000, 11_500]),
  ]
  const at = (ms: number, part?: string) => {
    const page = shown({ ...sealed, parts }, { at: record.beganAt + ms, part, grant: 'g' })
    return [...page.matchAll(/src="\/recordings\/sale-1\/(\w+)\?/g)].map(([, name]) => name)
  }
  expect([at(1_000), at(1_000, 'one'), at(12_000), at(12_000, 'whole')]).toEqual([
    ['whole'],
    ['one'],
    ['two'],
    ['whole'],
  ])
  // One that did not run then, or is of nobody, changes nothing.
  expect([at(1_000, 'two'), at(1_000, 'none'), at(30_000, 'one')]).toEqual([['whole'], ['whole'], []])
  expect(shown({ ...sealed, parts })).toContain('part=two')
})
