/** Frigate: objects through zones, whatever is repeated, overtaken, lost or left behind on the broker. */
import { expect, test } from 'vitest'
import { type FrigateObject, frigateEvent } from '#adapters/people-sensing/simulator/documented.ts'
import { tracksMax } from '#adapters/people-sensing/translators/tracks.ts'
import { listenTo, staleAfterMs } from './support/listen.ts'

const config = {
  name: 'frigate',
  vendor: 'frigate',
  cameras: {
    door: {
      device: 'camera-1',
      zones: { lobby: { zone: 'entrance', direction: 'in' }, hall: { zone: 'waiting' } },
      crossings: [
        { from: 'street', to: 'lobby', zone: 'entrance', direction: 'in' },
        { from: 'lobby', to: 'street', zone: 'entrance', direction: 'out' },
      ],
    },
  },
  counts: { lobby: { device: 'camera-1', zone: 'entrance' } },
}

const listen = () => {
  const listening = listenTo(config)
  const object = (zones: readonly string[], more: Partial<FrigateObject> = {}): FrigateObject => ({
    id: '1763802000.123456-abc123',
    camera: 'door',
    at: listening.at(),
    since: listening.at(),
    zones,
    entered: zones,
    ...more,
  })
  const say = (
    type: 'new' | 'update' | 'end',
    now: FrigateObject,
    more: { retained?: boolean; spoil?: (after: Record<string, unknown>) => void } = {},
  ) => {
    const message = JSON.parse(frigateEvent(type, now, now)) as { after: Record<string, unknown> }
    more.spoil?.(message.after)
    return listening.hear('frigate/events', message, { retained: more.retained ?? false })
  }
  return { ...listening, object, say }
}

const names = (events: readonly { name: string }[]) => events.map(({ name }) => name)

test('who enters, moves and leaves is one track', () => {
  const { object, say, pass } = listen()
  expect(say('new', object([]))).toEqual([])
  pass(100)
  const came = say('update', object(['lobby']))
  expect(came).toMatchObject([{ name: 'visitor.detected', data: { zone: 'entrance', direction: 'in' } }])
  pass(100)
  expect(say('update', object(['lobby']))).toEqual([])
  pass(100)
  const went = say('update', object(['hall']))
  expect(went).toMatchObject([{ name: 'visitor.detected', data: { zone: 'waiting', direction: 'unknown' } }])
  pass(100)
  const left = say('end', object([]))
  expect(left).toMatchObject([{ name: 'visitor.left', data: { zone: 'waiting' } }])
  expect(new Set([...came, ...went, ...left].map(({ data }) => 'track' in data && data.track)).size).toBe(1)
})

test('a line is crossed from one zone into the other, either way', () => {
  const { object, say, pass } = listen()
  say('new', object(['street']))
  pass(100)
  expect(say('update', object([]))).toEqual([])
  pass(100)
  expect(say('update', object(['lobby']))).toMatchObject([{ data: { zone: 'entrance', direction: 'in' } }])
  pass(100)
  expect(say('update', object(['street']))).toMatchObject([
    { name: 'visitor.left', data: { zone: 'entrance' } },
  ])
  pass(100)
  // It is known already that they left.
  expect(say('end', object([]))).toEqual([])
})

test('a false positive is nobody, and one that turns out to be is gone', () => {
  const { object, say, pass } = listen()
  const falsePositive = (after: Record<string, unknown>) => {
    after['false_positive'] = 'true'
  }
  expect(
    names(say('new', object(['lobby'], { id: '1763802000.1-a' }), { spoil: falsePositive })),
  ).not.toContain('visitor.detected')
  say('new', object(['lobby']))
  pass(100)
  expect(names(say('update', object(['lobby']), { spoil: falsePositive }))).toEqual(['visitor.left'])
})

test('a lost beginning, a repeat, one that was overtaken, and one after the end', () => {
  const { object, say, pass, troubles, at } = listen()
  // The first message was lost: the object is known from now on.
  expect(names(say('update', object(['lobby'])))).toEqual(['visitor.detected'])
  expect(say('update', object(['lobby']))).toEqual([])
  pass(1_000)
  expect(say('update', object(['hall'], { at: at() - 2_000 }))).toEqual([])
  expect(troubles).toEqual({ 'out-of-order': 1 })
  expect(names(say('end', object([])))).toEqual(['visitor.left'])
  expect(say('end', object([]))).toEqual([])
  pass(1_000)
  expect(say('update', object(['lobby']))).toEqual([])
  expect(troubles).toEqual({ 'out-of-order': 2, duplicate: 1 })
})

