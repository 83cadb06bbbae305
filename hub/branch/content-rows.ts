/** Items of the content library as rows: which version may be shown, and how many there may be. */
import type { ContentItemRow, ContentVersion } from '#protocol/content.ts'
import type { ContentInForce } from '#protocol/model.ts'

/** A branch has dozens; head office hundreds. */
export const itemsMax = 500
/** So far back one can go. */
export const versionsMax = 30
export const playlistsMax = 64
export const deskCampaignsMax = 200

export const versionOf = (row: ContentItemRow | undefined, version: number): ContentVersion | undefined =>
  row?.versions.find((one) => one.version === version)

export const waitingVersion = (row: ContentItemRow | undefined): ContentVersion | undefined =>
  row?.versions.find(({ state }) => state === 'proposed')

/** A last day counts whole. */
export const isExpired = ({ expiresOn }: Pick<ContentVersion, 'expiresOn'>, day: string): boolean =>
  expiresOn !== null && expiresOn < day

/** @returns what may be shown of it on this local day: approved, put in force, and not past its last day. */
export const shownVersion = (row: ContentItemRow | undefined, day: string): ContentVersion | undefined => {
  if (row === undefined || row.inForce === null) return undefined
  const version = versionOf(row, row.inForce)
  return version?.state === 'approved' && !isExpired(version, day) ? version : undefined
}

/** A blank one is none. */
export const hasProductCode = ({ productCode }: Pick<ContentVersion, 'productCode'>): boolean =>
  productCode !== null && productCode.trim() !== ''

export const contentInForce = (row: ContentItemRow | undefined, day: string): ContentInForce | undefined => {
  const shown = shownVersion(row, day)
  if (row === undefined || shown === undefined) return undefined
  const { version, media, words } = shown
  return { item: row.id, version, media, words }
}

/** The oldest go, but never the one in force, nor one that waits. */
export const withVersion = (row: ContentItemRow, added: ContentVersion): readonly ContentVersion[] => {
  const all = [...row.versions, added]
  const spare = all.length - versionsMax
  if (spare <= 0) return all
  const gone = new Set(
    all
      .filter(({ version, state }) => version !== row.inForce && state !== 'proposed')
      .slice(0, spare)
      .map(({ version }) => version),
  )
  return all.filter(({ version }) => !gone.has(version))
}
