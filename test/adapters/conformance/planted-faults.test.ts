/** An examiner that finds nothing is worth nothing: each planted fault is found, by the rule meant for it and no other. */
import { beforeAll, describe, expect, test } from 'vitest'
import { faults } from '#adapters/conformance/broken/faults.ts'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import { type Pace, paces } from '#adapters/conformance/pace.ts'
import type { Result } from '#adapters/conformance/result.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { brisk, examineInProcess } from './support/in-process.ts'
import { inPool } from './support/pool.ts'

const names = Object.keys(faults)
/** A line so slow that a machine that is merely busy is not taken for it; for the others that would only take time. */
const paceFor = (name: string): Pace =>
  faults[name]?.rule === 'rough.slow-line' ? { ...brisk, lineDelayMs: 2 * paces.normal.lineDelayMs } : brisk
let results: ReadonlyMap<string, Result>

beforeAll(async () => {
  results = await inPool(['sound', ...names], {
    atOnce: 20,
    run: (name) => examineInProcess(faults[name]?.device ?? SoundDevice, { pace: paceFor(name) }),
  })
}, 240_000)

const broken = (name: string) =>
  results.get(name)?.findings.flatMap(({ rule, outcome }) => (outcome === 'fail' ? [rule] : []))

test('the sound device passes every rule, and reaches gold', () => {
  const sound = results.get('sound')
  expect(sound?.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
  expect(sound?.findings).toHaveLength(rules.length)
  expect(sound?.level).toBe('gold')
})

describe('each fault is found by exactly the rule meant for it', () => {
  test.each(names)('%s', (name) => {
    const wanted = faults[name]?.rule
    expect(broken(name)).toEqual([wanted])
    // What is broken on a level keeps the device below it.
    const level = rules.find(({ id }) => id === wanted)?.level
    const below = {
      bronze: [undefined],
      silver: [undefined, 'bronze'],
      gold: [undefined, 'bronze', 'silver'],
    }
    expect(level === undefined ? [] : below[level]).toContain(results.get(name)?.level)
  })
})

test('every rule has a fault that it finds', () => {
  const found = new Set(Object.values(faults).map(({ rule }) => rule))
  expect(rules.filter(({ id }) => !found.has(id)).map(({ id }) => id)).toEqual([])
})
