/**
 * The broker inside the hub: aedes behind the broker port. MQTT is transport only; every promise is kept by the hub's
 * own store. A PUBACK means committed.
 */
import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Aedes, type Client, type PublishPacket, type Subscription } from 'aedes'
import { type ErrorCode, errors, UsherError } from '#protocol/errors.ts'
import type { ErrorMessage, HubPresence } from '#protocol/messages.ts'
import { parseTopic, topics } from '#protocol/topics.ts'
import type { Clock } from '../engine/hub-time.ts'
import { type Connections, createConnections, type Session } from './connections.ts'
import { createHooks } from './hooks.ts'
import type { BrokerLimits } from './limits.ts'
import { type DoorSettings, type OpenDoors, openDoors, type Wire } from './listeners.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import type { BrokerEvents, BrokerPort } from './port.ts'
import type { BrokerRules } from './rules.ts'
import { capStore } from './session-store.ts'
import type { SignIn } from './sign-in.ts'
import { startSweep } from './sweep.ts'

export interface EmbeddedBrokerParts {
  readonly branch: string
  readonly epoch: () => number
  readonly clock: Clock
  /** Hub time. */
  readonly nowMs: () => number
  readonly limits: BrokerLimits
  readonly doors: DoorSettings
  readonly rules: BrokerRules
  readonly signIn: SignIn
  /** JSON of the credential that waits for this device, sent when it listens for it. */
  readonly credentialFor: (device: string) => string | undefined
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  /** The broker itself failed: the process should say so and end. */
  readonly onFault: (error: Error) => void
}

export interface EmbeddedBroker extends BrokerPort {
  ports(): { readonly plaintext: number | undefined; readonly tls: number | undefined }
}

type Publish = BrokerPort['publish']

const publishWith =
  (aedes: Aedes): Publish =>
  (topic, payload, { qos, retain }) =>
    new Promise((resolve, reject) => {
      const packet: PublishPacket = {
        cmd: 'publish',
        topic,
        payload: Buffer.from(payload),
        qos,
        retain,
        dup: false,
      }
      aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
    })

interface Running {
  readonly aedes: Aedes
  readonly doors: OpenDoors
  readonly publish: Publish
  readonly stopSweep: () => void
}

const closeAedes = (aedes: Aedes) => new Promise<void>((resolve) => aedes.close(resolve))

/** Once the hub stops, connections end because of us: their wills and ends are no news about devices. */
const untilStopped = (events: BrokerEvents, isStopping: () => boolean): BrokerEvents => ({
  onArrival: (arrival) =>
    isStopping() ? Promise.reject(new UsherError('hub.stopping')) : events.onArrival(arrival),
  onConnected: (device) => isStopping() || events.onConnected(device),
  onDisconnected: (device, orderly) => isStopping() || events.onDisconnected(device, orderly),
  onListening: (device) => isStopping() || events.onListening(device),
})

const presence = (status: HubPresence['status'], epoch: number): string =>
  JSON.stringify({ status, epoch } satisfies HubPresence)

/** Connects what aedes tells about its clients with the hub. */
const follow = (aedes: Aedes, connections: Connections, hub: FollowParts) => {
  const { parts, events, publish } = hub
  aedes.on('client', (client) => {
    const session = connections.of(client)
    const identity = session?.identity
    if (session === undefined || identity === undefined) return
    connections.speak(session, identity.device)
    parts.log.info({ device: identity.device, address: session.wire.address }, 'device connected')
    if (identity.standing !== 'enrolling') events.onConnected(identity.device)
  })
  const forget = (client: Client) => {
    const session = connections.of(client)
    if (session === undefined) return
    const orderly = session.wire.guard.goodbye && session.ended === undefined
    const silent = connections.remove(session)
    if (session.identity === undefined || session.identity.standing === 'enrolling') return
    parts.log.info({ device: session.identity.device, orderly, code: session.ended }, 'device disconnected')
    for (const device of silent) events.onDisconnected(device, orderly)
  }
  aedes.on('clientDisconnect', forget)
  aedes.on('unsubscribe', (filters: string[], client: Client) => {
    for (const filter of filters) connections.of(client)?.filters.delete(filter)
  })
  aedes.on('subscribe', (granted: Subscription[], client: Client) => {
    const session = connections.of(client)
    for (const { topic, qos } of granted) {
      const parsed = parseTopic(topic)
      // 128: refused [MQTT-3.9.3-2].
      if (session === undefined || parsed === undefined || (qos as number) === 128) continue
      if (parsed.channel === 'task') {
        if (connections.speak(session, parsed.device)) events.onConnected(parsed.device)
        events.onListening(parsed.device)
      }
      if (parsed.channel !== 'credential') continue
      const credential = parts.credentialFor(parsed.device)
      if (credential !== undefined) void publish(topic, credential, { qos: 1, retain: false })
    }
  })
  const emitter: EventEmitter = aedes
  emitter.on('error', (error: Error) => parts.onFault(error))
  return {
    /** A connection that never got as far as signing in has no `clientDisconnect`. */
    onSocketClosed: (client: Client) => {
      if (aedesClient(aedes, client.id) !== client) forget(client)
    },
  }
}

