/** Whose a file is: which version it belongs to, whether the lobby sees it now, and whether anybody needs it. */
import type { Media } from '#protocol/content.ts'
import { shownVersion } from '../branch/content-rows.ts'
import { branchDay } from '../branch/view.ts'
import { documentOn } from '../calls/shared.ts'
import type { BranchState } from '../engine/state.ts'

type Tables = Pick<BranchState, 'contentItems' | 'playlists' | 'campaigns' | 'calls'>

/** Part of what a screen plays, or may be asked to play. */
const isPlayed = ({ playlists, campaigns }: Tables, item: string): boolean =>
  playlists.values().some(({ on, entries }) => on && entries.some((entry) => entry.item === item)) ||
  campaigns.values().some((campaign) => campaign.on !== false && campaign.item === item)

/** On a kiosk, in a call, just now. */
const isInCall = ({ calls }: Tables, item: string): boolean =>
  calls.values().some((call) => documentOn(call)?.item === item)

export interface FileUse {
  /** As it was found when it came in; undefined: no version has it. */
  readonly media: Media | undefined
  /** In force, and on some screen: for anybody. */
  readonly isShown: boolean
  /** In force: an expert may look at it, and show it. */
  readonly isInForce: boolean
}

export const useOf = (state: BranchState, at: number, sha256: string): FileUse => {
  const day = branchDay(state, at)
  const having = state.contentItems
    .values()
    .filter(({ versions }) => versions.some(({ media }) => media?.sha256 === sha256))
  const inForce = having.filter((row) => shownVersion(row, day)?.media?.sha256 === sha256)
  const isShown = inForce.some(
    ({ id, mandatory }) => mandatory !== null || isPlayed(state, id) || isInCall(state, id),
  )
  const media = having
    .flatMap(({ versions }) => versions)
    .find((version) => version.media?.sha256 === sha256)?.media
  return { media: media ?? undefined, isShown, isInForce: inForce.length > 0 }
}

/** All that any version names, also of former ones: one can go back to them. */
export const usedFiles = ({ contentItems }: BranchState): ReadonlySet<string> =>
  new Set(
    contentItems
      .values()
      .flatMap(({ versions }) => versions.flatMap(({ media }) => (media === null ? [] : [media.sha256]))),
  )
