/**
 * The tracks of one source: who is followed, where they were said to be, and who is gone. The hub gets a name made by
 * digest, so that nothing a vendor writes into an id can travel on.
 */
import { createHash } from 'node:crypto'

export interface Track {
  readonly device: string
  /** Vendor's places it is in now. */
  readonly places: readonly string[]
  /** Where it was last seen before it was nowhere: tells which way it crossed. */
  readonly lastPlaces: readonly string[]
  /** The zone the hub was told of; undefined: it knows nothing of this track. */
  readonly zone: string | undefined
  /** The sensor's time of the newest message. */
  readonly at: number
  readonly isGone: boolean
}

export type Tracks = ReadonlyMap<string, Track>

/** Beyond that the oldest is forgotten; far more than a lobby holds, counting those who have just gone. */
export const tracksMax = 2_000

const trackLength = 16

/** @param parts what makes it unique: device, life of the sensor, id. */
export const trackName = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, trackLength)

/** @returns the tracks with this one the newest, and whether another had to be forgotten for it. */
export const putTrack = (tracks: Tracks, id: string, track: Track) => {
  const next = new Map(tracks)
  next.delete(id)
  next.set(id, track)
  let forgotten = false
  for (const [oldest, { isGone }] of next) {
    if (next.size <= tracksMax) break
    next.delete(oldest)
    forgotten ||= !isGone
  }
  return { tracks: next as Tracks, forgotten }
}
