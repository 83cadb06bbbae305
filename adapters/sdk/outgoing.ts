/**
 * Everything a device sends. Each message gets the next number of this boot; what must arrive is kept and sent again,
 * in order and with the same number, until the hub has it, or until the hub says that it will never take it.
 */
import type { Ack, ErrorMessage } from '#protocol/messages.ts'
import { createEarlierLives, type EarlierLives } from './earlier-lives.ts'
import { createTurns, type Turns } from './in-turn.ts'
import { outlivesProcess, type TrayMessage, worthOf, worths } from './out-tray.ts'
import type { Transport } from './ports.ts'

/** Kept while the hub is away; beyond either a device would run out of room, so it says what it gives up. */
export const keptMax = 10_000
export const keptBytesMax = 16 * 1024 * 1024

interface Kept extends TrayMessage {
  readonly retain: boolean
}

/** What is kept, for whoever wants to know what became of it. */
export type KeptMessage = Pick<Kept, 'boot' | 'n' | 'topic' | 'payload'>

export interface Outgoing {
  /** Sent until acknowledged. */
  keep(topic: string, body: object, retain?: boolean): void
  /** Sent once if the line is up; a later one makes up for it. */
  pass(topic: string, body: object): void
  /** Bytes as they are, for rubbish. */
  raw(topic: string, payload: string): void
  /** The hub's answer is final: what it is about is not sent again. */
  refused(answer: Refusal): void
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
  /** Resolves when nothing waits for the disk any more, and all has gone out that may. */
  readonly written: () => Promise<void>
}

type Refusal = Pick<ErrorMessage, 'code' | 'topic' | 'n' | 'boot'>

/** What waits for the hub outlives the process: the device's own part of the tray. */
export interface OwnTray {
  readonly earlier: readonly TrayMessage[]
  /** What it returns resolves when it is kept, or known not to be. */
  put(message: TrayMessage): Promise<void> | undefined
  take(message: TrayMessage): void
  now(): number
  /** Its state as it is, for the acknowledgement of what earlier lives said. */
  readonly marker: () => { readonly topic: string; readonly body: object }
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
  readonly onDropped?: (message: Dropped) => void
  /** Without it, what waits dies with the process. */
  readonly tray?: OwnTray | undefined
}

export interface Dropped {
  readonly topic: string
  readonly reason: string
  /** There was no room for it; otherwise the hub refused it. */
  readonly isSurplus: boolean
}

export const createOutgoing = (parts: OutgoingParts): Outgoing => new NumberedOutgoing(parts)

class NumberedOutgoing implements Outgoing {
  readonly #parts: OutgoingParts
  readonly #earlier: EarlierLives
  readonly #kept = new Map<number, Kept>()
  readonly #turns: Turns = createTurns()
  #bytes = 0
  #n = 0
  /** Up to here everything is written, and has gone out if the line was up. */
  #readyTo = 0
  #isUp = false
  #overdueUpTo = 0
  /**
   * After the line or the hub was away, the hub may acknowledge something new before it has what it missed. Only the
   * acknowledgement of something that was sent after all that covers it, because messages arrive in their order.
   */
  #countsFrom = 0

