/** How an item of the library stands: what of it may be shown now, what waits, and where it runs. */
import type { CampaignTold, ItemTold, PlaylistTold, VersionTold } from '#protocol/desk/content-routes.ts'

export const standings = ['in-force', 'waits', 'expired', 'taken-off', 'declined', 'withdrawn'] as const
export type Standing = (typeof standings)[number]

const newestFirst = (versions: readonly VersionTold[]): readonly VersionTold[] =>
  [...versions].sort((a, b) => b.version - a.version)

export const versionInForce = ({ versions, inForce }: ItemTold): VersionTold | undefined =>
  versions.find(({ version }) => version === inForce)

/** The newest that a second person has not decided. */
export const waitingVersion = ({ versions }: ItemTold): VersionTold | undefined =>
  newestFirst(versions).find(({ state }) => state === 'proposed')

/** Days are `YYYY-MM-DD`, and are compared as they stand. */
export const isExpired = ({ expiresOn }: Pick<VersionTold, 'expiresOn'>, today: string): boolean =>
  expiresOn !== null && expiresOn < today

export const standingOf = (item: ItemTold, today: string): Standing => {
  const shown = versionInForce(item)
  if (shown !== undefined) return isExpired(shown, today) ? 'expired' : 'in-force'
  if (waitingVersion(item) !== undefined) return 'waits'
  const [newest] = newestFirst(item.versions)
  if (newest?.state === 'declined' || newest?.state === 'withdrawn') return newest.state
  return 'taken-off'
}

/** It has to be shown, and is not: taken off, declined, or past its last day. */
export const isMissing = (item: ItemTold, today: string): boolean =>
  item.mandatory !== null && !['in-force', 'waits'].includes(standingOf(item, today))

/** What a card shows of it: what is on the screens, or else the newest. */
export const faceOf = (item: ItemTold): VersionTold | undefined =>
  versionInForce(item) ?? newestFirst(item.versions)[0]

export interface Waiting {
  readonly item: ItemTold
  readonly version: VersionTold
}

/** Everything that a second person has not decided, the longest waiting first. */
export const waitingIn = (items: readonly ItemTold[]): readonly Waiting[] =>
  items
    .flatMap((item) =>
      item.versions.filter(({ state }) => state === 'proposed').map((version) => ({ item, version })),
    )
    .sort((a, b) => a.version.addedAt - b.version.addedAt)

export const shelves = ['all', 'in-force', 'waits', 'off'] as const
export type Shelf = (typeof shelves)[number]

const isOn = (item: ItemTold, shelf: Shelf, today: string): boolean => {
  const standing = standingOf(item, today)
  if (shelf === 'in-force') return standing === 'in-force'
  if (shelf === 'waits') return waitingVersion(item) !== undefined
  return shelf === 'all' || (standing !== 'in-force' && standing !== 'waits')
}

interface Look {
  readonly shelf: Shelf
  readonly search: string
  readonly today: string
}

const wordsOf = ({ id, title, versions }: ItemTold): string =>
  [
    id,
    ...Object.values(title),
    ...versions.flatMap(({ productCode, words }) => [productCode ?? '', ...Object.values(words)]),
  ]
    .join('\n')
    .toLowerCase()

/** Who waits for somebody comes first; then the newest. */
export const found = (items: readonly ItemTold[], { shelf, search, today }: Look): readonly ItemTold[] => {
  const sought = search.trim().toLowerCase()
  const age = (item: ItemTold) => Math.max(0, ...item.versions.map(({ addedAt }) => addedAt))
  const waits = (item: ItemTold) => Number(waitingVersion(item) !== undefined)
  return items
    .filter((item) => isOn(item, shelf, today) && wordsOf(item).includes(sought))
    .sort((a, b) => waits(b) - waits(a) || age(b) - age(a))
}

interface Runs {
  readonly playlists: readonly PlaylistTold[]
  readonly campaigns: readonly CampaignTold[]
}

export const runsOf = (item: string, { playlists, campaigns }: Runs): Runs => ({
  playlists: playlists.filter(({ entries }) => entries.some((entry) => entry.item === item)),
  campaigns: campaigns.filter((campaign) => campaign.item === item),
})
