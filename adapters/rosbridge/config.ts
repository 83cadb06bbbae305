/** How the robot is reached, what its actions and topics are called, and where the branch's places are on its map. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Id, Language } from '#protocol/ids.ts'

/** A ROS name, with its leading slash: rosbridge would put its own namespace before another. */
const rosName = z.string().regex(/^\/[A-Za-z0-9_/]{1,254}$/, 'a ROS name that starts with /')
const rosType = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\/(msg|srv|action)\/[A-Za-z0-9]+$/, 'a ROS type, such as std_msgs/msg/String')

const Place = z.strictObject({
  /** Metres on the robot's map. */
  x: z.number(),
  y: z.number(),
  /** Radians, counter-clockwise from the x axis: where it looks when it has arrived. */
  yaw: z
    .number()
    .min(-Math.PI)
    .max(2 * Math.PI)
    .default(0),
  /** Where the key is a place: the zone that it is in. */
  zone: Id.optional(),
  /** The dock that the robot's docking server knows here. */
  dock: z.string().min(1).max(128).optional(),
})
export type Place = z.infer<typeof Place>

const action = (name: string, type: string) =>
  z.strictObject({ action: rosName.default(name), type: rosType.default(type) })
export type ActionName = z.infer<ReturnType<typeof action>>

/** `{text}` and `{language}` in it are put in. */
const Template = z.record(z.string().max(64), z.json())

const Speech = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('action'),
    action: rosName,
    type: rosType,
    goal: Template.default({ text: '{text}', language: '{language}' }),
  }),
  z.strictObject({
    by: z.literal('topic'),
    topic: rosName,
    type: rosType.default('std_msgs/msg/String'),
    message: Template.default({ data: '{text}' }),
    /** Nobody says when it is over, so it is reckoned. */
    msPerCharacter: z.number().min(10).max(2_000).default(220),
  }),
])
export type Speech = z.infer<typeof Speech>

const certificate = z.string().transform((file, context) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    context.addIssue({ code: 'custom', message: `the file ${file} cannot be read` })
    return z.NEVER
  }
})

const Robot = z.strictObject({
  url: z
    .string()
    .regex(/^wss?:\/\/[^/]/, 'starts with ws:// or wss://')
    .refine((url) => !/^wss?:\/\/[^/]*@/.test(url), 'holds no password: it would be logged; use token'),
  /** For the proxy before rosbridge, as `Authorization: Bearer …`: the protocol itself asks nobody who they are. */
  token: z.string().min(16, 'at least 16 characters').max(1_024).optional(),
  /** File of the authority that signed the server's certificate. */
  ca: certificate.optional(),
  vendor: z.string().min(1).max(64).default('ROS 2'),
  model: z.string().min(1).max(64).default('nav2 robot'),
  metresPerSecond: z.number().min(0.01).max(10).optional(),
})

const Topics = z.strictObject({
  battery: rosName.nullable().default('/battery_state'),
  pose: rosName.nullable().default('/amcl_pose'),
  poseType: z
    .enum(['geometry_msgs/msg/PoseWithCovarianceStamped', 'geometry_msgs/msg/PoseStamped'])
    .default('geometry_msgs/msg/PoseWithCovarianceStamped'),
  odometry: rosName.nullable().default(null),
  diagnostics: rosName.nullable().default(null),
})

const ms = (standard: number) => z.int().min(10).max(600_000).default(standard)

export const RosbridgeConfig = z
  .strictObject({
    robot: Robot,
    /** The frame of the robot's map, and the branch's name of that map. */
    frame: z.string().min(1).max(128).default('map'),
    map: Id.default('map'),
    /** Hub place or zone → where that is. */
    places: z.record(Id, Place).refine((rows) => Object.keys(rows).length > 0, 'name at least one place'),
    navigation: action('/navigate_to_pose', 'nav2_msgs/action/NavigateToPose')
      .extend({ behaviorTree: z.string().max(512).default('') })
      .prefault({}),
    docking: z
      .strictObject({
        dock: action('/dock_robot', 'nav2_msgs/action/DockRobot').prefault({}),
        undock: action('/undock_robot', 'nav2_msgs/action/UndockRobot').prefault({}),
      })
      .prefault({}),
    speech: Speech.optional(),
    languages: z.array(Language).min(1).max(32).optional(),
    topics: Topics.prefault({}),
    /** Goals that run when the adapter starts: `leave` them where somebody else sends some, too. */
    leftovers: z.enum(['stop', 'leave']).default('stop'),
    /** Any service that answers: whether the server is still there is asked with it. */
    aliveService: rosName.default('/rosapi/get_time'),
    /** How long the robot may be out of reach (Wi-Fi) before its tasks count as failed. */
    graceMs: ms(10_000),
    answerMs: ms(3_000),
    /** So long without a word, and it is asked whether it is there. */
    quietMs: ms(4_000),
    /** By when a goal must have been taken. */
    acceptWithinMs: ms(8_000),
    /** A goal that said how it goes, and then nothing for so long, has died with its server. */
    silentMs: ms(30_000),
    /** Farther than this from the goal it has not arrived, whatever it says. */
    arrivedWithinMetres: z.number().min(0.05).max(10).default(1.5),
    /** From standing at the dock until it charges. */
    chargeWithinMs: ms(20_000),
  })
  .superRefine(({ speech, languages }, context) => {
    if (speech !== undefined && languages === undefined)
      context.addIssue({ code: 'custom', path: ['languages'], message: 'is needed for a robot that speaks' })
  })
export type RosbridgeConfig = z.infer<typeof RosbridgeConfig>
