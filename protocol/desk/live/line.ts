/**
 * The line between a page and the hub: a snapshot, then numbered deltas. A page that was away names the last number it
 * has; it gets what it missed, or a new snapshot where the hub no longer has that. Carried by socket.io at `liveLine`.
 */
import { z } from 'zod'
import { DeskError } from '../errors.ts'
import { DeskCommand } from './commands.ts'
import { Time } from './lobby-rows.ts'
import { LiveChanges, LiveRows } from './tables.ts'

/** Path of the socket. */
export const liveLine = '/live'
/** Raised when an older page could not go on with a newer hub: it loads itself anew. */
export const liveVersion = 1

/** Names this run of the numbering: another start of the hub counts anew. */
const Run = z.string().min(1).max(64)

/** `auth` of the handshake. */
export const Hello = z.object({
  version: z.int(),
  /** The last delta that it has; absent: it has nothing. */
  have: z.object({ run: Run, n: z.int().min(0) }).optional(),
})
export type Hello = z.infer<typeof Hello>

/** `snapshot`: everything, as after delta `n`. */
export const LiveSnapshot = z.object({ run: Run, n: z.int().min(0), at: Time, rows: LiveRows })
export type LiveSnapshot = z.infer<typeof LiveSnapshot>

/** `delta`: applies to what `n - 1` left. */
export const LiveDelta = z.object({ run: Run, n: z.int().min(1), at: Time, changes: LiveChanges })
export type LiveDelta = z.infer<typeof LiveDelta>

/**
 * `positions`: where things are now, at most ten times a second, only the newest, never kept. A person is `sensor/track`.
 * `beat`: hub time once in two seconds, so that a page knows how old its data are while nothing changes.
 */
export const LivePositions = z.object({
  at: Time,
  devices: z.array(z.tuple([z.string(), z.number(), z.number(), z.number().nullable()])),
  people: z.array(z.tuple([z.string(), z.number(), z.number()])),
})
export type LivePositions = z.infer<typeof LivePositions>
export const LiveBeat = z.object({ at: Time, n: z.int().min(0) })
export type LiveBeat = z.infer<typeof LiveBeat>

/** `over`: the session has ended; the line is closed behind it. */
export const LiveOver = z.object({ why: z.enum(['signed-out', 'expired', 'ended', 'version', 'stopping']) })
export type LiveOver = z.infer<typeof LiveOver>

/**
 * A command's own name. The page counts its commands (`n`) under a name that it made up once (`boot`), and sends one that
 * it has no answer to again, unchanged: the hub does it once, whatever happened between.
 */
export const CommandKey = z.object({ boot: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/), n: z.int().min(1) })
export type CommandKey = z.infer<typeof CommandKey>

/** `command`, with an answer. */
export const CommandCall = z.object({ key: CommandKey, command: DeskCommand })
export type CommandCall = z.infer<typeof CommandCall>

export const CommandAnswer = z.discriminatedUnion('done', [
  z.object({
    done: z.literal(true),
    /** Its entry in the journal; null: it was done before under this key. */
    seq: z.int().nullable(),
    at: Time,
    /** Of an `ask` or a `task.retry`: the flow instance that looks after it; its tasks have it as `request`. */
    request: z.string().optional(),
  }),
  z.object({ done: z.literal(false), error: DeskError }),
])
export type CommandAnswer = z.infer<typeof CommandAnswer>

/** What the hub sends, by event. */
export const fromHub = {
  snapshot: LiveSnapshot,
  delta: LiveDelta,
  positions: LivePositions,
  beat: LiveBeat,
  over: LiveOver,
} as const
export type FromHub = { [Name in keyof typeof fromHub]: (data: z.infer<(typeof fromHub)[Name]>) => void }
export interface FromPage {
  command: (call: CommandCall, answer: (answer: CommandAnswer) => void) => void
}
