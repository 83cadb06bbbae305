/**
 * What earlier lives of a device could not hand over. It goes out before anything new, with its old numbers, one life
 * after the other: the hub knows the numbers of a few boots only, and acknowledges those of one boot at a time.
 */
import type { Ack, ErrorMessage } from '#protocol/messages.ts'
import { type TrayMessage, toldLate, type Worth, worthOf } from './out-tray.ts'

export interface EarlierLivesParts {
  readonly messages: readonly TrayMessage[]
  readonly acknowledgedBy: 'puback' | 'hub'
  readonly now: () => number
  readonly transmit: (topic: string, payload: string) => Promise<void>
  /** Something that may be said at any time: its acknowledgement shows that all before it has arrived. */
  readonly marker: () => { readonly topic: string; readonly body: object }
  readonly onAcknowledged: (message: TrayMessage) => void
  /** Everything is handed over, and the line is up. */
  readonly onOver: () => void
}

export interface EarlierLives {
  readonly count: () => number
  readonly bytes: () => number
  /** Sends what is still there, again if need be. */
  send(): void
  down(): void
  acknowledged(ack: Ack): void
  /** @returns what it was about, which is forgotten. */
  refused(answer: Pick<ErrorMessage, 'code' | 'topic' | 'n' | 'boot'>): readonly TrayMessage[]
  /** @returns the oldest of that worth, which is forgotten. */
  giveUp(worth: Worth): TrayMessage | undefined
}

/** Higher than a device counts in one life, so that the number of a marker comes after all of them. */
const markersFrom = 2 ** 40

export const createEarlierLives = (parts: EarlierLivesParts): EarlierLives => new Earlier(parts)

class Earlier implements EarlierLives {
  readonly #parts: EarlierLivesParts
  readonly #waiting: Set<TrayMessage>
  #bytes = 0
  #isUp = false
  /** Whose messages are on their way. */
  #boot: string | undefined
  #countsFrom = 0

  constructor(parts: EarlierLivesParts) {
    this.#parts = parts
    this.#waiting = new Set(parts.messages)
    for (const { payload } of parts.messages) this.#bytes += payload.length
  }

  count = () => this.#waiting.size

  bytes = () => this.#bytes

  send() {
    this.#isUp = true
    const [first] = this.#waiting
    this.#boot = first?.boot
    if (first === undefined) {
      this.#parts.onOver()
      return
    }
    for (const message of this.#onTheirWay()) this.#transmit(message)
    if (this.#parts.acknowledgedBy === 'hub') this.#mark(first.boot)
  }

  down() {
    this.#isUp = false
  }

  acknowledged({ boot, n }: Ack) {
    if (this.#parts.acknowledgedBy !== 'hub' || boot !== this.#boot || n < this.#countsFrom) return
    for (const message of this.#onTheirWay()) this.#settle(message)
    this.#goOn()
  }

  refused({ code, topic, n, boot }: Pick<ErrorMessage, 'code' | 'topic' | 'n' | 'boot'>) {
    const isMeant = (message: TrayMessage) =>
      n === undefined
        ? code.startsWith('topic.') && message.topic === topic
        : message.boot === boot && message.n === n
    const meant = [...this.#waiting].filter(isMeant)
    for (const message of meant) this.#forget(message)
    if (meant.length > 0) this.#goOn()
    return meant
  }

  giveUp(worth: Worth) {
    for (const message of this.#waiting) {
      if (worthOf(message.topic) !== worth) continue
      this.#forget(message)
      return message
    }
    return undefined
  }

  #onTheirWay = () => [...this.#waiting].filter(({ boot }) => boot === this.#boot)

  #transmit(message: TrayMessage) {
    const { transmit, acknowledgedBy, now } = this.#parts
    transmit(message.topic, toldLate(message, now())).then(
      () => {
        if (acknowledgedBy === 'hub') return
        this.#settle(message)
        this.#goOn()
      },
      // The line went down first: it goes out again when the line is back.
      () => {},
    )
  }

  #mark(boot: string) {
    const { marker, now, transmit } = this.#parts
    const { topic, body } = marker()
    this.#countsFrom = markersFrom + now()
    transmit(topic, JSON.stringify({ ...body, boot, n: this.#countsFrom })).catch(() => {})
  }

  /** The next life's, once everything of this one is settled. */
  #goOn() {
    if (!this.#isUp || this.#boot === undefined) return
    const [first] = this.#waiting
    if (first?.boot !== this.#boot) this.send()
  }

  #settle(message: TrayMessage) {
    if (this.#forget(message)) this.#parts.onAcknowledged(message)
  }

  #forget(message: TrayMessage) {
    if (!this.#waiting.delete(message)) return false
    this.#bytes -= message.payload.length
    return true
  }
}