  constructor(parts: OutgoingParts) {
    this.#parts = parts
    this.#earlier = earlierOf(parts, {
      onAcknowledged: (message) => this.#handedOver(message),
      onOver: () => this.#sendAll(),
    })
  }

  keep(topic: string, body: object, retain = false) {
    const { boot, tray } = this.#parts
    this.#n += 1
    const n = this.#n
    const payload = JSON.stringify({ ...body, boot, n })
    const message = { boot, n, at: tray?.now() ?? 0, topic, payload, retain }
    const written = outlivesProcess(topic) ? tray?.put(message) : undefined
    this.#kept.set(n, message)
    this.#bytes += payload.length
    this.#makeRoom()
    this.#turns.take(written, () => {
      this.#readyTo = n
      if (this.#mayNewGo() && this.#kept.has(n)) this.#transmit(message)
    })
  }

  pass(topic: string, body: object) {
    if (!this.#mayNewGo()) return
    const { boot, transport } = this.#parts
    this.#n += 1
    const payload = JSON.stringify({ ...body, boot, n: this.#n })
    this.#turns.take(undefined, () => {
      if (this.#mayNewGo()) transport.publish(topic, payload, { qos: 0, retain: false }).catch(() => {})
    })
  }

  raw(topic: string, payload: string) {
    if (this.#isUp) this.#parts.transport.publish(topic, payload, { qos: 1, retain: false }).catch(() => {})
  }

  refused(answer: Refusal) {
    const { code, topic, n, boot } = answer
    const reason = `refused by the hub: ${code}`
    for (const message of this.#earlier.refused(answer)) this.#drop(message, { reason, isSurplus: false })
    // Numbers of another boot mean other messages than those of this one.
    if (boot !== undefined && boot !== this.#parts.boot) return
    // Without a number it was the topic that was refused, and whatever waits for it would be as well.
    const isMeant = (message: Kept) =>
      n === undefined ? code.startsWith('topic.') && message.topic === topic : message.n === n
    for (const message of this.#kept.values())
      if (isMeant(message)) {
        this.#forget(message)
        this.#drop(message, { reason, isSurplus: false })
      }
  }

  acknowledged(ack: Ack) {
    this.#earlier.acknowledged(ack)
    const { boot, n } = ack
    // Numbers of an earlier boot mean other messages than those of this one.
    if (this.#parts.acknowledgedBy !== 'hub' || boot !== this.#parts.boot || n < this.#countsFrom) return
    for (const message of this.#kept.values()) {
      if (message.n > n) return
      this.#settle(message)
    }
  }

  again(which: 'all' | 'overdue') {
    if (this.#parts.acknowledgedBy !== 'hub' || !this.#isUp) return
    if (this.#earlier.count() > 0) {
      this.#earlier.send()
      return
    }
    for (const message of this.#ready())
      if (which === 'all' || message.n <= this.#overdueUpTo) this.#transmit(message)
    this.#overdueUpTo = this.#n
    if (which === 'all') this.#countsFrom = this.#n + 1
  }

  up() {
    this.#isUp = true
    // A newer presence and manifest follow; the old ones would only overwrite them.
    for (const message of this.#kept.values()) if (message.retain) this.#forget(message)
    // As long as earlier lives have something to say, nothing of this one has gone out that could have been missed.
    if (this.#earlier.count() === 0) this.#countsFrom = this.#n + 1
    this.#earlier.send()
  }

  down() {
    this.#isUp = false
    this.#earlier.down()
  }

  isUp = () => this.#isUp

  unacknowledged = () => this.#kept.size + this.#earlier.count()

  /** What earlier lives said goes first. */
  #mayNewGo = () => this.#isUp && this.#earlier.count() === 0

  written = () => this.#turns.over()

  /** The others go when it is their turn. */
  #ready = () => [...this.#kept.values()].filter(({ n }) => n <= this.#readyTo)

  #sendAll() {
    for (const message of this.#ready()) this.#transmit(message)
  }

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
    if (this.#forget(message)) this.#handedOver(message)
  }

  #handedOver(message: TrayMessage) {
    const { boot, n, topic, payload } = message
    // Noted as heard before it leaves the tray: a kill in between sends it once more, and the hub knows its number.
    this.#parts.onAcknowledged?.({ boot, n, topic, payload })
    this.#parts.tray?.take(message)
  }

  #forget(message: Kept) {
    if (!this.#kept.delete(message.n)) return false
    this.#bytes -= message.payload.length
    return true
  }

  /** What is measured goes first, the oldest of it; what was done goes last. */
  #makeRoom() {
    while (
      this.unacknowledged() > keptMax ||
      (this.#bytes + this.#earlier.bytes() > keptBytesMax && this.unacknowledged() > 1)
    ) {
      const least = this.#leastWorth()
      if (least === undefined) return
      this.#drop(least, {
        reason: `more than ${keptMax} messages or ${keptBytesMax} bytes wait for the hub`,
        isSurplus: true,
      })
    }
  }

  #leastWorth(): TrayMessage | undefined {
    for (const worth of worths) {
      const older = this.#earlier.giveUp(worth)
      if (older !== undefined) return older
      for (const message of this.#kept.values())
        if (worthOf(message.topic) === worth && this.#forget(message)) return message
    }
    return undefined
  }

  #drop(message: TrayMessage, why: Pick<Dropped, 'reason' | 'isSurplus'>) {
    this.#parts.tray?.take(message)
    this.#parts.onDropped?.({ topic: message.topic, ...why })
  }
}

const earlierOf = (
  { tray, transport, acknowledgedBy }: OutgoingParts,
  on: Pick<Parameters<typeof createEarlierLives>[0], 'onAcknowledged' | 'onOver'>,
) =>
  createEarlierLives({
    messages: tray?.earlier ?? [],
    acknowledgedBy: acknowledgedBy ?? 'puback',
    now: () => tray?.now() ?? 0,
    transmit: (topic, payload) => transport.publish(topic, payload, { qos: 1, retain: false }),
    marker: () => tray?.marker() ?? { topic: '', body: {} },
    ...on,
  })
