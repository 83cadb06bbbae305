/**
 * Everything a device sends. Each message gets the next number of this boot; what must arrive is kept and sent again,
 * in order and with the same number, until its PUBACK, or until the hub says that it will never take it.
 */
import type { ErrorMessage } from '#protocol/messages.ts'
import type { Log } from './log.ts'
import type { Transport } from './ports.ts'

/** Kept while the line is down; beyond that a real device would run out of memory, so this one says what it lost. */
export const keptMax = 10_000

interface Kept {
  readonly n: number
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}

export interface Outgoing {
  /** Sent until acknowledged. */
  keep(topic: string, body: object, retain?: boolean): void
  /** Sent once if the line is up; a later one makes up for it. */
  pass(topic: string, body: object): void
  /** Bytes as they are, for rubbish. */
  raw(topic: string, payload: string): void
  /** The hub's answer is final: what it is about is not sent again. */
  refused(answer: Pick<ErrorMessage, 'code' | 'topic' | 'n'>): void
  up(): void
  down(): void
  readonly unacknowledged: () => number
}

export const createOutgoing = (deps: { transport: Transport; log: Log }): Outgoing => {
  const { transport, log } = deps
  const kept = new Map<number, Kept>()
  let n = 0
  let isUp = false

  const transmit = (message: Kept) => {
    transport.publish(message.topic, message.payload, { qos: 1, retain: message.retain }).then(
      () => {
        if (!kept.delete(message.n)) return
        log.write({ kind: 'acknowledged', n: message.n, topic: message.topic, payload: message.payload })
      },
      // The line went down first: it stays kept and goes out again when the line is back.
      () => {},
    )
  }

  return {
    keep(topic, body, retain = false) {
      if (kept.size >= keptMax) {
        log.write({ kind: 'dropped', topic, reason: `more than ${keptMax} messages wait for the hub` })
        return
      }
      n += 1
      const message = { n, topic, payload: JSON.stringify({ ...body, boot: log.boot, n }), retain }
      kept.set(n, message)
      if (isUp) transmit(message)
    },
    pass(topic, body) {
      if (!isUp) return
      n += 1
      transport
        .publish(topic, JSON.stringify({ ...body, boot: log.boot, n }), { qos: 0, retain: false })
        .catch(() => {})
    },
    raw(topic, payload) {
      if (isUp) transport.publish(topic, payload, { qos: 1, retain: false }).catch(() => {})
    },
    refused({ code, topic, n: refusedN }) {
      // Without a number it was the topic that was refused, and whatever waits for it would be as well.
      const isMeant = (message: Kept) =>
        refusedN === undefined ? code.startsWith('topic.') && message.topic === topic : message.n === refusedN
      for (const message of kept.values()) {
        if (!isMeant(message)) continue
        kept.delete(message.n)
        log.write({ kind: 'dropped', topic: message.topic, reason: `refused by the hub: ${code}` })
      }
    },
    up() {
      isUp = true
      // A newer presence and manifest follow; the old ones would only overwrite them.
      for (const message of kept.values()) if (message.retain) kept.delete(message.n)
      for (const message of kept.values()) transmit(message)
    },
    down() {
      isUp = false
    },
    unacknowledged: () => kept.size,
  }
}
