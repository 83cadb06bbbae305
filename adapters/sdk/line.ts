/** The session on the line to the hub, shared by all devices of one adapter, and the few words in the log about it. */
import { clientId, parseTopic, type Topic, topics } from '#protocol/topics.ts'
import type { Clock, Log, Session } from './ports.ts'

export interface LineLog {
  up(): void
  down(): void
  /** What the transport ran into. */
  trouble(text: string): void
  /** The broker does not let this device in: staff must do something. */
  refused(text: string): void
}

/** Exactly one line when the line is lost and one when it is back, however often it is dialled in between. */
export const createLineLog = (log: Log, clock: Pick<Clock, 'now'>): LineLog => {
  let state: 'new' | 'up' | 'down' = 'new'
  let toldTrouble = false
  let toldRefusal = ''
  let reason: string | undefined
  let lostAt = 0
  return {
    up() {
      if (state === 'new') log.info('the line to the hub is up')
      else log.info('the line to the hub is back', { afterMs: clock.now() - lostAt })
      state = 'up'
      reason = undefined
      toldRefusal = ''
    },
    down() {
      if (state !== 'up') return
      state = 'down'
      lostAt = clock.now()
      log.warn('the line to the hub is lost', reason === undefined ? {} : { reason })
    },
    trouble(text) {
      reason = text
      if (state !== 'new' || toldTrouble) return
      toldTrouble = true
      log.warn('the hub cannot be reached yet', { reason: text })
    },
    refused(text) {
      if (text === toldRefusal) return
      toldRefusal = text
      log.error('the hub does not let this adapter in', { reason: text })
    },
  }
}

const channels = ['task', 'config', 'error', 'ack'] as const

export interface SessionParts {
  readonly branch: string
  readonly device: string
  readonly boot: string
  /** Whose topics are read; asked again at each connection. */
  readonly devices: () => readonly string[]
  /** Whether it has a certificate, which the hub renews on the line. */
  readonly certified: boolean
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onMessage: (topic: Topic, payload: string) => void
}

export const sessionOf = (parts: SessionParts): Session => {
  const { branch, device, boot } = parts
  return {
    clientId: clientId(branch, device),
    will: {
      topic: topics.presence(branch, device),
      payload: JSON.stringify({ status: 'lost', boot }),
      qos: 1,
      retain: true,
    },
    get subscriptions() {
      const own = parts.devices().flatMap((id) => channels.map((channel) => topics[channel](branch, id)))
      const credential = parts.certified ? [topics.credential(branch, device)] : []
      return [...own, topics.hub(branch), ...credential]
    },
    onUp: parts.onUp,
    onDown: parts.onDown,
    onMessage(topic, payload) {
      const parsed = parseTopic(topic)
      if (parsed !== undefined) parts.onMessage(parsed, payload)
    },
  }
}
