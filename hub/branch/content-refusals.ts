/**
 * Looked at within the entry itself, against the rows as they are then: nothing is approved by who added it, nothing comes
 * in force that nobody approved or whose last day is past, and of two editors the second is told of the first.
 */
import type { ContentItemRow, ContentVersion } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import type { BranchState } from '../engine/state.ts'
import type { ContentCommand, ContentCommandOf as Of } from './content-commands.ts'
import {
  entriesMax,
  overfullZone,
  type ProgrammeSource,
  programmeBytesMax,
  programmeSource,
} from './content-programme.ts'
import {
  deskCampaignsMax,
  hasProductCode,
  isExpired,
  itemsMax,
  playlistsMax,
  versionOf,
} from './content-rows.ts'
import { campaignFromDesk } from './desk-campaigns.ts'
import { conflict } from './other-revision.ts'
import { playlistFrom } from './playlists.ts'
import { refusedWith } from './refused-with.ts'
import { fileOf } from './rows.ts'
import { branchDay } from './view.ts'

type Refusal = UsherError | undefined

const unknown = (what: string): UsherError => new UsherError('content.unknown', what)

const datesOf = ({ from, to }: { readonly from: string | null; readonly to: string | null }): Refusal =>
  from !== null && to !== null && to < from ? new UsherError('content.dates', `${from} to ${to}`) : undefined

const zonesOf = (state: BranchState, zones: readonly string[]): Refusal => {
  const missing = zones.filter((zone) => !state.zones.has(zone))
  return missing.length === 0 ? undefined : new UsherError('zone.unknown', missing.join(', '))
}

const serviceOf = (
  state: BranchState,
  { service }: { readonly service?: string | null | undefined },
): Refusal =>
  service == null || state.services.has(service) ? undefined : new UsherError('service.unknown', service)

const itemsOf = (state: BranchState, items: readonly string[]): Refusal => {
  const missing = items.filter((item) => !state.contentItems.has(item))
  return missing.length === 0 ? undefined : unknown([...new Set(missing)].join(', '))
}

const tooMany = (most: number, of: 'items' | 'playlists' | 'campaigns'): UsherError =>
  refusedWith('content.too-many', `${of}-most`, { most })

/** Held against what screens would get if it were done. */
const refuseOverfull = (
  state: BranchState,
  day: string,
  change: (source: ProgrammeSource) => Partial<ProgrammeSource>,
): Refusal => {
  const file = fileOf(state)
  if (file === undefined) return undefined
  const source = programmeSource(state, { file, day })
  const zone = overfullZone({ ...source, ...change(source) })
  if (zone === undefined) return undefined
  const most = { entries: entriesMax, bytes: programmeBytesMax }
  return zone === null
    ? refusedWith('content.too-many', 'screens-overfull', most)
    : refusedWith('content.too-many', 'zone-overfull', { zone, ...most })
}

const replaced = <Row extends { readonly id: string }>(rows: readonly Row[], row: Row): readonly Row[] => [
  ...rows.filter(({ id }) => id !== row.id),
  row,
]

const refuseAdd = (state: BranchState, command: Of<'content.add'>, day: string): Refusal => {
  const { item, title, media, template, words } = command
  const isNew = !state.contentItems.has(item)
  if (isNew && state.contentItems.size >= itemsMax) return tooMany(itemsMax, 'items')
  if (isNew && Object.keys(title ?? {}).length === 0) return new UsherError('content.title', item)
  const saysNothing = Object.values(words).every((text) => text.trim() === '')
  if (media === null && template === null && saysNothing) return new UsherError('content.empty', item)
  return isExpired(command, day) ? new UsherError('content.expired', `${command.expiresOn}`) : undefined
}

const campaignsWith = (state: BranchState, item: string) =>
  state.campaigns.values().filter((campaign) => campaign.item === item)

/** What would be shown from now on. */
const refuseShown = (
  state: BranchState,
  { row, version, day }: { row: ContentItemRow; version: ContentVersion; day: string },
): Refusal => {
  if (isExpired(version, day)) return new UsherError('content.expired', `${version.expiresOn}`)
  const named = campaignsWith(state, row.id).map(({ id }) => id)
  if (!hasProductCode(version) && named.length > 0)
    return refusedWith('content.product-code', 'shown-by', { names: named.join(', ') })
  const shown: ContentItemRow = {
    ...row,
    mandatory: version.mandatory === undefined ? row.mandatory : version.mandatory,
    inForce: version.version,
    versions: row.versions.map((one) =>
      one.version === version.version ? { ...version, state: 'approved' } : one,
    ),
  }
  return refuseOverfull(state, day, ({ items }) => ({ items: replaced(items, shown) }))
}

