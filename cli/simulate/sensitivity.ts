/** The assumptions on which the effect of a policy hangs most, and by how much each is changed to see. */
import type { AssumptionPath } from '#simulators/lobby/assumptions.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import { type Pair, pair } from '../io/language.ts'
import { scaleAssumption } from './assumptions.ts'

export interface Change {
  readonly assumption: Pair<string>
  readonly factor: number
  readonly scenario: Scenario
}

interface Tried {
  readonly path: AssumptionPath
  readonly title: Pair<string>
  /** Zero: it does not happen at all, which shows what is left of the effect without it. */
  readonly factors: readonly number[]
}

const tried: readonly Tried[] = [
  {
    path: 'services.*.eligibleShare',
    title: pair('Errands a kiosk can do', '智能柜台可办的业务'),
    factors: [0, 0.5],
  },
  {
    path: 'customers.acceptsInvitationShare',
    title: pair('Accept an invitation', '接受分流邀请的比例'),
    factors: [0, 1.5],
  },
  {
    path: 'customers.answersGreetingShare',
    title: pair('Say what they want when greeted', '迎宾时说明来意的比例'),
    factors: [0, 0.5],
  },
  { path: 'services.*.kioskMinutes', title: pair('Time at a kiosk', '智能柜台办理时长'), factors: [0.5, 2] },
  { path: 'arrivals.scale', title: pair('Visitors', '客流量'), factors: [0.8, 1.2] },
]

export const changesOf = (scenario: Scenario): readonly Change[] =>
  tried.flatMap(({ path, title, factors }) =>
    factors.map((factor) => ({
      assumption: title,
      factor,
      scenario: scaleAssumption(scenario, path, factor),
    })),
  )
