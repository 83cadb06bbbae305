/** Recordings at the desk: which there are, what is in them, who looked, and what holds them. */
import { z } from 'zod'
import { text } from '../ids.ts'
import { Access, GapRow, Hold } from '../recording/manifest.ts'
import { deskRoute } from './route.ts'

const Recording = z.string().min(1).max(80)
const Time = z.number()

const Row = z.object({
  id: Recording,
  state: z.enum(['open', 'sealed', 'erased']),
  beganAt: Time,
  product: z.string(),
  script: z.object({ id: z.string(), version: z.int() }),
  seller: z.string(),
  call: z.string().nullable(),
  outcome: z.string().nullable(),
  gaps: z.int(),
  durationMs: z.number(),
  keepUntil: Time.nullable(),
  holds: z.array(Hold),
  access: z.array(Access),
  erasedAt: Time.nullable(),
})
export type RecordingRowTold = z.infer<typeof Row>

const Spans = z.array(z.object({ from: Time, to: Time }))
const Part = z.object({
  part: z.string(),
  recorder: z.string(),
  participant: z.string(),
  type: z.string(),
  startedAt: Time,
  durationMs: z.number(),
})
export type RecordingPartTold = z.infer<typeof Part>

const Chapter = z.object({
  at: Time,
  kind: z.enum(['item', 'finding', 'gap', 'sold']),
  code: z.string(),
  /** Of the item: what the script calls it. */
  title: z.record(z.string(), z.string()),
  by: z.string().nullable(),
  settled: z.string().nullable(),
})
export type RecordingChapter = z.infer<typeof Chapter>

const View = z.object({
  row: Row,
  sealedAt: Time.nullable(),
  manifest: z.string().nullable(),
  spans: Spans,
  parts: z.array(Part),
  gaps: z.array(GapRow),
  chapters: z.array(Chapter),
  /** What was never heard nor ticked; null: nothing is known of what had to be said, as before the seal. */
  missing: z.array(z.object({ code: z.string(), title: z.record(z.string(), z.string()) })).nullable(),
})
export type RecordingView = z.infer<typeof View>

const Done = z.object({ done: z.literal(true) })
const reads = ['auditor', 'admin'] as const
const OneHold = z.strictObject({ recording: Recording, hold: text(80), reason: text(300) })

const changeErrors = ['recording.unknown', 'recording.erased', 'recording.open', 'recording.damaged'] as const
const holdErrors = [...changeErrors, 'recording.held'] as const
const releaseErrors = [...changeErrors, 'recording.not-held'] as const

export const recordingRoutes = {
  recordings: deskRoute({
    method: 'GET',
    path: '/api/recordings',
    admits: reads,
    request: z.object({
      seller: z.string().max(80).optional(),
      product: z.string().max(80).optional(),
      /** Days of the branch, with both. */
      from: z.coerce.number().optional(),
      to: z.coerce.number().optional(),
      only: z.enum(['gaps', 'held']).optional(),
    }),
    response: z.array(Row),
    errors: [],
  }),
  recording: deskRoute({
    method: 'GET',
    path: '/api/recordings/one',
    admits: reads,
    request: z.object({ recording: Recording }),
    response: View,
    errors: ['recording.unknown', 'recording.damaged'],
  }),
  /** Whoever looks at it is on record before he sees anything. The grant is for him and for this recording. */
  watchRecording: deskRoute({
    method: 'POST',
    path: '/api/recordings/watch',
    admits: ['auditor'],
    request: z.strictObject({ recording: Recording, fromMs: z.number().min(0) }),
    response: z.object({ grant: z.string() }),
    errors: ['recording.unknown', 'recording.erased', 'recording.open', 'recording.damaged'],
  }),
  verifyRecording: deskRoute({
    method: 'POST',
    path: '/api/recordings/verify',
    admits: reads,
    request: z.strictObject({ recording: Recording }),
    response: z.object({ complaints: z.array(z.object({ file: z.string(), what: z.string() })) }),
    errors: ['recording.unknown', 'recording.damaged'],
  }),
  holdRecording: deskRoute({
    method: 'POST',
    path: '/api/recordings/hold',
    admits: ['admin'],
    request: OneHold,
    response: Done,
    errors: holdErrors,
  }),
  releaseRecording: deskRoute({
    method: 'POST',
    path: '/api/recordings/release',
    admits: ['admin'],
    request: OneHold,
    response: Done,
    errors: releaseErrors,
  }),
}

/** A field of a form that was left empty asks for nothing. */
const Field = z
  .string()
  .max(80)
  .transform((said) => (said === '' ? undefined : said))
  .optional()
  .catch(undefined)
const Day = z.iso.date().optional().catch(undefined)

/** For people: the list, and one of them from a moment on (hub time). Whoever plays is on record with it. */
export const recordingPages = {
  recordingsPage: deskRoute({
    method: 'GET',
    path: '/recordings',
    admits: reads,
    request: z.object({
      only: z.enum(['gaps', 'held']).optional().catch(undefined),
      product: Field,
      seller: Field,
      /** Days of the branch, with both. */
      from: Day,
      to: Day,
    }),
    response: 'page',
    errors: [],
  }),
  recordingPage: deskRoute({
    method: 'GET',
    path: '/recordings/one',
    admits: reads,
    request: z.object({
      recording: Recording,
      at: z.coerce.number().optional().catch(undefined),
      /** This copy of its party, where it was running then. */
      part: z.string().max(200).optional().catch(undefined),
    }),
    response: 'page',
    errors: ['recording.unknown', 'recording.damaged'],
  }),
  /** Each bit is read again: whoever asks is told what is not as it was sealed. */
  checkRecordingForm: deskRoute({
    method: 'POST',
    path: '/recordings/check',
    admits: reads,
    request: z.strictObject({ recording: Recording }),
    response: 'page',
    errors: ['recording.unknown', 'recording.damaged'],
  }),
  holdRecordingForm: deskRoute({
    method: 'POST',
    path: '/recordings/hold',
    admits: ['admin'],
    request: OneHold,
    response: 'page',
    errors: holdErrors,
  }),
  releaseRecordingForm: deskRoute({
    method: 'POST',
    path: '/recordings/release',
    admits: ['admin'],
    request: OneHold,
    response: 'page',
    errors: releaseErrors,
  }),
}

/** Beside the table of routes, since its body is a file: answers ranges, to whom the grant is for. */
export const playPath = (recording: string, part: string, grant: string) =>
  `/recordings/${encodeURIComponent(recording)}/${encodeURIComponent(part)}?grant=${encodeURIComponent(grant)}`

/** What keeps players that stand beside each other at the same moment. */
export const inStepPath = '/recordings/in-step.js'
