/**
 * Everything a device sends. Each message gets the next number of this boot; what must arrive is kept and sent again,
 * in order and with the same number, until the hub has it, or until the hub says that it will never take it.
 */
import type { Ack, ErrorMessage } from '#protocol/messages.ts'
import type { Transport } from './ports.ts'

/** Kept while the line is down; beyond that a device would run out of memory, so it says what it lost. */
export const keptMax = 10_000

interface Kept {
  readonly n: number
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}

/** What is kept, for whoever wants to know what became of it. */
export type KeptMessage = Pick<Kept, 'n' | 'topic' | 'payload'>

export interface Outgoing {
  /** Sent until acknowledged. */
  keep(topic: string, body: object, retain?: boolean): void
  /** Sent once if the line is up; a later one makes up for it. */
  pass(topic: string, body: object): void
  /** Bytes as they are, for rubbish. */
  raw(topic: string, payload: string): void
  /** The hub's answer is final: what it is about is not sent again. */
  refused(answer: Pick<ErrorMessage, 'code' | 'topic' | 'n'>): void
  /** The hub's own word that everything up to that number is committed. */
  acknowledged(ack: Ack): void
  /**
   * Only where the hub's `ack` counts, because there the line says nothing about the hub. `all`: the hub came back.
   * `overdue`: called now and then, for what waited since the call before.
   */
  again(which: 'all' | 'overdue'): void
  up(): void
  down(): void
  isUp(): boolean
  readonly unacknowledged: () => number
}

export interface OutgoingParts {
  readonly transport: Transport
  readonly boot: string
  /**
   * What shows that the hub has it. On the hub's own broker the PUBACK does; behind another broker a PUBACK means
   * nothing, and only the hub's `ack` counts.
   */
  readonly acknowledgedBy?: 'puback' | 'hub'
  readonly onAcknowledged?: (message: KeptMessage) => void
  readonly onDropped?: (message: { readonly topic: string; readonly reason: string }) => void
}

export const createOutgoing = (parts: OutgoingParts): Outgoing => new NumberedOutgoing(parts)

class NumberedOutgoing implements Outgoing {
  readonly #parts: OutgoingParts
  readonly #kept = new Map<number, Kept>()
  #n = 0
  #isUp = false
  #overdueUpTo = 0
  /**
   * After the line or the hub was away, the hub may acknowledge something new before it has what it missed. Only the
   * acknowledgement of something that was sent after all that covers it, because messages arrive in their order.
   */
  #countsFrom = 0

  constructor(parts: OutgoingParts) {
    this.#parts = parts
  }

  keep(topic: string, body: object, retain = false) {
    const { boot, onDropped } = this.#parts
    if (this.#kept.size >= keptMax) {
      onDropped?.({ topic, reason: `more than ${keptMax} messages wait for the hub` })
      return
    }
    this.#n += 1
    const n = this.#n
    const message = { n, topic, payload: JSON.stringify({ ...body, boot, n }), retain }
    this.#kept.set(n, message)
    if (this.#isUp) this.#transmit(message)
  }

  pass(topic: string, body: object) {
    if (!this.#isUp) return
    const { boot, transport } = this.#parts
    this.#n += 1
    const payload = JSON.stringify({ ...body, boot, n: this.#n })
    transport.publish(topic, payload, { qos: 0, retain: false }).catch(() => {})
  }

  raw(topic: string, payload: string) {
    if (this.#isUp) this.#parts.transport.publish(topic, payload, { qos: 1, retain: false }).catch(() => {})
  }

  refused({ code, topic, n }: Pick<ErrorMessage, 'code' | 'topic' | 'n'>) {
    // Without a number it was the topic that was refused, and whatever waits for it would be as well.
    const isMeant = (message: Kept) =>
      n === undefined ? code.startsWith('topic.') && message.topic === topic : message.n === n
    for (const message of this.#kept.values()) {
      if (!isMeant(message)) continue
      this.#kept.delete(message.n)
      this.#parts.onDropped?.({ topic: message.topic, reason: `refused by the hub: ${code}` })
    }
  }

  acknowledged({ boot, n }: Ack) {
    // Numbers of an earlier boot mean other messages than those of this one.
    if (this.#parts.acknowledgedBy !== 'hub' || boot !== this.#parts.boot || n < this.#countsFrom) return
    for (const message of this.#kept.values()) {
      if (message.n > n) return
      this.#settle(message)
    }
  }

  again(which: 'all' | 'overdue') {
    if (this.#parts.acknowledgedBy !== 'hub' || !this.#isUp) return
    for (const message of this.#kept.values())
      if (which === 'all' || message.n <= this.#overdueUpTo) this.#transmit(message)
    this.#overdueUpTo = this.#n
    if (which === 'all') this.#countsFrom = this.#n + 1
  }

  up() {
    this.#isUp = true
    // A newer presence and manifest follow; the old ones would only overwrite them.
    for (const message of this.#kept.values()) if (message.retain) this.#kept.delete(message.n)
    for (const message of this.#kept.values()) this.#transmit(message)
    this.#countsFrom = this.#n + 1
  }

  down() {
    this.#isUp = false
  }

  isUp = () => this.#isUp

  unacknowledged = () => this.#kept.size

  #transmit(message: Kept) {
    const { transport, acknowledgedBy } = this.#parts
    transport.publish(message.topic, message.payload, { qos: 1, retain: message.retain }).then(
      () => {
        if (acknowledgedBy !== 'hub') this.#settle(message)
      },
      // The line went down first: it stays kept and goes out again when the line is back.
      () => {},
    )
  }

  #settle(message: Kept) {
    if (!this.#kept.delete(message.n)) return
    this.#parts.onAcknowledged?.({ n: message.n, topic: message.topic, payload: message.payload })
  }
}
