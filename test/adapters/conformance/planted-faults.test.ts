/** An examiner that finds nothing is worth nothing: each planted fault is found, by the rule meant for it and no other. */
import { beforeAll, describe, expect, test } from 'vitest'
import { faults } from '#adapters/conformance/broken/faults.ts'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import type { Result } from '#adapters/conformance/result.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { examineInProcess } from './support/in-process.ts'

/** They mostly wait. */
const atOnce = 8

const results = new Map<string, Result>()
const names = Object.keys(faults)

beforeAll(async () => {
  const left = ['sound', ...names]
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift())
      results.set(name, await examineInProcess(faults[name]?.device ?? SoundDevice))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}, 180_000)

const broken = (name: string) =>
  results.get(name)?.findings.flatMap(({ rule, outcome, why }) => (outcome === 'fail' ? [{ rule, why }] : []))

test('the sound device passes every rule, and reaches gold', () => {
  const sound = results.get('sound')
  expect(sound?.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
  expect(sound?.level).toBe('gold')
})

describe('each fault is found by exactly the rule meant for it', () => {
  test.each(names)('%s', (name) => {
    expect(broken(name)?.map(({ rule }) => rule)).toEqual([faults[name]?.rule])
    const level = rules.find(({ id }) => id === faults[name]?.rule)?.level
    // What is broken on a level keeps the device below it.
    const reached = results.get(name)?.level
    expect(reached === undefined || (level !== 'bronze' && reached !== 'gold')).toBe(true)
  })
})
