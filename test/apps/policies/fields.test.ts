/** What a policy's schema becomes on the page, and what a finger on a chart means. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beyondIn, isBeyond } from '#apps/lobby/pages/policies/model/beyond.ts'
import { isCrowded, snap, topFor, valueAt, yOf } from '#apps/lobby/pages/policies/model/chart.ts'
import { type Setting, settingsOf, toKept, toShown } from '#apps/lobby/pages/policies/model/fields.ts'
import { inWords, namedIn, troubleOf } from '#apps/lobby/pages/policies/model/trouble.ts'

const properties = {
  enterLength: { type: 'integer', minimum: 1, maximum: 500, default: 8 },
  enterWaitMs: { type: 'integer', minimum: 0, maximum: 14_400_000, default: 600_000 },
  holdMs: { type: 'integer', minimum: 500, maximum: 1_800_000, default: 30_000 },
  easeShare: { type: 'number', minimum: 0.3, maximum: 1, default: 0.8 },
  lowPercent: { type: 'number', minimum: 5, maximum: 90, default: 25 },
  walkSpeed: { type: 'number', minimum: 0.2, maximum: 2, default: 0.8 },
  silent: { type: 'boolean', default: true },
  roles: { type: 'array', minItems: 1, items: { type: 'string', enum: ['manager', 'guard'] } },
  kinds: { type: 'array', items: { $ref: '#/$defs/Id' } },
  words: { type: 'object', additionalProperties: { type: 'string', maxLength: 240 } },
  seed: { type: 'string', minLength: 1, maxLength: 64 },
  way: { type: 'string', enum: ['short', 'long'] },
  unbounded: { type: 'integer' },
}
const defaults = {
  enterLength: 8,
  enterWaitMs: 600_000,
  holdMs: 30_000,
  easeShare: 0.8,
  lowPercent: 25,
  walkSpeed: 0.8,
  silent: true,
  roles: ['guard'],
  kinds: ['greeting'],
  words: { zh: '您好' },
  seed: 'x',
  way: 'short',
  unbounded: 1,
}
const settings = (policy: object = {}, bounds: Record<string, { min?: number; max?: number }> = {}) =>
  new Map(
    settingsOf({
      schema: { type: 'object', properties },
      labels: { enterLength: 'Waiting tickets' },
      policy: { ...defaults, ...policy },
      defaults,
      bounds,
    }).map((setting) => [setting.name, setting]),
  )
const shapes = (policy?: object) => (name: string) => settings(policy).get(name)?.shape

it('gives each setting the control, the unit and the bounds that fit it', () => {
  const shape = shapes()
  expect(settings().get('enterLength')).toMatchObject({ label: 'Waiting tickets', usual: 8 })
  expect(shape('enterLength')).toMatchObject({
    kind: 'number',
    unit: { name: 'none' },
    least: 1,
    most: 500,
    step: 1,
  })
  expect(shape('enterWaitMs')).toMatchObject({ unit: { name: 'minutes' }, least: 0, most: 240, step: 1 })
  expect(shape('holdMs')).toMatchObject({ unit: { name: 'seconds' }, least: 5, most: 1_800, step: 5 })
  expect(shape('easeShare')).toMatchObject({ unit: { name: 'percent' }, least: 30, most: 100, step: 5 })
  expect(shape('lowPercent')).toMatchObject({ unit: { name: 'percent' }, least: 5, most: 90 })
  expect(shape('walkSpeed')).toMatchObject({ unit: { name: 'speed' }, least: 0.2, most: 2, step: 0.1 })
  expect(shape('silent')).toEqual({ kind: 'flag' })
  expect(shape('roles')).toEqual({ kind: 'choices', options: ['manager', 'guard'], least: 1, most: 2 })
  expect(shape('words')).toEqual({ kind: 'phrase', longest: 240 })
  expect(shape('seed')).toEqual({ kind: 'text', least: 1, longest: 64 })
  expect(shape('way')).toEqual({ kind: 'choice', options: ['short', 'long'] })
  for (const name of ['kinds', 'unbounded']) expect(shape(name)).toEqual({ kind: 'fixed' })
})

const bounds = { enterLength: { min: 4, max: 12 }, enterWaitMs: { max: 900_000 } }

it('takes what the flow takes, and says how far head office lets one person go', () => {
  const within = settings({}, bounds)
  const allowed = (name: string) => {
    const shape = within.get(name)?.shape
    return shape?.kind === 'number' ? shape.allowed : shape
  }
  expect(within.get('enterLength')?.shape).toMatchObject({ least: 1, most: 500 })
  expect(allowed('enterLength')).toEqual({ least: 4, most: 12 })
  expect(allowed('enterWaitMs')).toEqual({ least: 0, most: 15 })
  expect(allowed('holdMs')).toBeUndefined()
})

it('knows what needs a second person: what is beyond the bounds, and not so already', () => {
  const within = settings({}, bounds)
  const beyond = (name: string, was: number, is: number) => beyondIn(within, [{ name, was, is }]).length > 0
  expect([beyond('enterLength', 8, 12), beyond('enterLength', 8, 13), beyond('enterLength', 8, 3)]).toEqual([
    false,
    true,
    true,
  ])
  expect([beyond('enterLength', 40, 40), beyond('enterLength', 40, 39)]).toEqual([false, true])
  expect([beyond('enterWaitMs', 0, 900_001), beyond('holdMs', 0, 1e9), beyond('none', 0, 1)]).toEqual([
    true,
    false,
    false,
  ])
  expect(isBeyond({ limit: { max: 1 } }, { was: 'a', is: 'b' })).toBe(false)
})

it('counts in seconds where minutes would change the value', () => {
  const shape = shapes({ enterWaitMs: 95_000 })('enterWaitMs')
  expect(shape).toMatchObject({ kind: 'number', unit: { name: 'seconds' }, step: 5 })
  expect(shapes({ enterWaitMs: 96_000 })('enterWaitMs')).toMatchObject({ step: 1 })
})

it('keeps what is shown, and shows what is kept', () => {
  const unit = (name: string): Parameters<typeof toKept>[1] => {
    const found = shapes()(name)
    if (found?.kind !== 'number') throw new Error(name)
    return found.unit
  }
  expect(toKept(85, unit('easeShare'))).toBe(0.85)
  expect(toShown(0.55, unit('easeShare'))).toBe(55)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 240 }), (minutes) => {
      const kept = toKept(minutes, unit('enterWaitMs'))
      expect(Number.isInteger(kept)).toBe(true)
      expect(toShown(kept, unit('enterWaitMs'))).toBe(minutes)
    }),
  )
})

it('says what is wrong before it is sent, and finds what the hub named', () => {
  const of = (name: string) => settings().get(name) as Setting
  expect(troubleOf(of('roles'), [])).toEqual({ word: 'tooFew', params: { least: 1 } })
  expect(troubleOf(of('roles'), ['guard'])).toBeUndefined()
  expect(troubleOf(of('words'), {})).toMatchObject({ word: 'noWords' })
  expect(troubleOf(of('seed'), '')).toMatchObject({ word: 'tooShort' })
  expect(inWords('enterLength: 40', settings().values())).toBe('Waiting tickets: 40')
  expect(
    namedIn('✖ must be below enterLength\n  → at leaveLength', ['enterLength', 'leaveLength', 'enter']),
  ).toEqual(['enterLength', 'leaveLength'])
})

it('means the value under the finger, within the bounds and on a step', () => {
  const scale = { height: 200, top: 20 }
  const bounds = { least: 1, most: 12, step: 1 }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), (value) => {
      expect(valueAt(yOf(value, scale), scale, bounds)).toBe(value)
    }),
  )
  expect(valueAt(-50, scale, bounds)).toBe(12)
  expect(valueAt(500, scale, bounds)).toBe(1)
  expect(snap(0.44, { least: 0.2, most: 2, step: 0.1 })).toBe(0.4)
})

it('leaves room above the largest value, in round numbers of the unit', () => {
  expect(topFor(8, 1)).toBe(10)
  expect(topFor(15 * 60_000, 60_000)).toBe(20 * 60_000)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (largest) => {
      const top = topFor(largest, 1)
      expect(top).toBeGreaterThan(largest * 1.2)
      expect(top).toBeLessThanOrEqual(Math.max(2, largest * 2.6))
    }),
  )
})

it('puts the words of a line below it where another is close above', () => {
  const scale = { height: 200, top: 20 }
  const other = (value: number, isBefore = false) => [{ value, isBefore }]
  expect(isCrowded(5, other(6), scale)).toBe(true)
  expect(isCrowded(6, other(5), scale)).toBe(false)
  expect(isCrowded(5, other(15), scale)).toBe(false)
  expect([isCrowded(5, other(5, true), scale), isCrowded(5, other(5), scale)]).toEqual([true, false])
})
