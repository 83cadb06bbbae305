/** What every schema of the contract accepts, refuses and drops; its JSON Schema is the oracle. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels } from '#protocol/channels.ts'
import { contractSchemas, type JsonSchema } from '#protocol/reference/schemas.ts'
import { badPayloads, everyPlace } from './bad-payloads.ts'
import { arbitraryOf, breaks, schemaOf } from './json-schema.ts'

const schemas = [...contractSchemas()]
/** Bad payloads tried for each schema, at least. */
const badMin = 2_000

describe.each(schemas)('%s', (name, schema) => {
  const jsonSchema = schemaOf(name)
  const good = arbitraryOf(jsonSchema)

  test('accepts what its JSON Schema allows, and reads its own output back unchanged', () => {
    fc.assert(
      fc.property(good, (payload) => {
        expect(breaks(jsonSchema, payload)).toBe(false)
        const parsed = schema.parse(payload)
        expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed)
      }),
      { numRuns: 50 },
    )
  })

  test(`refuses all of ${badMin} bad payloads`, () => {
    let tried = 0
    for (const payload of fc.sample(good, { numRuns: 400, seed: 7 })) {
      if (tried >= badMin) break
      for (const bad of badPayloads(jsonSchema, payload)) {
        tried += 1
        if (schema.safeParse(bad).success) expect.fail(`accepted ${JSON.stringify(bad)} (${String(bad)})`)
      }
    }
    expect(tried).toBeGreaterThanOrEqual(badMin)
  })

  test('drops what it does not know, at every depth', () => {
    const extras = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"face":"…","名字":"王"}') as object
    fc.assert(
      fc.property(good, (payload) => {
        const clean = schema.parse(payload)
        for (const place of everyPlace(jsonSchema, payload)) {
          if (!('properties' in place.schema) || typeof place.value !== 'object') continue
          const noisy = Object.defineProperties({ ...place.value }, Object.getOwnPropertyDescriptors(extras))
          expect(schema.parse(place.set(noisy))).toEqual(clean)
        }
      }),
      { numRuns: 20 },
    )
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })
})

test('a key named __proto__ never becomes a prototype in a free-form payload', () => {
  const payload: unknown = JSON.parse('{"command":1,"__proto__":{"admin":true}}')
  const parsed = contractSchemas().get('vendor.event')?.parse(payload)
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
  expect((parsed as Record<string, unknown>)['admin']).toBeUndefined()
})

/** What arrives from outside: limits are checked by their own words here, not by what the schema says of itself. */
const fromDevices = Object.values(channels)
  .filter((channel) => channel.from === 'device')
  .flatMap((channel) => Object.entries(channel.messages))

describe.each(fromDevices)('from a device: %s', (name, schema) => {
  const jsonSchema = schemaOf(name)
  const samples = fc.sample(arbitraryOf(jsonSchema), { numRuns: 30, seed: 11 })
  const placesOf = (type: string) =>
    samples
      .flatMap((payload) => everyPlace(jsonSchema, payload))
      .filter((place) => place.schema['type'] === type)

  test.each(['\u0000', '\u0007', '\u001b[2J', '\u007f', '\u0085', '\ud800', '\uffff'])(
    'no text of it takes %j',
    (trouble) => {
      for (const place of placesOf('string'))
        expect(schema.safeParse(place.set(`a${trouble}`)).success).toBe(false)
    },
  )

  test('no text, list or number of it is without a limit', () => {
    const endless = 'a'.repeat(10_000)
    for (const place of placesOf('string')) expect(schema.safeParse(place.set(endless)).success).toBe(false)
    for (const place of placesOf('array')) {
      const items = arbitraryOf(place.schema['items'] as JsonSchema)
      const many = fc.sample(fc.array(items, { minLength: 2_000, maxLength: 2_000, size: 'max' }), {
        numRuns: 1,
      })[0]
      expect(schema.safeParse(place.set(many)).success).toBe(false)
    }
    for (const place of [...placesOf('number'), ...placesOf('integer')])
      for (const wild of [Number.NaN, Number.POSITIVE_INFINITY, JSON.parse('-1e400'), '1'])
        expect(schema.safeParse(place.set(wild)).success).toBe(false)
  })
})
