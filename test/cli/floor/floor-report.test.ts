import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayReport } from '#cli/day/day-report.ts'
import { dayText } from '#cli/day/day-text.ts'
import { floorReport } from '#cli/floor/floor-report.ts'
import { floorText } from '#cli/floor/floor-text.ts'
import { overlap, quarterMs, share, united, without } from '#cli/floor/quarters.ts'
import { countersOf, lengthOf } from '#cli/journal/day-timeline.ts'
import type { RecordedDay, RecordedEntry } from '#cli/journal/read-day.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import { simBranch } from '../../sim/branch.ts'
import { englishIn } from '../latin.ts'

const midnight = Date.parse('2026-03-02T00:00:00Z')
const minute = 60_000
const eight = 8 * 60 * minute

const made = (bodies: readonly (readonly [atMs: number, body: EntryBody | null])[]): RecordedDay => {
  const all = [[0, { kind: 'config', file: simBranch(), revision: 0, by: 'test' }] as const, ...bodies]
  const entries = all.map(
    ([atMs, body], index): RecordedEntry => ({
      branch: 'sim',
      epoch: 1,
      seq: index + 1,
      at: midnight + atMs,
      kind: body?.kind ?? 'event',
      device: null,
      cause: null,
      body,
      numbering: undefined,
      records: [],
    }),
  )
  return {
    branch: 'sim',
    day: '2026-03-02',
    timeZone: 'UTC',
    fromMs: midnight,
    toMs: midnight + 86_400_000,
    settings: defaultSettings,
    versions: { hub: '', xstate: '', flows: {} },
    state: new Map(),
    entries,
    erased: { bodies: entries.filter(({ body }) => body === null).length, records: 0 },
    hash: '',
  }
}

const sensed = <N extends EventName>(
  ...[atMs, device, name, data]: readonly [number, string, N, EventData<N>]
): readonly [number, EntryBody] => [atMs, { kind: 'event', device, name, data: { ...data } }]

describe('stretches of time', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 900 }))
    .map(([from, length]) => ({ from: from * 1_000, until: (from + length) * 1_000 }))
  const total = (spans: readonly { from: number; until: number }[]) =>
    spans.reduce((sum, { from, until }) => sum + until - from, 0)

  test('are shared out whole', () => {
    fc.assert(
      fc.property(span, (one) => {
        const parts = share(one, 0)
        expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(one.until - one.from)
        for (const { ms } of parts) expect(ms).toBeLessThanOrEqual(quarterMs)
      }),
    )
  })

  test('less others and their overlap make the whole again', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), fc.array(span, { maxLength: 6 }), (some, others) => {
        const first = united(some)
        expect(total(without(first, others)) + total(overlap(first, united(others)))).toBe(total(first))
      }),
    )
  })
})

