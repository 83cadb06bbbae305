/** RTP packets in the order in which they were sent; one that is lost is waited for as long as it may be sent again. */

export interface Packet {
  readonly seq: number
  readonly timestamp: number
  readonly isLast: boolean
  readonly payload: Buffer
  readonly arrivedMs: number
}

const wrap = 0x1_0000
/** How far `seq` is behind `from`, around the end of the numbers. */
const distance = (seq: number, from: number) => ((seq - from + wrap + wrap / 2) % wrap) - wrap / 2

/** More are no loss but another stream. */
const waitingMax = 2_000

export class Reorder {
  readonly #waitMs: number
  readonly #onPacket: (packet: Packet, isAfterLoss: boolean) => void
  readonly #waiting = new Map<number, Packet>()
  #next: number | undefined
  #isAfterLoss = false

  constructor(waitMs: number, onPacket: (packet: Packet, isAfterLoss: boolean) => void) {
    this.#waitMs = waitMs
    this.#onPacket = onPacket
  }

  push(packet: Packet): void {
    this.#next ??= packet.seq
    const ahead = distance(packet.seq, this.#next)
    if (ahead < 0) return
    if (ahead > waitingMax || this.#waiting.size > waitingMax) {
      this.#waiting.clear()
      this.#next = packet.seq
      this.#isAfterLoss = true
    }
    this.#waiting.set(packet.seq, packet)
    this.#drain()
  }

  /** What is missing for too long is gone. */
  expire(nowMs: number): void {
    if (this.#waiting.size === 0 || this.#next === undefined) return
    const oldest = Math.min(...[...this.#waiting.values()].map(({ arrivedMs }) => arrivedMs))
    if (nowMs - oldest < this.#waitMs) return
    const from = this.#next
    const seqs = [...this.#waiting.keys()].toSorted((a, b) => distance(a, from) - distance(b, from))
    this.#next = seqs[0]
    this.#isAfterLoss = true
    this.#drain()
  }

  #drain() {
    for (;;) {
      const packet = this.#next === undefined ? undefined : this.#waiting.get(this.#next)
      if (packet === undefined) return
      this.#waiting.delete(packet.seq)
      this.#next = (packet.seq + 1) % wrap
      this.#onPacket(packet, this.#isAfterLoss)
      this.#isAfterLoss = false
    }
  }
}
