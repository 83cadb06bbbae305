/** The devices of a simulated day: those of the scenario, telling as often as a day of many hours can bear. */
import type { Member } from '#simulators/fleet.ts'
import { membersOf } from '#simulators/lobby/members.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'

/** A state as a heartbeat: often enough for the hub to miss a device, rare enough not to be most of the traffic. */
const stateEveryMs = 300_000
export const dayMembers = (scenario: Scenario): readonly Required<Member>[] =>
  membersOf(scenario).map(({ id, kind, behaviour }) => ({
    id,
    kind,
    behaviour: { stateEveryMs, ...behaviour },
  }))