describe('the floor', () => {
  test('counts who comes into a zone and how long they stay', () => {
    const { zones } = floorReport(
      made([
        sensed(eight, 'camera-1', 'visitor.detected', { zone: 'entrance', track: 'a', direction: 'in' }),
        sensed(eight + minute, 'camera-1', 'visitor.moved', { track: 'a', zone: 'waiting' }),
        sensed(eight + 2 * minute, 'camera-1', 'visitor.detected', { zone: 'entrance', track: 'b' }),
        sensed(eight + 11 * minute, 'camera-1', 'visitor.left', { track: 'a' }),
        sensed(eight + 16 * minute, 'camera-1', 'visitor.moved', { track: 'b', zone: 'waiting' }),
        sensed(eight + 17 * minute, 'camera-1', 'visitor.left', { track: 'b' }),
      ]),
    )
    const at = (zone: string, quarter: number) =>
      zones.find((one) => one.zone === zone && one.quarter === quarter)
    expect(at('entrance', 32)).toMatchObject({ footfall: 2, dwellMs: 7.5 * minute, maxPeople: 1 })
    expect(at('waiting', 32)).toMatchObject({ footfall: 1, dwellMs: 10 * minute })
    expect(at('waiting', 32)?.meanPeople).toBeCloseTo(10 / 15, 6)
    expect(at('waiting', 33)).toMatchObject({ footfall: 1, dwellMs: minute })
    expect(at('kiosks', 32)).toMatchObject({ footfall: null, meanPeople: null })
  })

  test('a count of heads is the heat, and no head is counted longer than its count lasts', () => {
    const { zones } = floorReport(
      made([
        sensed(eight, 'camera-1', 'zone.count', { zone: 'waiting', count: 4 }),
        sensed(eight + 10 * minute, 'camera-1', 'zone.count', { zone: 'waiting', count: 10 }),
        sensed(eight + 60 * minute, 'camera-1', 'zone.count', { zone: 'waiting', count: 1 }),
      ]),
    )
    const waiting = (quarter: number) =>
      zones.find((one) => one.zone === 'waiting' && one.quarter === quarter)
    expect(waiting(32)).toMatchObject({ meanPeople: 6, maxPeople: 10 })
    expect(waiting(33)).toMatchObject({ meanPeople: 10 })
    expect(waiting(34)).toMatchObject({ meanPeople: null, maxPeople: null })
  })

  test('staff and those who leave are not visitors', () => {
    const { zones } = floorReport(
      made([
        sensed(eight, 'camera-1', 'visitor.detected', { zone: 'entrance', track: 's', role: 'staff' }),
        sensed(eight, 'camera-1', 'visitor.detected', { zone: 'entrance', count: 2, direction: 'out' }),
        sensed(eight, 'camera-1', 'visitor.detected', { zone: 'entrance', count: 3, direction: 'in' }),
        sensed(eight + minute, 'camera-1', 'zone.count', { zone: 'entrance', count: 0 }),
      ]),
    )
    expect(zones.find((one) => one.zone === 'entrance' && one.quarter === 32)?.footfall).toBe(3)
  })

  test('counters stand empty, serve, or idle while people wait', () => {
    const { counters } = floorReport(
      made([
        sensed(eight, 'tickets-1', 'counter.changed', { counter: 'c1', state: 'open', staffed: true }),
        sensed(eight, 'tickets-1', 'ticket.issued', { ticket: 'A1', service: 'card' }),
        sensed(eight + 2 * minute, 'tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' }),
        sensed(eight + 6 * minute, 'tickets-1', 'ticket.ended', { ticket: 'A1', outcome: 'served' }),
        sensed(eight + 10 * minute, 'tickets-1', 'counter.changed', {
          counter: 'c1',
          state: 'open',
          staffed: false,
        }),
        sensed(eight + 13 * minute, 'tickets-1', 'counter.changed', { counter: 'c1', state: 'closed' }),
        sensed(eight + 20 * minute, 'tickets-1', 'counter.changed', { counter: 'c2', state: 'closed' }),
      ]),
    )
    expect(counters.find((one) => one.counter === 'c1' && one.quarter === 32)).toMatchObject({
      openMs: 13 * minute,
      servingMs: 4 * minute,
      idleMs: 2 * minute,
      unstaffedMs: 3 * minute,
    })
    expect(counters.find((one) => one.counter === 'c1' && one.quarter === 33)?.openMs).toBe(0)
  })

  test('an empty day says so, and what was erased is said', () => {
    expect(floorText(floorReport(made([])), 'en')).toContain('nobody was seen')
    expect(dayText(dayReport(made([])), 'en')).toContain('nobody came in')
    for (const text of [floorText(floorReport(made([])), 'zh'), dayText(dayReport(made([])), 'zh')])
      expect(englishIn(text)).toEqual([])
    const erased = floorReport(made([[eight, null]]))
    expect(erased.notKnown.at(-1)).toEqual({
      what: { en: '1 entries', zh: '1 条记录' },
      why: { en: expect.stringContaining('erased') as string, zh: expect.stringContaining('清除') as string },
    })
  })
})

test('a counter is not said to have been open before the hub first lived', () => {
  const day = made([[eight + 5 * minute, { kind: 'event', device: 'x', name: 'zone.count', data: {} }]])
  const late = {
    ...day,
    entries: day.entries.map((entry) => ({ ...entry, at: Math.max(entry.at, midnight + eight) })),
  }
  const longest = Math.max(...[...countersOf(late).values()].map(lengthOf))
  expect(longest).toBeLessThanOrEqual(5 * minute + 1)
})
