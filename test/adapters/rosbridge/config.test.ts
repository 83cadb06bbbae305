/** The settings, and the place table. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RosbridgeConfig } from '#adapters/rosbridge/config.ts'
import { poseStamped, spotAt, targetOf } from '#adapters/rosbridge/places.ts'
import { places } from './support/places.ts'

const settings = { robot: { url: 'ws://127.0.0.1:9090' }, places }
const wrong = (more: object) =>
  RosbridgeConfig.safeParse({ ...settings, ...more }).error?.issues.map(({ path }) => path.join('.'))

test('settings that do not fit are told with their path', () => {
  expect(wrong({})).toBeUndefined()
  expect(wrong({ robot: { url: 'http://robot' } })).toEqual(['robot.url'])
  expect(wrong({ robot: { url: 'ws://user:secret@robot:9090' } })).toEqual(['robot.url'])
  expect(wrong({ robot: { ...settings.robot, token: 'short' } })).toEqual(['robot.token'])
  expect(wrong({ robot: { ...settings.robot, ca: '/nowhere/ca.pem' } })).toEqual(['robot.ca'])
  expect(
    wrong({ robot: { ...settings.robot, ca: join(import.meta.dirname, 'config.test.ts') } }),
  ).toBeUndefined()
  expect(wrong({ places: {} })).toEqual(['places'])
  expect(wrong({ places: { entrance: { x: '1', y: 1 } } })).toEqual(['places.entrance.x'])
  expect(wrong({ navigation: { action: 'navigate_to_pose' } })).toEqual(['navigation.action'])
  expect(wrong({ speech: { by: 'topic', topic: '/speech' } })).toEqual(['languages'])
  expect(wrong({ topics: { batery: '/b' } })).toEqual(['topics'])
})

const plan = { ...RosbridgeConfig.parse(settings), map: 'hall' }
const zoneWill = { zoneWill: true }

test('a target is the place’s own row, the pose, or the zone around it, in that order', () => {
  expect(targetOf(plan, { place: 'charger-1', zone: 'waiting' }, zoneWill)).toMatchObject({
    x: 2,
    y: 2,
    dock: 'home',
  })
  const pose = { map: 'hall', x: 7, y: 8, theta: 1 }
  expect(targetOf(plan, { place: 'window', zone: 'waiting', pose }, zoneWill)).toEqual({ x: 7, y: 8, yaw: 1 })
  expect(targetOf(plan, { place: 'window', zone: 'waiting' }, zoneWill)).toMatchObject({
    x: 4,
    y: 1,
    yaw: 1.57,
  })
  const unknown = { code: 'unknown-place' }
  expect(() => targetOf(plan, { place: 'window', zone: 'waiting' }, { zoneWill: false })).toThrow(
    expect.objectContaining(unknown),
  )
  const elsewhere = { pose: { map: 'upstairs', x: 1, y: 1 } }
  expect(() => targetOf(plan, elsewhere, zoneWill)).toThrow(expect.objectContaining(unknown))
  expect(() => targetOf(plan, { zone: 'constructor' }, zoneWill)).toThrow(expect.objectContaining(unknown))
})

test('where it stands is the nearest place within half a metre, and only on its map', () => {
  const at = (x: number, y: number, frame = 'map') => spotAt(plan, { frame, x, y, yaw: 0 })
  expect(at(2.3, 2)).toEqual({
    place: 'charger-1',
    zone: 'kiosks',
    pose: { map: 'hall', x: 2.3, y: 2, theta: 0 },
  })
  expect(at(4, 1.4)).toMatchObject({ zone: 'waiting' })
  expect(at(8, 8)).toEqual({ pose: { map: 'hall', x: 8, y: 8, theta: 0 } })
  expect(at(2, 2, 'odom')).toEqual({})
})

test('a goal is in the frame of the map, at time zero', () => {
  expect(poseStamped(plan, { x: 1, y: 2, yaw: Math.PI })).toMatchObject({
    header: { frame_id: 'map', stamp: { sec: 0, nanosec: 0 } },
    pose: { position: { x: 1, y: 2, z: 0 }, orientation: { z: 1 } },
  })
})
