/**
 * Streams that the hub itself looks at, to show where things are: never journalled, never decided on. Metres on the
 * branch's own plan.
 */
import { z } from 'zod'
import { Id, text } from './ids.ts'

const metres = z.number().min(-10_000).max(10_000)

/** `stream/positions` of a sensor: everybody it follows at this moment. */
export const PositionsStream = z.object({
  people: z.array(z.object({ track: text(64), x: metres, y: metres })).max(1_000),
})
export type PositionsStream = z.infer<typeof PositionsStream>

/** `stream/position` and `stream/pose` of a device that moves: where it is itself. */
export const PoseStream = z.object({
  /** Of which map the coordinates are; absent: the branch's plan. */
  map: Id.optional(),
  x: metres,
  y: metres,
  /** Radians. */
  theta: z.number().min(-100).max(100).optional(),
})
export type PoseStream = z.infer<typeof PoseStream>

/** By name of the stream. Others may be sent and are for nobody here. */
export const streams = { positions: PositionsStream, position: PoseStream, pose: PoseStream } as const
export type StreamName = keyof typeof streams

export const isStreamName = (name: string): name is StreamName => Object.hasOwn(streams, name)
