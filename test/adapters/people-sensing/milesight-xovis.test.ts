/** Sensors that push: Milesight's lines and regions, Xovis' numbered packages. */
import { expect, test } from 'vitest'
import {
  milesightLine,
  milesightRegions,
  type XovisEvent,
  xovisCounts,
  xovisLive,
} from '#adapters/people-sensing/simulator/documented.ts'
import { listenTo, staleAfterMs } from './support/listen.ts'

const milesight = (from: 'trigger' | 'total' | 'periodic' = 'trigger') => {
  const listening = listenTo({
    name: 'milesight',
    vendor: 'milesight',
    http: { username: 'counter', password: 'long enough' },
    sensors: {
      '6384E16179950009': {
        device: 'sensor-1',
        lines: { '1': { zone: 'entrance', direction: 'in', from } },
      },
      '6600B0940976': { device: 'sensor-2', regions: { '1': { zone: 'waiting' } } },
    },
  })
  return { ...listening, say: (payload: unknown, more = {}) => listening.hear('/milesight', payload, more) }
}

test('Milesight: both ways over a line, and a repeat that says of itself that it is one', () => {
  const { say, at, troubles } = milesight()
  const passed = milesightLine(at(), 1, { in: 2, out: 1 })
  expect(say(passed)).toMatchObject([
    { name: 'visitor.detected', data: { zone: 'entrance', count: 2 } },
    { name: 'visitor.left', data: { zone: 'entrance', count: 1 } },
  ])
  expect(say(passed, { again: true })).toEqual([])
  // Two people within one second look the same: they are two.
  expect(say(passed)).toHaveLength(2)
  expect(say(milesightLine(at(), 9, { in: 2, out: 1 }))).toEqual([])
  expect(troubles).toEqual({ duplicate: 1 })
})

test('Milesight: regions in the wall clock time of their zone; lists that do not fit are refused', () => {
  const { say, at, troubles } = milesight()
  const { time_info, ...rest } = JSON.parse(milesightRegions(at() - 120_000, [1, 2], [5, 4])) as Record<
    string,
    object
  >
  expect(say({ ...rest, time_info })).toMatchObject([
    { name: 'zone.count', data: { zone: 'waiting', count: 5, observedAgoMs: 120_000 } },
  ])
  // Summer time is an hour ahead of the zone.
  const summer = { ...time_info, dst_status: 'true' }
  expect(say({ ...rest, time_info: summer }), 'an hour too old').toEqual([])
  expect(troubles).toEqual({ stale: 1 })
  // Without a time it is as old as its arrival.
  expect(say({ ...rest, time_info: 'broken' })).toEqual([])
  expect(say({ ...rest, time_info: {} })).toMatchObject([{ data: { count: 5 } }])
  say({ ...rest, time_info: {}, numbering_regions: [1] })
  say({ ...rest, time_info: {}, current_counted: [-1, 'x'] })
  expect(troubles).toEqual({ stale: 1, 'bad-shape': 1 + 1 + 2 })
})

test('Milesight: a sum is read as its growth, and one spoilt line does not spoil the other', () => {
  const { say, pass, troubles, at } = milesight('total')
  const sums = (counted: unknown) => ({
    device_info: { device_sn: '6384E16179950009' },
    time_info: { time: new Date(at()).toISOString() },
    line_total_data: [{ line: 7 }, null, { line: '1', total: { in_counted: counted, out_counted: '0' } }],
  })
  expect(say(sums(10))).toEqual([])
  pass(1_000)
  expect(say(sums('12'))).toMatchObject([{ data: { count: 2 } }])
  pass(1_000)
  expect(say(sums(1))).toMatchObject([{ data: { count: 1 } }])
  expect(troubles).toEqual({ 'bad-shape': 6, 'counter-restarted': 1 })
})

test('Milesight: a period that was told is not told twice', () => {
  const { say, pass, troubles, at } = milesight('periodic')
  const period = (end: number) => ({
    device_info: { device_sn: '6384E16179950009' },
    time_info: { end_time: new Date(end).toISOString() },
    line_periodic_data: [{ line: 1, total: { in: 3, out: 0 } }],
  })
  const first = at()
  expect(say(period(first))).toHaveLength(1)
  expect(say(period(first))).toEqual([])
  pass(60_000)
  expect(say(period(at()))).toHaveLength(1)
  expect(say(period(first))).toEqual([])
  expect(troubles).toEqual({ duplicate: 1, 'out-of-order': 1 })
})

test('Milesight: an unknown sensor, and what the broker kept', () => {
  const { say, at, troubles } = milesight()
  expect(say({ device_info: { device_sn: 'X' } })).toEqual([])
  expect(say(milesightLine(at(), 1, { in: 1, out: 0 }), { retained: true })).toEqual([])
  expect(troubles).toEqual({ 'unknown-sensor': 1, retained: 1 })
})

