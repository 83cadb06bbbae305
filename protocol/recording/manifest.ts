/**
 * What is sealed of a recording: every file with its hash, every part with the moments that it covers, the sale as it ended,
 * and what of it is missing. Its SHA-256 stands in the journal; its signature can be checked by anybody with the public key.
 */
import { z } from 'zod'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Time = z.number()

const ChunkRow = z.strictObject({
  /** Of its last moment, hub time. */
  at: Time,
  bytes: z.int().min(0),
  /** Of what is in it, not of what is on disk. */
  sha256: Hash,
})

const FileRow = z.strictObject({
  name: z.string(),
  /** As it is on disk. */
  bytes: z.int().min(0),
  sha256: Hash,
  recorder: z.string(),
  participant: z.string().nullable(),
  part: z.string(),
  firstSeq: z.int().min(0),
  type: z.string(),
  chunks: z.array(ChunkRow),
  /** Of a piece that was being written when the power went: it counts for nothing. */
  tornBytes: z.int().min(0),
})
export type FileRow = z.infer<typeof FileRow>

const Spans = z.array(z.strictObject({ from: Time, to: Time }))

/** What plays by itself: of one recorder and one participant, without a break. */
const PartRow = z.strictObject({
  part: z.string(),
  recorder: z.string(),
  participant: z.string(),
  type: z.string(),
  startedAt: Time,
  durationMs: z.number(),
  /** In their order: together they are the part. */
  files: z.array(z.string()),
  /** What a player needs to know of it: the tracks as they stand in it, where clusters begin, and which ones it can begin at. */
  tracks: z.string(),
  firstCluster: z.int().min(0),
  bytes: z.int().min(0),
  clusters: z.array(z.tuple([z.int(), z.number(), z.union([z.literal(0), z.literal(1)])])),
  audio: Spans,
  video: Spans,
})
export type PartRow = z.infer<typeof PartRow>

export const GapRow = z.strictObject({
  recorder: z.string(),
  participant: z.string(),
  kind: z.enum(['audio', 'video']),
  from: Time,
  to: Time,
})
export type GapRow = z.infer<typeof GapRow>

export const Manifest = z.strictObject({
  format: z.literal('usher recording 1'),
  recording: z.string(),
  branch: z.string(),
  sealedAt: Time,
  /** The journal as it was then: its last entry, and the hash of its chain. */
  journal: z.strictObject({ epoch: z.int(), seq: z.int() }),
  call: z.string().nullable(),
  /** When it recorded; between two of them it was paused. */
  spans: Spans,
  /** Of whom voice and picture have to be there. */
  participants: z.array(z.string()),
  script: z.strictObject({ id: z.string(), version: z.int() }),
  /** The row of the sale: items, findings, consent, how it ended. */
  sale: z.json(),
  files: z.array(FileRow),
  parts: z.array(PartRow),
  gaps: z.array(GapRow),
  /** SHA-256 of the wrapped key, so that another one is noticed. */
  key: Hash,
})
export type Manifest = z.infer<typeof Manifest>

export const SealedManifest = z.strictObject({
  /** The text that was hashed and signed, letter by letter. */
  manifest: z.string(),
  /** Ed25519, base64url. */
  signature: z.string(),
})
export type SealedManifest = z.infer<typeof SealedManifest>

export const Hold = z.strictObject({
  name: z.string().min(1).max(80),
  reason: z.string().min(1).max(300),
  by: z.string(),
  at: Time,
})
export type Hold = z.infer<typeof Hold>

export const Access = z.strictObject({
  by: z.string(),
  at: Time,
  what: z.enum(['opened', 'exported']),
  /** Of the recording; 0: its beginning. */
  fromMs: z.number(),
})
export type Access = z.infer<typeof Access>

/** What is known of a recording beside its files, and may change. */
export const RecordingRecord = z.strictObject({
  id: z.string(),
  state: z.enum(['open', 'sealed', 'erased']),
  beganAt: Time,
  call: z.string().nullable(),
  product: z.string(),
  script: z.strictObject({ id: z.string(), version: z.int() }),
  seller: z.string(),
  termEnds: z.string().nullable(),
  keepDays: z.int(),
  afterTermDays: z.int(),
  participants: z.array(z.string()),
  /** When it recorded; the last one is open while `to` is null. */
  spans: z.array(z.strictObject({ from: Time, to: Time.nullable() })),
  /** Not deleted before; null: not sealed. */
  keepUntil: Time.nullable(),
  sealedAt: Time.nullable(),
  /** SHA-256 of the manifest's text. */
  manifest: z.string().nullable(),
  gaps: z.int(),
  outcome: z.string().nullable(),
  holds: z.array(Hold),
  /** Who looked at it, the newest last; the journal has them all. */
  access: z.array(Access).max(100),
  erased: z.strictObject({ at: Time, why: z.string(), bytes: z.int() }).nullable(),
})
export type RecordingRecord = z.infer<typeof RecordingRecord>
