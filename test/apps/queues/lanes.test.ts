/** What the page of the queues makes of rows: order, pressure, counters, kiosks, and what is being done. */
import { describe, expect, it } from 'vitest'
import { kioskCounts, lanesOf, type QueueRows } from '#apps/lobby/pages/queues/model/lanes.ts'
import { type Limits, limitsIn, pressureOf } from '#apps/lobby/pages/queues/model/pressure.ts'
import { readingOf } from '#apps/lobby/pages/queues/model/reading.ts'
import { at, counter, kiosk, minute, sensed, service, task, ticket } from './rows.ts'

const limits: Limits = { enterLength: 8, leaveLength: 3, enterWaitMs: 10 * minute, leaveWaitMs: 5 * minute }

const lanes = (rows: Partial<QueueRows>, known: Limits | null = limits) =>
  lanesOf(
    { services: [service('cash')], counters: [], tickets: [], tasks: [], ...rows },
    { now: at, limits: known },
  )

describe('the order of queues', () => {
  it('puts the longest wait first, and what is not known last', () => {
    const services = [
      service('unknown'),
      service('short', { longestWaitMs: sensed(minute) }),
      service('long', { longestWaitMs: sensed(9 * minute) }),
      service('few', { longestWaitMs: sensed(minute), waiting: sensed(1) }),
    ]
    expect(lanes({ services }).map((lane) => lane.service.id)).toEqual(['long', 'few', 'short', 'unknown'])
  })
})

describe('pressure', () => {
  const known = { limits, isDiverted: false }
  const reading = (value: number, ageMs = 0) => readingOf(sensed(value, ageMs), at)

  it.each([
    ['high', 8, 0],
    ['high', 0, 10 * minute],
    ['between', 4, 0],
    ['between', 3, 5 * minute + 1],
    ['calm', 3, 5 * minute],
  ] as const)('is %s at %i waiting and %i ms', (pressure, waiting, waitMs) => {
    expect(pressureOf({ ...known, waiting: reading(waiting), waitMs: reading(waitMs) })).toBe(pressure)
  })

  it('is unknown where both figures are missing or too old, whatever they were', () => {
    expect(pressureOf({ ...known, waiting: null, waitMs: null })).toBe('unknown')
    expect(pressureOf({ ...known, waiting: reading(50, 3 * minute), waitMs: null })).toBe('unknown')
  })

  it('goes by what diversion does where its limits are not known', () => {
    const shown = { waiting: reading(50), waitMs: null, limits: null }
    expect(pressureOf({ ...shown, isDiverted: false })).toBe('calm')
    expect(pressureOf({ ...shown, isDiverted: true })).toBe('high')
  })

  it('reads the limits from a policy, and none from one that is made otherwise', () => {
    expect(limitsIn({ ...limits, holdMs: 3 })).toEqual(limits)
    expect(limitsIn({ ...limits, enterWaitMs: '10 min' })).toBeNull()
  })
})

describe('counters', () => {
  it('tells one that serves, one that is free, one with nobody at it, and one that is not open', () => {
    const counters = [
      counter('c1', { serving: 'A001' }),
      counter('c2'),
      counter('c3', { staffed: false, serving: 'A002' }),
      counter('c4', { state: 'closed', staffed: false }),
      counter('c5', { staffed: null }),
      counter('c6', { services: ['cards'] }),
    ]
    expect(lanes({ counters })[0]?.counters.map(({ id, stand }) => [id, stand])).toEqual([
      ['c1', 'serving'],
      ['c2', 'open'],
      ['c3', 'vacant'],
      ['c4', 'closed'],
      ['c5', 'open'],
    ])
  })
})

describe('what is being done', () => {
  it('counts who is invited once, who said yes, and who is asked to open a counter', () => {
    const tickets = [
      ticket('A1'),
      ticket('A2'),
      ticket('A3', { state: 'held' }),
      ticket('B1', { service: 'cards' }),
    ]
    const tasks = [
      task('offer-1', { subject: { ticket: 'A1' } }),
      task('lead-1', { subject: { ticket: 'A1' }, capability: 'guide' }),
      task('offer-2', { subject: { ticket: 'A2' } }),
      task('over', { subject: { ticket: 'A3' }, endedAt: at }),
      task('other-queue', { subject: { ticket: 'B1' } }),
      task('greeting', { flow: 'greeting', subject: { ticket: 'A1' } }),
      task('by-hand', { flow: 'request', capability: 'call-staff', subject: { counter: 'c4' } }),
      task('elsewhere', { flow: 'request', capability: 'call-staff', subject: { counter: 'c9' } }),
      task('open', {
        flow: 'diversion',
        capability: 'call-staff',
        subject: { service: 'cash', counter: 'c4' },
      }),
    ]
    const counters = [counter('c4', { state: 'closed' }), counter('c9', { services: ['cards'] })]
    const doing = lanes({ tickets, tasks, counters })[0]?.doing
    expect(doing?.invited).toEqual(['A1', 'A2'])
    expect(doing?.held).toBe(1)
    expect(doing?.calls.map(({ counter: id, task: { id: of } }) => [id, of])).toEqual([
      ['c4', 'open'],
      ['c4', 'by-hand'],
    ])
  })

  it('lists who waits by how long, then who is at a kiosk, then who was called; never who has left', () => {
    const tickets = [
      ticket('A3', { issuedAt: at - minute }),
      ticket('A2', { issuedAt: at - 9 * minute, state: 'called' }),
      ticket('A1', { issuedAt: at - 5 * minute }),
      ticket('A0', { state: 'ended' }),
      ticket('A4', { issuedAt: at - 8 * minute, state: 'held' }),
    ]
    expect(lanes({ tickets })[0]?.tickets.map(({ id }) => id)).toEqual(['A1', 'A3', 'A4', 'A2'])
  })
})

it('counts a kiosk as out where it is away, at fault, or taken by somebody', () => {
  const session = { since: at, ticket: null, service: null }
  const devices = [
    kiosk('free'),
    kiosk('limited', { health: 'degraded' }),
    kiosk('busy', { session }),
    kiosk('away', { link: 'lost', session }),
    kiosk('faulted', { health: 'faulted' }),
    kiosk('held', { willingness: 'held' }),
    kiosk('robot', { kind: 'robot' }),
  ]
  expect(kioskCounts(devices)).toEqual({ free: 2, busy: 1, out: 3 })
})