interface FollowParts {
  readonly parts: EmbeddedBrokerParts
  readonly events: BrokerEvents
  readonly publish: Publish
}

const aedesClient = (aedes: Aedes, id: string): Client | undefined =>
  (aedes as unknown as { clients: Record<string, Client> }).clients[id]

const start = async (
  parts: EmbeddedBrokerParts,
  events: BrokerEvents,
  connections: Connections,
): Promise<Running> => {
  const { branch, clock, limits, log, metrics, nowMs, rules, signIn } = parts
  const wires = new WeakMap<object, Wire>()
  const end = (session: Session, code: ErrorCode) => {
    if (session.ended !== undefined) return
    session.ended = code
    const device = session.identity?.device ?? null
    metrics.count(code, device)
    log.warn({ device, code }, 'closed a connection')
    session.commits.abort(new Error(code))
    session.client.close()
  }
  let publish: Publish = () => Promise.resolve()
  const answer = (device: string, code: ErrorCode, topic: string) => {
    const message: ErrorMessage = { code, text: errors[code].summary, topic }
    return publish(topics.error(branch, device), JSON.stringify(message), { qos: 0, retain: false })
  }
  const hooks = createHooks({
    clock,
    limits,
    rules,
    signIn,
    connections,
    metrics,
    log,
    events,
    wireOf: (client) => wires.get(client.conn),
    answer,
    end,
  })
  const aedes = await Aedes.createBroker({
    ...hooks,
    concurrency: limits.deliveriesMax,
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
    maxInflightInbound: limits.inboundQos2Max,
    maxTopicLevels: limits.topicLevelsMax,
  })
  publish = publishWith(aedes)
  capStore(aedes, {
    retainedMax: limits.retainedMax,
    offlineQueueMax: limits.offlineQueueMax,
    onCapped: () => metrics.count('store.capped', null),
  })
  const { onSocketClosed } = follow(aedes, connections, { parts, events, publish })
  await publish(topics.hub(branch), presence('online', parts.epoch()), { qos: 1, retain: true })
  const onConnection = (socket: Socket, wire: Wire) => {
    wires.set(socket, wire)
    const client = aedes.handle(socket)
    socket.once('close', () => onSocketClosed(client))
  }
  const doors = await openDoors(parts.doors, { clock, limits, metrics, log, onConnection }).catch(
    async (error: unknown) => {
      await closeAedes(aedes)
      throw error
    },
  )
  const stopSweep = startSweep({ clock, nowMs, limits, connections, end })
  return { aedes, doors, publish, stopSweep }
}

export const createEmbeddedBroker = (parts: EmbeddedBrokerParts): EmbeddedBroker => {
  const connections = createConnections()
  let running: Running | undefined
  let stopping = false
  return {
    start: async (events) => {
      stopping = false
      running = await start(
        parts,
        untilStopped(events, () => stopping),
        connections,
      )
    },
    publish: async (topic, payload, options) => {
      await running?.publish(topic, payload, options)
    },
    isConnected: (device) => connections.speaker(device) !== undefined,
    disconnect: (device, reason) => {
      const session = connections.speaker(device)
      if (session === undefined) return
      parts.log.info({ device, reason }, 'disconnecting a device')
      session.client.close()
    },
    ports: () => ({ plaintext: running?.doors.plaintextPort, tls: running?.doors.tlsPort }),
    stop: async () => {
      if (running === undefined) return
      const { aedes, doors, publish, stopSweep } = running
      running = undefined
      stopping = true
      stopSweep()
      await publish(topics.hub(parts.branch), presence('offline', parts.epoch()), { qos: 1, retain: true })
      // One turn of the loop hands what was written to the system before the sockets are destroyed.
      await new Promise((resolve) => setImmediate(resolve))
      await closeAedes(aedes)
      await doors.close()
    },
  }
}
