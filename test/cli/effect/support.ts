/** Measurements whose truth is known, because it was planted: a made-up branch under a plan as the hub draws it. */
import type { MeasuredTicket, Measurement } from '#cli/effect/measurement.ts'
import { allBlocks, type Block, checkPlan, SwitchbackPlan } from '#hub/branch/switchback-plan.ts'
import { unitHash } from '#protocol/hash.ts'

export const minute = 60_000

export const planOf = (seed: string, change: Partial<SwitchbackPlan> = {}): SwitchbackPlan =>
  checkPlan(
    SwitchbackPlan.parse({
      flows: ['greeting', 'diversion'],
      blockMs: 60 * minute,
      burnInMs: 15 * minute,
      weekdays: ['1', '2', '3', '4', '5'],
      hours: { from: '09:00', to: '17:00' },
      seed,
      from: '2026-03-02',
      until: '2026-03-13',
      ...change,
    }),
  )

export const measured = (
  blocks: readonly Block[],
  burnInMs: number,
  tickets: readonly MeasuredTicket[],
): Measurement => ({
  plan: 'plan-1',
  flows: ['greeting', 'diversion'],
  blocks: blocks.map(({ id, arm, pair, toss, from, until }) => ({
    id,
    arm,
    pair,
    toss,
    from,
    until,
    burnInMs,
    invalid: [],
  })),
  tickets,
})

export interface Planted {
  readonly seed: string
  /** Milliseconds that the flows add to each wait. */
  readonly effectMs: number
  /** What the flows add to the share that leaves. */
  readonly leftMore?: number
  readonly until?: string
}

/** Normal numbers by Box and Muller. */
const normal = (seed: string, name: string) =>
  Math.sqrt(-2 * Math.log(1 - unitHash(seed, name, 'radius'))) *
  Math.cos(2 * Math.PI * unitHash(seed, name, 'angle'))

/**
 * Hours differ, days differ, each block has its own luck that all its visitors share, visitors scatter with a long
 * tail, and busy hours have more of them: everything that makes a plain comparison of visitors wrong.
 */
export const plant = ({ seed, effectMs, leftMore = 0, until = '2026-03-13' }: Planted): Measurement => {
  const plan = planOf(seed, { until })
  const blocks = allBlocks(plan, 'UTC')
  const tickets = blocks.flatMap((block) => {
    const slot = Number(block.id.split('/')[1])
    const rush = 1 + Math.sin((slot / 7) * Math.PI)
    const day = 40_000 * normal(seed, `day/${block.day}`)
    const luck = 45_000 * normal(seed, `block/${block.id}`)
    const count = Math.round(10 * rush + 4 * unitHash(seed, block.id, 'count'))
    return Array.from({ length: count }, (_, index): MeasuredTicket => {
      const name = `${block.id}/${index}`
      const own = 120_000 * -Math.log(1 - unitHash(seed, name, 'wait'))
      const waited = 180_000 + 120_000 * rush + day + luck + own + (block.arm === 'on' ? effectMs : 0)
      const share = 0.06 * rush + (block.arm === 'on' ? leftMore : 0)
      const left = unitHash(seed, name, 'left') < share
      return {
        service: unitHash(seed, name, 'service') < 0.6 ? 'cash' : 'cards',
        issuedAt: block.from + Math.floor(((index + 0.5) / count) * plan.blockMs),
        waitedMs: left ? null : Math.round(waited),
        left,
      }
    })
  })
  return measured(blocks, plan.burnInMs, tickets)
}

/** Chances of 0, 1, 2 … misses in so many runs. */
const chances = (runs: number, chance: number): readonly number[] => {
  const found = [(1 - chance) ** runs]
  for (let misses = 1; misses <= runs; misses++)
    found.push(((found.at(-1) as number) * (runs - misses + 1) * chance) / (misses * (1 - chance)))
  return found
}

const countUntil = (chance: readonly number[], share: number): number => {
  let total = 0
  return chance.findIndex((one) => (total += one) >= share)
}

/** More misses than this, where each run misses with that chance, are luck in one of a thousand cases only. */
export const missesMax = (runs: number, chance: number): number => countUntil(chances(runs, chance), 0.999)

/** And so are fewer than this. */
export const missesMin = (runs: number, chance: number): number => countUntil(chances(runs, chance), 0.001)
