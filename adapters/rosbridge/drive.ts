/** Driving somewhere: off the dock first where it stands on one, then one goal, told of on the way, and looked at in the end. */
import type { ProgressOf, Task } from '../sdk/adapter.ts'
import { DeviceFault, DeviceUnsupported } from '../sdk/errors.ts'
import { untilSeen } from '../shared/until.ts'
import type { ActionClient } from './action-client.ts'
import { carryOut } from './carry-out.ts'
import type { RosbridgeConfig } from './config.ts'
import { metresBetween, poseStamped, spotAt, type Target } from './places.ts'
import type { RosRobot } from './robot.ts'
import { createWay, judgeEnd } from './way.ts'
import { goalStatus } from './wire/protocol.ts'

const takenOverMs = 300

type MovingTask = Task<ProgressOf<'guide'>>

export interface DriveParts {
  readonly robot: RosRobot
  readonly config: RosbridgeConfig
  readonly device: { state(patch: { blocked: boolean }): unknown }
}

/** @throws the signal's reason, or a DeviceError with what became of it instead */
export const drive = async (parts: DriveParts, target: Target, task: MovingTask): Promise<void> => {
  const { robot, config } = parts
  await leaveDock(parts, task)
  const setOutAtMs = robot.nowMs()
  const args = { pose: poseStamped(config, target), behavior_tree: config.navigation.behaviorTree }
  await follow(parts, { client: robot.navigation, args, task })
  const pose = robot.standing.pose()
  const isSeen = pose !== undefined && pose.atMs >= setOutAtMs
  if (isSeen && metresBetween(pose, target) > config.arrivedWithinMetres)
    throw new DeviceFault(
      `It says that it arrived, and stands at ${pose.x.toFixed(1)}, ${pose.y.toFixed(1)}.`,
      {
        code: 'wrong-place',
      },
    )
}

/** Onto the dock, with what the robot's docking server knows about it. */
export const driveOntoDock = async (parts: DriveParts, dock: string, task: MovingTask): Promise<void> => {
  const { robot } = parts
  if (robot.standing.isCharging()) return
  const args = { use_dock_id: true, dock_id: dock, navigate_to_staging_pose: true }
  await follow(parts, { client: robot.dock, args, task })
}

/** nav2 does not do so by itself, and would pull at the contacts. */
const leaveDock = async (parts: DriveParts, task: MovingTask) => {
  const { robot, config } = parts
  const hasDocks = Object.values(config.places).some(({ dock }) => dock !== undefined)
  if (!hasDocks || !robot.standing.isCharging()) return
  await follow(parts, { client: robot.undock, args: {}, task })
}

const follow = async (
  { robot, config, device }: DriveParts,
  { client, args, task }: { client: ActionClient; args: object; task: MovingTask },
) => {
  const way = createWay()
  let heardAtMs: number | undefined
  let wasBlocked = false
  const tellBlocked = (isBlocked: boolean) => {
    if (isBlocked !== wasBlocked) device.state({ blocked: isBlocked })
    wasBlocked = isBlocked
  }
  const unlisten = robot.listen((feedback) => {
    heardAtMs = robot.nowMs()
    if (feedback.pose !== undefined) robot.standing.onPose(feedback.pose)
    const news = way.feedback(feedback)
    tellBlocked(way.isBlocked())
    const pose = robot.standing.pose()
    if (news !== undefined)
      task.progress({ ...news, ...(pose !== undefined && { spot: spotAt(config, pose) }) })
  })
  try {
    const end = await carryOut(robot, {
      client,
      args,
      signal: task.signal,
      began: () => task.started(),
      heardAtMs: () => heardAtMs,
      nowMs: robot.nowMs,
    })
    const isForeign = end.kind === 'result' && end.status === goalStatus.aborted && (await isTakenOver(robot))
    const verdict = judgeEnd(end, { isForeign })
    if (verdict.done) return
    if (!verdict.begun) throw new DeviceUnsupported(verdict.note, { code: verdict.code })
    throw new DeviceFault(verdict.note, { code: verdict.code })
  } finally {
    unlisten()
    tellBlocked(false)
  }
}

/** The goal that took its place stands in the list a moment later than the end of this one. */
const isTakenOver = async (robot: RosRobot) => {
  const look = () => (robot.isForeign() ? true : undefined)
  return (await untilSeen(robot, { look, withinMs: takenOverMs })).got === true
}
