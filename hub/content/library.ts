/** The content library as an editor sees it: items with all their versions, playlists, campaigns, and what came of them. */
import type { ContentItemRow, ContentVersion, PlaylistRow } from '#protocol/content.ts'
import type {
  CampaignTold,
  ItemTold,
  Library,
  PlaylistTold,
  VersionTold,
} from '#protocol/desk/content-routes.ts'
import type { CampaignRow } from '#protocol/model.ts'
import { isScreen, mandatoryShareDefault } from '../branch/content-programme.ts'
import { fileOf } from '../branch/rows.ts'
import { createView } from '../branch/view.ts'
import type { BranchState } from '../engine/state.ts'
import { playsByItem } from './plays.ts'

/** How a person of this account is called. */
export type NameOf = (account: string) => string

const versionTold = (version: ContentVersion, nameOf: NameOf): VersionTold => ({
  ...version,
  words: { ...version.words },
  addedByTitle: nameOf(version.addedBy),
  judgedByTitle: version.judgedBy === null ? null : nameOf(version.judgedBy),
})

const itemTold = (
  { versions, title, ...row }: ContentItemRow,
  nameOf: NameOf,
): Omit<ItemTold, 'plays' | 'shownForMs'> => ({
  ...row,
  title: { ...title },
  versions: versions.map((version) => versionTold(version, nameOf)),
})

const playlistTold = ({ title, zones, entries, ...row }: PlaylistRow, nameOf: NameOf): PlaylistTold => ({
  ...row,
  title: { ...title },
  zones: [...zones],
  entries: entries.map((entry) => ({ ...entry })),
  setByTitle: nameOf(row.setBy),
})

const campaignTold = (row: CampaignRow, playsToday: number): CampaignTold => ({
  id: row.id,
  title: { ...row.title },
  origin: row.origin ?? 'file',
  product: row.product,
  item: row.item ?? null,
  needsPerson: row.needsPerson,
  segments: [...row.segments],
  languages: [...(row.languages ?? [])],
  zones: [...row.zones],
  runs: { from: row.from, to: row.to, hours: row.hours, weekdays: [...(row.weekdays ?? [])] },
  perVisit: row.perVisit,
  perDay: row.perDay,
  holdoutShare: row.holdoutShare,
  priority: row.priority,
  on: row.on !== false,
  revision: row.revision ?? 0,
  playsToday,
  ...(row.value !== undefined && { value: row.value }),
  ...(row.burden !== undefined && { burden: row.burden }),
  ...(row.conflicts !== undefined && { conflicts: [...row.conflicts] }),
  ...(row.channels !== undefined && { channels: [...row.channels] }),
  ...(row.service != null && { service: row.service }),
})

export const libraryOf = (state: BranchState, at: number, nameOf: NameOf): Library => {
  const file = fileOf(state)
  const view = createView(state, at)
  const plays = playsByItem(state)
  const screens = (file?.devices ?? []).filter(isScreen)
  return {
    items: state.contentItems.values().map((row) => {
      const { whole = 0, shownForMs = 0 } = plays.get(row.id) ?? {}
      return { ...itemTold(row, nameOf), plays: whole, shownForMs }
    }),
    playlists: state.playlists.values().map((row) => playlistTold(row, nameOf)),
    campaigns: view.campaigns().map((row) => campaignTold(row, view.plays(row.id))),
    mandatoryShare: file?.content?.mandatoryShare ?? mandatoryShareDefault,
    zones: view.zones().map(({ id, title }) => ({
      id,
      title: { ...title },
      screens: screens.filter(({ zone }) => zone === id).length,
    })),
    languages: [...(file?.languages ?? view.branch.languages)],
  }
}
