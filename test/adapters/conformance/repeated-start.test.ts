/** A start repeated after the end shows nothing of a device that begins twice: it is tried until one comes in time. */
import { expect, test } from 'vitest'
import { faults } from '#adapters/conformance/broken/faults.ts'
import type { Attempt } from '#adapters/conformance/broken/sound-memory.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { brisk, examineInProcess } from './support/in-process.ts'

const BeginsTwice = faults['begins-twice']?.device
if (BeginsTwice === undefined) throw new Error('no device begins twice')

/** @param ends which tasks, by the order of their begin, end before anything else can reach the device. */
const endingAtOnce = (ends: (place: number) => boolean) =>
  class extends BeginsTwice {
    readonly #seen = new Set<Attempt>()
    override begin(attempt: Attempt) {
      const isFirst = !this.#seen.has(attempt)
      this.#seen.add(attempt)
      if (!isFirst || !ends(this.#seen.size)) return super.begin(attempt)
      attempt.phase = 'begun'
      this.report(attempt, { status: 'started' })
      this.finish(attempt)
    }
  }

// What was tried before decides which of the two the rule meets first.
test.each([
  ['every task of an even place', (place: number) => place % 2 === 0],
  ['every task of an odd place', (place: number) => place % 2 === 1],
])(
  '%s ends at once, and the second begin is found',
  async (_, ends) => {
    const { findings } = await examineInProcess(endingAtOnce(ends), {
      pace: brisk,
      rules: rules.filter(({ id }) => id === 'repeat.start'),
    })
    expect(findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([['repeat.start', 'fail']])
  },
  30_000,
)

test('begun again late, on a slow line or a busy machine, it ends late, and is waited for', async () => {
  class Late extends BeginsTwice {
    override onRepeatedStart(attempt: Attempt) {
      if (attempt.phase === 'begun') this.after(attempt, 3 * brisk.quietMs, () => this.begin(attempt))
      else super.onRepeatedStart(attempt)
    }
  }
  const { findings } = await examineInProcess(Late, {
    pace: brisk,
    rules: rules.filter(({ id }) => id === 'repeat.start'),
  })
  expect(findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([['repeat.start', 'fail']])
}, 30_000)
