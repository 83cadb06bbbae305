/**
 * What aedes asks before it lets a packet through. The commit happens inside `authorizePublish`, because that is what
 * runs before the PUBACK: an acknowledged message is on disk.
 */
import type { AedesOptions, AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import { createCommitQueue } from './commit-queue.ts'
import type { Connections, Session } from './connections.ts'
import type { BrokerLimits } from './limits.ts'
import type { Wire } from './listeners.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import type { BrokerEvents } from './port.ts'
import { createMinuteCount } from './rates.ts'
import type { BrokerRules, ConnectRequest, Identity } from './rules.ts'
import { connackCode, type SignIn } from './sign-in.ts'

export interface HookParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  readonly rules: BrokerRules
  readonly signIn: SignIn
  readonly connections: Connections
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  readonly events: BrokerEvents
  wireOf(client: Client): Wire | undefined
  /** Tells the device on its error topic; resolves when handed to its connection. */
  answer(device: string, code: ErrorCode, topic: string): Promise<void>
  end(session: Session, code: ErrorCode): void
}

export type Hooks = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>

const requestOf = (packet: ConnectPacket): ConnectRequest => ({
  clientId: packet.clientId,
  username: packet.username,
  clean: packet.clean === true,
  keepAliveSeconds: packet.keepalive ?? 0,
  will:
    packet.will === undefined
      ? undefined
      : { topic: packet.will.topic, qos: packet.will.qos ?? 0, retain: packet.will.retain === true },
})

const refusal = (code: ErrorCode): AuthenticateError =>
  Object.assign(new Error(code), { returnCode: connackCode(code) })

/** Answers `connect.busy` when the answer takes longer than the limit. */
const inTime = (parts: HookParts, answer: Promise<Identity | ErrorCode>): Promise<Identity | ErrorCode> =>
  new Promise((resolve) => {
    const stop = parts.clock.after(parts.limits.hookTimeoutMs, () => resolve('connect.busy'))
    answer.then(
      (known) => {
        stop()
        resolve(known)
      },
      (error: unknown) => {
        stop()
        parts.log.warn({ error: String(error) }, 'sign-in failed')
        resolve('connect.busy')
      },
    )
  })

const preConnect =
  (parts: HookParts): Hooks['preConnect'] =>
  (client, packet, callback) => {
    const wire = parts.wireOf(client)
    if (wire === undefined) return callback(new Error('packet.malformed'), false)
    const request = requestOf(packet)
    parts.connections.add({
      client,
      wire,
      request,
      commits: createCommitQueue(() => parts.clock.monotonicMs()),
      filters: new Set(),
      speaksFor: new Set(),
      identity: undefined,
      refused: parts.rules.session(request),
      ended: undefined,
    })
    callback(null, true)
  }

const authenticate = (parts: HookParts): Hooks['authenticate'] => {
  const takeovers = createMinuteCount(() => parts.clock.monotonicMs())
  const identify = async (session: Session, password: Buffer | undefined) => {
    const { request, wire } = session
    if (session.refused !== undefined) return session.refused
    const { clientId, username } = request
    const { listener, address } = wire
    const known = await parts.signIn({
      listener,
      address,
      clientId,
      username,
      password,
      certificate: wire.certificate(),
    })
    if (typeof known === 'string') return known
    const will = request.will === undefined ? undefined : parts.rules.will(known, request.will)
    if (will !== undefined) return will
    if (parts.connections.speaker(known.device) !== undefined) takeovers.add(known.device)
    return takeovers.of(known.device) > parts.limits.takeoversPerMinute ? 'connect.too-many' : known
  }
  const decide = async (session: Session, password: Buffer | undefined): Promise<ErrorCode | undefined> => {
    const known = await inTime(parts, identify(session, password))
    if (typeof known === 'string') {
      const { clientId } = session.request
      parts.metrics.count(known, null)
      parts.log.warn({ clientId, address: session.wire.address, code: known }, 'refused a connection')
      return known
    }
    const { packetsPerSecond, gatewayPacketsPerSecond } = parts.limits
    session.identity = known
    const rate = known.standing === 'gateway' ? gatewayPacketsPerSecond : packetsPerSecond
    session.wire.guard.signedIn(rate, () => parts.metrics.count('packet.slowed', known.device))
    return undefined
  }
  return (client, ...rest) => {
    const [, password, done] = rest
    const answer = async () => {
      const session = parts.connections.of(client)
      const refused = session === undefined ? 'connect.busy' : await decide(session, password)
      if (refused === undefined) done(null, true)
      else done(refusal(refused), null)
    }
    void answer()
  }
}

