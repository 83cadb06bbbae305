/** Puts the embedded broker together: authority, identity, rules, enrolment, and the way of a message into the journal. */
import { randomBytes } from 'node:crypto'
import { topics } from '#protocol/topics.ts'
import type { Input, RegistryChange } from '../engine/entry.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { BranchState } from '../engine/state.ts'
import { type Authority, openAuthority } from './authority.ts'
import { type Challenges, createChallenges } from './challenges.ts'
import type { DeviceDirectory } from './directory.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from './embedded.ts'
import { createEnrolment, type Enrolment } from './enrolment.ts'
import { createSignIn, type LoopbackTrust } from './identity.ts'
import { createIngress } from './ingress.ts'
import type { BrokerLimits } from './limits.ts'
import type { Door, DoorSettings } from './listeners.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import type { Arrival } from './port.ts'
import { tallyRefusals } from './refusal-tally.ts'
import { createDeviceRules } from './session-rules.ts'

type NamedTlsDoor = Door & {
  readonly names: readonly string[]
  readonly minimum: 'TLSv1.2' | 'TLSv1.3'
}

export interface OpenBrokerParts {
  readonly branch: string
  readonly directory: string
  readonly epoch: number
  /** Committed rows; read only. */
  readonly state: Pick<BranchState, 'registry' | 'devices'>
  readonly submit: (input: Input) => Promise<unknown>
  readonly loopback: (Door & { readonly trust: LoopbackTrust }) | undefined
  readonly tls: NamedTlsDoor | undefined
  readonly webSocket?:
    | {
        readonly origins: readonly string[]
        /** Whether this is the origin of pages that the hub serves itself. */
        readonly isOwn: (origin: string) => boolean
        readonly loopback: (Door & { readonly trust: LoopbackTrust }) | undefined
        readonly tls: NamedTlsDoor | undefined
      }
    | undefined
  readonly limits: BrokerLimits
  /** Programs under the hub's own care; absent where there are none. */
  readonly isCompanion?: (device: string, secret: string) => boolean
  /** What is streamed, for whoever watches. */
  readonly onStream?: (device: string, name: string, data: Record<string, unknown>) => void
  readonly clock: Clock
  readonly nowMs: () => number
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  readonly onFault: (error: Error) => void
}

export interface OpenBroker {
  readonly broker: EmbeddedBroker
  readonly enrolment: Enrolment
  readonly arrive: (arrival: Arrival) => Promise<void>
}

const directoryOf = ({ state, submit }: OpenBrokerParts): DeviceDirectory => ({
  find: (device) => state.registry.get(device),
  declared: (device) => {
    const row = state.devices.get(device)
    return row === undefined ? undefined : { kind: row.kind, gateway: row.gateway }
  },
  request: async (change: RegistryChange) => void (await submit({ body: { kind: 'registry', change } })),
})

const secureDoor = (door: NamedTlsDoor | undefined, { server }: Authority) =>
  door && {
    host: door.host,
    port: door.port,
    minimum: door.minimum,
    certificate: server.certificate,
    key: server.key,
  }

const doorsOf = (
  { loopback, tls, webSocket }: OpenBrokerParts,
  authority: Authority,
  challenges: Challenges,
): DoorSettings => {
  const secure = secureDoor(tls, authority)
  return {
    plaintext: loopback,
    tls: secure && { ...secure, authority: authority.certificate },
    webSocket: webSocket && {
      isAdmitted: (origin) => webSocket.origins.includes(origin) || webSocket.isOwn(origin),
      challenges,
      plaintext: webSocket.loopback,
      tls: secureDoor(webSocket.tls, authority),
    },
  }
}

const openPki = ({ directory, branch, tls, webSocket, clock, limits }: OpenBrokerParts) =>
  openAuthority({
    directory,
    branch,
    hosts: [...(tls?.names ?? []), ...(webSocket?.tls?.names ?? [])],
    certificateDays: limits.certificateDays,
    wallMs: () => clock.wallMs(),
  })

export const openBroker = async (parts: OpenBrokerParts): Promise<OpenBroker> => {
  const { branch, limits, clock, nowMs, log } = parts
  const metrics = tallyRefusals(parts)
  const authority = await openPki(parts)
  const directory = directoryOf(parts)
  const shared = { branch, directory, nowMs }
  const challenges = createChallenges({
    monotonicMs: () => clock.monotonicMs(),
    random: randomBytes,
    lifeMs: limits.challengeLifeMs,
  })
  const signIn = createSignIn({
    ...shared,
    loopbackTrust: parts.loopback?.trust ?? 'claimed',
    webSocketTrust: parts.webSocket?.loopback?.trust ?? 'claimed',
    spendChallenge: (...given) => challenges.spend(...given),
    claimFailuresPerMinute: limits.claimFailuresPerMinute,
    monotonicMs: () => clock.monotonicMs(),
    isToken: (token, id, fingerprint) => authority.isToken(token, id, fingerprint),
    ...(parts.isCompanion !== undefined && { isCompanion: parts.isCompanion }),
  })
  // The broker asks the enrolment for credentials, and the enrolment hands them out through the broker.
  let enrolment: Enrolment | undefined
  const broker = createEmbeddedBroker({
    branch,
    epoch: () => parts.epoch,
    clock,
    nowMs,
    limits,
    doors: doorsOf(parts, authority, challenges),
    rules: createDeviceRules({ branch, directory, limits }),
    signIn,
    credentialFor: (device) => enrolment?.credentialFor(device),
    metrics,
    log,
    onFault: parts.onFault,
  })
  const made = createEnrolment({
    ...shared,
    authority,
    random: randomBytes,
    claimLifeMs: limits.claimLifeMs,
    announce: (device, credential) => announce(broker, { branch, device, credential }),
    disconnect: (device, reason) => broker.disconnect(device, reason),
  })
  enrolment = made
  const arrive = createIngress({
    branch,
    clock,
    limits,
    metrics,
    broker,
    submit: parts.submit,
    enrol: (...presented) => made.present(...presented),
    ...(parts.onStream !== undefined && { onStream: parts.onStream }),
    heartbeatMs: (device) => parts.state.devices.get(device)?.manifest?.heartbeatMs ?? null,
  })
  return { broker, enrolment: made, arrive }
}

const announce = (
  broker: EmbeddedBroker,
  { branch, device, credential }: { branch: string; device: string; credential: string },
) => broker.publish(topics.credential(branch, device), credential, { qos: 1, retain: false })
