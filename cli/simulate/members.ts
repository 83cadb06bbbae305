/** The devices of a simulated day: those of the scenario, telling as often as a day of many hours can bear. */
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import type { Member } from '#simulators/fleet.ts'
import { membersOf } from '#simulators/lobby/members.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'

/** A state as a heartbeat: often enough for the hub to miss a device, rare enough not to be most of the traffic. */
const stateEveryMs = 180_000
/** News that is told so often holds until it was missed so many times. */
const missedMax = 3

const periodsOf = (scenario: Scenario, kind: Member['kind']): BehaviourInput['periods'] => {
  const { ticketMachine, cameras } = scenario
  if (kind === 'ticket-machine') return { 'queue.snapshot': missedMax * ticketMachine.snapshotSeconds * 1_000 }
  return kind === 'camera' ? { 'zone.count': missedMax * cameras.countSeconds * 1_000 } : {}
}

export const dayMembers = (scenario: Scenario): readonly Required<Member>[] =>
  membersOf(scenario).map(({ id, kind, behaviour }) => ({
    id,
    kind,
    behaviour: { stateEveryMs, periods: periodsOf(scenario, kind), ...behaviour },
  }))
