/** ONVIF rules and Axis counters: properties that are initialized, changed and deleted; counters that begin again. */
import { expect, test } from 'vitest'
import { axisEvent, onvifEvent } from '#adapters/people-sensing/simulator/documented.ts'
import { listenTo, staleAfterMs } from './support/listen.ts'

const rules = [
  { kind: 'line', rule: 'Any', zone: 'entrance', direction: 'unknown' },
  { kind: 'field', rule: 'Hall', videoSource: '1', zone: 'waiting' },
  { kind: 'counter', rule: 'Door', zone: 'entrance', direction: 'out' },
  { kind: 'occupancy', rule: 'Inside', zone: 'waiting' },
]
const onvif = () => {
  const listening = listenTo({
    name: 'onvif',
    vendor: 'onvif',
    devices: [{ device: 'camera-1', prefix: 'Cam', rules }],
  })
  const say = (
    topic: string,
    data: Record<string, unknown>,
    more: { retained?: boolean; again?: boolean; ageMs?: number; rule?: string; video?: string } = {},
  ) => {
    const rule = more.rule ?? 'Hall'
    return listening.hear(
      `Cam/onvif-ej/RuleEngine/${topic}/&1/2/${rule}`,
      onvifEvent(listening.at() - (more.ageMs ?? 0), { VideoSource: more.video ?? '1', Rule: rule }, data),
      { retained: more.retained ?? false, again: more.again ?? false },
    )
  }
  const field = 'FieldDetector/ObjectsInside'
  return { ...listening, say, inside: (data: Record<string, unknown>, more = {}) => say(field, data, more) }
}

test('Initialized, Changed, Deleted: who is inside a field', () => {
  const { inside, hear, pass } = onvif()
  expect(inside({ IsInside: 'true', ObjectId: '7' }, { retained: true, ageMs: 5_000 })).toMatchObject([
    { name: 'visitor.detected', data: { zone: 'waiting', observedAgoMs: 5_000 } },
  ])
  pass(1_000)
  expect(inside({ IsInside: true, ObjectId: '7 8' })).toMatchObject([{ name: 'visitor.detected' }])
  pass(1_000)
  expect(inside({ IsInside: 1, ObjectId: [8] })).toMatchObject([{ name: 'visitor.left' }])
  pass(1_000)
  expect(hear('Cam/onvif-ej/RuleEngine/FieldDetector/ObjectsInside/&1/2/Hall', '')).toMatchObject([
    { name: 'visitor.left', data: { zone: 'waiting' } },
  ])
})

test('what a camera left on the broker long ago brings nobody in', () => {
  const { inside, troubles, pass } = onvif()
  const old = { retained: true, ageMs: staleAfterMs + 1 }
  expect(inside({ IsInside: true, ObjectId: '7' }, old)).toEqual([])
  expect(troubles).toEqual({ stale: 1 })
  pass(1_000)
  // The camera still sees them: now it is news.
  expect(inside({ IsInside: true, ObjectId: '7' })).toMatchObject([{ name: 'visitor.detected' }])
})

test('a camera without object ids tells only that a field is no longer empty', () => {
  const { inside, pass } = onvif()
  expect(inside({ IsInside: true })).toMatchObject([{ name: 'visitor.detected', data: { count: 1 } }])
  pass(1_000)
  expect(inside({ IsInside: true })).toEqual([])
  pass(1_000)
  expect(inside({ IsInside: false })).toEqual([])
  pass(1_000)
  expect(inside({ IsInside: true })).toMatchObject([{ name: 'visitor.detected' }])
})

test('vehicles and objects without a number are nobody; another video source is another rule', () => {
  const { inside, say, troubles } = onvif()
  expect(inside({ IsInside: true, ObjectId: '1 2', ClassTypes: 'Vehicle LicensePlate' })).toEqual([])
  expect(inside({ IsInside: true, ObjectId: 'ZhangWei' })).toEqual([])
  expect(inside({ IsInside: true, ObjectId: '5' }, { video: '2' })).toEqual([])
  const line = { rule: 'Any' }
  expect(say('LineDetector/Crossed', { ObjectId: '4', ClassTypes: 'Vehicle' }, line)).toEqual([])
  expect(say('LineDetector/Crossed', { ObjectId: 'ABC12345' }, line)).toEqual([])
  expect(troubles).toEqual({ 'bad-shape': 1 })
})

test('a line: retained junk and a message sent again', () => {
  const { say, troubles } = onvif()
  const line = (data: Record<string, unknown>, more = {}) =>
    say('LineDetector/Crossed', data, { rule: 'Any', ...more })
  expect(line({ ObjectId: '15' }, { retained: true })).toEqual([])
  expect(line({ ObjectId: '15' })).toHaveLength(1)
  expect(line({ ObjectId: '15' }, { again: true })).toEqual([])
  expect(line({})).toMatchObject([{ data: { count: 1, direction: 'unknown' } }])
  expect(troubles).toEqual({ retained: 1, duplicate: 1 })
})

