/** Makes bad payloads out of a good one: every place in it, with every value that does not belong there. */
import type { JsonSchema } from '#protocol/reference/schemas.ts'
import { breaks, choices, properties, required, resolved } from './json-schema.ts'

/** Values that cause trouble somewhere: wrong types, ranges, what JSON cannot carry, names a broker or shell minds. */
const troublemakers: readonly unknown[] = [
  null,
  true,
  'true',
  0,
  -0.5,
  0.5,
  -1,
  3,
  10,
  101,
  501,
  10_001,
  86_400_001,
  2 ** 53,
  1e15,
  Number.NaN,
  JSON.parse('1e400'),
  JSON.parse('-1e400'),
  '',
  ' ',
  '1',
  'NaN',
  'A B',
  'Ä',
  '../etc',
  '$SYS',
  '+',
  '#',
  'a/b',
  '-a',
  'a\n',
  'a\u0000',
  'a\u0007',
  'a\u001b[2J',
  'a\u0085',
  '\ud800',
  '\uffff',
  'x'.repeat(65),
  'x'.repeat(129),
  'x'.repeat(8_193),
  '__proto__',
  'constructor',
  [],
  [null],
  [[]],
  Array.from({ length: 501 }, () => 'a'),
  {},
  { a: Number.NaN },
  { '': 1 },
  { place: 7 },
  { language: 'zh', text: '\u0007' },
  Buffer.from('x'),
]

interface Place {
  readonly schema: JsonSchema
  readonly value: unknown
  /** The whole payload with something else here. */
  readonly set: (value: unknown) => unknown
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withKey = (object: Record<string, unknown>, key: string, value: unknown) => ({
  ...object,
  [key]: value,
})

const withItem = (items: readonly unknown[], index: number, value: unknown) =>
  items.map((item, at) => (at === index ? value : item))

/** Every place of the payload, with a way to put something else there. */
const places = ({ schema: given, value, set }: Place): Place[] => {
  const schema = resolved(given)
  const option = choices(schema)?.find((candidate) => !breaks(candidate, value))
  if (option !== undefined) return places({ schema: option, value, set })
  const here = { schema, value, set }
  if (Array.isArray(value) && schema['type'] === 'array') {
    const items = schema['items'] as JsonSchema
    return [
      here,
      ...value.flatMap((item, index) =>
        places({ schema: items, value: item, set: (next) => set(withItem(value, index, next)) }),
      ),
    ]
  }
  if (!isPlain(value) || schema['type'] !== 'object') return [here]
  const fields = properties(schema)
  const rest = schema['additionalProperties'] as JsonSchema | undefined
  return [
    here,
    // Fields that are absent are places too.
    ...Object.entries(fields).flatMap(([name, field]) =>
      places({ schema: field, value: value[name], set: (next) => set(withKey(value, name, next)) }),
    ),
    ...(rest === undefined ? [] : Object.keys(value)).flatMap((name) =>
      places({
        schema: rest as JsonSchema,
        value: value[name],
        set: (next) => set(withKey(value, name, next)),
      }),
    ),
  ]
}

const withoutKey = (object: Record<string, unknown>, key: string) => {
  const { [key]: _gone, ...rest } = object
  return rest
}

export const everyPlace = (schema: JsonSchema, good: unknown): Place[] =>
  places({ schema, value: good, set: (value) => value })

/** All bad payloads of one good one. None of them fits the schema, by the oracle's word. */
export const badPayloads = (schema: JsonSchema, good: unknown): unknown[] => {
  const replaced = everyPlace(schema, good).flatMap((place) =>
    troublemakers.filter((value) => breaks(place.schema, value)).map((value) => place.set(value)),
  )
  const missing = isPlain(good)
    ? required(resolved(schema))
        .filter((name) => Object.hasOwn(good, name))
        .map((name) => withoutKey(good, name))
    : []
  return [...replaced, ...missing].filter((payload) => breaks(schema, payload))
}
