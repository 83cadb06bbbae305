/** JSON read with its places: the same as the browser reads it, and each fault on its line. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from '#apps/lobby/pages/plan/model/json-text.ts'

const parsed = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

test('whatever is JSON is read as the browser reads it, however it is spaced', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5 }),
      fc.constantFrom(undefined, 1, '\t', '\r\n '),
      (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(readJson(text)).toMatchObject({ value: JSON.parse(text) as unknown })
      },
    ),
  )
})

test('what was damaged is refused exactly where the browser refuses it', () => {
  const damage = fc.tuple(
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', ',', '"', '}', '[', '0', '\\', 'x', ' ', '\u0001'),
  )
  let refused = 0
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), damage, (value, [at, gone, put]) => {
      const text = JSON.stringify(value)
      const from = at % (text.length + 1)
      const bad = text.slice(0, from) + put + text.slice(from + gone)
      const read = readJson(bad)
      // Only this one reader minds a name that is there twice.
      if ('fault' in read && read.fault === 'twice') return
      const known = parsed(bad)
      expect('fault' in read).toBe(known === undefined)
      if (known === undefined) refused++
      else expect(read).toMatchObject(known)
    }),
    { numRuns: 2_000 },
  )
  expect(refused).toBeGreaterThan(100)
})

/** `§` stands before the fault. */
const marked = (text: string) => {
  const before = text.slice(0, text.indexOf('§')).split('\n')
  return {
    text: text.replace('§', ''),
    spot: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  }
}

test.each([
  ['{\n  "a": 1,\n  "b": §}', 'unexpected'],
  ['{"a": [1, 2,§, 3]}', 'unexpected'],
  ['{"a": §"never closed\n}', 'unexpected'],
  ['{"a": 1§', 'ended'],
  ['§', 'ended'],
  ['{} §{}', 'unexpected'],
  ["{§'a': 1}", 'unexpected'],
  ['{"a": 1,\n §"a": 2}', 'twice'],
  [`${'['.repeat(33)}§[[[`, 'deep'],
] as const)('case %#: the place is named', (faulty, fault) => {
  const { text, spot } = marked(faulty)
  expect(readJson(text)).toEqual({ fault, spot })
})

test('everything in it is found again; of what is missing, where it should be', () => {
  const read = readJson('{\n  "zones": [\n    { "id": "a" },\n    { "id": 7 }\n  ]\n}')
  if ('fault' in read) throw new Error(read.fault)
  expect(read.spotOf(['zones', 1, 'id'])).toEqual({ line: 4, column: 13 })
  expect(read.spotOf(['zones', 0, 'kind'])).toEqual({ line: 3, column: 5 })
  expect(read.spotOf(['devices'])).toEqual({ line: 1, column: 1 })
})

test('a name such as __proto__ is a name', () => {
  const read = readJson('{"__proto__": {"x": 1}}')
  expect('value' in read && Object.keys(read.value as object)).toEqual(['__proto__'])
})
