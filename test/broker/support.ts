/** A broker on an ephemeral port, a registry in memory, and clients: what every broker test starts from. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { EmbeddedBrokerParts } from '#hub/broker/broker-parts.ts'
import type { DeclaredDevice, DeviceDirectory } from '#hub/broker/directory.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from '#hub/broker/embedded.ts'
import { createSignIn } from '#hub/broker/identity.ts'
import { type BrokerLimits, brokerLimits } from '#hub/broker/limits.ts'
import type { Arrival, BrokerEvents } from '#hub/broker/port.ts'
import { createDeviceRules } from '#hub/broker/session-rules.ts'
import type { RegistryChange } from '#hub/engine/entry.ts'
import { type Clock, systemClock } from '#hub/engine/hub-time.ts'
import type { RegistryRow } from '#hub/engine/state.ts'

export const branch = 'b1'
const empty: Omit<RegistryRow, 'device'> = {
  status: 'invited',
  claimHash: null,
  claimUntil: null,
  csr: null,
  fingerprint: null,
  certificate: null,
  validUntil: null,
  at: 0,
  by: null,
}

/** Applies registry changes as the branch does. */
export const createRegistry = (declared: Record<string, DeclaredDevice>) => {
  const rows = new Map<string, RegistryRow>()
  const apply = (change: RegistryChange) => {
    const { device } = change
    const row = rows.get(device) ?? { device, ...empty }
    switch (change.change) {
      case 'invited':
        rows.set(device, {
          ...row,
          status: 'invited',
          claimHash: change.claimHash,
          claimUntil: change.claimUntil,
        })
        break
      case 'requested':
        rows.set(device, {
          ...row,
          status: 'requested',
          claimHash: null,
          csr: change.csr,
          fingerprint: change.fingerprint,
        })
        break
      case 'approved':
        rows.set(device, { ...row, ...change, status: 'approved' })
        break
      case 'revoked':
        rows.set(device, { ...row, status: 'revoked' })
        break
      case 'claim-spent':
        rows.set(device, { ...row, claimHash: null })
        break
    }
  }
  const directory: DeviceDirectory = {
    find: (device) => rows.get(device),
    declared: (device) => declared[device],
    request: (change) => Promise.resolve(apply(change)),
  }
  return { directory, rows, apply }
}

export const devices: Record<string, DeclaredDevice> = {
  cam1: { kind: 'camera' },
  cam2: { kind: 'camera' },
  robot1: { kind: 'robot' },
  gate1: { kind: 'gateway' },
  door1: { kind: 'door', gateway: 'gate1' },
}

/** Collects what happens and lets a test wait for it. */
export const createRecorder = <T>() => {
  const seen: T[] = []
  const waiting: { until: (seen: readonly T[]) => boolean; resolve: () => void }[] = []
  return {
    seen,
    push: (one: T) => {
      seen.push(one)
      for (const wait of waiting) if (wait.until(seen)) wait.resolve()
    },
    until: (until: (seen: readonly T[]) => boolean): Promise<void> =>
      new Promise((resolve) => {
        if (until(seen)) resolve()
        else waiting.push({ until, resolve })
      }),
  }
}

export interface TestBrokerOptions {
  readonly limits?: Partial<BrokerLimits>
  readonly onArrival?: (arrival: Arrival) => Promise<void>
  readonly parts?: Partial<EmbeddedBrokerParts>
  readonly registry?: ReturnType<typeof createRegistry>
  readonly clock?: Clock
  readonly events?: Partial<BrokerEvents>
}

export const startBroker = async (options: TestBrokerOptions = {}) => {
  const clock = options.clock ?? systemClock()
  const limits = brokerLimits(options.limits)
  const registry = options.registry ?? createRegistry(devices)
  const counts = new Map<string, number>()
  const events = createRecorder<string>()
  const arrivals = createRecorder<Arrival>()
  const { directory } = registry
  const broker = createEmbeddedBroker({
    branch,
    epoch: () => 1,
    clock,
    nowMs: () => clock.wallMs(),
    limits,
    doors: { plaintext: { host: '127.0.0.1', port: 0 } },
    rules: createDeviceRules({ branch, directory, limits }),
    signIn: createSignIn({
      branch,
      directory,
      loopbackTrust: 'declared',
      claimFailuresPerMinute: limits.claimFailuresPerMinute,
      nowMs: () => clock.wallMs(),
      monotonicMs: () => clock.monotonicMs(),
      isToken: () => false,
    }),
    credentialFor: () => undefined,
    metrics: { count: (code) => void counts.set(code, (counts.get(code) ?? 0) + 1) },
    log: { info: () => undefined, warn: () => undefined },
    onFault: (error) => {
      throw error
    },
    ...options.parts,
  })
  await broker.start({
    onArrival: (arrival) => {
      arrivals.push(arrival)
      return options.onArrival?.(arrival) ?? Promise.resolve()
    },
    onConnected: (device) => events.push(`connected ${device}`),
    onDisconnected: (device, orderly) =>
      events.push(`disconnected ${device} ${orderly ? 'orderly' : 'lost'}`),
    onListening: (device) => events.push(`listening ${device}`),
    ...options.events,
  })
  started.push(broker)
  const port = broker.ports().plaintext ?? 0
  return { broker, port, counts, events, arrivals, registry, limits }
}

const open: MqttClient[] = []
const started: EmbeddedBroker[] = []

/** A client that is not connected yet, and does not come back by itself. */
export const client = (port: number, device: string, options: IClientOptions = {}): MqttClient => {
  const made = mqtt.connect({
    host: '127.0.0.1',
    port,
    protocol: 'mqtt',
    clientId: `${branch}/${device}`,
    reconnectPeriod: 0,
    keepalive: 60,
    ...options,
  })
  made.on('error', () => undefined)
  open.push(made)
  return made
}

export const connected = async (
  port: number,
  device: string,
  options: IClientOptions = {},
): Promise<MqttClient> => {
  const made = client(port, device, options)
  const closed = new Promise<never>((_resolve, reject) => {
    made.once('close', () => reject(new Error('closed before connected')))
    made.once('error', reject)
  })
  await Promise.race([new Promise<void>((resolve) => made.once('connect', () => resolve())), closed])
  return made
}

export const closed = (of: MqttClient): Promise<void> =>
  of.stream.destroyed ? Promise.resolve() : new Promise((resolve) => of.once('close', () => resolve()))

/** @returns the CONNACK code a connection is refused with. */
export const refusedWith = (of: MqttClient): Promise<number> =>
  new Promise((resolve, reject) => {
    of.once('connect', () => reject(new Error('was let in')))
    of.on('packetreceive', (packet) => {
      if (packet.cmd === 'connack') resolve(packet.returnCode ?? -1)
    })
    of.once('close', () => resolve(-1))
  })

/** Ends every client and broker of the test. */
export const endAll = async (): Promise<void> => {
  for (const one of open.splice(0)) one.end(true)
  for (const broker of started.splice(0)) await broker.stop()
}

export const event = (device: string, name: string) => `usher/v1/${branch}/${device}/event/${name}`
