/**
 * The bridge protocol: what the app on the robot and this adapter say to each other, the same over WebSocket and over
 * HTTP. Commands carry the names and fields of the vendor's SDK, events those of its listeners; the README prints them.
 */
import { z } from 'zod'

export const bridgeProtocol = 1

/** Whatever a robot has to say fits; anything larger is not looked at. */
export const messageBytesMax = 64_000

const Data = z.record(z.string().max(64), z.json())
export type BridgeData = z.infer<typeof Data>

export const BridgeCommand = z.object({
  id: z.int().min(1),
  command: z.string().min(1).max(64),
  data: Data.default({}),
})
export type BridgeCommand = z.infer<typeof BridgeCommand>

/** Why the app did not pass a command on. Anything else that goes wrong is told by the robot's own events. */
export const bridgeErrors = [
  'unauthorised',
  'unsupported',
  'bad-command',
  'unknown-place',
  'busy',
  'failed',
] as const
export type BridgeErrorCode = (typeof bridgeErrors)[number]

export const BridgeAnswer = z.discriminatedUnion('ok', [
  z.object({ answer: z.int().min(1), ok: z.literal(true), data: Data.default({}) }),
  z.object({ answer: z.int().min(1), ok: z.literal(false), error: z.enum(bridgeErrors).catch('failed') }),
])
export type BridgeAnswer = z.infer<typeof BridgeAnswer>

/** `n` counts the events of one session, from 1 and without a gap; the last hundred are kept for who comes back. */
export const BridgeEvent = z.object({
  n: z.int().min(1),
  event: z.string().min(1).max(96),
  data: Data.default({}),
})
export type BridgeEvent = z.infer<typeof BridgeEvent>
export const eventsKept = 100

/** HTTP: the answer to a long poll, and what the app posts to the webhook. */
export const BridgeEvents = z.object({
  session: z.string().min(1).max(64),
  events: z.array(BridgeEvent).max(eventsKept),
})
export type BridgeEvents = z.infer<typeof BridgeEvents>

/** Asked first on every connection. A new session means that the app was started anew and forgot what it was doing. */
export const HelloAnswer = z.object({
  protocol: z.literal(bridgeProtocol),
  session: z.string().min(1).max(64),
  /** Of its latest event: what was before is old. */
  n: z.int().min(0),
  model: z.string().min(1).max(64).optional(),
  firmware: z.string().min(1).max(64).optional(),
})
export type HelloAnswer = z.infer<typeof HelloAnswer>

/**
 * Asked again and again. `moving` and `at` are measured (speed, distance to the saved places), never concluded from
 * what the navigation reported: they are what a report of the navigation is checked against.
 */
export const StatusAnswer = z.object({
  moving: z.boolean(),
  /** The saved place where it stands; null: at none of them; left out: this robot cannot tell. */
  at: z.string().max(128).nullable().optional(),
  locations: z.array(z.string().max(128)).max(500).optional(),
  battery: z.object({ level: z.number().min(0).max(100), isCharging: z.boolean() }).optional(),
})
export type StatusAnswer = z.infer<typeof StatusAnswer>
