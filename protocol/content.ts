/**
 * The content library of a branch: what screens and kiosks may show, in versions, each agreed to by a second person
 * before anybody sees it; and the playlists in which it runs while nothing else is asked of a screen.
 */
import { z } from 'zod'
import { DurationMs, Id, Language, text } from './ids.ts'
import { Title } from './plan.ts'

/** SHA-256 of the file, in hex: its name everywhere. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a browser shows without a program of its own. No SVG: it may carry scripts and reach for other files. */
export const mediaTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'video/mp4',
  'video/webm',
  'text/html',
] as const
export type MediaType = (typeof mediaTypes)[number]

export const Media = z
  .object({
    sha256: Sha256,
    type: z.enum(mediaTypes),
    bytes: z.int().min(1),
    /** Pixels; absent for pages. */
    width: z.int().min(1).optional(),
    height: z.int().min(1).optional(),
    /** Of a video, where its file says so. */
    durationMs: DurationMs.optional(),
  })
  .meta({ id: 'Media' })
export type Media = z.infer<typeof Media>

/** With live data of the branch: how long each queue is, who is called, a word of welcome by the time of day. */
export const liveTemplates = ['notice', 'queues', 'welcome'] as const
export type LiveTemplate = (typeof liveTemplates)[number]

/** What must be shown whatever else is: no campaign displaces its share of the time. */
export const mandatoryKinds = ['fraud-warning', 'consumer-protection', 'rates', 'other'] as const
export type MandatoryKind = (typeof mandatoryKinds)[number]

/** Compared as text: what is no month or day would never come. */
export const Day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date such as 2026-10-01')
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as 09:30')
/** Local time; one that ends before it begins goes over midnight. */
export const DayPart = z.strictObject({ from: TimeOfDay, to: TimeOfDay })
export type DayPart = z.infer<typeof DayPart>

/** When something runs: everything that is absent does not limit it. */
export const Runs = z.strictObject({
  /** First and last day, local. */
  from: Day.nullable().default(null),
  to: Day.nullable().default(null),
  hours: DayPart.nullable().default(null),
  /** ISO weekdays, 1 is Monday; empty: all. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
})
export type Runs = z.infer<typeof Runs>

export const versionStates = ['proposed', 'approved', 'declined', 'withdrawn'] as const
export type VersionState = (typeof versionStates)[number]

/** Never changed once it is made, but for what became of it. */
export interface ContentVersion {
  readonly version: number
  readonly media: Media | null
  readonly template: LiveTemplate | null
  /** Beside or instead of the media, by language; also what a robot would say. */
  readonly words: Readonly<Record<string, string>>
  /** The bank's own code of the product that it is about, for whoever agrees to it. */
  readonly productCode: string | null
  /** The last day on which it may be shown, local. */
  readonly expiresOn: string | null
  /** What the item becomes once this is approved; absent: as it is. */
  readonly mandatory?: MandatoryKind | null
  readonly addedBy: string
  readonly addedAt: number
  readonly state: VersionState
  readonly judgedBy: string | null
  readonly judgedAt: number | null
  readonly judgedReason: string | null
}

export interface ContentItemRow {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly mandatory: MandatoryKind | null
  /** The oldest first. */
  readonly versions: readonly ContentVersion[]
  /** An approved one: the newest, until somebody goes back to another. null: nothing of it is shown. */
  readonly inForce: number | null
  readonly revision: number
}

export interface PlaylistRow {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  /** Where it runs; empty: on every screen. */
  readonly zones: readonly string[]
  readonly entries: readonly { readonly item: string; readonly showForMs: number }[]
  readonly runs: Runs
  /** Of those that run now on a screen only the highest plays. 0 to 9. */
  readonly priority: number
  readonly on: boolean
  readonly revision: number
  readonly setBy: string
  readonly setAt: number
}

const words = z.record(Language, text(300))

/** What an editor asks for: one more version of an item, or the first. */
export const NewVersion = z.strictObject({
  item: Id,
  /** Of a new item; absent: as it is. */
  title: Title.optional(),
  mandatory: z.enum(mandatoryKinds).nullable().optional(),
  /** Of a file that was uploaded. */
  sha256: Sha256.nullable(),
  template: z.enum(liveTemplates).nullable(),
  words,
  productCode: text(64).nullable(),
  expiresOn: Day.nullable(),
})
export type NewVersion = z.infer<typeof NewVersion>

export const NewPlaylist = z.strictObject({
  playlist: Id,
  title: Title,
  zones: z.array(Id).max(64),
  entries: z.array(z.strictObject({ item: Id, showForMs: DurationMs.min(1_000) })).max(100),
  runs: Runs,
  priority: z.int().min(0).max(9),
  on: z.boolean(),
  /** That the editor saw; 0: it is new. A second editor is told that the first was there. */
  revision: z.int().min(0),
})
export type NewPlaylist = z.infer<typeof NewPlaylist>
