/** The place table, the words of an answer, and the settings. */
import { expect, test } from 'vitest'
import { NamedPlaceRobotConfig } from '#adapters/named-place-robot/config.ts'
import { intentIn } from '#adapters/named-place-robot/intents.ts'
import { createPlaceTable } from '#adapters/named-place-robot/places.ts'

const settings = {
  vendor: 'temi',
  robot: { transport: 'websocket', url: 'ws://127.0.0.1:1/robot', token: 'sixteen-letters-at-least' },
  places: {
    entrance: 'Front Door',
    kiosks: { name: 'Kiosk Corner', aliases: ['Machines'] },
    'charger-1': { name: 'home base', zone: 'kiosks' },
  },
}
const table = () => createPlaceTable(NamedPlaceRobotConfig.parse(settings).places)
const zoneWill = { zoneWill: true }

test('a place has the robot’s name, in the robot’s spelling', () => {
  const places = table()
  expect(places.nameOf({ zone: 'entrance' }, zoneWill)).toBe('Front Door')
  places.taught(['front door', 'machines', 'home base'])
  expect(places.nameOf({ zone: 'entrance' }, zoneWill)).toBe('front door')
  expect(places.nameOf({ zone: 'kiosks' }, zoneWill)).toBe('machines')
  expect(places.spotOf('FRONT DOOR ')).toEqual({ zone: 'entrance' })
  expect(places.spotOf('home base')).toEqual({ place: 'charger-1', zone: 'kiosks' })
  expect(places.spotOf('somewhere')).toBeUndefined()
  expect(places.spotOf(null)).toBeUndefined()
})

test('a place that it does not know is none, and its zone will do only where it may', () => {
  const places = table()
  expect(places.nameOf({ place: 'kiosk-place-1' }, zoneWill)).toBeUndefined()
  expect(places.nameOf({ place: 'kiosk-place-1', zone: 'kiosks' }, zoneWill)).toBe('Kiosk Corner')
  expect(places.nameOf({ place: 'kiosk-place-1', zone: 'kiosks' }, { zoneWill: false })).toBeUndefined()
  expect(places.nameOf({ pose: { map: 'hall', x: 1, y: 2 } }, zoneWill)).toBeUndefined()
  expect(places.nameOf({ zone: 'constructor' }, zoneWill)).toBeUndefined()
})

test('a row that the robot was never taught counts as missing', () => {
  const places = table()
  places.taught(['Front Door'])
  expect(places.missing()).toEqual(['kiosks', 'charger-1'])
  expect(places.nameOf({ zone: 'kiosks' }, zoneWill)).toBeUndefined()
  places.taught(['Front Door', 'Kiosk Corner', 'Home Base'])
  expect(places.missing()).toEqual([])
})

test('an answer is understood by the longest words in it, and English by whole words', () => {
  const intents = { card: ['card', '银行卡'], account: ['account'], corporate: ['corporate account'] }
  expect(intentIn('A corporate account, please', intents)).toBe('corporate')
  expect(intentIn('I lost my CARD.', intents)).toBe('card')
  expect(intentIn('cardboard? no, card', intents)).toBe('card')
  expect(intentIn('cardboard', intents)).toBeUndefined()
  expect(intentIn('我的银行卡丢了', intents)).toBe('card')
  expect(intentIn('', intents)).toBeUndefined()
})

test('settings that do not fit are told with their path', () => {
  const wrong = (more: object) =>
    NamedPlaceRobotConfig.safeParse({ ...settings, ...more }).error?.issues.map(({ path }) => path.join('.'))
  expect(wrong({})).toBeUndefined()
  expect(wrong({ places: {} })).toEqual(['places'])
  expect(wrong({ robot: { ...settings.robot, token: 'short' } })).toEqual(['robot.token'])
  expect(wrong({ robot: { ...settings.robot, url: 'http://127.0.0.1' } })).toEqual(['robot.url'])
  expect(wrong({ ownGreeting: 'switchable' })).toEqual(['greetsIn'])
  expect(wrong({ vendor: 'orionstar', ownGreeting: 'always', greetsIn: 'entrance' })).toEqual(['ownGreeting'])
  expect(wrong({ palces: {} })).toBeDefined()
})
