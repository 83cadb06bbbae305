/**
 * The ROS messages that are listened to, as rosbridge writes them in JSON: what is not a number becomes null, bytes become
 * base64. Definitions: docs.ros.org, sensor_msgs, geometry_msgs, nav_msgs, action_msgs, diagnostic_msgs, nav2_msgs of
 * humble, iron, jazzy and kilted.
 */
import { z } from 'zod'

const metres = z.number().min(-1e6).max(1e6)
const Quaternion = z.object({ x: z.number(), y: z.number(), z: z.number(), w: z.number() })
const Pose = z.object({ position: z.object({ x: metres, y: metres }), orientation: Quaternion })
const Header = z.object({ frame_id: z.string().max(256) })

/** geometry_msgs/msg/PoseStamped; PoseWithCovarianceStamped and nav_msgs/msg/Odometry have one pose in another. */
const Stamped = z.object({
  header: Header,
  pose: z.union([Pose, z.object({ pose: Pose }).transform(({ pose }) => pose)]),
})
const Twist = z.object({
  twist: z.object({ twist: z.object({ linear: z.object({ x: z.number(), y: z.number() }) }) }),
})

export interface FloorPose {
  readonly frame: string
  readonly x: number
  readonly y: number
  /** Radians, counter-clockwise from the x axis. */
  readonly yaw: number
}

export const readPose = (given: unknown): FloorPose | undefined => {
  const stamped = Stamped.safeParse(given).data
  if (stamped === undefined) return undefined
  const { position, orientation } = stamped.pose
  return { frame: frameOf(stamped.header.frame_id), x: position.x, y: position.y, yaw: yawOf(orientation) }
}

/** Metres a second; undefined where it is not said. */
export const readSpeed = (given: unknown): number | undefined => {
  const linear = Twist.safeParse(given).data?.twist.twist.linear
  return linear && Math.hypot(linear.x, linear.y)
}

/** Old nodes write `/map`. */
const frameOf = (id: string) => id.replace(/^\//, '')

const yawOf = ({ x, y, z: up, w }: z.infer<typeof Quaternion>) =>
  Math.atan2(2 * (w * up + x * y), 1 - 2 * (y * y + up * up))

export const quaternionOf = (yaw: number) => ({ x: 0, y: 0, z: Math.sin(yaw / 2), w: Math.cos(yaw / 2) })

const powerSupply = { charging: 1, full: 4 } as const
const BatteryState = z.object({
  percentage: z.number().min(0).max(100).nullable(),
  power_supply_status: z.int().min(0).max(255).optional(),
})

/**
 * @returns `unmeasured` where the driver does not measure (it says NaN). By the definition 1 is full; drivers that
 * say 87 mean percent.
 */
export const readBattery = (
  given: unknown,
): { readonly percent: number; readonly charging: boolean } | 'unmeasured' | undefined => {
  const battery = BatteryState.safeParse(given).data
  if (battery === undefined) return undefined
  const { percentage, power_supply_status: supply } = battery
  if (percentage === null) return 'unmeasured'
  const percent = Math.round(percentage <= 1 ? percentage * 100 : percentage)
  return { percent, charging: supply === powerSupply.charging || supply === powerSupply.full }
}

const bytesOfUuid = 16
/** uint8[16]: base64, or a list from servers that do not encode it. */
const Uuid = z.union([
  z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
  z
    .array(z.int().min(0).max(255))
    .length(bytesOfUuid)
    .transform((bytes) => Buffer.from(bytes).toString('base64')),
])
const GoalStatusArray = z.object({
  status_list: z
    .array(
      z.object({ goal_info: z.object({ goal_id: z.object({ uuid: Uuid }) }), status: z.int().min(0).max(6) }),
    )
    .max(10_000),
})

/** Goal id → status, in the server's order: the newest is last. */
export const readGoalStatuses = (given: unknown): ReadonlyMap<string, number> | undefined => {
  const list = GoalStatusArray.safeParse(given).data?.status_list
  return list && new Map(list.map(({ goal_info: { goal_id }, status }) => [goal_id.uuid, status]))
}

/** action_msgs/srv/CancelGoal. Zeros for the id and the time: all goals. */
export const cancelRequest = (uuid: string | undefined) => ({
  goal_info: {
    goal_id: { uuid: uuid ?? Buffer.alloc(bytesOfUuid).toString('base64') },
    stamp: { sec: 0, nanosec: 0 },
  },
})
const CancelAnswer = z.object({ return_code: z.int() })
const unknownGoal = 2
const goalTerminated = 3

/** Whether there is no such goal any more. */
export const saysItIsOver = (answer: unknown): boolean => {
  const code = CancelAnswer.safeParse(answer).data?.return_code
  return code === unknownGoal || code === goalTerminated
}

const Duration = z.object({ sec: z.number(), nanosec: z.number() })
/** Each is optional: what an older server leaves out must not hide the rest. */
const Feedback = z.object({
  current_pose: z.unknown().optional(),
  distance_remaining: z.number().min(0).optional().catch(undefined),
  estimated_time_remaining: Duration.optional().catch(undefined),
  number_of_recoveries: z.int().min(0).optional().catch(undefined),
})

export interface WayFeedback {
  readonly pose: FloorPose | undefined
  readonly metresLeft: number | undefined
  readonly secondsLeft: number | undefined
  readonly recoveries: number
}

export const readFeedback = (given: unknown): WayFeedback | undefined => {
  const feedback = Feedback.safeParse(given).data
  if (feedback === undefined) return undefined
  const left = feedback.estimated_time_remaining
  return {
    pose: readPose(feedback.current_pose),
    metresLeft: feedback.distance_remaining,
    secondsLeft: left && Math.round(left.sec + left.nanosec / 1e9),
    recoveries: feedback.number_of_recoveries ?? 0,
  }
}

/** Humble has none of it, iron no message; DockRobot also says whether it succeeded. */
const Result = z.object({
  error_code: z.int().min(0).optional().catch(undefined),
  error_msg: z.string().optional().catch(undefined),
  success: z.boolean().optional().catch(undefined),
})

export const readResult = (given: unknown): z.infer<typeof Result> => Result.safeParse(given).data ?? {}

const diagnosticError = 2
const DiagnosticArray = z.object({
  status: z.array(z.object({ level: z.int(), name: z.string().max(1_000) })).max(1_000),
})

/** Names of what is in error. */
export const readDiagnostics = (
  given: unknown,
): { readonly said: readonly string[]; readonly errors: readonly string[] } | undefined => {
  const rows = DiagnosticArray.safeParse(given).data?.status
  return (
    rows && {
      said: rows.map(({ name }) => name),
      errors: rows.filter(({ level }) => level === diagnosticError).map(({ name }) => name),
    }
  )
}