const refuseJudgement = (
  state: BranchState,
  command: Of<'content.approve' | 'content.decline' | 'content.withdraw'>,
  day: string,
): Refusal => {
  const { name, item, by } = command
  const row = state.contentItems.get(item)
  const version = versionOf(row, command.version)
  if (row === undefined || version === undefined) return unknown(`${item}, version ${command.version}`)
  if (version.state !== 'proposed')
    return new UsherError('content.judged', `${item}, version ${version.version}: ${version.state}.`)
  const isOwn = version.addedBy === by
  if (name === 'content.withdraw')
    return isOwn ? undefined : new UsherError('content.others', `Added by ${version.addedBy}.`)
  if (isOwn) return new UsherError('content.own', `Added by ${version.addedBy}.`)
  return name === 'content.approve' ? refuseShown(state, { row, version, day }) : undefined
}

const refusePutInForce = (state: BranchState, command: Of<'content.put-in-force'>, day: string): Refusal => {
  const { item, revision } = command
  const row = state.contentItems.get(item)
  if (row === undefined) return unknown(item)
  const moved = conflict(revision, row.revision)
  if (moved !== undefined || command.version === null) return moved
  const version = versionOf(row, command.version)
  if (version === undefined) return unknown(`${item}, version ${command.version}`)
  if (version.state !== 'approved')
    return new UsherError('content.not-approved', `${item}, version ${version.version}: ${version.state}.`)
  return refuseShown(state, { row, version: { ...version, mandatory: row.mandatory }, day })
}

const refusePlaylist = (state: BranchState, command: Of<'playlist.set'>, day: string): Refusal => {
  const { playlist, zones, entries, runs, revision } = command.playlist
  const known = state.playlists.get(playlist)
  const refusal =
    conflict(revision, known?.revision ?? 0) ??
    datesOf(runs) ??
    zonesOf(state, zones) ??
    itemsOf(
      state,
      entries.map(({ item }) => item),
    )
  if (refusal !== undefined) return refusal
  if (known === undefined && state.playlists.size >= playlistsMax) return tooMany(playlistsMax, 'playlists')
  const row = playlistFrom(command.playlist, { by: command.by, at: 0 })
  return refuseOverfull(state, day, ({ playlists }) => ({ playlists: replaced(playlists, row) }))
}

const refuseCampaign = (state: BranchState, command: Of<'campaign.put'>, day: string): Refusal => {
  const { campaign, item, runs, zones, revision } = command.campaign
  const known = state.campaigns.get(campaign)
  if (known !== undefined && known.origin !== 'desk') return new UsherError('campaign.of-file', campaign)
  const refusal =
    conflict(revision, known?.revision ?? 0) ??
    datesOf(runs) ??
    zonesOf(state, zones) ??
    itemsOf(state, [item]) ??
    serviceOf(state, command.campaign)
  if (refusal !== undefined) return refusal
  const ofDesk = state.campaigns.values().filter(({ origin }) => origin === 'desk')
  if (known === undefined && ofDesk.length >= deskCampaignsMax) return tooMany(deskCampaignsMax, 'campaigns')
  const row = state.contentItems.get(item)
  const shown = row?.inForce == null ? undefined : versionOf(row, row.inForce)
  if (shown !== undefined && !hasProductCode(shown))
    return new UsherError('content.product-code', `${item}, version ${shown.version}`)
  const made = campaignFromDesk(command.campaign, known)
  return refuseOverfull(state, day, ({ campaigns }) => ({ campaigns: replaced(campaigns, made) }))
}

const refuseCampaignDrop = (state: BranchState, { campaign, revision }: Of<'campaign.drop'>): Refusal => {
  const known = state.campaigns.get(campaign)
  if (known === undefined) return new UsherError('campaign.unknown', campaign)
  if (known.origin !== 'desk') return new UsherError('campaign.of-file', campaign)
  return conflict(revision, known.revision ?? 0)
}

/** @returns why this may not be done with the library at this moment, or undefined. */
export const refuseContent = (state: BranchState, command: ContentCommand, at: number): Refusal => {
  const day = branchDay(state, at)
  switch (command.name) {
    case 'content.add':
      return refuseAdd(state, command, day)
    case 'content.approve':
    case 'content.decline':
    case 'content.withdraw':
      return refuseJudgement(state, command, day)
    case 'content.put-in-force':
      return refusePutInForce(state, command, day)
    case 'playlist.set':
      return refusePlaylist(state, command, day)
    case 'playlist.drop': {
      const known = state.playlists.get(command.playlist)
      return known === undefined
        ? new UsherError('playlist.unknown', command.playlist)
        : conflict(command.revision, known.revision)
    }
    case 'campaign.put':
      return refuseCampaign(state, command, day)
    case 'campaign.drop':
      return refuseCampaignDrop(state, command)
  }
}
