/** Who was in which zone from when to when, as far as sensors follow people; and how many they count there. */
import { endOf } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'

export interface Stay {
  readonly zone: string
  readonly from: number
  readonly until: number
}

export interface Count {
  readonly zone: string
  readonly at: number
  readonly count: number
}

export interface Seen {
  readonly stays: readonly Stay[]
  readonly counts: readonly Count[]
  /** Came in without being followed: counted at a door. */
  readonly counted: readonly Count[]
}

/** A track that is never heard of again was lost: nobody is said to have stayed longer than this. */
export const lostAfterMs = 1_800_000

interface Sighting {
  readonly zone: string
  readonly at: number
}

/** What of an event says who is where. */
interface Data {
  readonly zone?: string
  readonly track?: string
  readonly role?: string
  readonly direction?: string
  readonly count?: number
  readonly observedAgoMs?: number
}

class Watcher {
  readonly stays: Stay[] = []
  readonly counts: Count[] = []
  readonly counted: Count[] = []
  readonly #open = new Map<string, Sighting>()

  see(track: string, sighting: Sighting) {
    const known = this.#open.get(track)
    if (known?.zone === sighting.zone) return
    this.leave(track, sighting.at)
    this.#open.set(track, sighting)
  }

  leave(track: string, at: number) {
    const known = this.#open.get(track)
    if (known === undefined) return
    this.#open.delete(track)
    this.stays.push({ zone: known.zone, from: known.at, until: Math.min(at, known.at + lostAfterMs) })
  }

  end(at: number) {
    for (const track of this.#open.keys()) this.leave(track, at)
  }

  note(device: string, { name, data, at }: { name: string; data: Data; at: number }) {
    const zone = data.zone ?? ''
    const track = data.track === undefined ? undefined : `${device}/${data.track}`
    const isVisitor = (data.role ?? 'visitor') === 'visitor'
    if (name === 'zone.count') this.counts.push({ zone, at, count: data.count ?? 0 })
    else if (track !== undefined && (name === 'visitor.left' || data.direction === 'out'))
      this.leave(track, at)
    else if (track !== undefined && isVisitor && (name === 'visitor.detected' || name === 'visitor.moved'))
      this.see(track, { zone, at })
    else if (name === 'visitor.detected' && isVisitor && data.direction !== 'out')
      this.counted.push({ zone, at, count: data.count ?? 1 })
  }
}

export const seenOn = (day: RecordedDay): Seen => {
  const watcher = new Watcher()
  for (const { at, body } of day.entries) {
    if (body?.kind !== 'event' || at < day.fromMs || at >= day.toMs) continue
    const data = body.data as Data
    const ago = data.observedAgoMs ?? 0
    watcher.note(body.device, { name: body.name, data, at: Math.max(day.fromMs, at - ago) })
  }
  watcher.end(endOf(day))
  return watcher
}
