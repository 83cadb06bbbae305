/**
 * The content library as people change it: a version is added by one and judged by another, what is approved comes in
 * force at once, and one can go back. Screens are told of it with the same entry.
 */
import type { ContentItemRow, ContentVersion } from '#protocol/content.ts'
import type { Turn } from '../engine/turn.ts'
import type { ContentCommand, ContentCommandOf as Of } from './content-commands.ts'
import { refuseContent } from './content-refusals.ts'
import { versionOf, waitingVersion, withVersion } from './content-rows.ts'
import { dropCampaign, putCampaign } from './desk-campaigns.ts'
import { refreshConfigs } from './device-config.ts'
import { dropPlaylist, setPlaylist } from './playlists.ts'

const note = (turn: Turn, code: string, params: Readonly<Record<string, string | number>>) =>
  turn.record({ kind: 'policy', code, params })

interface Judged {
  readonly state: Exclude<ContentVersion['state'], 'proposed'>
  readonly by: string
  readonly reason?: string
}

const judge = (
  turn: Turn,
  row: ContentItemRow,
  { version, judged }: { version: ContentVersion; judged: Judged },
): ContentItemRow => {
  const { state, by, reason = null } = judged
  note(turn, `content.${state}`, {
    by,
    item: row.id,
    version: version.version,
    addedBy: version.addedBy,
    ...(reason !== null && { reason }),
  })
  return {
    ...row,
    revision: row.revision + 1,
    versions: row.versions.map((one) =>
      one.version === version.version
        ? { ...one, state, judgedBy: by, judgedAt: turn.at, judgedReason: reason }
        : one,
    ),
  }
}

const blank = (command: Of<'content.add'>): ContentItemRow => ({
  id: command.item,
  title: command.title ?? {},
  mandatory: command.mandatory ?? null,
  versions: [],
  inForce: null,
  revision: 0,
})

/** Only one waits: who is asked for his judgement is not asked about what nobody wants any more. */
const withoutWaiting = (turn: Turn, row: ContentItemRow, by: string): ContentItemRow => {
  const version = waitingVersion(row)
  return version === undefined ? row : judge(turn, row, { version, judged: { state: 'withdrawn', by } })
}

const add = (turn: Turn, command: Of<'content.add'>) => {
  const { item, title, mandatory, media, template, words, productCode, expiresOn, by } = command
  const row = withoutWaiting(turn, turn.state.contentItems.get(item) ?? blank(command), by)
  const version: ContentVersion = {
    version: (row.versions.at(-1)?.version ?? 0) + 1,
    media,
    template,
    words,
    productCode,
    expiresOn,
    ...(mandatory !== undefined && { mandatory }),
    addedBy: by,
    addedAt: turn.at,
    state: 'proposed',
    judgedBy: null,
    judgedAt: null,
    judgedReason: null,
  }
  turn.state.contentItems.put(item, {
    ...row,
    title: title ?? row.title,
    versions: withVersion(row, version),
    revision: row.revision + 1,
  })
  turn.record({
    kind: 'policy',
    code: 'content.added',
    params: { by, item, version: version.version },
    more: { media, template, words, productCode, expiresOn },
  })
}

const judgeWaiting = (
  turn: Turn,
  command: Of<'content.approve' | 'content.decline' | 'content.withdraw'>,
): void => {
  const row = turn.state.contentItems.get(command.item)
  const version = versionOf(row, command.version)
  if (row === undefined || version === undefined) return
  const { by } = command
  const put = (judged: Judged, more: Partial<ContentItemRow> = {}) =>
    turn.state.contentItems.put(row.id, { ...judge(turn, row, { version, judged }), ...more })
  switch (command.name) {
    case 'content.approve': {
      const { mandatory = row.mandatory } = version
      return put({ state: 'approved', by }, { inForce: version.version, mandatory })
    }
    case 'content.decline':
      return put({ state: 'declined', by, reason: command.reason })
    case 'content.withdraw':
      return put({ state: 'withdrawn', by })
  }
}

const putInForce = (turn: Turn, { item, version, by }: Of<'content.put-in-force'>) => {
  const row = turn.state.contentItems.get(item)
  if (row === undefined || row.inForce === version) return
  turn.state.contentItems.put(item, { ...row, inForce: version, revision: row.revision + 1 })
  if (version === null) note(turn, 'content.taken-off', { by, item, version: row.inForce ?? 0 })
  else note(turn, 'content.in-force', { by, item, version, was: row.inForce ?? 0 })
}

const carryOut = (turn: Turn, command: ContentCommand): void => {
  switch (command.name) {
    case 'content.add':
      return add(turn, command)
    case 'content.approve':
    case 'content.decline':
    case 'content.withdraw':
      return judgeWaiting(turn, command)
    case 'content.put-in-force':
      return putInForce(turn, command)
    case 'playlist.set':
      return setPlaylist(turn, command)
    case 'playlist.drop':
      return dropPlaylist(turn, command)
    case 'campaign.put':
      return putCampaign(turn, command)
    case 'campaign.drop':
      return dropCampaign(turn, command)
  }
}

/** Looked at once more: what would slip past the door changes nothing. */
export const onContent = (turn: Turn, command: ContentCommand): void => {
  if (refuseContent(turn.state, command, turn.at) !== undefined) return
  carryOut(turn, command)
  refreshConfigs(turn)
  turn.stir()
}
