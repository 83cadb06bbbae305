/**
 * A robot whose side of rosbridge nobody here wrote: `roslib` advertises its actions and services and publishes its
 * topics. What it does with a goal is nav2's behaviour as its documentation has it: one goal at a time, a new one takes
 * the place of the old one. It drives in a straight line, and has the faults that a test asks for.
 */
import { randomBytes } from 'node:crypto'

import { z } from 'zod'
import { Action, Ros, Service, Topic } from './roslib.ts'

const Settings = z.object({
  ROS_BRIDGE: z.string(),
  ROS_SPEED: z.coerce.number().default(4),
})
const settings = Settings.parse(process.env)

const Wish = z.object({
  faults: z.array(z.string()).optional(),
  distro: z.enum(['humble', 'iron', 'jazzy']).optional(),
  battery: z.object({ percentage: z.number().nullable(), power_supply_status: z.int() }).optional(),
  /** A goal of somebody else. */
  goal: z.object({ x: z.number(), y: z.number() }).optional(),
  /** Nobody's goal runs, and it stands there. */
  place: z.object({ x: z.number(), y: z.number() }).optional(),
  /** Somebody cancels at the robot. */
  cancel: z.boolean().optional(),
  diagnostics: z.array(z.object({ level: z.int(), name: z.string() })).optional(),
  /** Its navigation was started anew and knows of nothing. */
  restart: z.boolean().optional(),
})

interface Point {
  readonly x: number
  readonly y: number
}
interface Goal {
  /** None: of somebody else. */
  readonly id: string | undefined
  readonly uuid: string
  readonly action: string
  readonly to: Point
  readonly ms: number
  status: number
  ticks: number
  recoveries: number
}

const accepted = 1
const executing = 2
const canceling = 3
const succeeded = 4
const canceled = 5
const aborted = 6
const tickMs = 25

const ros = new Ros({ url: settings.ROS_BRIDGE })
await new Promise<void>((resolve) => ros.on('connection', () => resolve()))

const faults = new Set<string>()
const spoken: string[] = []
let at: Point & { readonly yaw: number } = { x: 1, y: 1, yaw: 0 }
let battery: { percentage: number | null; power_supply_status: number } = {
  percentage: 0.8,
  power_supply_status: 2,
}
let goals: Goal[] = []
let distro: 'humble' | 'iron' | 'jazzy' = 'jazzy'

const topic = <T>(name: string, messageType: string) => {
  const made = new Topic<T>({ ros, name, messageType })
  made.advertise()
  return made
}
const stamp = { sec: 0, nanosec: 0 }
const header = { frame_id: 'map', stamp }
const poseOf = ({ x, y, yaw }: typeof at) => ({
  position: { x, y, z: 0 },
  orientation: { x: 0, y: 0, z: Math.sin(yaw / 2), w: Math.cos(yaw / 2) },
})
const poses = topic<object>('/amcl_pose', 'geometry_msgs/msg/PoseWithCovarianceStamped')
const batteries = topic<object>('/battery_state', 'sensor_msgs/msg/BatteryState')
const diagnostics = topic<object>('/diagnostics', 'diagnostic_msgs/msg/DiagnosticArray')
const states = topic<object>('/simulation_state', 'std_msgs/msg/String')
const tellState = () => states.publish({ at, spoken, active: goals.filter(isActive).length })
const tellBattery = () => batteries.publish({ header, voltage: 25.2, ...battery })
const tellPose = () => poses.publish({ header, pose: { pose: poseOf(at), covariance: [] } })

const isActive = ({ status }: Goal) => status < succeeded
const actions = {
  '/navigate_to_pose': 'nav2_msgs/action/NavigateToPose',
  '/dock_robot': 'nav2_msgs/action/DockRobot',
  '/undock_robot': 'nav2_msgs/action/UndockRobot',
  '/say': 'voice_msgs/action/Say',
} as const
const isMoving = (goal: Goal) => goal.action === '/navigate_to_pose'