const xovis = () => {
  const listening = listenTo({
    name: 'xovis',
    vendor: 'xovis',
    http: { username: 'sensor', password: 'long enough' },
    sensors: {
      '00:6E:02:00:00:01': {
        device: 'sensor-1',
        zones: { '1': { zone: 'waiting' } },
        lines: { '2': { zone: 'entrance', direction: 'in' } },
        counts: { '1': { zone: 'waiting' } },
      },
    },
  })
  return {
    ...listening,
    live: (id: number, ...events: XovisEvent[]) =>
      listening.hear('/xovis', xovisLive(id, listening.at(), events)),
    counts: (id: number, balance: number, at = listening.at()) =>
      listening.hear('/xovis', xovisCounts(id, at, { 1: { balance } })),
  }
}
const forward = (track: number): XovisEvent => ({ type: 'LINE_CROSS_FORWARD', track, geometry: 2 })
const backward = (track: number): XovisEvent => ({ type: 'LINE_CROSS_BACKWARD', track, geometry: 2 })
const gone = (track: number): XovisEvent => ({ type: 'TRACK_DELETE', track })

test('Xovis: in over the line, out over the line, and in again', () => {
  const { live, pass } = xovis()
  expect(live(1, forward(5))).toMatchObject([{ name: 'visitor.detected', data: { direction: 'in' } }])
  pass(1_000)
  expect(live(2, backward(5))).toMatchObject([{ name: 'visitor.left' }])
  pass(1_000)
  expect(live(3, forward(5))).toMatchObject([{ name: 'visitor.detected' }])
  pass(1_000)
  expect(live(4, gone(5), gone(5))).toMatchObject([{ name: 'visitor.left' }])
})

test('Xovis: duplicates, gaps, packages that overtake each other, and a sensor that restarts', () => {
  const { live, pass, troubles } = xovis()
  const first = live(100, forward(5))
  expect(live(100, forward(5))).toEqual([])
  pass(1_000)
  expect(live(104, forward(6))).toHaveLength(1)
  pass(1_000)
  // Late, and still somebody who came.
  expect(live(102, forward(7))).toHaveLength(1)
  expect(troubles).toEqual({ duplicate: 1, gap: 3, 'out-of-order': 1 })
  pass(1_000)
  const restarted = live(1, forward(5))
  expect(restarted.map(({ name }) => name)).toEqual([
    'visitor.left',
    'visitor.left',
    'visitor.left',
    'visitor.detected',
  ])
  // Track 5 is somebody else now.
  const trackOf = (event: unknown) => (event as { data: { track: string } }).data.track
  expect(trackOf(restarted[3])).not.toBe(trackOf(first[0]))
  expect(troubles).toMatchObject({ 'sensor-restarted': 1 })
})

test('Xovis: who was there before the adapter, may leave; who was seen to come and nowhere told of, does not', () => {
  const { live } = xovis()
  expect(live(1, gone(9))).toMatchObject([{ name: 'visitor.left' }])
  expect(live(2, { type: 'TRACK_CREATE', track: 10 }, gone(10))).toEqual([])
})

test('Xovis: records are told once, newest last; a clock that was set back does not stop them', () => {
  const { counts, at, pass, troubles } = xovis()
  expect(counts(1, 4)).toMatchObject([{ data: { count: 4 } }])
  expect(counts(2, 4)).toEqual([])
  expect(counts(3, 9, at() - 5_000)).toEqual([])
  expect(troubles).toEqual({ duplicate: 2 })
  pass(staleAfterMs)
  expect(counts(4, 2)).toMatchObject([{ data: { count: 2 } }])
})

test('Xovis: good events beside spoilt ones, in a list of bodies', () => {
  const { hear, at, troubles } = xovis()
  const body = JSON.parse(xovisLive(1, at(), [forward(5)])) as {
    live_data: { frames: { events: unknown[] }[] }
  }
  body.live_data.frames[0]?.events.unshift(
    null,
    { type: 'LINE_CROSS_FORWARD' },
    { type: 'LINE_CROSS_FORWARD', attributes: { track_id: 'Zhang', geometry_id: 2 } },
    { type: 'COUNT_INCREMENT', attributes: { counter_id: 1 } },
  )
  body.live_data.frames.unshift({ events: [] })
  expect(hear('/xovis', [{}, 5, body])).toMatchObject([{ name: 'visitor.detected' }])
  // The number among the bodies, the frame without a time, and three events.
  expect(troubles).toEqual({ 'bad-shape': 5 })
})
