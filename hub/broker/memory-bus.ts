/**
 * A broker without a network, for simulations and tests: the same port, and a function that decides the fate of every
 * message (lost, doubled, late, out of order, the line cut). It has no clock of its own, so a run repeats exactly.
 */
import type { Clock } from '../engine/hub-time.ts'
import { type CommitQueue, createCommitQueue } from './commit-queue.ts'
import type { Arrival, BrokerEvents, BrokerPort } from './port.ts'

export interface BusMessage {
  readonly direction: 'to-hub' | 'to-device'
  readonly device: string
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
}

export interface Fate {
  /** One entry for each copy that arrives, after this many ms; empty: lost. Later copies of others overtake late ones. */
  readonly copiesAfterMs: readonly number[]
  /** The line is cut, before the message is sent or right after. */
  readonly cut?: 'before' | 'after'
}

export type DecideFate = (message: BusMessage) => Fate

export interface BusDevice {
  onMessage(topic: string, payload: string): void
  /** The line is gone: cut, thrown out by the hub, or the hub stopped. */
  onLost(): void
  readonly will?: { readonly topic: string; readonly payload: string }
}

export interface BusLink {
  /** Resolves on the acknowledgement (QoS 1) or when sent (QoS 0); rejects when the line goes before that. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  subscribe(topic: string): void
  /** Says goodbye. */
  disconnect(): void
  readonly isOpen: boolean
}

export interface MemoryBus extends BrokerPort {
  /** A second connection of a device takes over from the first. @throws Error while the hub is stopped. */
  connect(device: string, end: BusDevice): BusLink
}

export interface MemoryBusParts {
  readonly clock: Pick<Clock, 'after' | 'monotonicMs'>
  readonly fate: DecideFate
}

/** Everything arrives, once, at once. */
export const faithful: DecideFate = () => ({ copiesAfterMs: [0] })

interface Line {
  readonly device: string
  readonly end: BusDevice
  readonly topics: Set<string>
  readonly commits: CommitQueue
  /** Called when the line goes, for those who wait for an acknowledgement. */
  readonly waiting: Set<() => void>
  isOpen: boolean
}

interface Hall {
  readonly parts: MemoryBusParts
  readonly lines: Map<string, Line>
  /** Topic → who reads it: most have one reader, and a day has many messages. */
  readonly readers: Map<string, Set<Line>>
  readonly retained: Map<string, string>
  events: BrokerEvents | undefined
}

const lost = () => new Error('The line is gone.')

const close = (hall: Hall, line: Line, how: 'orderly' | 'lost') => {
  if (!line.isOpen) return
  line.isOpen = false
  if (hall.lines.get(line.device) === line) hall.lines.delete(line.device)
  for (const topic of line.topics) hall.readers.get(topic)?.delete(line)
  line.commits.abort(lost())
  for (const giveUp of line.waiting) giveUp()
  const { will } = line.end
  const { events } = hall
  if (how === 'lost') line.end.onLost()
  if (events === undefined) return
  if (how === 'lost' && will !== undefined)
    events.onArrival(arrivalOf(line.device, { ...will, qos: 1, retain: true })).catch(() => undefined)
  events.onDisconnected(line.device, how === 'orderly')
}

interface Outgoing {
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
  readonly retain: boolean
}

const arrivalOf = (device: string, { topic, payload, qos, retain }: Outgoing): Arrival => ({
  device,
  topic,
  payload: Buffer.from(payload),
  qos,
  retain,
})

interface Between {
  readonly hall: Hall
  readonly line: Line
}

/** Carries one message as the fate says. */
const carry = ({ hall, line }: Between, message: BusMessage, deliver: () => void) => {
  const { copiesAfterMs, cut } = hall.parts.fate(message)
  if (cut === 'before') return close(hall, line, 'lost')
  for (const delayMs of copiesAfterMs) {
    if (delayMs === 0) queueMicrotask(deliver)
    else hall.parts.clock.after(delayMs, deliver)
  }
  if (cut === 'after') queueMicrotask(() => close(hall, line, 'lost'))
}

const sendToHub = (hall: Hall, line: Line, outgoing: Outgoing): Promise<void> => {
  const { device } = line
  if (!line.isOpen) return Promise.reject(lost())
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(lost())
    if (outgoing.qos === 1) line.waiting.add(giveUp)
    const deliver = () => {
      // What is in the air when a line is cut can still arrive; only its acknowledgement cannot.
      const committed = hall.events?.onArrival(arrivalOf(device, outgoing)) ?? Promise.reject(lost())
      line.commits.add(committed, (error) => {
        if (error !== undefined) return close(hall, line, 'lost')
        line.waiting.delete(giveUp)
        resolve()
      })
    }
    const { topic, payload, qos } = outgoing
    carry({ hall, line }, { direction: 'to-hub', device, topic, payload, qos }, deliver)
    if (qos === 0) resolve()
  })
}

const sendToDevice = (hall: Hall, line: Line, { topic, payload, qos }: Omit<Outgoing, 'retain'>) => {
  carry({ hall, line }, { direction: 'to-device', device: line.device, topic, payload, qos }, () => {
    if (line.isOpen) line.end.onMessage(topic, payload)
  })
}

const subscribe = (hall: Hall, line: Line, topic: string) => {
  if (!line.isOpen) return
  line.topics.add(topic)
  hall.readers.set(topic, (hall.readers.get(topic) ?? new Set()).add(line))
  const kept = hall.retained.get(topic)
  if (kept !== undefined) sendToDevice(hall, line, { topic, payload: kept, qos: 1 })
  if (topic.endsWith(`/${line.device}/task`)) hall.events?.onListening(line.device)
}

export const createMemoryBus = (parts: MemoryBusParts): MemoryBus => {
  const hall: Hall = { parts, lines: new Map(), readers: new Map(), retained: new Map(), events: undefined }
  return {
    start: (events) => {
      hall.events = events
      return Promise.resolve()
    },
    publish: (topic, payload, { qos, retain }) => {
      if (retain && payload === '') hall.retained.delete(topic)
      else if (retain) hall.retained.set(topic, payload)
      for (const line of hall.readers.get(topic) ?? []) sendToDevice(hall, line, { topic, payload, qos })
      return Promise.resolve()
    },
    isConnected: (device) => hall.lines.has(device),
    disconnect: (device) => {
      const line = hall.lines.get(device)
      if (line !== undefined) close(hall, line, 'lost')
    },
    stop: () => {
      // As with the real broker: connections that end because the hub stops are no news about devices.
      hall.events = undefined
      for (const line of hall.lines.values()) close(hall, line, 'lost')
      return Promise.resolve()
    },
    connect: (device, end) => {
      const { events } = hall
      if (events === undefined) throw lost()
      const before = hall.lines.get(device)
      if (before !== undefined) close(hall, before, 'lost')
      const commits = createCommitQueue(() => parts.clock.monotonicMs())
      const line: Line = { device, end, topics: new Set(), commits, waiting: new Set(), isOpen: true }
      hall.lines.set(device, line)
      events.onConnected(device)
      return {
        publish: (topic, payload, options) => sendToHub(hall, line, { topic, payload, ...options }),
        subscribe: (topic) => subscribe(hall, line, topic),
        disconnect: () => close(hall, line, 'orderly'),
        get isOpen() {
          return line.isOpen
        },
      }
    },
  }
}
