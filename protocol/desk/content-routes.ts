/** The content library at the desk: what is there, what waits for a second person, and how a file comes in and goes out. */
import { z } from 'zod'
import { campaignChannels } from '../campaign.ts'
import {
  liveTemplates,
  Media,
  mandatoryKinds,
  NewPlaylist,
  NewVersion,
  Runs,
  Sha256,
  versionStates,
} from '../content.ts'
import { DurationMs, Id, text } from '../ids.ts'
import { Title } from '../plan.ts'
import { Time } from './live/lobby-rows.ts'
import { deskRoute } from './route.ts'

const titles = z.record(z.string(), z.string())

const Version = z.object({
  version: z.int(),
  media: Media.nullable(),
  template: z.enum(liveTemplates).nullable(),
  words: z.record(z.string(), z.string()),
  productCode: z.string().nullable(),
  expiresOn: z.string().nullable(),
  /** What the item becomes with it; absent: as it is. */
  mandatory: z.enum(mandatoryKinds).nullable().optional(),
  addedBy: z.string(),
  addedByTitle: z.string(),
  addedAt: Time,
  state: z.enum(versionStates),
  judgedBy: z.string().nullable(),
  judgedByTitle: z.string().nullable(),
  judgedAt: Time.nullable(),
  judgedReason: z.string().nullable(),
})
export type VersionTold = z.infer<typeof Version>

const Item = z.object({
  id: Id,
  title: titles,
  mandatory: z.enum(mandatoryKinds).nullable(),
  inForce: z.int().nullable(),
  revision: z.int(),
  versions: z.array(Version),
  /** Whole plays and time shown, since the library is kept. */
  plays: z.int(),
  shownForMs: z.number(),
})
export type ItemTold = z.infer<typeof Item>

const Playlist = z.object({
  id: Id,
  title: titles,
  zones: z.array(Id),
  entries: z.array(z.object({ item: Id, showForMs: DurationMs })),
  runs: Runs,
  priority: z.int(),
  on: z.boolean(),
  revision: z.int(),
  setBy: z.string(),
  setByTitle: z.string(),
  setAt: Time,
})
export type PlaylistTold = z.infer<typeof Playlist>

/** What a campaign weighs in the choice beside its priority, how it reaches visitors, and what it is measured by. */
const Chosen = z.object({
  /** What the bank gains by it, and what it asks of the customer. */
  value: z.int().min(0).max(100),
  burden: z.int().min(0).max(100),
  /** Campaigns and products that are not shown in the same visit. */
  conflicts: z.array(Id).max(64),
  channels: z.array(z.enum(campaignChannels)).max(campaignChannels.length),
  service: Id,
})

const Campaign = z.object({
  id: Id,
  title: titles,
  /** `file`: the branch file declares it, and it is changed there. */
  origin: z.enum(['file', 'desk']),
  product: Id,
  item: Id.nullable(),
  needsPerson: z.boolean(),
  segments: z.array(z.enum(['personal', 'corporate', 'priority'])),
  languages: z.array(z.string()),
  zones: z.array(Id),
  runs: Runs,
  perVisit: z.int(),
  perDay: z.int(),
  holdoutShare: z.number(),
  priority: z.int(),
  on: z.boolean(),
  revision: z.int(),
  playsToday: z.int(),
  /** Absent: as usual. */
  ...Chosen.partial().shape,
})
export type CampaignTold = z.infer<typeof Campaign>

/** One that is kept by the hub and changed in the app. Whom, where and when; what is shown is the item, once approved. */
export const NewCampaign = z.strictObject({
  campaign: Id,
  title: Title,
  product: Id,
  item: Id,
  needsPerson: z.boolean(),
  segments: z.array(z.enum(['personal', 'corporate', 'priority'])).min(1),
  /** Only visitors who read one of these; empty: whoever can read the item's words. */
  languages: z.array(z.string().max(16)).max(32),
  zones: z.array(Id).max(64),
  runs: Runs,
  perVisit: z.int().min(1).max(100),
  perDay: z.int().min(1).max(1_000_000),
  holdoutShare: z.number().min(0).max(1),
  priority: z.int().min(0).max(9),
  on: z.boolean(),
  revision: z.int().min(0),
  /** Absent: as it is; null: as usual. */
  value: Chosen.shape.value.nullable().optional(),
  burden: Chosen.shape.burden.nullable().optional(),
  conflicts: Chosen.shape.conflicts.nullable().optional(),
  channels: Chosen.shape.channels.nullable().optional(),
  service: Chosen.shape.service.nullable().optional(),
})
export type NewCampaign = z.infer<typeof NewCampaign>

