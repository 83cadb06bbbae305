/** A playlist while somebody changes it: what runs in the loop, in which order and how long each. */
import { z } from 'zod'
import type { NewPlaylist } from '#protocol/content.ts'
import type { PlaylistTold } from '#protocol/desk/content-routes.ts'
import type { Tongue } from '../../../../ui/words.ts'
import { anyTime, RunsForm, runsFormOf, runsIn } from './runs-form.ts'

const Entry = z.object({ item: z.string(), seconds: z.number() })

export const PlaylistForm = z.object({
  title: z.string(),
  zones: z.array(z.string()),
  entries: z.array(Entry),
  runs: RunsForm,
  priority: z.number(),
  on: z.boolean(),
})
export type PlaylistForm = z.infer<typeof PlaylistForm>

export const secondsUsual = 10
export const secondsMin = 3
export const secondsMax = 600
export const entriesMax = 100

export const newPlaylistForm: PlaylistForm = {
  title: '',
  zones: [],
  entries: [],
  runs: anyTime,
  priority: 5,
  on: true,
}

export const playlistFormOf = (playlist: PlaylistTold, tongue: Tongue): PlaylistForm => ({
  title: playlist.title[tongue] ?? Object.values(playlist.title)[0] ?? '',
  zones: [...playlist.zones],
  entries: playlist.entries.map(({ item, showForMs }) => ({ item, seconds: Math.round(showForMs / 1000) })),
  runs: runsFormOf(playlist.runs),
  priority: playlist.priority,
  on: playlist.on,
})

interface Asked {
  readonly playlist: string
  readonly title: Record<string, string>
  readonly revision: number
}

export const playlistIn = (form: PlaylistForm, { playlist, title, revision }: Asked): NewPlaylist => ({
  playlist,
  title,
  zones: [...form.zones],
  entries: form.entries.map(({ item, seconds }) => ({ item, showForMs: seconds * 1000 })),
  runs: runsIn(form.runs),
  priority: form.priority,
  on: form.on,
  revision,
})

/** One more at its end, as the playlist stands now; again it changes nothing. */
export const withEntry = (
  playlist: PlaylistTold,
  entry: { readonly item: string; readonly showForMs: number },
): NewPlaylist => ({
  playlist: playlist.id,
  title: { ...playlist.title },
  zones: [...playlist.zones],
  entries: [
    ...playlist.entries.map(({ item, showForMs }) => ({ item, showForMs })),
    ...(playlist.entries.some(({ item }) => item === entry.item) ? [] : [entry]),
  ],
  runs: { ...playlist.runs },
  priority: playlist.priority,
  on: playlist.on,
  revision: playlist.revision,
})

export const switched = (playlist: PlaylistTold, on: boolean): NewPlaylist => ({
  playlist: playlist.id,
  title: { ...playlist.title },
  zones: [...playlist.zones],
  entries: playlist.entries.map(({ item, showForMs }) => ({ item, showForMs })),
  runs: { ...playlist.runs },
  priority: playlist.priority,
  on,
  revision: playlist.revision,
})

/** The same item may run twice: each is known by its name and which of them it is. */
export const entryKeys = (entries: readonly { readonly item: string }[]): readonly string[] =>
  entries.map(
    ({ item }, index) => `${item} ${entries.slice(0, index).filter((one) => one.item === item).length}`,
  )

/** The one at `from` stands at `to`; the others keep their order. Beyond the ends: as it is. */
export const moved = <One>(list: readonly One[], from: number, to: number): readonly One[] => {
  const one = list[from]
  if (one === undefined || to < 0 || to >= list.length || from === to) return list
  const others = list.filter((_, index) => index !== from)
  return [...others.slice(0, to), one, ...others.slice(to)]
}

/** Where what is dragged would stand among the others: before the first whose middle lies below the finger. */
export const placeAt = (othersMiddles: readonly number[], y: number): number =>
  othersMiddles.filter((middle) => middle < y).length