/** The message goes on to `onArrival`; a message that may not be kept loses its retain flag on the way. */
const arrive = (parts: HookParts, session: Session, packet: PublishPacket): Promise<void> => {
  const identity = session.identity
  if (identity === undefined) return Promise.reject(new Error('connect.not-approved'))
  const verdict = parts.rules.publish(identity, packet)
  const { topic, qos, retain } = packet
  if ('refused' in verdict) {
    const { code, close } = verdict.refused
    packet.retain = false
    parts.log.warn({ device: identity.device, topic, code }, 'refused a message')
    const answered = parts.answer(identity.device, code, topic)
    if (close) return answered.then(() => Promise.reject(new UsherError(code)))
    parts.metrics.count(code, identity.device)
    return answered
  }
  const { device, mayRetain } = verdict
  packet.retain = retain && mayRetain
  const isNew = parts.connections.speak(session, device)
  if (isNew && identity.standing !== 'enrolling') parts.events.onConnected(device)
  const payload = Buffer.from(packet.payload)
  const { claimHash } = identity
  return parts.events.onArrival({
    device,
    topic,
    payload,
    qos,
    retain,
    ...(claimHash !== undefined && { claimHash }),
  })
}

const authorizePublish =
  (parts: HookParts): Hooks['authorizePublish'] =>
  (client, packet, callback) => {
    const session = client === null ? undefined : parts.connections.of(client)
    if (session === undefined) return callback(new Error('connect.not-approved'))
    session.commits.add(arrive(parts, session, packet), (error) => {
      if (error === undefined) return callback(null)
      parts.end(session, error instanceof UsherError ? error.code : 'connect.not-committed')
      return callback(error)
    })
  }

const authorizeSubscribe =
  (parts: HookParts): Hooks['authorizeSubscribe'] =>
  (client, subscription, callback) => {
    const session = parts.connections.of(client)
    const identity = session?.identity
    if (session === undefined || identity === undefined) return callback(new Error('connect.not-approved'))
    const { limits, rules } = parts
    const { topic } = subscription
    const filtersMax = identity.standing === 'gateway' ? limits.gatewayFiltersMax : limits.filtersMax
    const full = session.filters.size >= filtersMax && !session.filters.has(topic)
    const refused = full ? ('connect.too-many' as const) : rules.subscribe(identity, topic)
    if (refused === undefined) {
      session.filters.add(topic)
      return callback(null, subscription)
    }
    parts.metrics.count(refused, identity.device)
    parts.log.warn({ device: identity.device, topic, code: refused }, 'refused a subscription')
    void parts.answer(identity.device, refused, topic)
    return callback(null, null)
  }

/** A device that does not read is closed before it slows down the others. */
const authorizeForward =
  (parts: HookParts): Hooks['authorizeForward'] =>
  (client, packet) => {
    if (client.conn.writableLength <= parts.limits.unreadBytesMax) return packet
    const session = parts.connections.of(client)
    if (session !== undefined) parts.end(session, 'connect.slow')
    return null
  }

export const createHooks = (parts: HookParts): Hooks => ({
  preConnect: preConnect(parts),
  authenticate: authenticate(parts),
  authorizePublish: authorizePublish(parts),
  authorizeSubscribe: authorizeSubscribe(parts),
  authorizeForward: authorizeForward(parts),
})
