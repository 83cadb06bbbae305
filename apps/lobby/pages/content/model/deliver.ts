/**
 * The way of a draft to the hub: first the version, which then waits for a second person, then where and when it runs.
 * Each step may be lost on its way, and is then taken up where it was: nothing is added twice.
 */
import type { NewPlaylist, NewVersion } from '#protocol/content.ts'
import type { Library, NewCampaign } from '#protocol/desk/content-routes.ts'
import type { Tongue } from '../../../../ui/words.ts'
import { campaignIn } from './campaign-form.ts'
import { alreadyThere, type Draft, newPlaylist, versionIn } from './draft.ts'
import { newName } from './names.ts'
import { newPlaylistForm, playlistIn, withEntry } from './playlist-form.ts'

/** Throws where the hub refuses. */
export interface Ask {
  readonly library: () => Promise<Library>
  readonly addVersion: (version: NewVersion) => Promise<{ readonly version: number }>
  readonly setCampaign: (campaign: NewCampaign) => Promise<unknown>
  readonly setPlaylist: (playlist: NewPlaylist) => Promise<unknown>
  readonly isConflict: (error: unknown) => boolean
}

export interface Delivery {
  readonly ask: Ask
  readonly tongue: Tongue
  readonly who: string
  readonly random: () => string
  /** How far it has come: to be kept, should the page go. */
  readonly onStep: (draft: Draft) => void
}

const added = async (draft: Draft, { ask, tongue, who, random, onStep }: Delivery): Promise<Draft> => {
  if (draft.added !== null) return draft
  const named = draft.item === '' ? { ...draft, item: newName(draft.title, random()) } : draft
  const version = versionIn(named, tongue)
  if (named.tried) {
    const { items } = await ask.library()
    const there = alreadyThere(version, items.find(({ id }) => id === named.item)?.versions ?? [], who)
    if (there !== undefined) return { ...named, added: there }
  }
  onStep({ ...named, tried: true })
  const answer = await ask.addVersion(version)
  return { ...named, tried: true, added: answer.version }
}

const setCampaign = async (draft: Draft, { ask, tongue }: Delivery) => {
  const title = { [tongue]: draft.title.trim() }
  const { item, productCode } = draft
  const asked = campaignIn(draft.campaign, { campaign: item, title, item, productCode, revision: 0 })
  try {
    await ask.setCampaign(asked)
  } catch (error) {
    // It is of this item alone: whoever set it before was this very draft.
    if (!ask.isConflict(error)) throw error
    const there = (await ask.library()).campaigns.find(({ id }) => id === item)
    if (there === undefined) throw error
    await ask.setCampaign({ ...asked, revision: there.revision })
  }
}

const ownPlaylist = ({ item, title, loop }: Draft, tongue: Tongue, revision: number): NewPlaylist =>
  playlistIn(
    {
      ...newPlaylistForm,
      zones: loop.zones,
      runs: loop.runs,
      entries: [{ item, seconds: loop.seconds }],
    },
    { playlist: item, title: { [tongue]: title.trim() }, revision },
  )

/** Somebody may change the playlist meanwhile: one more at the end of it is right whatever they did. */
const roundsMax = 3

const setLoop = async (draft: Draft, delivery: Delivery, round = 1): Promise<void> => {
  const { ask, tongue } = delivery
  const { item, loop } = draft
  const { playlists } = await ask.library()
  const isOwn = loop.playlist === newPlaylist
  const there = playlists.find(({ id }) => id === (isOwn ? item : loop.playlist))
  const entry = { item, showForMs: loop.seconds * 1000 }
  const next =
    there === undefined || isOwn ? ownPlaylist(draft, tongue, there?.revision ?? 0) : withEntry(there, entry)
  try {
    await ask.setPlaylist(next)
  } catch (error) {
    if (!ask.isConflict(error) || round >= roundsMax) throw error
    await setLoop(draft, delivery, round + 1)
  }
}

/** @throws whatever the hub refused with; `onStep` says how far it came */
export const deliver = async (draft: Draft, delivery: Delivery): Promise<Draft> => {
  const there = await added(draft, delivery)
  delivery.onStep(there)
  if (there.way === 'campaign') await setCampaign(there, delivery)
  if (there.way === 'loop') await setLoop(there, delivery)
  return there
}
