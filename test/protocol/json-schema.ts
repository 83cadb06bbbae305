/**
 * The part of JSON Schema that the contract uses, as an oracle that knows nothing of zod: it makes payloads that fit a
 * schema, and says whether one value breaks the schema of its place.
 */
import fc from 'fast-check'
import { type JsonSchema, jsonSchemas } from '#protocol/reference/schemas.ts'

const all = jsonSchemas()

export const schemaOf = (name: string): JsonSchema => {
  const schema = all.get(name)
  if (schema === undefined) throw new Error(`no schema ${name}`)
  return schema
}

/** Follows a reference, also one wrapped in `allOf` for the sake of draft 7. */
export const resolved = (schema: JsonSchema): JsonSchema => {
  const inner = (schema['allOf'] as JsonSchema[] | undefined)?.[0] ?? schema
  const ref = inner['$ref']
  return typeof ref === 'string' ? resolved(schemaOf(ref.replace(/\.json$/, ''))) : inner
}

export const properties = (schema: JsonSchema) => (schema['properties'] ?? {}) as Record<string, JsonSchema>
export const required = (schema: JsonSchema) => (schema['required'] ?? []) as string[]
export const choices = (schema: JsonSchema) =>
  (schema['oneOf'] ?? schema['anyOf']) as JsonSchema[] | undefined

const limit = (schema: JsonSchema, name: string, otherwise: number) =>
  typeof schema[name] === 'number' ? schema[name] : otherwise

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const patternOf = (schema: JsonSchema) => new RegExp(schema['pattern'] as string, 'u')

const textArbitrary = (schema: JsonSchema): fc.Arbitrary<string> => {
  const max = limit(schema, 'maxLength', 200)
  const pattern = schema['pattern']
  if (typeof pattern !== 'string') return fc.string({ maxLength: max })
  // A class that refuses characters has no useful generator: take text and keep what fits.
  const source = pattern.startsWith('^[^')
    ? fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constant('您好，请到自助区'))
    : fc.stringMatching(patternOf(schema))
  return source.filter((text) => text.length <= max && patternOf(schema).test(text))
}

const numberArbitrary = (schema: JsonSchema): fc.Arbitrary<number> => {
  const min = limit(schema, 'minimum', -1e9)
  const max = limit(schema, 'maximum', 1e9)
  if (schema['type'] === 'integer') return fc.integer({ min, max: Math.min(max, Number.MAX_SAFE_INTEGER) })
  return fc
    .double({ min, max, noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value))
}

/** JSON as it comes out of a parser: no undefined, no minus zero. */
const jsonArbitrary = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)

const safeKey = (key: string) => key !== '__proto__'

const objectArbitrary = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  const rest = schema['additionalProperties']
  if (isPlain(rest)) {
    const names = arbitraryOf((schema['propertyNames'] ?? { type: 'string' }) as JsonSchema)
    return fc.dictionary((names as fc.Arbitrary<string>).filter(safeKey), arbitraryOf(rest), {
      maxKeys: 3,
      noNullPrototype: true,
    })
  }
  const fields = Object.entries(properties(schema)).map(
    ([name, field]) => [name, arbitraryOf(field)] as const,
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: required(schema), noNullPrototype: true })
}

/** Payloads that fit the schema. */
export const arbitraryOf = (given: JsonSchema): fc.Arbitrary<unknown> => {
  const schema = resolved(given)
  const options = choices(schema)
  if (options !== undefined) return fc.oneof(...options.map(arbitraryOf))
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  switch (schema['type']) {
    case 'string':
      return textArbitrary(schema)
    case 'integer':
    case 'number':
      return numberArbitrary(schema)
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(arbitraryOf(schema['items'] as JsonSchema), {
        minLength: limit(schema, 'minItems', 0),
        maxLength: Math.min(4, limit(schema, 'maxItems', 4)),
      })
    case 'object':
      return objectArbitrary(schema)
    default:
      return jsonArbitrary
  }
}

const breaksText = (schema: JsonSchema, value: unknown) =>
  typeof value !== 'string' ||
  value.length > limit(schema, 'maxLength', Number.POSITIVE_INFINITY) ||
  value.length < limit(schema, 'minLength', 0) ||
  (typeof schema['pattern'] === 'string' && !patternOf(schema).test(value))

const breaksNumber = (schema: JsonSchema, value: unknown) =>
  typeof value !== 'number' ||
  !Number.isFinite(value) ||
  (schema['type'] === 'integer' && !Number.isInteger(value)) ||
  value < limit(schema, 'minimum', Number.NEGATIVE_INFINITY) ||
  value > limit(schema, 'maximum', Number.POSITIVE_INFINITY)

const breaksObject = (schema: JsonSchema, value: unknown): boolean =>
  !isPlain(value) ||
  required(schema).some((name) => !Object.hasOwn(value, name)) ||
  Object.entries(properties(schema)).some(
    ([name, field]) => Object.hasOwn(value, name) && breaks(field, value[name]),
  ) ||
  (isPlain(schema['additionalProperties']) &&
    Object.entries(value).some(
      ([name, item]) =>
        breaks((schema['propertyNames'] ?? {}) as JsonSchema, name) ||
        breaks(schema['additionalProperties'] as JsonSchema, item),
    ))

const breaksArray = (schema: JsonSchema, value: unknown): boolean =>
  !Array.isArray(value) ||
  value.length < limit(schema, 'minItems', 0) ||
  value.length > limit(schema, 'maxItems', Number.POSITIVE_INFINITY) ||
  value.some((item) => breaks(schema['items'] as JsonSchema, item))

const isJson = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  if (isPlain(value)) return Object.values(value).every(isJson)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

/** Whether the value does not fit the schema. */
export const breaks = (given: JsonSchema, value: unknown): boolean => {
  const schema = resolved(given)
  const options = choices(schema)
  if (options !== undefined) return options.every((option) => breaks(option, value))
  if ('const' in schema) return value !== schema['const']
  if (Array.isArray(schema['enum'])) return !schema['enum'].includes(value)
  switch (schema['type']) {
    case 'string':
      return breaksText(schema, value)
    case 'integer':
    case 'number':
      return breaksNumber(schema, value)
    case 'boolean':
      return typeof value !== 'boolean'
    case 'array':
      return breaksArray(schema, value)
    case 'object':
      return breaksObject(schema, value)
    default:
      return !isJson(value)
  }
}
