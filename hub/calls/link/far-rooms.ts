/**
 * A call of which one half of the people come in at the branch and the other at the desk: each side seats its own, shows the
 * others as they were told last, and passes on what is meant for them. Nothing of it is kept.
 */
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import type { Participant, Room, SignalTo } from '#protocol/calls/signalling.ts'
import { createPace, type PaceLimits } from '../../desk/live/pace.ts'
import type { FarSide } from '../line/side.ts'

export type Seen = Room['participants']

export interface FarParts {
  /** Sends it over the line of this call, where it has one that is up. */
  readonly send: (
    call: string,
    message: { readonly kind: 'here'; readonly seen: Seen } | SaidOver | BrowsedOver,
  ) => void
  readonly isLinked: (call: string) => boolean
  readonly nowMs: () => number
}

interface SaidOver {
  readonly kind: 'say'
  readonly from: Participant
  readonly said: SignalTo
}

interface BrowsedOver {
  readonly kind: 'browse'
  readonly from: Participant
  readonly said: BrowseSaid
}

/** Of all calls of one hub together: pages never take the room on the line that rings and requests need. */
const browsePace: PaceLimits = { perSecond: 60, burst: 120 }

export interface FarRooms extends FarSide {
  /** @returns whether that is another picture than before. */
  heard(call: string, seen: Seen): boolean
  /** On a new line: who is here. */
  tellAgain(call: string): void
  forget(call: string): void
}

class ToldRooms implements FarRooms {
  readonly #parts: FarParts
  readonly #far = new Map<string, Seen>()
  readonly #near = new Map<string, Seen>()
  readonly #browsePace = createPace(browsePace)

  constructor(parts: FarParts) {
    this.#parts = parts
  }

  seen(call: string): Seen {
    return this.#far.get(call) ?? []
  }

  here(call: string, seen: Seen): void {
    if (!this.#parts.isLinked(call)) return
    if (JSON.stringify(this.#near.get(call) ?? []) === JSON.stringify(seen)) return
    this.#near.set(call, seen)
    this.#parts.send(call, { kind: 'here', seen })
  }

  say(call: string, from: Participant, said: SignalTo): void {
    if (this.#parts.isLinked(call)) this.#parts.send(call, { kind: 'say', from, said })
  }

  /** What is lost is noticed by whoever misses it, and asked for anew. */
  browse(call: string, from: Participant, said: BrowseSaid): void {
    const { isLinked, nowMs, send } = this.#parts
    if (isLinked(call) && this.#browsePace.take(nowMs()) === 0) send(call, { kind: 'browse', from, said })
  }

  heard(call: string, seen: Seen): boolean {
    const isOther = JSON.stringify(this.#far.get(call) ?? []) !== JSON.stringify(seen)
    this.#far.set(call, seen)
    return isOther
  }

  tellAgain(call: string): void {
    const seen = this.#near.get(call)
    if (seen !== undefined) this.#parts.send(call, { kind: 'here', seen })
  }

  forget(call: string): void {
    this.#far.delete(call)
    this.#near.delete(call)
  }
}

export const createFarRooms = (parts: FarParts): FarRooms => new ToldRooms(parts)
