/** The assumptions on which the effect of a policy hangs most, and by how much each is changed to see. */
import type { AssumptionPath } from '#simulators/lobby/assumptions.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import { scaleAssumption } from './assumptions.ts'

export interface Change {
  readonly assumption: string
  readonly change: string
  readonly scenario: Scenario
}

interface Tried {
  readonly path: AssumptionPath
  readonly title: string
  /** Zero: it does not happen at all, which shows what is left of the effect without it. */
  readonly factors: readonly number[]
}

const tried: readonly Tried[] = [
  { path: 'services.*.eligibleShare', title: 'Errands a kiosk can do', factors: [0, 0.5] },
  { path: 'customers.acceptsInvitationShare', title: 'Accept an invitation', factors: [0, 1.5] },
  { path: 'customers.answersGreetingShare', title: 'Say what they want when greeted', factors: [0, 0.5] },
  { path: 'services.*.kioskMinutes', title: 'Time at a kiosk', factors: [0.5, 2] },
  { path: 'arrivals.scale', title: 'Visitors', factors: [0.8, 1.2] },
]

export const changesOf = (scenario: Scenario): readonly Change[] =>
  tried.flatMap(({ path, title, factors }) =>
    factors.map((factor) => ({
      assumption: title,
      change: factor === 0 ? 'none' : `× ${factor}`,
      scenario: scaleAssumption(scenario, path, factor),
    })),
  )
