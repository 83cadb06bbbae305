/**
 * Where things are at this moment, from the streams of cameras and robots: for whoever looks, and for nothing else. A row
 * of a device follows only now and then, so that a robot on its way is not a delta with each step.
 */
import type { LivePositions } from '#protocol/desk/live/line.ts'
import { isStreamName, type PoseStream, type PositionsStream, streams } from '#protocol/streams.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { Whereabouts } from './lobby-projection.ts'

export interface WhereParts {
  readonly clock: Clock
  /** Its row is to be looked at again. */
  readonly onSettled: (device: string) => void
  /** There is something new; not more often than ten times a second. */
  readonly onNews: () => void
  /** What a stream says is not what a stream may say. */
  readonly onBad: (device: string) => void
}

export interface Where {
  hear(device: string, stream: string, data: Readonly<Record<string, unknown>>): void
  /** As a device's row has it; `told`: by the branch's own tables, which count as soon as they say something else. */
  whereIs(device: string, told: Whereabouts | null): Whereabouts | null
  now(): Omit<LivePositions, 'at'>
  /** Now and then: who stands still by now, and who has gone. */
  settle(): void
  stop(): void
}

const newsEveryMs = 100
const settledEveryMs = 5_000
const stillForMs = 1_000
/** What a robot that stands still is said to move. */
const stillMetres = 0.05
const stillRadians = 0.05
/** Without another word from the sensor nobody is there any more. */
const peopleForMs = 30_000

interface Known {
  told: string | undefined
  at: Whereabouts | null
  settled: Whereabouts | null
  /** Small steps add up. */
  stoodAt: Whereabouts | null
  settledAtMs: number
  movedAtMs: number
  /** It streams; else its row says it all. */
  isStreamed: boolean
}

const hasMoved = (from: Whereabouts | null, to: Whereabouts) =>
  from === null ||
  Math.hypot(from.x - to.x, from.y - to.y) > stillMetres ||
  Math.abs((from.theta ?? 0) - (to.theta ?? 0)) > stillRadians

class Whereabout implements Where {
  readonly #parts: WhereParts
  readonly #devices = new Map<string, Known>()
  readonly #people = new Map<string, { readonly atMs: number; readonly people: LivePositions['people'] }>()
  #toldNewsAtMs = Number.NEGATIVE_INFINITY
  #callOffNews: (() => void) | undefined

  constructor(parts: WhereParts) {
    this.#parts = parts
  }

  hear(device: string, stream: string, data: Readonly<Record<string, unknown>>): void {
    if (!isStreamName(stream)) return
    const read = streams[stream].safeParse(data)
    if (!read.success) return this.#parts.onBad(device)
    if (stream === 'positions') this.#onPeople(device, read.data as PositionsStream)
    else this.#onPose(device, read.data as PoseStream)
    this.#newsSoon()
  }

  whereIs(device: string, told: Whereabouts | null): Whereabouts | null {
    const known = this.#of(device)
    const text = JSON.stringify(told)
    if (known.told !== text) {
      known.told = text
      if (told !== null || !known.isStreamed) this.#settleAt(known, told)
    }
    return known.settled
  }

  now(): Omit<LivePositions, 'at'> {
    return {
      devices: [...this.#devices].flatMap(([id, { at, isStreamed }]) =>
        at === null || !isStreamed ? [] : [[id, at.x, at.y, at.theta] as LivePositions['devices'][number]],
      ),
      people: [...this.#people.values()].flatMap(({ people }) => people),
    }
  }

  settle(): void {
    const nowMs = this.#parts.clock.monotonicMs()
    for (const [device, known] of this.#devices) this.#settleDue(device, known)
    for (const [sensor, { atMs }] of this.#people) {
      if (nowMs - atMs <= peopleForMs) continue
      this.#people.delete(sensor)
      this.#newsSoon()
    }
  }

  stop(): void {
    this.#callOffNews?.()
  }

  #onPeople(sensor: string, { people }: PositionsStream) {
    const atMs = this.#parts.clock.monotonicMs()
    this.#people.set(sensor, { atMs, people: people.map(({ track, x, y }) => [`${sensor}/${track}`, x, y]) })
  }

  #onPose(device: string, { x, y, theta }: PoseStream) {
    const known = this.#of(device)
    const at = { x, y, theta: theta ?? null }
    known.isStreamed = true
    if (hasMoved(known.stoodAt, at)) {
      known.stoodAt = at
      known.movedAtMs = this.#parts.clock.monotonicMs()
    }
    known.at = at
    this.#settleDue(device, known)
  }

  #settleDue(device: string, known: Known) {
    const nowMs = this.#parts.clock.monotonicMs()
    const isDue = nowMs - known.settledAtMs >= settledEveryMs || nowMs - known.movedAtMs >= stillForMs
    if (!isDue || known.at === null || !hasMoved(known.settled, known.at)) return
    this.#settleAt(known, known.at)
    this.#parts.onSettled(device)
  }

  #settleAt(known: Known, at: Whereabouts | null) {
    known.at = at
    known.settled = at
    known.settledAtMs = this.#parts.clock.monotonicMs()
  }

  #of(device: string): Known {
    const known = this.#devices.get(device) ?? {
      told: undefined,
      at: null,
      settled: null,
      stoodAt: null,
      settledAtMs: Number.NEGATIVE_INFINITY,
      movedAtMs: Number.NEGATIVE_INFINITY,
      isStreamed: false,
    }
    this.#devices.set(device, known)
    return known
  }

  #newsSoon() {
    if (this.#callOffNews !== undefined) return
    const { clock, onNews } = this.#parts
    const waitMs = Math.max(0, this.#toldNewsAtMs + newsEveryMs - clock.monotonicMs())
    this.#callOffNews = clock.after(waitMs, () => {
      this.#callOffNews = undefined
      this.#toldNewsAtMs = clock.monotonicMs()
      onNews()
    })
  }
}

export const createWhere = (parts: WhereParts): Where => new Whereabout(parts)
