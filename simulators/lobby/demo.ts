/** A scenario played before a running hub: the devices of its branch with the people of its lobby, day after day. */
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createScaledClock } from '../devices/scaled-clock.ts'
import { createFleet, type Member } from '../fleet.ts'
import { membersOf } from './members.ts'
import { createLobbyModel, type LobbyModel } from './model.ts'
import { findScenario } from './scenario.ts'

export interface DemoOptions {
  readonly broker: string
  readonly seed: number | string
  /** Name of a shipped scenario or path of a file; default: the demonstration's own. */
  readonly scenario?: string
  /** Of people and devices; the hub's own delays stay as they are. Default 1. */
  readonly speed?: number
  /** All devices in the calling process instead of one process each. */
  readonly inProcess?: boolean
  readonly logFolder?: string
  readonly onTrouble?: (text: string) => void
}

export interface Demo {
  /** Resolves when the devices are up and people begin to come in. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** People do not wait for a device that never comes up. */
const upWithinMs = 10_000
/** How soon it is seen that a day is over and the next can begin. */
const lookAgainMs = 60_000

export const createDemo = ({
  logFolder,
  scenario: named = 'demo',
  speed = 1,
  ...options
}: DemoOptions): Demo => {
  const scenario = findScenario(named)
  const wall = createSystemClock()
  const clock = createScaledClock(wall, speed)
  let model: LobbyModel | undefined
  const fleet = createFleet({
    ...options,
    branch: scenario.branch.branch,
    members: membersOf(scenario).map((member) => atSpeed(member, speed)),
    people: { ask: (question, reply) => model?.people.ask(question, reply) },
    restartAfterMs: 1_000,
    ...(logFolder !== undefined && { logFolder }),
  })
  let stopped = false
  let days = 0
  const beginDay = () => {
    if (stopped) return
    model?.stop()
    days += 1
    model = createLobbyModel({
      scenario,
      seed: days === 1 ? options.seed : `${options.seed}/${days}`,
      clock,
      devices: () => fleet.devices(),
      // Nobody who looks at it wants to wait for the opening.
      startMs: scenario.day.openMs,
      // A track or a number means nothing beyond this run: cameras and machine have begun to count anew.
      life: Math.floor(clock.now() / 10_000) % lives,
    })
    model.start()
    look()
  }
  const look = () =>
    clock.after(lookAgainMs, () => {
      if (model?.finished() === true) beginDay()
      else look()
    })
  return {
    async start() {
      const up = fleet.up()
      fleet.start()
      await new Promise<void>((resolve) => {
        const cancel = wall.after(upWithinMs, resolve)
        void up.then(() => {
          cancel()
          resolve()
        })
      })
      beginDay()
    },
    async stop() {
      stopped = true
      model?.stop()
      await fleet.stop()
    },
  }
}

const lives = 900

/** What a device does takes so much less time, and its battery so much less to drain. */
const atSpeed = (member: Member, speed: number): Member => {
  const { battery, pace = 1, ...rest } = member.behaviour ?? {}
  const { drainPerMinute, chargePerMinute } = battery ?? {}
  const faster = {
    ...battery,
    ...(drainPerMinute !== undefined && { drainPerMinute: drainPerMinute * speed }),
    ...(chargePerMinute !== undefined && { chargePerMinute: chargePerMinute * speed }),
  }
  return { ...member, behaviour: { ...rest, pace: pace / speed, ...(battery && { battery: faster }) } }
}
