/**
 * Which robots there are, how each speaks, and where the branch's places are on their map. Version and quirks belong to
 * the robot: a fleet rarely has one maker, and robots drop messages of another version than their own.
 */
import { z } from 'zod'
import { Id, Language } from '#protocol/ids.ts'

const name = z.string().min(1).max(128)
/** A level of a topic (VDA 5050, 6.3: no `/`, no wildcards, and no `$`). */
const level = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/, 'letters, digits and _ . : - only')

const Place = z.strictObject({
  nodeId: name,
  x: z.number(),
  y: z.number(),
  theta: z.number().min(-Math.PI).max(Math.PI).optional(),
  mapId: name,
  allowedDeviationXY: z.number().min(0).optional(),
  allowedDeviationTheta: z.number().min(0).max(Math.PI).optional(),
  /** Where the hub names only a zone, one of its places is meant. */
  zone: Id.optional(),
})
export type Place = z.infer<typeof Place>

/** What the robot is told to do; a parameter may hold `{text}` or `{language}`, which are put in. */
const Action = z.strictObject({
  actionType: name,
  scope: z.enum(['node', 'instant']).default('node'),
  parameters: z
    .record(name, z.union([z.string().max(500), z.number(), z.boolean()]))
    .default({ text: '{text}', language: '{language}' }),
})
export type Action = z.infer<typeof Action>

export const Spoken = z.strictObject({ greet: Action.optional(), announce: Action.optional() })
export type Spoken = z.infer<typeof Spoken>

const Robot = z.strictObject({
  device: Id,
  manufacturer: level,
  serialNumber: level,
  version: z
    .string()
    .regex(/^(2\.0|2\.1|3\.0)\.\d{1,3}$/, 'spoken are 2.0.x, 2.1.x and 3.0.x')
    .default('2.1.0'),
  /** First level of the topics. Default: `uagv`, from 3.0 on `vda5050`. */
  interfaceName: level.optional(),
  model: z.string().min(1).max(64).default('VDA 5050 robot'),
  languages: z.array(Language).max(32).optional(),
  metresPerSecond: z.number().min(0.01).optional(),
  /** What it can say, by configuration or as far as its factsheet names `greet` and `announce`. */
  actions: z.union([Spoken, z.literal('factsheet')]).default('factsheet'),
  /** `action`: is told to start and stop charging; `by-itself`: does so at a charger. */
  charging: z.enum(['action', 'by-itself']).default('by-itself'),
  quirks: z
    .strictObject({
      /** 1.1 called the list `instantActions`, and some robots of 2.0 still look for it there. */
      instantActionsKey: z.enum(['actions', 'instantActions', 'both']).default('actions'),
      /** `unreliable`: its header ids do not count up, so only the time in the header tells what is newer. */
      headerIds: z.enum(['counted', 'unreliable']).default('counted'),
    })
    .prefault({}),
})
export type RobotConfig = z.infer<typeof Robot>

const Way = z.strictObject({ from: Id, to: Id, edgeId: name.optional(), oneWay: z.boolean().default(false) })
export type Way = z.infer<typeof Way>

const ms = z.int().min(100).max(3_600_000)

const isUnique = (words: readonly string[]) => new Set(words).size === words.length

export const Vda5050Config = z
  .strictObject({
    broker: z.strictObject({
      url: z.string().regex(/^mqtts?:\/\//, 'starts with mqtt:// or mqtts://'),
      username: z.string().max(256).optional(),
      password: z.string().max(1024).optional(),
      /** File of the authority that signed the broker's certificate. */
      ca: z.string().optional(),
      clientId: z.string().min(1).max(64).optional(),
    }),
    /** The hub's names on the robots' map. */
    places: z.record(Id, Place),
    /** Where they may drive between places. Without any, straight from where it is. */
    ways: z.array(Way).default([]),
    robots: z.array(Robot).min(1).max(200),
    /** A robot reports at least every 30 s (VDA 5050, 6.6); after twice that and a little it is held for gone. */
    silentAfterMs: ms.default(65_000),
    /** How long a robot that loses its broker may be away before its task has failed. */
    goneAfterMs: ms.default(10_000),
    /** By when it must have taken an order or answered an instant action. */
    answerWithinMs: ms.default(8_000),
    /** Messages to robots travel with QoS 0: what stays unanswered so long is sent again. */
    sendAgainMs: ms.default(2_000),
    /** How long to wait at the start for the robots to say that they are there and what they can do. */
    gatherWithinMs: ms.default(3_000),
  })
  .refine(({ robots }) => isUnique(robots.map(({ device }) => device)), 'two robots have the same device')
  .refine(
    ({ robots }) => isUnique(robots.map((robot) => `${robot.manufacturer}/${robot.serialNumber}`)),
    'two robots have the same manufacturer and serialNumber',
  )
  .refine(
    ({ places }) => isUnique(Object.values(places).map(({ nodeId }) => nodeId)),
    'two places have the same nodeId',
  )
  .refine(
    ({ places, ways }) =>
      ways.every(({ from, to }) => Object.hasOwn(places, from) && Object.hasOwn(places, to)),
    'a way begins or ends at a place that is not in the table',
  )
export type Vda5050Config = z.infer<typeof Vda5050Config>
