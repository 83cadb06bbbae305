/** Connects what aedes tells about its clients with what the hub wants to know. */
import type { EventEmitter } from 'node:events'
import type { Aedes, Client, Subscription } from 'aedes'
import { parseTopic } from '#protocol/topics.ts'
import type { EmbeddedBrokerParts } from './broker-parts.ts'
import type { Connections, Session } from './connections.ts'
import type { BrokerEvents, BrokerPort } from './port.ts'

export interface FollowParts {
  readonly aedes: Aedes
  readonly connections: Connections
  readonly parts: EmbeddedBrokerParts
  readonly events: BrokerEvents
  readonly publish: BrokerPort['publish']
}

const registered = (aedes: Aedes, id: string): Client | undefined =>
  (aedes as unknown as { clients: Record<string, Client> }).clients[id]

/** 128 in place of the granted QoS: refused [MQTT-3.9.3-2]. */
const isGranted = ({ qos }: Subscription): boolean => (qos as number) !== 128

/** @returns what to call when a socket has closed. */
export const followClients = (following: FollowParts): ((client: Client) => void) => {
  const { aedes, connections, parts, events, publish } = following
  const arrived = (session: Session, device: string) => {
    if (connections.speak(session, device) && session.identity?.standing !== 'enrolling')
      events.onConnected(device)
  }
  const forget = (client: Client) => {
    const session = connections.of(client)
    if (session === undefined) return
    const orderly = session.wire.guard.goodbye && session.ended === undefined
    const silent = connections.remove(session)
    if (session.identity === undefined || session.identity.standing === 'enrolling') return
    parts.log.info({ device: session.identity.device, orderly, code: session.ended }, 'device disconnected')
    for (const device of silent) events.onDisconnected(device, orderly)
  }
  const sendCredential = (topic: string, device: string) => {
    const credential = parts.credentialFor(device)
    if (credential !== undefined) void publish(topic, credential, { qos: 1, retain: false })
  }
  aedes.on('client', (client) => {
    const session = connections.of(client)
    if (session?.identity === undefined) return
    parts.log.info({ device: session.identity.device, address: session.wire.address }, 'device connected')
    arrived(session, session.identity.device)
  })
  aedes.on('clientDisconnect', forget)
  aedes.on('unsubscribe', (filters: string[], client: Client) => {
    for (const filter of filters) connections.of(client)?.filters.delete(filter)
  })
  aedes.on('subscribe', (filters: Subscription[], client: Client) => {
    const session = connections.of(client)
    if (session === undefined) return
    for (const { topic } of filters.filter(isGranted)) {
      const parsed = parseTopic(topic)
      if (parsed?.channel === 'task') {
        arrived(session, parsed.device)
        events.onListening(parsed.device)
      } else if (parsed?.channel === 'credential') {
        sendCredential(topic, parsed.device)
      }
    }
  })
  const emitter: EventEmitter = aedes
  emitter.on('error', (error: Error) => parts.onFault(error))
  // A connection that never got as far as signing in has no `clientDisconnect`.
  return (client) => {
    if (registered(aedes, client.id) !== client) forget(client)
  }
}
