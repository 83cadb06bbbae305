/** Paths, loose values, rules: what a mapping understands, and what it refuses at the start. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QueueSystemConfig } from '#adapters/queue-system/config.ts'
import { mappingOf } from '#adapters/queue-system/intake.ts'
import { numberOf, spanMsOf, textOf, ticketOf, timeOf } from '#adapters/queue-system/mapping/loose.ts'
import { mapMessage } from '#adapters/queue-system/mapping/map.ts'
import { itemsAt, parsePath, valueAt } from '#adapters/queue-system/mapping/path.ts'
import { plain, settings } from './support/listen.ts'

const message = { a: { b: [{ c: 1 }, { c: 2 }] }, 'x.y': 'dotted', 票号: 'A1' }
const at = (text: string, topic: readonly string[] = []) => {
  const path = parsePath(text)
  return path && valueAt(path, { item: message, message, topic })
}

test('paths', () => {
  expect(at('a.b[1].c')).toBe(2)
  expect(at('$.a.b[0].c')).toBe(1)
  expect(at('["x.y"]')).toBe('dotted')
  expect(at('票号')).toBe('A1')
  expect(at('$topic[1]', ['queue', 'cash'])).toBe('cash')
  for (const missing of ['a.q.c', 'a.b[7]', 'constructor', '__proto__', 'a.b.length.x', 'toString'])
    expect(at(missing)).toBe(undefined)
  for (const wrong of ['', '.a', 'a.', 'a..b', 'a[', 'a[-1]', 'a[b]', 'a["b]', 'a[1'])
    expect(parsePath(wrong)).toBe(undefined)
})

test('lists', () => {
  const items = (text: string) => {
    const path = parsePath(text)
    return path && itemsAt(path, { item: message, message, topic: [] })
  }
  expect(items('a.b[*]')).toEqual([{ c: 1 }, { c: 2 }])
  expect(items('a.b')).toEqual([{ c: 1 }, { c: 2 }])
  expect(items('a.b[*].c')).toEqual([1, 2])
  expect(items('a.q[*]')).toEqual([])
})

test('numbers and texts, as they come', () => {
  expect([7, '7', ' ７ ', '7.0', '-1'].map(numberOf)).toEqual([7, 7, 7, 7, -1])
  expect(['', 'seven', '7 人', '0x10', '1e3', null, {}, [7], Number.NaN].map(numberOf)).toEqual(
    Array.from({ length: 9 }, () => undefined),
  )
  expect([true, 12, ' Ａ０１ ', ''].map(textOf)).toEqual(['true', '12', 'A01', undefined])
  expect(textOf('x'.repeat(129))).toBe(undefined)
})

test('waits, in the unit of the configuration or as a clock shows them', () => {
  expect([spanMsOf('90', 's'), spanMsOf(2, 'min'), spanMsOf('00:03:20', 's'), spanMsOf('3:20', 's')]).toEqual(
    [90_000, 120_000, 200_000, 200_000],
  )
  expect([spanMsOf(-1, 's'), spanMsOf('soon', 's'), spanMsOf(100_000, 's')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('times, with and without a zone', () => {
  const moment = Date.UTC(2026, 10, 23, 2, 0, 0)
  for (const text of [
    moment,
    String(moment),
    moment / 1_000,
    '2026-11-23T02:00:00Z',
    '2026-11-23T10:00:00.000+0800',
    '2026-11-23T10:00:00+08:00',
    '2026-11-23 10:00:00',
    '2026/11/23 10:00',
    '20261123100000',
  ])
    expect(timeOf(text, 480), String(text)).toBe(moment)
  for (const wrong of ['', 'now', 7, '2026-13-01 00:00:00', '2026-11-23', '2026-11-23 10:00 CST', null])
    expect(timeOf(wrong, 480), String(wrong)).toBe(undefined)
})

test('tickets: prefixes, full width, and what is no ticket', () => {
  const prefixes = { 普: 'P', 普通: 'N' }
  expect(ticketOf('普012', prefixes)).toBe('P012')
  expect(ticketOf('普通012', prefixes)).toBe('N012')
  expect(ticketOf('Ａ０１２', {})).toBe('A012')
  expect(ticketOf(12, {})).toBe('12')
  for (const wrong of ['王012', '13800138000', '11010119900307123X', '', 'A 12', '-1', 'A'.repeat(13), null])
    expect(ticketOf(wrong, {}), String(wrong)).toBe(undefined)
})

const mapped = (config: object, body: unknown, topic: readonly string[] = []) =>
  mapMessage(mappingOf(settings(config)), body, topic)

test('several items in one message, tables, constants, and levels of the topic', () => {
  const config = {
    rules: [
      {
        tells: 'snapshot',
        each: 'queues[*]',
        when: { open: true },
        service: { path: 'name', table: 'lines' },
        waiting: 'n',
        announcedWait: 'wait',
        waitUnit: 'min',
        countersOpen: '$.counters',
      },
      { tells: 'called', when: { '$topic[0]': 'calls' }, ticket: '$topic[1]', counter: { is: 'counter-1' } },
    ],
    tables: { lines: { Cash: 'cash' } },
  }
  const queues = [
    { name: 'Cash', n: '4', wait: 12, open: true },
    { name: 'Shut', n: 4, open: false },
    { name: 'New', n: 4, open: true },
  ]
  expect(mapped(config, { queues, counters: '2' })).toEqual({
    news: [{ tells: 'snapshot', service: 'cash', waiting: 4, announcedWaitMs: 720_000, countersOpen: 2 }],
    troubles: ['unknown-service'],
  })
  expect(mapped(config, {}, ['calls', 'A1']).news).toEqual([
    { tells: 'called', ticket: 'A1', counter: 'counter-1' },
  ])
})

test('what lacks something, or fits nothing, is said', () => {
  expect(mapped(plain, { e: 'take', s: 'cash' }).troubles).toEqual(['bad-shape'])
  expect(mapped(plain, { e: 'take', t: 'A1' }).troubles).toEqual(['bad-shape'])
  expect(mapped(plain, { e: 'take', t: 'A1', s: 'Not An Id' }).troubles).toEqual(['unknown-service'])
  expect(mapped(plain, { e: 'call', t: 'A1', c: 'Window 1' }).troubles).toEqual(['unknown-counter'])
  expect(mapped(plain, { e: 'count', s: 'cash', w: -1 }).troubles).toEqual(['bad-shape'])
  expect(mapped(plain, { e: 'other' }).troubles).toEqual(['no-rule'])
})

test('whatever arrives, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('take', 'call', 'queue', 'count', 'open'), (value, e) => {
      for (const body of [value, { e, t: value, s: value, c: value, w: value, list: value, at: value }])
        for (const news of mapped(plain, body).news)
          if ('ticket' in news) expect(news.ticket).toMatch(/^[A-Za-z0-9-]{1,12}$/)
    }),
    { numRuns: 200 },
  )
})

const wrong = (more: object) => {
  const parsed = QueueSystemConfig.safeParse({
    webhook: { port: 0, login: { token: 'a-token-of-sixteen' } },
    ...plain,
    ...more,
  })
  return parsed.error?.issues.map(({ message: text }) => text).join('; ')
}

test('settings that do not fit are refused with words', () => {
  expect(wrong({})).toBe(undefined)
  expect(wrong({ webhook: undefined })).toContain('at least one of webhook, broker, csv and snapshot')
  expect(wrong({ rules: [] })).toContain('without a preset')
  expect(wrong({ topics: ['queue/#'] })).toContain('go together')
  expect(wrong({ utcOffset: 'Beijing' })).toContain('such as +08:00')
  expect(wrong({ webhook: { port: 0, login: { token: 'short' } } })).toBeTruthy()
  expect(wrong({ webhook: { port: 0 } })).toBeTruthy()
  expect(wrong({ rules: [{ tells: 'issued', ticket: 'a[', service: 's' }] })).toBeTruthy()
  expect(wrong({ rules: [{ tells: 'issued', when: { 'a[': 1 }, ticket: 'a', service: 's' }] })).toContain(
    'a[',
  )
  expect(wrong({ rules: [{ tells: 'issued', ticket: 'a', service: 's', extra: 1 }] })).toBeTruthy()
  expect(wrong({ commands: { url: 'http://x' } })).toContain('names no command')
  expect(wrong({ commands: { url: 'http://x', hold: { path: '/t/{name}' } } })).toContain('{name}')
  expect(wrong({ commands: { url: 'http://x', hold: { path: '/t', body: { a: ['{name}'] } } } })).toContain(
    '{name}',
  )
})
