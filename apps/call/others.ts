/** The other parties, each with its connection and how well it is seen and heard. */
import {
  type Participant,
  type Room,
  recorderParticipant,
  type Shown,
  type SignalFrom,
} from '#protocol/calls/signalling.ts'
import { firstRung, nextRung, type Rung, type Step, steps } from './ladder.ts'
import { Peer, type PeerParts } from './peer.ts'
import type { Party, Quality } from './port.ts'
import { type Heard, listen, qualityOf } from './quality.ts'
import { readStats } from './stats.ts'

interface Other {
  readonly peer: Peer
  title: Readonly<Record<string, string>>
  shown: Shown
  apart: boolean
  rung: Rung
  heard: Heard | undefined
  quality: Quality
  /** Not named by the hub since it is there again; it may still come. */
  missingSinceMs: number | undefined
}

/** A hub that has started again waits so long for those who were in the call, and somewhat more. */
const missingMs = 35_000
/** The other side says once a second how much of it came; two are a trend. */
export const looksPerRung = 2

const stepAt = (rung: Rung): Step => steps[rung.step] as Step

export class Others {
  readonly #make: (other: Participant, step: Step) => PeerParts
  readonly #all = new Map<Participant, Other>()
  #looks = 0

  constructor(make: (other: Participant, step: Step) => PeerParts) {
    this.#make = make
  }

  /** @param isBack the line was gone before */
  follow({ me, participants }: Room, isBack: boolean, nowMs: number): void {
    const order = participants.map(({ id }) => id)
    for (const { id, title, shown, apart = false } of participants) {
      if (id === me) continue
      const known = this.#all.get(id)
      if (known === undefined)
        this.#meet({ id, title, shown, apart }).peer.begin(order.indexOf(id) < order.indexOf(me))
      else {
        const isParted = known.apart !== apart
        Object.assign(known, { title, shown, apart, missingSinceMs: undefined })
        if (isParted) void known.peer.putTracks()
      }
    }
    for (const [id, other] of this.#all) {
      if (order.includes(id)) continue
      // A hub that has just come back does not know everybody yet.
      if (isBack) other.missingSinceMs = nowMs
      else if (other.missingSinceMs === undefined) this.#leave(id)
    }
    if (isBack) for (const { peer } of this.#all.values()) peer.lineIsBack()
  }

  /** Nothing goes to them. */
  isApart(id: Participant): boolean {
    return this.#all.get(id)?.apart === true
  }

  hear(signal: SignalFrom): void {
    void this.#all.get(signal.from)?.peer.hear(signal)
  }

  each(what: (peer: Peer) => void): void {
    for (const { peer } of this.#all.values()) what(peer)
  }

  /** The recorder is no party: that it is there is told apart. */
  parties(isHeld: boolean): readonly Party[] {
    const people = [...this.#all.values()].filter(({ peer }) => peer.other !== recorderParticipant)
    return people.map(({ peer, title, shown, apart, quality }) => ({
      id: peer.other,
      title,
      shown,
      stream: isHeld || apart ? null : peer.stream,
      apart,
      link: peer.link,
      quality: peer.link === 'connected' ? quality : 'none',
    }))
  }

  /** Once a second. @returns whether a page would show anything else now. */
  async look(nowMs: number): Promise<boolean> {
    this.#looks += 1
    const changes = await Promise.all([...this.#all.values()].map((other) => this.#lookAt(other, nowMs)))
    for (const [id, { missingSinceMs }] of this.#all)
      if (missingSinceMs !== undefined && nowMs - missingSinceMs > missingMs) this.#leave(id)
    return changes.includes(true)
  }

  close(): void {
    for (const id of this.#all.keys()) this.#leave(id)
  }

  #meet({ id, title, shown, apart = false }: Room['participants'][number]): Other {
    const peer = new Peer(this.#make(id, stepAt(firstRung)))
    const rest = { rung: firstRung, heard: undefined, quality: 'good' as const, missingSinceMs: undefined }
    const other = { peer, title, shown, apart, ...rest }
    this.#all.set(id, other)
    return other
  }

  #leave(id: Participant) {
    this.#all.get(id)?.peer.close()
    this.#all.delete(id)
  }

  async #lookAt(other: Other, nowMs: number): Promise<boolean> {
    const { connection } = other.peer
    if (connection === undefined || other.peer.link === 'connecting') return false
    const { incoming, outgoing } = await readStats(connection)
    // Another run of that page counts from the beginning.
    const before = (other.heard?.incoming.packets ?? 0) <= incoming.packets ? other.heard : undefined
    const heard = listen(before, nowMs, incoming)
    const { camera, microphone, held } = other.shown
    const isSilent = held || other.apart
    const quality = qualityOf(before, heard, { picture: camera && !isSilent, voice: microphone && !isSilent })
    const isNews = quality !== other.quality
    Object.assign(other, { heard, quality })
    if (this.#looks % looksPerRung === 0 && other.peer.link === 'connected')
      await this.#climb(other, outgoing)
    return isNews
  }

  async #climb(other: Other, outgoing: Parameters<typeof nextRung>[1]) {
    const before = other.rung
    other.rung = nextRung(before, outgoing)
    if (other.rung.step !== before.step) await other.peer.putStep(stepAt(other.rung))
  }
}
