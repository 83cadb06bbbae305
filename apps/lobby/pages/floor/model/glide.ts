/**
 * Between two words of where things are, they go on evenly: each moves from where it is drawn to where it was last seen,
 * in the time that the words are apart. Whoever wants no motion gets each word as it is.
 */
type Seen = readonly [id: string, x: number, y: number, ...rest: unknown[]]

interface Track {
  fromX: number
  fromY: number
  toX: number
  toY: number
  startMs: number
}

export interface Glide {
  /** All that are there now: who is not among them is gone. */
  take(seen: readonly Seen[], nowMs: number): void
  each(nowMs: number, call: (id: string, x: number, y: number) => void): void
  /** Whether the next picture would differ. */
  isMoving(nowMs: number): boolean
  readonly size: number
}

/** Further than anybody walks between two words: he was lost and found again. */
const jumpMetres = 3
const slowestMs = 400
const fastestMs = 30

class Gliding implements Glide {
  readonly #tracks = new Map<string, Track>()
  readonly #isStill: () => boolean
  #periodMs = 100
  #takenMs = Number.NEGATIVE_INFINITY

  constructor(isStill: () => boolean) {
    this.#isStill = isStill
  }

  get size() {
    return this.#tracks.size
  }

  take(seen: readonly Seen[], nowMs: number) {
    const gapMs = nowMs - this.#takenMs
    if (gapMs < slowestMs) this.#periodMs = Math.max(fastestMs, 0.7 * this.#periodMs + 0.3 * gapMs)
    const there = new Set<string>()
    for (const [id, x, y] of seen) {
      there.add(id)
      this.#aim(id, { x, y }, nowMs)
    }
    for (const id of this.#tracks.keys()) if (!there.has(id)) this.#tracks.delete(id)
    this.#takenMs = nowMs
  }

  each(nowMs: number, call: (id: string, x: number, y: number) => void) {
    const isStill = this.#isStill()
    for (const [id, track] of this.#tracks) {
      const share = isStill ? 1 : this.#share(track, nowMs)
      call(
        id,
        track.fromX + (track.toX - track.fromX) * share,
        track.fromY + (track.toY - track.fromY) * share,
      )
    }
  }

  isMoving(nowMs: number) {
    if (this.#isStill() || nowMs - this.#takenMs > this.#periodMs) return false
    for (const { fromX, fromY, toX, toY } of this.#tracks.values())
      if (fromX !== toX || fromY !== toY) return true
    return false
  }

  #share({ startMs }: Track, nowMs: number) {
    return Math.min(1, Math.max(0, (nowMs - startMs) / this.#periodMs))
  }

  #aim(id: string, { x, y }: { x: number; y: number }, nowMs: number) {
    const track = this.#tracks.get(id)
    if (track === undefined || Math.hypot(track.toX - x, track.toY - y) > jumpMetres) {
      this.#tracks.set(id, { fromX: x, fromY: y, toX: x, toY: y, startMs: nowMs })
      return
    }
    const share = this.#share(track, nowMs)
    track.fromX += (track.toX - track.fromX) * share
    track.fromY += (track.toY - track.fromY) * share
    track.toX = x
    track.toY = y
    track.startMs = nowMs
  }
}

/** @param isStill nothing is to move on the page */
export const createGlide = (isStill: () => boolean): Glide => new Gliding(isStill)
