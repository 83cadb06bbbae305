import { describe, expect, it } from 'vitest'
import { createProgress } from '#cli/simulate/progress.ts'

const toldOf = (runs: readonly string[], shares: readonly (readonly [job: number, share: number])[]) => {
  const told: string[] = []
  const progress = createProgress(runs, { tongue: 'en', tell: (text) => told.push(text) })
  for (const [job, share] of shares) progress({ job, share })
  return told
}

describe('how far a simulation is', () => {
  it('calls two runs of one day two runs, not two days', () => {
    const runs = ['day 1 of 1 under policy on', 'day 1 of 1 under policy off']
    expect(
      toldOf(runs, [
        [0, 0.5],
        [0, 1],
        [1, 1],
      ]),
    ).toEqual([
      '25 %: day 1 of 1 under policy on; 0 of 2 runs over',
      '50 %: day 1 of 1 under policy on; 1 of 2 runs over',
      '100 %: day 1 of 1 under policy off; 2 of 2 runs over',
    ])
  })

  it('counts nothing where there is one run, and repeats no line', () => {
    expect(
      toldOf(
        ['day 1 of 1 under policy on'],
        [
          [0, 0.5],
          [0, 0.51],
        ],
      ),
    ).toEqual(['50 %: day 1 of 1 under policy on'])
  })
})
