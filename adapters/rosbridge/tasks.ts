/** The hub's tasks as goals: guide and dock, and greet and announce where a voice is configured. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Spot, Words } from '#protocol/targets.ts'
import type { Capabilities, JsonObject, ProgressOf, Task } from '../sdk/adapter.ts'
import { DeviceBusy, DeviceFault, DeviceUnreachable } from '../sdk/errors.ts'
import { isNowhere } from '../shared/spots.ts'
import { untilSeen } from '../shared/until.ts'
import { type DriveParts, drive, driveOntoDock } from './drive.ts'
import { metresBetween, targetOf } from './places.ts'
import type { Voice } from './speech.ts'

export interface TaskParts extends DriveParts {
  readonly voice: Voice | undefined
}

export interface Tasks {
  consider(capability: string, command: JsonObject): void
  readonly capabilities: Capabilities
}

type MovingTask = Task<ProgressOf<'guide'>>

const isThereMetres = 0.5

export const createTasks = (parts: TaskParts): Tasks => {
  const { voice } = parts
  return {
    consider: (capability, command) => consider(parts, capability, command),
    capabilities: {
      async guide({ to, words = [] }, task) {
        const target = targetOf(parts.config, to, { zoneWill: true })
        const said = (await voice?.say(words, task)) ?? []
        await drive(parts, target, task)
        return { arrived: true, ...(voice !== undefined && { said }) }
      },
      async dock({ to, charge }, task) {
        const target = targetOf(parts.config, to, { zoneWill: false })
        if (charge && target.dock !== undefined) await driveOntoDock(parts, target.dock, task)
        else await drive(parts, target, task)
        if (charge) await charged(parts, task)
        return { arrived: true }
      },
      ...(voice !== undefined && speaking(parts, voice)),
    },
  }
}

const speaking = (parts: TaskParts, voice: Voice): Capabilities => ({
  async greet({ at, words }: CommandOf<'greet'>, task: MovingTask) {
    await standAt(parts, at, task)
    const said = await voice.say(words, task)
    return { said, ...(said[0] !== undefined && { language: said[0].language }) }
  },
  // It moves nobody: said where the robot is.
  async announce({ words }: CommandOf<'announce'>, task: Task) {
    return { said: await voice.say(words, task) }
  },
})

const standAt = async (parts: TaskParts, at: Spot, task: MovingTask) => {
  if (isNowhere(at)) return
  const target = targetOf(parts.config, at, { zoneWill: true })
  const pose = parts.robot.standing.pose()
  const isThere = pose !== undefined && metresBetween(pose, target) < isThereMetres
  if (!isThere) await drive(parts, target, task)
}

/** Asked before anything is promised. */
const consider = ({ robot, config, voice }: TaskParts, capability: string, command: JsonObject) => {
  if (!robot.isUp()) throw new DeviceUnreachable('The robot is out of reach.', { begun: false })
  const spot = (command['to'] ?? command['at']) as Spot | undefined
  const goes = capability !== 'announce' && spot !== undefined && !(capability === 'greet' && isNowhere(spot))
  if (goes) targetOf(config, spot, { zoneWill: capability !== 'dock' })
  if (goes && robot.isForeign())
    throw new DeviceBusy('The robot has a goal of somebody else.', { code: 'other-goal' })
  const words = (command['words'] ?? []) as Words[]
  if (words.length > 0) voice?.choose(words)
}

/** At the dock and still not charging: it missed the contacts. Where the battery is not told, it is believed. */
const charged = async ({ robot, config }: TaskParts, { signal }: MovingTask) => {
  if (config.topics.battery === null) return
  const outcome = await untilSeen(robot, {
    look: () => (robot.standing.isCharging() ? true : undefined),
    withinMs: config.chargeWithinMs,
    signal,
  })
  if (outcome.got === true) return
  signal.throwIfAborted()
  throw new DeviceFault('It stands at its dock and does not charge.', { code: 'not-charging' })
}