const servers = new Map(
  Object.entries(actions).map(([name, actionType]) => [name, new Action({ ros, name, actionType })]),
)
const lists = new Map(
  Object.keys(actions).map((name) => [
    name,
    topic<object>(`${name}/_action/status`, 'action_msgs/msg/GoalStatusArray'),
  ]),
)

const tellList = (action: string) => {
  const status_list = goals
    .filter((goal) => goal.action === action)
    .map(({ uuid, status }) => ({ goal_info: { goal_id: { uuid }, stamp }, status }))
  lists.get(action)?.publish({ status_list })
  tellState()
}

const fine = { error: 0, text: '' }
const resultFor = (goal: Goal, error: number, text: string) => {
  if (distro === 'humble') return { result: {} }
  const code = { error_code: error }
  const said = distro === 'iron' ? code : { ...code, error_msg: text }
  return goal.action === '/dock_robot' ? { ...said, success: error === 0, num_retries: 0 } : said
}

const end = (goal: Goal, status: number, { error, text } = fine) => {
  goal.status = status
  // Before its end is told: who hears of the end finds the robot as it was then.
  tellState()
  const server = servers.get(goal.action)
  const result = resultFor(goal, error, text)
  if (goal.id !== undefined) {
    if (status === succeeded) server?.setSucceeded(goal.id, result)
    else if (status === canceled) server?.setCanceled(goal.id, result)
    // As rosbridge tells of a goal that was aborted: with its result, and `result: true`.
    else if (error > 0)
      ros.callOnConnection({
        op: 'action_result',
        id: goal.id,
        action: goal.action,
        values: result,
        status,
        result: true,
      })
    else server?.setFailed(goal.id)
  }
  tellList(goal.action)
}

const Point = z.object({ x: z.number(), y: z.number() })
const NavigateArgs = z.object({ pose: z.object({ pose: z.object({ position: Point }) }) })

const begin = (action: string, id: string | undefined, args: unknown) => {
  // nav2: one goal at a time; the one before is aborted.
  for (const other of goals.filter((one) => one.action === action && isActive(one))) end(other, aborted)
  const to = NavigateArgs.safeParse(args).data?.pose.pose.position ?? at
  const words = z.object({ text: z.string() }).safeParse(args).data?.text
  const ms = action === '/say' ? 300 : 500
  const uuid = randomBytes(16).toString('base64')
  const goal: Goal = { id, uuid, action, to, ms, status: accepted, ticks: 0, recoveries: 0 }
  goals = [...goals.slice(-20), goal]
  tellList(action)
  if (words !== undefined) spoken.push(words)
  if (faults.has('lies') && isMoving(goal)) {
    at = { ...at }
    setTimeout(() => {
      tellPose()
      end(goal, succeeded)
    }, 100)
    return
  }
  goal.status = executing
  tellList(action)
}

const cancel = (goal: Goal) => {
  if (!isActive(goal) || goal.status === canceling || faults.has('deaf-to-cancel')) return
  goal.status = canceling
  tellList(goal.action)
  const slowly = faults.has('slow-to-cancel') ? 1_500 : 100
  setTimeout(() => isActive(goal) && end(goal, canceled), slowly)
}

const CancelRequest = z.object({ goal_info: z.object({ goal_id: z.object({ uuid: z.string() }) }) })
const allZero = Buffer.alloc(16).toString('base64')

for (const [name, server] of servers) {
  server.advertise(
    (args, id) => begin(name, id, args),
    (id) => {
      for (const goal of goals) if (goal.id === id) cancel(goal)
    },
  )
  const service = new Service<object, { return_code: number; goals_canceling: object[] }>({
    ros,
    name: `${name}/_action/cancel_goal`,
    serviceType: 'action_msgs/srv/CancelGoal',
  })
  await service.advertise((request, response) => {
    const { uuid } = CancelRequest.parse(request).goal_info.goal_id
    const meant = goals.filter((goal) => goal.action === name && (uuid === allZero || goal.uuid === uuid))
    const active = meant.filter(isActive)
    for (const goal of active) cancel(goal)
    response.return_code = active.length > 0 ? 0 : meant.length > 0 ? 3 : uuid === allZero ? 1 : 2
    response.goals_canceling = []
    return true
  })
}

