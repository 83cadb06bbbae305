/** A short plan on the simulated branch, whose blocks are known to the test. */
import { type Arm, allBlocks, type Block, checkPlan, SwitchbackPlan } from '#hub/branch/switchback-plan.ts'

const minute = 60_000

/** Two blocks of ten minutes; the simulated branch lives by UTC, and its day begins at eight. */
const planWith = (
  seed: string,
  { flows, hours }: { flows: readonly string[]; hours: SwitchbackPlan['hours'] },
) =>
  checkPlan(
    SwitchbackPlan.parse({
      flows: [...flows],
      blockMs: 10 * minute,
      burnInMs: 0,
      weekdays: ['1', '2', '3', '4', '5', '6', '7'],
      hours,
      seed,
      from: '2026-10-12',
      until: '2026-10-12',
    }),
  )

export interface ShortPlan {
  readonly plan: SwitchbackPlan
  readonly first: Block
  readonly second: Block
}

/** @param first the arm of the first block; the second has the other. */
export const shortPlan = (
  first: Arm,
  flows: readonly string[],
  hours = { from: '08:10', to: '08:30' },
): ShortPlan => {
  for (let seed = 0; ; seed++) {
    const plan = planWith(`${seed}`, { flows, hours })
    const [one, two] = allBlocks(plan, 'UTC')
    if (one !== undefined && two !== undefined && one.arm === first) return { plan, first: one, second: two }
  }
}