test('what the broker kept, what is too old, and a clock that is ahead', () => {
  const { object, say, troubles, at } = listen()
  expect(say('new', object(['lobby']), { retained: true })).toEqual([])
  expect(say('new', object(['lobby'], { at: at() - staleAfterMs - 1 }))).toEqual([])
  expect(troubles).toEqual({ retained: 1, stale: 1 })
  const late = say('new', object(['lobby'], { at: at() - 30_000 }))
  expect(late).toMatchObject([{ data: { observedAgoMs: 30_000 } }])
  expect(say('new', object(['lobby'], { id: '1763802001.1-b', at: at() + 60_000 }))).toMatchObject([
    { name: 'visitor.detected' },
  ])
  expect(troubles).toMatchObject({ 'clock-ahead': 1 })
})

test('numbers and truths as strings, and fields that are missing or of a wrong type', () => {
  const { object, say, troubles } = listen()
  const asText = (after: Record<string, unknown>) => {
    after['frame_time'] = String(after['frame_time'])
    after['false_positive'] = 0
  }
  expect(names(say('new', object(['lobby']), { spoil: asText }))).toEqual(['visitor.detected'])
  for (const field of ['id', 'camera', 'label', 'frame_time', 'false_positive', 'current_zones'])
    for (const value of [undefined, null, {}, 1e300])
      say('update', object(['hall']), { spoil: (after) => void (after[field] = value) })
  // A number may be the name of a camera or a label: those are not known then.
  expect(troubles).toMatchObject({ 'bad-shape': 24 - 2, 'unknown-sensor': 1 })
})

test('an id that is no id of Frigate is refused: something else may hide in it', () => {
  const { object, say, troubles } = listen()
  for (const id of ['Zhang Wei', 'ABC12345', '1763802000.1-ABC', '1.1-zhang wei', '../x'])
    expect(say('new', object(['lobby'], { id }))).toEqual([])
  expect(troubles).toEqual({ 'bad-shape': 5 })
})

test('other objects and other cameras are none of our business', () => {
  const { object, say, troubles } = listen()
  expect(say('new', object(['lobby'], { label: 'car' }))).toEqual([])
  expect(troubles).toEqual({})
  expect(say('new', object(['lobby'], { camera: 'garage' }))).toEqual([])
  expect(troubles).toEqual({ 'unknown-sensor': 1 })
})

test('counts: whole numbers of people only', () => {
  const { hear, troubles } = listen()
  const count = (payload: string, retained = false) => hear('frigate/lobby/person', payload, { retained })
  expect(count(' 3 ')).toMatchObject([{ name: 'zone.count', data: { zone: 'entrance', count: 3 } }])
  for (const bad of ['', '-1', '3.5', '10001', '1e3', 'NaN', 'many', '99999999999999999999']) count(bad)
  expect(troubles).toEqual({ 'bad-shape': 8 })
  expect(count('3', true)).toEqual([])
  expect(troubles).toMatchObject({ retained: 1 })
})

test('Frigate and its cameras say when they are gone', () => {
  const { fitness, troubles } = listen()
  const frigate = { device: 'camera-1', reason: 'frigate-offline' }
  const camera = { device: 'camera-1', reason: 'camera-offline' }
  expect(fitness('frigate/available', 'offline', { retained: true })[0]).toEqual({
    ...frigate,
    isUnfit: true,
  })
  expect(fitness('frigate/available', 'stopped')[0]).toEqual({ ...frigate, isUnfit: true })
  expect(fitness('frigate/available', 'online')[0]).toEqual({ ...frigate, isUnfit: false })
  expect(fitness('frigate/door/status/detect', 'disabled')[0]).toEqual({ ...camera, isUnfit: true })
  expect(fitness('frigate/door/status/detect', 'online')[0]).toEqual({ ...camera, isUnfit: false })
  expect(troubles).toEqual({})
})

test('more objects than a lobby holds push the oldest out', () => {
  const { object, say, troubles } = listen()
  for (let index = 0; index <= tracksMax; index += 1)
    say('new', object(['lobby'], { id: `1763802000.${index}-a` }))
  expect(troubles).toEqual({ forgotten: 1 })
})

test('counts go on when the time of day is set back', () => {
  const { hear, pass, troubles } = listen()
  hear('frigate/lobby/person', '3')
  pass(-300_000)
  expect(hear('frigate/lobby/person', '2')).toMatchObject([{ data: { count: 2 } }])
  expect(troubles).toEqual({})
})
