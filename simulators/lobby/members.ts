/** The simulated devices of a scenario's branch, each with what the scenario says about its body and its bad habits. */
import type { BehaviourInput } from '../devices/behaviour.ts'
import { type SimulatedKind, simulatedKinds } from '../devices/kinds.ts'
import type { Member } from '../fleet.ts'
import type { Scenario } from './scenario.ts'

/** News holds until it was missed twice. */
const holdsFor = 2.5

/** How long the hub may believe what a device told last: it tells the same again after that long. */
const periodsOf = ({ ticketMachine, cameras }: Scenario, kind: SimulatedKind): BehaviourInput => {
  const period = (...seconds: number[]) => Math.round(holdsFor * 1_000 * Math.max(...seconds))
  if (kind === 'ticket-machine') {
    const { snapshotSeconds, unchangedSeconds } = ticketMachine
    return { periods: { 'queue.snapshot': period(snapshotSeconds, unchangedSeconds) } }
  }
  if (kind !== 'camera') return {}
  return { periods: { 'zone.count': period(cameras.countSeconds, cameras.unchangedSeconds) } }
}

const isSimulated = (kind: string): kind is SimulatedKind =>
  (simulatedKinds as readonly string[]).includes(kind)

const pointsOf = ({ branch }: Scenario) =>
  Object.fromEntries(
    [...branch.zones, ...branch.places].flatMap(({ id, at }) =>
      at === undefined ? [] : [[id, { x: at.x, y: at.y }]],
    ),
  )

const robotBehaviour = (scenario: Scenario, home: string | undefined): BehaviourInput => {
  const { robots } = scenario
  return {
    walk: {
      metresPerSecond: robots.metresPerSecond,
      points: pointsOf(scenario),
      ...(home !== undefined && { home }),
    },
    battery: {
      percent: robots.batteryPercent,
      drainPerMinute: robots.drainPercentPerMinute,
      chargePerMinute: robots.chargePercentPerMinute,
    },
    blocked: { share: robots.blockedShare, forMs: robots.blockedSeconds * 1_000 },
  }
}

export const membersOf = (scenario: Scenario): readonly Member[] =>
  scenario.branch.devices.flatMap(({ id, kind, place }): Member[] => {
    const said = scenario.devices[id]
    if (!isSimulated(kind) || said?.simulated === false) return []
    const own = kind === 'robot' ? robotBehaviour(scenario, place) : periodsOf(scenario, kind)
    const behaviour: BehaviourInput = { ...own, ...said?.behaviour }
    return [{ kind, id, ...(Object.keys(behaviour).length > 0 && { behaviour }) }]
  })
