/** Whatever a sensor sends, only the branch's own words, numbers of people, ages and digests come out; and nothing good is lost. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { devicesOf } from '#adapters/people-sensing/config.ts'
import type { SensedEvent } from '#adapters/people-sensing/translators/outcome.ts'
import { events } from '#protocol/events.ts'
import { listenTo, sourceOf } from './support/listen.ts'

interface Message {
  readonly topic: string
  readonly payload: unknown
  readonly retained?: boolean
}
interface Fixture {
  readonly arrivedAt: number
  readonly config: object
  readonly messages: readonly Message[]
}

const fixtures = globSync(join(import.meta.dirname, 'fixtures/*.json'))
  .sort()
  .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8')) as Fixture] as const)

/** What nobody may ever learn. */
const secrets = [
  'Zhang-Wei',
  'ABC12345',
  'female',
  'age-57',
  '/9j/4AAQSkZJRg',
  '张伟',
  'red-coat',
  '622848001',
]

const secret = fc.constantFrom(...secrets)
const spoilt = fc.oneof(
  secret,
  fc.constantFrom(
    null,
    true,
    false,
    -1,
    0,
    1,
    3.5,
    1e300,
    -1e300,
    2 ** 53,
    '5',
    ' 7 ',
    '1e9',
    'NaN',
    '',
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

type Change = {
  readonly at: number
  readonly how: 'replace' | 'drop' | 'extra' | 'copy'
  readonly value: unknown
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom('replace' as const, 'drop' as const, 'extra' as const, 'copy' as const),
  value: spoilt,
})

/** Every place in a message, to be changed. */
const placesIn = (value: unknown, found: { holder: Record<string, unknown>; key: string }[] = []) => {
  if (typeof value !== 'object' || value === null) return found
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Record<string, unknown>, key })
    placesIn((value as Record<string, unknown>)[key], found)
  }
  return found
}

const changed = (payload: unknown, changes: readonly Change[]): unknown => {
  if (typeof payload !== 'object') return changes.length > 0 ? changes[0]?.value : payload
  const copy = structuredClone(payload)
  for (const { at, how, value } of changes) {
    const places = placesIn(copy)
    const place = places[at % places.length]
    if (place === undefined) continue
    const { holder, key } = place
    const put = (name: string, what: unknown) => {
      if (Array.isArray(holder)) holder.push(structuredClone(what))
      else holder[name] = structuredClone(what)
    }
    if (how === 'replace') holder[key] = structuredClone(value)
    else if (how === 'drop') delete holder[key]
    else if (how === 'extra') put(JSON.stringify(value), value)
    else put(secrets[at % secrets.length] ?? '', holder[key])
  }
  return copy
}

const keys: ReadonlySet<string> = new Set(['zone', 'track', 'count', 'direction', 'observedAgoMs'])
const wordsOf = (config: object) => {
  const zones = new Set<string>()
  for (const { holder, key } of placesIn(config)) if (key === 'zone') zones.add(String(holder[key]))
  return { zones, devices: new Set(devicesOf(sourceOf(config))) }
}

const expectHarmless = (heard: readonly SensedEvent[], { zones, devices }: ReturnType<typeof wordsOf>) => {
  for (const { device, name, data } of heard) {
    expect(devices.has(device)).toBe(true)
    expect(Object.keys(data).filter((key) => !keys.has(key))).toEqual([])
    expect(events[name].safeParse(data).success).toBe(true)
    if (data.zone !== undefined) expect(zones.has(data.zone)).toBe(true)
    if ('track' in data) expect(data.track).toMatch(/^[0-9a-f]{16}$/)
  }
  const text = JSON.stringify(heard)
  for (const word of secrets) expect(text).not.toContain(word)
}

describe.each(fixtures)('%s', (_name, { config, messages, arrivedAt }) => {
  const words = wordsOf(config)

  test('spoilt messages let nothing out but what the contract knows', () => {
    let fromWhole = 0
    let fromSpoilt = 0
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            which: fc.nat(messages.length - 1),
            changes: fc.array(change, { maxLength: 6 }),
            retained: fc.boolean(),
            again: fc.boolean(),
            passMs: fc.constantFrom(0, 0, 5, 5, 20, 700_000),
          }),
          { maxLength: 12 },
        ),
        (said) => {
          const listening = listenTo(config, arrivedAt)
          for (const { which, changes, retained, again, passMs } of said) {
            const { topic, payload } = messages[which] as Message
            listening.pass(passMs)
            const heard = listening.hear(topic, changed(payload, changes), { retained, again })
            expectHarmless(heard, words)
            if (changes.length === 0) fromWhole += heard.length
            else fromSpoilt += heard.length
          }
        },
      ),
      { numRuns: 400 },
    )
    // It would prove nothing if nothing came out at all.
    expect(fromWhole).toBeGreaterThan(10)
    expect(fromSpoilt).toBeGreaterThan(50)
  })

  test('bytes that are no message at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.nat(messages.length - 1),
        (payload, which) => {
          const listening = listenTo(config, arrivedAt)
          expectHarmless(listening.hear((messages[which] as Message).topic, payload), words)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('junk between good messages takes nothing from them', () => {
    const good = listenTo(config, arrivedAt)
    const expected = messages.flatMap(({ topic, payload, retained = false }) =>
      good.hear(topic, payload, { retained }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.jsonValue(), fc.constant('{"half":')), { maxLength: 3 }), {
          minLength: messages.length,
          maxLength: messages.length,
        }),
        (junk) => {
          const listening = listenTo(config, arrivedAt)
          const heard = messages.flatMap(({ topic, payload, retained = false }, index) => {
            // A bare number is a good count of Frigate's, and no bytes are a deleted property of ONVIF's.
            for (const value of junk[index] ?? [])
              if (typeof value !== 'number' && value !== '' && !isNumeral(value))
                listening.hear(topic, value, { retained })
            return listening.hear(topic, payload, { retained })
          })
          expect(heard).toEqual(expected)
        },
      ),
      { numRuns: 100 },
    )
  })
})

const isNumeral = (value: unknown) => typeof value === 'string' && /^\s*[+-]?\d/.test(value)
