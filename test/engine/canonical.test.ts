/** Canonical JSON: one spelling, the same value back, and nothing accepted that a restart would change. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAgain, canonicalJson } from '#hub/engine/canonical.ts'

/** JSON.parse('-0') is -0 for an engine but 0 for JSON.stringify; the two are equal for every decision. */
const plain = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  )
}

describe('canonical JSON', () => {
  it('is read back as the same value', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value)
      }),
    )
  })

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it('says the same of its own parse', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('is the same by the way that looks for order first, whatever the order, and as strict', () => {
    const inOrder = plain.map((value) => JSON.parse(canonicalJson(value)) as unknown)
    const value = fc.oneof(plain, inOrder, plain.map(shuffled), fc.record({ b: inOrder, a: inOrder }))
    fc.assert(
      fc.property(value, (given) => {
        expect(canonicalAgain(given)).toBe(canonicalJson(given))
      }),
    )
    expect(canonicalAgain({ 9: 'y', 10: 'x', a: [-0, 'ü"\n'] })).toBe(
      canonicalJson({ 9: 'y', 10: 'x', a: [-0, 'ü"\n'] }),
    )
    const cycle: Record<string, unknown> = {}
    cycle['a'] = cycle
    const holes: unknown[] = []
    holes.length = 2
    for (const odd of [
      undefined,
      Number.NaN,
      new Date(0),
      new Map(),
      { a: undefined },
      holes,
      cycle,
      [() => 0],
    ])
      expect(() => canonicalAgain(odd)).toThrow('not plain JSON')
  })

  it('tells different values apart', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(isDeepStrictEqual(a, b))
      }),
    )
  })

  it('sorts keys at every depth, numbers among them', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], a: true, 10: 'x', 9: 'y' })).toBe(
      '{"10":"x","9":"y","a":true,"b":[{"a":null,"z":1}]}',
    )
    expect(canonicalJson({ ['__proto__']: 1 })).toBe('{"__proto__":1}')
  })

  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  it.each([
    ['undefined', { a: { b: [1, undefined] } }, '$.a.b[1] is undefined'],
    ['a hole', { a: Object.assign([], { 0: 1, 2: 2 }) }, '$.a[1] is undefined'],
    ['NaN', [Number.NaN], '$[0] is NaN'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, '$.a is Infinity'],
    ['a date', { at: new Date(0) }, '$.at is a Date'],
    ['a map', { rows: new Map() }, '$.rows is a Map'],
    ['a function', { run: () => 1 }, '$.run is function'],
    ['a big integer', { n: 1n }, '$.n is bigint'],
    ['a symbol', [Symbol('x')], '$[0] is symbol'],
    ['a class instance', { error: new Error('x') }, '$.error is a Error'],
    ['a cycle', cycle, 'nests too deep'],
  ])('refuses %s and names the place', (_, value, where) => {
    expect(() => canonicalJson(value)).toThrow(
      expect.objectContaining({ code: 'json.not-plain', message: expect.stringContaining(where) }),
    )
  })
})