const drive = (goal: Goal) => {
  const left = Math.hypot(goal.to.x - at.x, goal.to.y - at.y)
  const step = (settings.ROS_SPEED * tickMs) / 1_000
  const isStuck = faults.has('blocked') && goal.ticks > 10
  if (isStuck) {
    goal.recoveries += goal.ticks % 5 === 0 ? 1 : 0
    if (goal.recoveries > 3) return end(goal, aborted, { error: 105, text: 'Failed to make progress' })
  } else if (left <= step) at = { ...goal.to, yaw: at.yaw }
  else {
    const yaw = Math.atan2(goal.to.y - at.y, goal.to.x - at.x)
    at = { x: at.x + step * Math.cos(yaw), y: at.y + step * Math.sin(yaw), yaw }
  }
  if (goal.id !== undefined && goal.ticks % 4 === 0)
    servers.get(goal.action)?.sendFeedback(goal.id, {
      current_pose: { header, pose: poseOf(at) },
      navigation_time: stamp,
      estimated_time_remaining: { sec: Math.round(left / settings.ROS_SPEED), nanosec: 0 },
      number_of_recoveries: goal.recoveries,
      // Before a path is planned, nothing is left.
      distance_remaining: goal.ticks === 0 ? 0 : left,
    })
  if (goal.ticks % 4 === 0) tellPose()
  if (!isStuck && left <= step) {
    tellPose()
    end(goal, succeeded)
  }
}

const setCharging = (isCharging: boolean) => {
  battery = { ...battery, power_supply_status: isCharging ? 1 : 2 }
  tellBattery()
}

const carryOn = (goal: Goal) => {
  goal.ticks += 1
  if (goal.ticks * tickMs < goal.ms) return
  if (goal.action === '/dock_robot' && faults.has('no-contact'))
    return end(goal, aborted, { error: 906, text: 'No charge' })
  if (goal.action === '/dock_robot') setCharging(true)
  if (goal.action === '/undock_robot') setCharging(false)
  end(goal, succeeded)
}

setInterval(() => {
  if (faults.has('dies')) return
  for (const goal of goals.filter(({ status }) => status === executing)) {
    if (isMoving(goal)) {
      drive(goal)
      goal.ticks += 1
    } else carryOn(goal)
  }
}, tickMs)
setInterval(() => {
  tellBattery()
  tellPose()
  tellState()
}, 500)

new Topic<{ data: string }>({ ros, name: '/simulation', messageType: 'std_msgs/msg/String' }).subscribe(
  ({ data }) => {
    const wish = Wish.parse(JSON.parse(data))
    if (wish.faults !== undefined) {
      faults.clear()
      for (const fault of wish.faults) faults.add(fault)
    }
    distro = wish.distro ?? distro
    if (wish.battery !== undefined) battery = wish.battery
    if (wish.goal !== undefined)
      begin('/navigate_to_pose', undefined, { pose: { pose: { position: wish.goal } } })
    if (wish.place !== undefined) {
      for (const goal of goals.filter(isActive)) end(goal, aborted)
      at = { ...wish.place, yaw: 0 }
      tellPose()
    }
    if (wish.cancel === true) for (const goal of goals) cancel(goal)
    if (wish.diagnostics !== undefined) diagnostics.publish({ header, status: wish.diagnostics })
    if (wish.restart === true) {
      goals = []
      tellList('/navigate_to_pose')
    }
    tellBattery()
    tellState()
  },
)
tellBattery()
tellPose()
process.stdout.write(`${JSON.stringify({ ready: true, msg: 'ready' })}\n`)
process.once('SIGTERM', () => process.exit(0))
