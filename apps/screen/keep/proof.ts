/**
 * Proof of play: a row on the disk when something is shown, and its end when it ends. What a kill leaves open is closed at
 * the next start, with the time up to the last beat before it. Rows stay until the hub has acknowledged them.
 */
import type { Sent } from '#adapters/sdk/browser.ts'
import type { EventData } from '#protocol/events.ts'
import type { Time } from '../time.ts'
import type { Box, Play } from './box.ts'

export type PlayEnd = NonNullable<Play['ended']>
export type Playing = Pick<Play, 'item' | 'version' | 'task' | 'mandatory'>

/** The line to the hub, as far as proofs go. */
export interface Hand {
  tell(played: EventData<'content.played'>): Sent
  /** What waits for the hub's acknowledgement. */
  unacknowledged(): number
}

export interface Proof {
  /** @returns its number, once the row is on the disk. */
  begin(playing: Playing): Promise<number>
  end(n: number, ended: PlayEnd, shownForMs: number): Promise<void>
  /** It was not shown after all. */
  cancel(n: number): Promise<void>
  /** Something is still shown: said now and then, for the next life. */
  beat(): Promise<void>
  /** undefined: the line is gone, and with it what was on its way. */
  handTo(hand: Hand | undefined): void
  /** Sends what is over, and drops what the hub has. */
  deliver(): Promise<void>
}

const batchMax = 100
/** Two weeks of a screen that shows something new every ten seconds. Past that the oldest half is given up. */
const keptMax = 120_000
/** A line that is just being made knows of nothing that waits. */
const surelySentMs = 1_000
const beatName = 'beat'
const playerName = 'player'

interface Beat {
  readonly n: number
  readonly at: number
}

const isBeat = (value: unknown): value is Beat => typeof (value as Beat | undefined)?.n === 'number'

export interface ProofParts {
  readonly box: Box
  readonly time: Time
  readonly chance: () => string
  readonly onFull: () => void
}

/** Closes what an earlier life left open. */
const settle = async (box: Box) => {
  const beat = await box.get(beatName)
  for (const play of await box.plays(keptMax)) {
    if (play.ended !== null) continue
    const shownForMs = isBeat(beat) && beat.n === play.n ? Math.max(0, beat.at - play.startedMs) : 0
    await box.changePlay({ ...play, shownForMs, ended: 'interrupted' })
  }
}

export const openProof = async (parts: ProofParts): Promise<Proof> => {
  const { box, chance } = parts
  await settle(box)
  const last = await box.lastPlay()
  const known = await box.get(playerName)
  const player = typeof known === 'string' ? known : chance()
  if (known !== player) await box.put(playerName, player)
  return new KeptProof(parts, { last, player })
}

class KeptProof implements Proof {
  readonly #parts: ProofParts
  readonly #player: string
  readonly #open = new Map<number, Play>()
  /** What the disk did not take when it ended; undefined: it was not shown. Tried again: all that follows waits for it. */
  readonly #unwritten = new Map<number, Play | undefined>()
  #last: number
  #hand: Hand | undefined
  #sent: { readonly upTo: number; readonly at: number } | undefined
  #isBusy = false

  constructor(parts: ProofParts, { last, player }: { last: number; player: string }) {
    this.#parts = parts
    this.#last = last
    this.#player = player
  }

  async begin(playing: Playing) {
    const { box, time } = this.#parts
    this.#last += 1
    const play: Play = { ...playing, n: this.#last, startedMs: time.now(), shownForMs: 0, ended: null }
    await box.addPlay(play)
    this.#open.set(play.n, play)
    return play.n
  }

  async end(n: number, ended: PlayEnd, shownForMs: number) {
    const play = this.#open.get(n)
    if (play === undefined) return
    await this.#close(n, { ...play, ended, shownForMs: Math.max(0, Math.round(shownForMs)) })
    // Where it fails now, it is tried again soon, and told.
    void this.deliver().catch(() => {})
  }

  async cancel(n: number) {
    await this.#close(n, undefined)
  }

  async #close(n: number, play: Play | undefined) {
    this.#open.delete(n)
    this.#unwritten.set(n, play)
    await this.#write(n)
  }

  async #write(n: number) {
    const { box } = this.#parts
    const play = this.#unwritten.get(n)
    await (play === undefined ? box.dropPlay(n) : box.changePlay(play))
    this.#unwritten.delete(n)
  }

  async beat() {
    const n = Math.max(...this.#open.keys())
    if (n > 0) await this.#parts.box.put(beatName, { n, at: this.#parts.time.now() }, false)
  }

  handTo(hand: Hand | undefined) {
    this.#hand = hand
    this.#sent = undefined
  }

  async deliver() {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (const n of this.#unwritten.keys()) await this.#write(n)
      await this.#makeRoom()
      await this.#handOver()
    } finally {
      this.#isBusy = false
    }
  }

  async #handOver() {
    const { box, time } = this.#parts
    const hand = this.#hand
    if (hand === undefined) return
    if (this.#sent !== undefined) {
      const { upTo, at } = this.#sent
      if (time.elapsedMs() - at < surelySentMs || hand.unacknowledged() > 0) return
      await box.dropPlays(upTo)
      this.#sent = undefined
    }
    const rows = await box.plays(batchMax)
    const open = rows.findIndex(({ ended }) => ended === null)
    // In their order, so that what the hub has is known by one number.
    const over = open === -1 ? rows : rows.slice(0, open)
    const last = over.at(-1)
    if (last === undefined || this.#hand !== hand) return
    const plays = over.map((play) => ({ ...play, ended: play.ended ?? 'interrupted' }))
    const told = hand.tell({ player: this.#player, clockMs: time.now(), plays })
    if (told.sent) this.#sent = { upTo: last.n, at: time.elapsedMs() }
    // It will never be taken as it is: it is in the log, and must not keep back all that follow.
    else await box.dropPlays(last.n)
  }

  async #makeRoom() {
    const { box, onFull } = this.#parts
    if (this.#last % 1_000 !== 0 || (await box.countPlays()) <= keptMax) return
    onFull()
    await box.dropPlays(this.#last - keptMax / 2)
  }
}
