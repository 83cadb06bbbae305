/** One run of the broker, from the first listener to the last connection. */
import type { Duplex } from 'node:stream'
import { Aedes, type PublishPacket } from 'aedes'
import { type ErrorCode, errors } from '#protocol/errors.ts'
import type { ErrorMessage, HubPresence } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { EmbeddedBrokerParts } from './broker-parts.ts'
import type { Connections, Session } from './connections.ts'
import { followClients } from './follow.ts'
import { createHooks, type HookParts, type Hooks } from './hooks.ts'
import type { BrokerLimits } from './limits.ts'
import { type OpenDoors, openDoors, type Wire } from './listeners.ts'
import type { BrokerEvents, BrokerPort } from './port.ts'
import { capStore, keepRetained } from './session-store.ts'
import { startSweep } from './sweep.ts'

type Publish = BrokerPort['publish']

/**
 * What is retained is kept and published in two steps: aedes would keep it first and number it before, what is published
 * next would overtake it, and a client to which a higher number went gets no lower one (aedes, lib/client.js, `dedupe`).
 */
const publishWith =
  (aedes: Aedes): Publish =>
  async (topic, payload, { qos, retain }) => {
    const packet: PublishPacket = {
      cmd: 'publish',
      topic,
      payload: Buffer.from(payload),
      qos,
      retain: false,
      dup: false,
    }
    const kept = retain ? keepRetained(aedes, { ...packet, retain }) : undefined
    const published = new Promise<void>((resolve, reject) => {
      aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
    })
    await Promise.all([kept, published])
  }

export interface Running {
  readonly publish: Publish
  /** Lets devices in. */
  open(): Promise<OpenDoors>
  close(): Promise<void>
}

const closeAedes = (aedes: Aedes) => new Promise<void>((resolve) => aedes.close(resolve))

export const hubPresence = (status: HubPresence['status'], epoch: number): string =>
  JSON.stringify({ status, epoch } satisfies HubPresence)

const openAedes = (hooks: Hooks, limits: BrokerLimits) =>
  Aedes.createBroker({
    ...hooks,
    // Never an `id` of our own: aedes would count from 0 again and overwrite what waits under the same numbers.
    concurrency: limits.deliveriesMax,
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
    maxInflightInbound: limits.inboundQos2Max,
    maxTopicLevels: limits.topicLevelsMax,
  })

const endWith =
  ({ metrics, log }: EmbeddedBrokerParts) =>
  (session: Session, code: ErrorCode) => {
    if (session.ended !== undefined) return
    session.ended = code
    const device = session.identity?.device ?? null
    metrics.count(code, device)
    log.warn({ device, code }, 'closed a connection')
    session.commits.abort(new Error(code))
    session.client.close()
  }

export const startRunning = async (
  parts: EmbeddedBrokerParts,
  events: BrokerEvents,
  connections: Connections,
): Promise<Running> => {
  const { branch, limits, metrics } = parts
  const wires = new WeakMap<object, Wire>()
  const end = endWith(parts)
  let publish: Publish = () => Promise.resolve()
  const answer = (device: string, code: ErrorCode, topic: string) => {
    const message: ErrorMessage = { code, text: errors[code].summary, topic }
    return publish(topics.error(branch, device), JSON.stringify(message), { qos: 0, retain: false })
  }
  const wireOf: HookParts['wireOf'] = (client) => wires.get(client.conn)
  const aedes = await openAedes(createHooks({ ...parts, connections, events, wireOf, answer, end }), limits)
  publish = publishWith(aedes)
  const onCapped = () => metrics.count('store.capped', null)
  capStore(aedes, { retainedMax: limits.retainedMax, offlineQueueMax: limits.offlineQueueMax, onCapped })
  const onSocketClosed = followClients({ aedes, connections, parts, events, publish })
  await publish(topics.hub(branch), hubPresence('online', parts.epoch()), { qos: 1, retain: true })
  const onConnection = (stream: Duplex, wire: Wire) => {
    wires.set(stream, wire)
    const client = aedes.handle(stream)
    stream.once('close', () => onSocketClosed(client))
  }
  let doors: OpenDoors | undefined
  let stopSweep = () => undefined as void
  return {
    publish,
    open: async () => {
      doors = await openDoors(parts.doors, { ...parts, onConnection })
      stopSweep = startSweep({ ...parts, connections, end })
      return doors
    },
    close: async () => {
      stopSweep()
      await closeAedes(aedes)
      await doors?.close()
    },
  }
}
