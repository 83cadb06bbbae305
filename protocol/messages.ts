/** The envelopes of contract v1: everything that travels between a device and the hub, besides events. */
import { z } from 'zod'
import { CapabilityKey } from './capabilities.ts'
import { DeviceKind } from './device-kinds.ts'
import { BootId, DurationMs, Id, Language, MessageNumber, text } from './ids.ts'
import { Spot } from './targets.ts'

/** Carried by every message from a device; without them it is accepted and counted, but not deduplicated. */
export const Numbered = z.object({ boot: BootId.optional(), n: MessageNumber.optional() })
export type Numbered = z.infer<typeof Numbered>

/** Retained, and the last will (`lost`). `updating` announces an absence for new firmware. */
export const Presence = Numbered.extend({
  status: z.enum(['online', 'offline', 'lost', 'updating']),
  /** With `updating`: how long it will be away at most. Past that people are told; the hub allows four hours. */
  forMs: DurationMs.optional(),
  manifestHash: text(128).optional(),
}).meta({ id: 'Presence' })
export type Presence = z.infer<typeof Presence>

export const Manifest = Numbered.extend({
  kind: DeviceKind,
  vendor: text(64),
  model: text(64),
  firmware: text(64).optional(),
  capabilities: z
    .record(
      CapabilityKey,
      z.object({
        languages: z.array(Language).max(32).optional(),
        /** Only for vendor-defined capabilities; those of the contract have theirs fixed. */
        repeat: z.enum(['at-most-once', 'until-done']).optional(),
        /** Begins at once, so the offer may carry the start (a screen). */
        immediate: z.boolean().optional(),
      }),
    )
    .default({}),
  languages: z.array(Language).max(32).optional(),
  guarantees: z
    .object({
      acknowledges: z.boolean(),
      cancels: z.boolean(),
      deduplicates: z.boolean(),
      keepsTime: z.boolean(),
    })
    .partial()
    .optional(),
  /** What it does on its own; `switchable` says whether config can turn it off. */
  builtIn: z
    .array(z.object({ behaviour: z.enum(['greet', 'promote']), switchable: z.boolean() }))
    .max(8)
    .optional(),
  /** Only a gateway: the declared devices it may speak for. */
  speaksFor: z.array(Id).max(500).optional(),
  /** How often it reports each kind of news; past that the hub calls the value unknown. */
  periods: z.record(text(64), DurationMs).optional(),
  heartbeatMs: DurationMs.optional(),
  /** How fast it goes among people: the hub reckons with it whether it can be there in time. */
  metresPerSecond: z.number().min(0.01).optional(),
}).meta({ id: 'Manifest' })
export type Manifest = z.infer<typeof Manifest>

export const DeviceState = Numbered.extend({
  health: z
    .object({
      level: z.enum(['ok', 'degraded', 'faulted', 'updating']),
      reasons: z.array(text(120)).max(16).optional(),
    })
    .optional(),
  battery: z.object({ percent: z.number().min(0).max(100), charging: z.boolean() }).optional(),
  spot: Spot.optional(),
  busy: z.boolean().optional(),
  /** A robot that cannot go on, or one that stands in a keep-clear part. */
  blocked: z.boolean().optional(),
  inKeepClear: z.boolean().optional(),
  /** false: no new tasks for now, but what names this device and emergencies. Until it says true, or starts anew. */
  willing: z.boolean().optional(),
}).meta({ id: 'DeviceState' })
export type DeviceState = z.infer<typeof DeviceState>

/** Hub to device. An offer is answered; a device begins only on `start`, or when the offer says `start: true`. */
export const TaskMessage = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('offer'),
      task: Id,
      attempt: z.int().min(1),
      epoch: z.int().min(1),
      capability: CapabilityKey,
      command: z.record(z.string(), z.json()),
      priority: z.int().min(0).max(9),
      /** Answer within. */
      ackWithinMs: DurationMs,
      /** Must not begin later than this after receipt. */
      startWithinMs: DurationMs,
      runWithinMs: DurationMs,
      start: z.boolean(),
      /** Hub time, ms since 1970; only for members that keep time. */
      sentAt: z.int(),
    }),
    z.object({
      kind: z.literal('start'),
      task: Id,
      attempt: z.int().min(1),
      epoch: z.int().min(1),
      startWithinMs: DurationMs,
      runWithinMs: DurationMs,
      sentAt: z.int(),
    }),
    z.object({
      kind: z.literal('cancel'),
      task: Id,
      attempt: z.int().min(1),
      epoch: z.int().min(1),
      reason: z.string().max(64),
      /** What to do instead of just stopping, for example an apology. */
      onCancel: z.object({ capability: CapabilityKey, command: z.record(z.string(), z.json()) }).optional(),
      sentAt: z.int(),
    }),
  ])
  .meta({ id: 'TaskMessage' })
export type TaskMessage = z.infer<typeof TaskMessage>

export const reportStatuses = [
  'accepted',
  'refused',
  'started',
  'progress',
  'done',
  'failed',
  'cancelled',
  'not-started',
] as const
export type ReportStatus = (typeof reportStatuses)[number]

export const Report = Numbered.extend({
  attempt: z.int().min(1),
  epoch: z.int().min(1),
  status: z.enum(reportStatuses),
  /** Why refused or failed: busy, blocked, battery-low, unsupported, unreachable, … */
  code: Id.optional(),
  note: text(300).optional(),
  progress: z.record(z.string(), z.json()).optional(),
  result: z.record(z.string(), z.json()).optional(),
}).meta({ id: 'Report' })
export type Report = z.infer<typeof Report>

export const DeviceConfig = z
  .object({
    epoch: z.int().min(1),
    revision: z.int().min(0),
    mode: z.enum(['closed', 'opening', 'open', 'closing', 'cash-delivery', 'emergency']),
    movement: z.enum(['allowed', 'stopped']),
    builtIn: z.record(z.string(), z.enum(['on', 'off'])),
    settings: z.record(z.string(), z.json()),
  })
  .meta({ id: 'DeviceConfig' })
export type DeviceConfig = z.infer<typeof DeviceConfig>

export const ErrorMessage = z
  .object({
    code: z.string(),
    text: z.string(),
    topic: z.string(),
    boot: BootId.optional(),
    n: MessageNumber.optional(),
  })
  .meta({ id: 'ErrorMessage' })
export type ErrorMessage = z.infer<typeof ErrorMessage>

/** Cumulative: every message of this boot up to and including `n` is committed. */
export const Ack = z.object({ boot: BootId, n: MessageNumber }).meta({ id: 'Ack' })
export type Ack = z.infer<typeof Ack>

export const HubPresence = z
  .object({ status: z.enum(['online', 'offline']), epoch: z.int().min(1) })
  .meta({ id: 'HubPresence' })
export type HubPresence = z.infer<typeof HubPresence>

/** A device that asks for its credential: a PKCS#10 request in PEM, signed with its own key. */
export const EnrolRequest = z.object({ csr: text(8192) }).meta({ id: 'EnrolRequest' })
export const Credential = z
  .object({
    certificate: z.string(),
    authority: z.string(),
    /** Password on the plaintext listener of the hub's own machine. */
    token: z.string().optional(),
  })
  .meta({ id: 'Credential' })
export type Credential = z.infer<typeof Credential>
