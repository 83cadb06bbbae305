/** What a kiosk shows while it waits. */
import { expect, test } from 'vitest'
import { entryAt, runningNow } from '#apps/kiosk/outside/programme.ts'

const runs = { from: null, to: null, hours: null, weekdays: [] }
const entry = (item: string, more: object = {}) => ({
  item,
  version: 1,
  words: [{ language: 'zh', text: item }],
  showForMs: 10_000,
  mandatory: false,
  loops: true,
  priority: 5,
  runs,
  ...more,
})
const programme = (...entries: readonly object[]) => ({
  timeZone: 'Asia/Shanghai',
  languages: ['zh', 'en'],
  mandatoryShare: 0.2,
  entries,
})
/** Monday, nine in the morning in Shanghai. */
const monday = Date.parse('2026-03-02T01:00:00Z')
const items = (told: unknown, at = monday) => runningNow(told, at).map(({ item }) => item)

test('still images and words that run now, of the highest priority, and what is mandatory', () => {
  const video = { sha256: 'a'.repeat(64), type: 'video/mp4', bytes: 1 }
  const told = programme(
    entry('plain'),
    entry('low', { priority: 1 }),
    entry('fraud', { priority: 0, mandatory: true }),
    entry('film', { media: video }),
    entry('queues', { template: 'queues' }),
    entry('ahead', { loops: false }),
    entry('over', { expiresOn: '2026-03-01' }),
    entry('afternoon', { runs: { ...runs, hours: { from: '13:00', to: '18:00' } } }),
    entry('sunday', { runs: { ...runs, weekdays: [7] } }),
    entry('mondays', { runs: { ...runs, weekdays: [1], hours: { from: '08:30', to: '09:30' } } }),
  )
  expect(items(told)).toEqual(['plain', 'fraud', 'mondays'])
})

test('each has its time, and what is no programme shows nothing', () => {
  const entries = runningNow(programme(entry('one'), entry('two', { showForMs: 5_000 })), monday)
  const seen = [0, 9_999, 10_000, 14_999, 15_000].map((at) => entryAt(entries, at)?.item)
  expect(seen).toEqual(['one', 'one', 'two', 'two', 'one'])
  expect(entryAt([], 5)).toBeUndefined()
  for (const told of [undefined, null, 'x', { entries: [] }]) expect(runningNow(told, monday)).toEqual([])
})
