/**
 * The rosbridge protocol, version 2 (RobotWebTools/rosbridge_suite, ROSBRIDGE_PROTOCOL.md), as far as this adapter speaks
 * it. What arrives is looked at once, here; servers leave fields out and put some elsewhere.
 */
import { z } from 'zod'

/** Whatever a robot has to say fits; maps, images and point clouds are not asked for. */
export const messageCharsMax = 1_000_000

const id = z.string().max(512)
const Status = z.int().min(0).max(6)
const name = z.string().max(512)

const ActionResult = z.object({
  op: z.literal('action_result'),
  id,
  status: Status.optional(),
  values: z.unknown().optional(),
  result: z.boolean().optional(),
})

const Heard = z.discriminatedUnion('op', [
  z.object({ op: z.literal('publish'), topic: name, msg: z.unknown().optional() }),
  z.object({
    op: z.literal('service_response'),
    id: id.optional(),
    values: z.unknown().optional(),
    result: z.boolean().default(true),
  }),
  z.object({ op: z.literal('action_feedback'), id, values: z.unknown().optional() }),
  ActionResult,
  z.object({
    op: z.literal('status'),
    id: id.optional().catch(undefined),
    level: z.string().max(32),
    msg: z.unknown().optional(),
  }),
  z.object({
    op: z.literal('fragment'),
    id,
    data: z.string(),
    num: z.int().min(0),
    total: z.int().min(1),
  }),
])
export type Heard = z.infer<typeof Heard>
export type Fragment = Extract<Heard, { op: 'fragment' }>

const Op = z.object({ op: z.string() })
const heardOps = new Set([
  'publish',
  'service_response',
  'action_feedback',
  'action_result',
  'status',
  'fragment',
])

/** @returns why not, in the word that it is counted under. */
export const readHeard = (given: unknown): Heard | 'not-rosbridge' | 'unknown-op' | 'compressed' => {
  const op = Op.safeParse(given).data?.op
  if (op === undefined) return 'not-rosbridge'
  if (op === 'png') return 'compressed'
  if (!heardOps.has(op)) return 'unknown-op'
  return Heard.safeParse(given).data ?? 'not-rosbridge'
}

/** action_msgs/msg/GoalStatus. */
export const goalStatus = {
  unknown: 0,
  accepted: 1,
  executing: 2,
  canceling: 3,
  succeeded: 4,
  canceled: 5,
  aborted: 6,
} as const

export const isTerminal = (status: number) => status >= goalStatus.succeeded
export const isActive = (status: number) => status >= goalStatus.accepted && status <= goalStatus.canceling

/** Some servers of 2024 put the status beside the result into `values` (rosbridge_suite issue 920). */
const Nested = z.object({ status: Status, result: z.unknown() })

export interface GoalResult {
  /** undefined: the server does not say. */
  readonly status: number | undefined
  readonly values: unknown
}

export const resultOf = ({ status, values }: z.infer<typeof ActionResult>): GoalResult => {
  if (status !== undefined) return { status, values }
  const nested = Nested.safeParse(values).data
  return nested === undefined
    ? { status: undefined, values }
    : { status: nested.status, values: nested.result }
}