test('counters and occupancy, with numbers as they come', () => {
  const { say, pass, troubles } = onvif()
  const counter = (value: unknown) => say('CountAggregation/Counter', { Count: value }, { rule: 'Door' })
  const occupancy = (value: unknown, ageMs = 0) =>
    say('CountAggregation/OccupancyCounter', { Count: value }, { rule: 'Inside', ageMs })
  counter('10')
  pass(1_000)
  expect(counter(12)).toMatchObject([{ name: 'visitor.left', data: { count: 2 } }])
  pass(1_000)
  expect(counter('1')).toMatchObject([{ data: { count: 1 } }])
  for (const bad of ['many', -1, 1e300, null, '1.5', {}]) counter(bad)
  expect(occupancy('4')).toMatchObject([{ name: 'zone.count', data: { count: 4 } }])
  expect(occupancy('9', 2_000)).toEqual([])
  expect(occupancy(10_001)).toEqual([])
  expect(troubles).toEqual({ 'counter-restarted': 1, 'bad-shape': 7, 'out-of-order': 1 })
})

test('a time without Z is UTC, and one that is no time is refused', () => {
  const { hear, at, troubles } = onvif()
  const topic = 'Cam/onvif-ej/RuleEngine/LineDetector/Crossed/&1/2/Any'
  const body = (UtcTime: unknown) => ({ UtcTime, Source: { Rule: 'Any' }, Data: { ObjectId: '1' } })
  expect(hear(topic, body(new Date(at()).toISOString().slice(0, 19)))).toHaveLength(1)
  for (const bad of ['yesterday', '', null, 5, '0001-01-01T00:00:00Z'])
    expect(hear(topic, body(bad))).toEqual([])
  expect(troubles).toEqual({ 'bad-shape': 5 })
})

const axis = () => {
  const listening = listenTo({
    name: 'axis',
    vendor: 'axis',
    cameras: [
      {
        device: 'camera-1',
        prefix: 'axis/S',
        scenarios: {
          Device1Scenario1: { kind: 'crossline', zone: 'entrance', direction: 'in' },
          Device1Scenario2: { kind: 'occupancy', zone: 'waiting', counts: 'all' },
        },
      },
    ],
  })
  const say = (
    scenario: string,
    data: Record<string, string>,
    more: { retained?: boolean; ageMs?: number } = {},
  ) =>
    listening.hear(
      `axis/S/event/tns:axis/CameraApplicationPlatform/ObjectAnalytics/${scenario}`,
      axisEvent(scenario, listening.at() - (more.ageMs ?? 0), data),
      { retained: more.retained ?? false },
    )
  const crossed = (totalHuman: string, more = {}) =>
    say('Device1Scenario1', { reason: 'human', total: '900', totalHuman }, more)
  return { ...listening, say, crossed }
}

test('Axis: each crossing tells, a lost one is made up for, a reset counts on', () => {
  const { crossed, pass, troubles } = axis()
  expect(crossed('500')).toMatchObject([{ name: 'visitor.detected', data: { count: 1, direction: 'in' } }])
  pass(1_000)
  expect(crossed('503')).toMatchObject([{ data: { count: 3 } }])
  pass(1_000)
  expect(crossed('503')).toEqual([])
  pass(1_000)
  expect(crossed('1')).toMatchObject([{ data: { count: 1 } }])
  pass(staleAfterMs * 6)
  // Who came while nobody listened is not standing at the door.
  expect(crossed('41')).toMatchObject([{ data: { count: 1 } }])
  expect(troubles).toEqual({ 'counter-restarted': 1, gap: 39 })
})

test('Axis: a kept message is where counting begins, cars are no people, wrong values are refused', () => {
  const { say, crossed, pass, troubles } = axis()
  expect(crossed('500', { retained: true, ageMs: 60_000 })).toEqual([])
  pass(1_000)
  expect(say('Device1Scenario1', { reason: 'car', total: '901', totalHuman: '500' })).toEqual([])
  pass(1_000)
  expect(crossed('502')).toMatchObject([{ data: { count: 2 } }])
  for (const bad of ['', '-3', 'x', '1e9']) crossed(bad)
  expect(say('Device1Scenario2', { total: '6', human: '5' })).toMatchObject([{ data: { count: 6 } }])
  expect(say('Device1Scenario3', { total: '6' })).toEqual([])
  expect(troubles).toEqual({ 'bad-shape': 4, 'unknown-sensor': 1 })
})
