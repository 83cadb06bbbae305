/** The presets, with the vendors' documented messages, and the personal data in them that must end here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mappingOf } from '#adapters/queue-system/intake.ts'
import { mapMessage } from '#adapters/queue-system/mapping/map.ts'
import { listen, settings } from './support/listen.ts'

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >

const orchestra = fixture('qmatic-orchestra') as Record<string, Record<string, unknown>>
const chinese = fixture('chinese')

const orchestraConfig = {
  preset: 'qmatic-orchestra',
  tables: {
    services: { '1': 'cash', '2': 'card' },
    queues: { '110000000001': 'cash', '110000000002': 'card' },
    counters: { '120000000001': 'counter-1' },
  },
}
const chineseConfig = {
  preset: 'chinese',
  tables: {
    services: { '1001': 'cash', 'ct-1': 'cash', 'ct-2': 'card' },
    counters: { '6': 'counter-1' },
    segments: { '1': 'priority' },
  },
}
const read = (config: object, message: unknown) => mapMessage(mappingOf(settings(config)), message)

const at = Date.UTC(2016, 0, 11, 12, 47, 19, 584)

test('Orchestra: a visit is created and called', () => {
  expect(read(orchestraConfig, orchestra['create'])).toEqual({
    news: [{ tells: 'issued', at, ticket: 'A007', key: '4711', service: 'cash' }],
    troubles: [],
  })
  expect(read(orchestraConfig, orchestra['call']).news).toEqual([
    { tells: 'called', at: at + 315_422, key: '4711', counter: 'counter-1', service: 'cash' },
  ])
})

const visit = (eventName: string, more: object = {}) => ({
  ...orchestra['create'],
  eventName,
  parameters: { visitId: 4711, ticket: 'A007', ...more },
})

test.each([
  ['VISIT_RECYCLE', {}, { tells: 'waits-again' }],
  ['VISIT_NOSHOW', {}, { tells: 'no-show' }],
  ['VISIT_REMOVE', {}, { tells: 'withdrawn' }],
  ['VISIT_END', {}, { tells: 'served' }],
  ['VISIT_TRANSFER_TO_QUEUE', { queueId: 110000000002 }, { tells: 'transferred', service: 'card' }],
  ['VISIT_TRANSFER_TO_SERVICE_POINT_POOL', {}, { tells: 'transferred' }],
  ['VISIT_TRANSFER_TO_USER_POOL', {}, { tells: 'transferred' }],
])('Orchestra: %s', (eventName, more, told) => {
  const { news, troubles } = read(orchestraConfig, visit(eventName, more))
  expect(news).toEqual([{ ...told, at, ticket: 'A007', key: '4711' }])
  expect(troubles).toEqual([])
})

test.each([
  ['SERVICE_POINT_OPEN', { state: 'open' }],
  ['SERVICE_POINT_CLOSE', { state: 'closed' }],
  ['USER_SERVICE_POINT_SESSION_START', { state: 'open', staffed: true }],
  ['USER_SERVICE_POINT_SESSION_END', { state: 'paused', staffed: false }],
])('Orchestra: %s, of which the user is not told', (eventName, told) => {
  const event = { ...orchestra['call'], eventName }
  const { news } = read(orchestraConfig, event)
  expect(news).toEqual([{ tells: 'counter', at: at + 315_422, counter: 'counter-1', ...told }])
})

test('Orchestra: what does not concern tickets is known and passed over', () => {
  for (const eventName of ['VISIT_NEXT', 'CFU_SELECTION_DONE', 'RESET', 'USER_SESSION_START'])
    expect(read(orchestraConfig, visit(eventName))).toEqual({ news: [], troubles: [] })
})

test('Orchestra: its own view of the queues, with a number as text', () => {
  expect(read(orchestraConfig, orchestra['queues']).news).toEqual([
    { tells: 'snapshot', service: 'cash', waiting: 3 },
    { tells: 'snapshot', service: 'card', waiting: 0 },
  ])
})

test('the Chinese shape: taken, called, passed over', () => {
  const ten = Date.UTC(2026, 10, 23, 2, 0, 0)
  const who = { ticket: 'A0012', key: '108756' }
  expect(read(chineseConfig, [chinese['taken'], chinese['called'], chinese['passed']])).toEqual({
    news: [
      { tells: 'issued', at: ten, ...who, service: 'cash', segment: 'priority' },
      { tells: 'called', at: ten + 300_000, ...who, counter: 'counter-1', service: 'cash' },
      { tells: 'no-show', at: ten + 420_000, ...who },
    ],
    troubles: [],
  })
})

test('the Chinese shape: a list of counters with their queues', () => {
  expect(read(chineseConfig, chinese['counters'])).toEqual({
    news: [
      { tells: 'snapshot', service: 'cash', waiting: 0 },
      { tells: 'snapshot', service: 'card', waiting: 3 },
    ],
    troubles: [],
  })
})

test('names, telephone numbers and identity cards never leave the adapter', () => {
  const box = listen({ ...orchestraConfig, staleAfterMs: 86_400_000 })
  box.say({ ...orchestra['create'], eventTime: '2026-11-23T02:00:00Z' })
  box.say({ ...orchestra['call'], eventTime: '2026-11-23T02:00:01Z' })
  const other = listen(chineseConfig)
  other.say(chinese['taken'])
  other.say(chinese['called'])
  // Nor does a number that stands where the ticket should be.
  other.say({ ...(chinese['taken'] as object), number: '13800138000' })
  other.say({ ...(chinese['taken'] as object), number: '11010119900307123X' })
  other.say({ ...(chinese['taken'] as object), number: '王小明' })
  const out = JSON.stringify([box.told, box.lines, box.health(), other.told, other.lines, other.health()])
  expect(box.told.map(([name]) => name)).toEqual(['ticket.issued', 'ticket.called'])
  expect(other.told.map(([name]) => name)).toEqual(['ticket.issued', 'ticket.called'])
  expect(other.counts()['bad-shape']).toBe(3)
  for (const word of [
    'Wang',
    'Xiaoming',
    'Administrator',
    'superadmin',
    '王小明',
    '13800138000',
    '1101011990',
    '4711',
  ])
    expect(out).not.toContain(word)
})
