/** An examiner that finds nothing is worth nothing: each planted fault is found, by the rule meant for it and no other. */
import { beforeAll, describe, expect, test } from 'vitest'
import { faults } from '#adapters/conformance/broken/faults.ts'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import type { Result } from '#adapters/conformance/result.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { examineInProcess } from './support/in-process.ts'
import { inPool } from './support/pool.ts'

const names = Object.keys(faults)
let results: ReadonlyMap<string, Result>

beforeAll(async () => {
  results = await inPool(['sound', ...names], {
    atOnce: 12,
    run: (name) => examineInProcess(faults[name]?.device ?? SoundDevice),
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

test('nearly every rule has a fault that it finds', () => {
  const found = new Set(Object.values(faults).map(({ rule }) => rule))
  const without = rules.filter(({ id }) => !found.has(id)).map(({ id }) => id)
  // A line that is slow and nothing else breaks no device that is sound otherwise.
  expect(without).toEqual(['rough.slow-line'])
})
