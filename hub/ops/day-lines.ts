/** A recorded day as lines of JSON: what a replay needs besides the entries, and the links that prove them. */
import { z } from 'zod'
import { HubSettings } from '../engine/settings.ts'

/** Raised whenever an older reader would misread a file. */
export const dayVersion = 1

const Versions = z.object({ hub: z.string(), xstate: z.string(), flows: z.record(z.string(), z.int()) })

export const DayHead = z.looseObject({
  type: z.literal('usher-day'),
  version: z.literal(dayVersion),
  branch: z.string(),
  /** Of the branch, as its wall calendar shows it. */
  day: z.string(),
  timeZone: z.string(),
  /** Hub time from its midnight to the next. */
  fromMs: z.int(),
  toMs: z.int(),
  madeAt: z.int(),
  settings: HubSettings,
  /** Of the hub that ran when the day began; null: it was first started within the day. */
  versions: Versions.nullable(),
  /** The link before the first entry. */
  before: z.object({ seq: z.int().min(0), hash: z.string() }),
  /** The state the first entry meets; null: nothing, the journal begins with it. */
  checkpoint: z.object({ seq: z.int(), at: z.int(), digest: z.string(), rows: z.int() }).nullable(),
})
export type DayHead = z.infer<typeof DayHead>

/** A row of the state the first entry meets. */
export const DayRow = z.object({
  type: z.literal('row'),
  table: z.string(),
  key: z.string(),
  row: z.unknown(),
})

/** `records` are the decision records as canonical JSON; null where some of them were erased. */
export const DayEntry = z.object({
  type: z.literal('entry'),
  branch: z.string(),
  epoch: z.int(),
  seq: z.int(),
  at: z.int(),
  kind: z.string(),
  device: z.string().nullable(),
  cause: z.string().nullable(),
  body: z.string().nullable(),
  digest: z.string(),
  reasons: z.string().nullable(),
  hash: z.string(),
  records: z.array(z.string()).nullable(),
})
export type DayEntry = z.infer<typeof DayEntry>

/** The last line: without it the file was cut off. */
export const DayEnd = z.object({ type: z.literal('end'), entries: z.int(), hash: z.string() })

export const DayLine = z.discriminatedUnion('type', [DayRow, DayEntry, DayEnd])
export type DayLine = DayHead | z.infer<typeof DayLine>
