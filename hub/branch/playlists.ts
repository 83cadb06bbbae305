/** Playlists: the order in which items go round, where and when. What they name may be shown only once it is in force. */
import type { NewPlaylist, PlaylistRow } from '#protocol/content.ts'
import type { Turn } from '../engine/turn.ts'
import type { ContentCommandOf as Of } from './content-commands.ts'

export const playlistFrom = (
  { playlist, title, zones, entries, runs, priority, on, revision }: NewPlaylist,
  { by, at }: { readonly by: string; readonly at: number },
): PlaylistRow => ({
  id: playlist,
  title,
  zones,
  entries,
  runs,
  priority,
  on,
  revision: revision + 1,
  setBy: by,
  setAt: at,
})

export const setPlaylist = (turn: Turn, { playlist, by }: Of<'playlist.set'>): void => {
  const row = playlistFrom(playlist, { by, at: turn.at })
  turn.state.playlists.put(row.id, row)
  turn.record({
    kind: 'policy',
    code: 'playlist.set',
    params: { by, playlist: row.id, revision: row.revision, on: row.on },
    more: { entries: row.entries, runs: row.runs, zones: row.zones, priority: row.priority },
  })
}

export const dropPlaylist = (turn: Turn, { playlist, by }: Of<'playlist.drop'>): void => {
  turn.state.playlists.drop(playlist)
  turn.record({ kind: 'policy', code: 'playlist.dropped', params: { by, playlist } })
}
