/**
 * One journey to one named place, on a robot that has no ids for journeys. What its navigation reports may belong to an
 * earlier journey to the same place, come twice, late or never; so a report only claims, and a look at where the robot
 * stands decides.
 */
import type { StatusAnswer } from './bridge.ts'
import type { WayNews } from './dialects/dialect.ts'
import { sameName } from './places.ts'

export interface JourneyParts {
  readonly to: string
  readonly orderedAtMs: number
  readonly beginWithinMs: number
  readonly stuckMs: number
}

export type Verdict = { readonly arrived: true } | { readonly arrived: false; readonly code: string }

/** When it was asked for: a look from before a report says nothing about it. */
export interface Look extends Pick<StatusAnswer, 'moving' | 'at'> {
  readonly askedAtMs: number
}

export interface Journey {
  news(news: WayNews, nowMs: number): void
  look(look: Look, nowMs: number): Verdict | undefined
  /** Its navigation has really taken it up. */
  hasBegun(): boolean
  /** Something was reported that has to be looked at soon. */
  claims(): boolean
}

interface Claim {
  readonly verdict: Verdict
  readonly atMs: number
}

/** A robot that brakes still moves a moment after its report; one that moves on was not meant. */
const brakingMs = 1_500
/** Standing at its destination for so many looks: it has arrived, whether or not the report came through. */
const looksThereMin = 3

export const createJourney = (parts: JourneyParts): Journey => new NamedJourney(parts)

class NamedJourney implements Journey {
  readonly #parts: JourneyParts
  #begun = false
  /** Seen to move since the order. */
  #went = false
  #claim: Claim | undefined
  /** Of an end that was reported before the beginning: of an earlier journey, or the only word about this one. */
  #earlyCode: string | undefined
  #looksThere = 0
  #standsSinceMs: number | undefined

  constructor(parts: JourneyParts) {
    this.#parts = parts
  }

  hasBegun = () => this.#begun
  claims = () => this.#claim !== undefined

  news({ place, phase, first = false, code = 'navigation-failed' }: WayNews, nowMs: number) {
    if (!sameName(place, this.#parts.to)) {
      // It goes somewhere else now. Late news of an earlier journey do not begin with its beginning.
      if (this.#begun && phase === 'moving' && first)
        this.#claim = { verdict: { arrived: false, code: 'diverted' }, atMs: nowMs }
      return
    }
    if (phase === 'moving') {
      this.#begun = true
      this.#claim = undefined
    } else if (phase === 'arrived') this.#claim = { verdict: { arrived: true }, atMs: nowMs }
    else if (this.#begun) this.#claim = { verdict: { arrived: false, code }, atMs: nowMs }
    else this.#earlyCode = code
  }

  look(look: Look, nowMs: number): Verdict | undefined {
    if (look.askedAtMs < this.#parts.orderedAtMs) return undefined
    return look.moving ? this.#seenMoving(look, nowMs) : this.#seenStanding(look, nowMs)
  }

  #seenMoving({ askedAtMs }: Look, nowMs: number): Verdict | undefined {
    this.#looksThere = 0
    this.#standsSinceMs = undefined
    if (this.#begun) this.#went = true
    const claim = this.#claim
    if (claim === undefined || askedAtMs < claim.atMs) return undefined
    if (!claim.verdict.arrived && claim.verdict.code === 'diverted') return claim.verdict
    if (nowMs - claim.atMs >= brakingMs) this.#claim = undefined
    return undefined
  }

  #seenStanding({ at, askedAtMs }: Look, nowMs: number): Verdict | undefined {
    this.#standsSinceMs ??= nowMs
    const isThere = typeof at === 'string' && sameName(at, this.#parts.to)
    this.#looksThere = isThere ? this.#looksThere + 1 : 0
    const claim = this.#claim
    if (claim !== undefined && askedAtMs >= claim.atMs) {
      if (!claim.verdict.arrived) return claim.verdict
      // Where the robot cannot say where it is, it must at least have been seen to go.
      if (isThere || (at === undefined && this.#went)) return claim.verdict
      this.#claim = undefined
    }
    if (this.#begun) return this.#standsTooLong(nowMs)
    if (nowMs - this.#parts.orderedAtMs < this.#parts.beginWithinMs) return undefined
    return isThere ? { arrived: true } : { arrived: false, code: this.#earlyCode ?? 'not-begun' }
  }

  #standsTooLong(nowMs: number): Verdict | undefined {
    if (this.#looksThere >= looksThereMin) return { arrived: true }
    const stoodMs = nowMs - (this.#standsSinceMs ?? nowMs)
    return stoodMs >= this.#parts.stuckMs ? { arrived: false, code: 'blocked' } : undefined
  }
}
