/** A library for tests, in the shapes that the hub answers. */
import type { Zone } from '#apps/lobby/pages/content/model/shown-on.ts'
import type { CampaignTold, ItemTold, PlaylistTold, VersionTold } from '#protocol/desk/content-routes.ts'

export const sha = 'a'.repeat(64)

export const version = (number: number, more: Partial<VersionTold> = {}): VersionTold => ({
  version: number,
  media: { sha256: sha, type: 'image/png', bytes: 1_000, width: 1920, height: 1080 },
  template: null,
  words: { zh: '秋季储蓄' },
  productCode: 'LC-2026',
  expiresOn: '2026-12-31',
  addedBy: 'manager-1',
  addedByTitle: 'Wang',
  addedAt: number,
  state: 'proposed',
  judgedBy: null,
  judgedByTitle: null,
  judgedAt: null,
  judgedReason: null,
  ...more,
})

export const item = (more: Partial<ItemTold> = {}): ItemTold => ({
  id: 'poster',
  title: { zh: '海报', en: 'Poster' },
  mandatory: null,
  inForce: null,
  revision: 1,
  versions: [version(1)],
  plays: 0,
  shownForMs: 0,
  ...more,
})

export const anyRuns = { from: null, to: null, hours: null, weekdays: [] }

export const playlist = (more: Partial<PlaylistTold> = {}): PlaylistTold => ({
  id: 'loop',
  title: { zh: '轮播', en: 'Loop' },
  zones: [],
  entries: [{ item: 'rates', showForMs: 8_000 }],
  runs: anyRuns,
  priority: 5,
  on: true,
  revision: 3,
  setBy: 'manager-1',
  setByTitle: 'Wang',
  setAt: 1,
  ...more,
})

export const campaign = (more: Partial<CampaignTold> = {}): CampaignTold => ({
  id: 'autumn',
  title: { zh: '秋季' },
  origin: 'desk',
  product: 'lc-2026',
  item: 'poster',
  needsPerson: false,
  segments: ['personal', 'corporate', 'priority'],
  languages: [],
  zones: ['waiting'],
  runs: anyRuns,
  perVisit: 1,
  perDay: 1_000,
  holdoutShare: 0.1,
  priority: 5,
  on: true,
  revision: 2,
  playsToday: 0,
  ...more,
})

export const zones: readonly Zone[] = [
  { id: 'waiting', title: { zh: '等候区', en: 'Waiting area' }, screens: 2, kiosks: 0 },
  { id: 'entrance', title: { zh: '入口', en: 'Entrance' }, screens: 1, kiosks: 0 },
  { id: 'vip', title: { zh: '贵宾室' }, screens: 0, kiosks: 0 },
]
