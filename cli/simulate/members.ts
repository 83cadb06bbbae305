/** The devices of a scenario's branch as simulated ones: which there are, and how each behaves. */
import type { BranchFile } from '#hub/branch/file.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { type SimulatedKind, simulatedKinds } from '#simulators/devices/kinds.ts'
import type { Member } from '#simulators/fleet.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'

/** A state as a heartbeat: often enough for the hub to miss a device, rare enough not to be most of the traffic. */
const stateEveryMs = 60_000

const isSimulated = (kind: string): kind is SimulatedKind =>
  (simulatedKinds as readonly string[]).includes(kind)

const behaviourOf = (scenario: Scenario, id: string, kind: SimulatedKind): BehaviourInput => {
  const { robots } = scenario
  return {
    stateEveryMs,
    ...(kind === 'robot' && {
      battery: {
        percent: robots.batteryPercent,
        drainPerMinute: robots.drainPercentPerMinute,
        chargePerMinute: robots.chargePercentPerMinute,
      },
    }),
    ...(scenario.devices[id]?.behaviour as BehaviourInput | undefined),
  }
}

export const membersOf = (scenario: Scenario, branch: BranchFile): readonly Member[] =>
  branch.devices.flatMap(({ id, kind }) =>
    isSimulated(kind) && scenario.devices[id]?.simulated !== false
      ? [{ id, kind, behaviour: behaviourOf(scenario, id, kind) }]
      : [],
  )
