/** What a robot can do for the hub, as orders: where to, over which nodes, and what is done there. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Spot, Words } from '#protocol/targets.ts'
import type { Capabilities, DeviceSide, JsonObject, Task } from '../sdk/adapter.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import { assertWilling, carryOut, doInstantly } from './carry-out.ts'
import type { Action, Spoken } from './config.ts'
import type { Robot } from './robot.ts'
import { findTarget, routeTo, type Target } from './route.ts'
import type { OrderAction, Stop } from './wire/order.ts'

const stopsTo = (robot: Robot, target: Target | undefined, last: readonly OrderAction[]): readonly Stop[] => {
  const state = assertWilling(robot)
  const { fleet } = robot.parts
  const here = { lastNodeId: state.lastNodeId, position: state.position }
  const route = routeTo(fleet, here, target ?? standingAt(robot))
  return route.map((stop, index) => ({ ...stop, actions: index === route.length - 1 ? last : [] }))
}

/** As a target: the spot where it is. */
const standingAt = (robot: Robot): Target => {
  const { lastNodeId, position } = assertWilling(robot)
  const { x, y, mapId } = position ?? { x: 0, y: 0, mapId: '' }
  return { nodeId: lastNodeId === '' ? 'usher-here' : lastNodeId, position: { x, y, mapId } }
}

const targetOf = (robot: Robot, spot: Spot) => findTarget(robot.parts.fleet, spot, robot.state()?.lastNodeId)

const destination = (robot: Robot, spot: Spot): Target => {
  const target = targetOf(robot, spot)
  if (target === undefined)
    throw new DeviceUnsupported('The spot names no place of the table.', { code: 'unknown-place' })
  return target
}

const filled = (action: Action, words: readonly Words[]): OrderAction['parameters'] =>
  Object.fromEntries(
    Object.entries(action.parameters).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? value
            .replaceAll('{text}', () => words.map(({ text }) => text).join(' '))
            .replaceAll('{language}', () => words[0]?.language ?? '')
        : value,
    ]),
  )

const say = async (
  robot: Robot,
  task: Task,
  { action, words, target }: { action: Action; words: readonly Words[]; target: Target | undefined },
) => {
  const { actionType, scope } = action
  const parameters = filled(action, words)
  if (scope === 'instant' && target === undefined) {
    assertWilling(robot)
    await doInstantly(robot, task, { actionType, parameters })
    return
  }
  if (scope === 'instant') {
    await carryOut(robot, task, stopsTo(robot, target, []))
    await doInstantly(robot, task, { actionType, parameters })
    return
  }
  await carryOut(
    robot,
    task,
    stopsTo(robot, target, [{ actionId: robot.parts.newId(), actionType, parameters }]),
  )
}

const capabilitiesOf = (robot: Robot, { greet, announce }: Spoken): Capabilities => ({
  async guide({ to }, task) {
    await carryOut(robot, task, stopsTo(robot, destination(robot, to), []))
    return { arrived: true }
  },
  async dock({ to, charge }, task) {
    const { charging } = robot.parts.config
    const isToBeTold = charge && charging === 'action'
    const action = { actionId: robot.parts.newId(), actionType: 'startCharging', parameters: {} }
    await carryOut(robot, task, stopsTo(robot, destination(robot, to), isToBeTold ? [action] : []))
    return { arrived: true }
  },
  ...(greet !== undefined && {
    async greet({ at, words }: CommandOf<'greet'>, task: Task) {
      await say(robot, task, { action: greet, words, target: targetOf(robot, at) })
      return { said: words }
    },
  }),
  ...(announce !== undefined && {
    // It moves nobody: said where the robot is.
    async announce({ words }: CommandOf<'announce'>, task: Task) {
      await say(robot, task, { action: announce, words, target: undefined })
      return { said: words }
    },
  }),
})

/** Asked at the offer: whether it would take the order, and whether a way leads there. */
const consider = (robot: Robot, capability: string, command: JsonObject) => {
  assertWilling(robot)
  const { to, at } = command as { to?: Spot; at?: Spot }
  if (to !== undefined) stopsTo(robot, destination(robot, to), [])
  else if (at !== undefined && capability === 'greet') stopsTo(robot, targetOf(robot, at), [])
}

export const sideOf = (robot: Robot, spoken: Spoken): DeviceSide => {
  const { manufacturer, model, languages, metresPerSecond } = robot.parts.config
  const isInstant = [spoken.greet, spoken.announce].some((action) => action?.scope === 'instant')
  return {
    manifest: {
      kind: 'robot',
      vendor: manufacturer.slice(0, 64),
      model,
      ...(languages !== undefined && { languages }),
      ...(metresPerSecond !== undefined && { metresPerSecond }),
      guarantees: { cancels: !isInstant },
    },
    capabilities: capabilitiesOf(robot, spoken),
    consider: (capability, command) => consider(robot, capability, command),
  }
}