export const Library = z.object({
  items: z.array(Item),
  playlists: z.array(Playlist),
  campaigns: z.array(Campaign),
  mandatoryShare: z.number(),
  /** Of the branch, for targets. */
  zones: z.array(z.object({ id: Id, title: titles, screens: z.int() })),
  languages: z.array(z.string()),
})
export type Library = z.infer<typeof Library>

const reads = ['manager', 'admin', 'auditor'] as const
const edits = ['manager', 'admin'] as const
const OfVersion = z.strictObject({ item: Id, version: z.int().min(1) })
const Query = z.object({ lang: z.enum(['zh', 'en']).optional() })
const Done = z.object({ done: z.literal(true) })
/** A playlist of a hundred entries, and words in eight languages. */
const bodyBytesMax = 65_536

export const contentRoutes = {
  library: deskRoute({
    method: 'GET',
    path: '/api/content',
    admits: reads,
    request: Query,
    response: Library,
    errors: [],
  }),
  /** One more version waits for a second person. */
  addVersion: deskRoute({
    method: 'POST',
    path: '/api/content/versions',
    admits: edits,
    request: NewVersion,
    response: z.object({ item: Id, version: z.int() }),
    bodyBytesMax,
    errors: [
      'branch.no-file',
      'content.no-file',
      'content.empty',
      'content.title',
      'content.expired',
      'content.too-many',
    ],
  }),
  /** By anybody who edits but the one who added it. */
  approveVersion: deskRoute({
    method: 'POST',
    path: '/api/content/versions/approve',
    admits: edits,
    request: OfVersion,
    response: Done,
    errors: [
      'branch.no-file',
      'content.unknown',
      'content.judged',
      'content.own',
      'content.expired',
      'content.product-code',
      'content.too-many',
    ],
  }),
  declineVersion: deskRoute({
    method: 'POST',
    path: '/api/content/versions/decline',
    admits: edits,
    request: OfVersion.extend({ reason: text(300) }),
    response: Done,
    errors: ['branch.no-file', 'content.unknown', 'content.judged', 'content.own'],
  }),
  /** By who added it, while it waits. */
  withdrawVersion: deskRoute({
    method: 'POST',
    path: '/api/content/versions/withdraw',
    admits: edits,
    request: OfVersion,
    response: Done,
    errors: ['branch.no-file', 'content.unknown', 'content.judged', 'content.others'],
  }),
  /** Back to an approved version, or (null) taken off all screens at once. */
  putInForce: deskRoute({
    method: 'POST',
    path: '/api/content/in-force',
    admits: edits,
    request: z.strictObject({
      item: Id,
      version: z.int().min(1).nullable(),
      revision: z.int().min(0),
    }),
    response: Done,
    errors: [
      'branch.no-file',
      'config.conflict',
      'content.unknown',
      'content.not-approved',
      'content.expired',
      'content.product-code',
      'content.too-many',
    ],
  }),
  setPlaylist: deskRoute({
    method: 'POST',
    path: '/api/content/playlists',
    admits: edits,
    request: NewPlaylist,
    response: Done,
    bodyBytesMax,
    errors: [
      'branch.no-file',
      'config.conflict',
      'content.unknown',
      'zone.unknown',
      'content.dates',
      'content.too-many',
    ],
  }),
  dropPlaylist: deskRoute({
    method: 'POST',
    path: '/api/content/playlists/drop',
    admits: edits,
    request: z.strictObject({ playlist: Id, revision: z.int().min(0) }),
    response: Done,
    errors: ['branch.no-file', 'config.conflict', 'playlist.unknown'],
  }),
  setDeskCampaign: deskRoute({
    method: 'POST',
    path: '/api/content/campaigns',
    admits: edits,
    request: NewCampaign,
    response: Done,
    bodyBytesMax,
    errors: [
      'branch.no-file',
      'config.conflict',
      'campaign.of-file',
      'content.unknown',
      'zone.unknown',
      'service.unknown',
      'content.dates',
      'content.product-code',
      'content.too-many',
    ],
  }),
  dropDeskCampaign: deskRoute({
    method: 'POST',
    path: '/api/content/campaigns/drop',
    admits: edits,
    request: z.strictObject({ campaign: Id, revision: z.int().min(0) }),
    response: Done,
    errors: ['branch.no-file', 'config.conflict', 'campaign.unknown', 'campaign.of-file'],
  }),
}

/**
 * Beside the table of routes, since their bodies are files: `POST uploadPath` takes the bytes of one file
 * (`application/octet-stream`, `x-file-name` as a hint for messages only) and answers `Uploaded`;
 * `GET filePath(sha256)` answers ranges, to anybody for what is in force, to who edits for all.
 */
export const uploadPath = '/api/content/files'
export const Uploaded = z.object({ media: Media })
export type Uploaded = z.infer<typeof Uploaded>
export const filePath = (sha256: string) => `/content/${Sha256.parse(sha256)}`
