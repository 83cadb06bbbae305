/** A new device gets its certificate from the hub's own broker, and can be switched off while it waits. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EnrolOptions, enrol } from '#adapters/sdk/enrol.ts'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { openAuthority } from '#hub/broker/authority.ts'
import { createEmbeddedBroker } from '#hub/broker/embedded.ts'
import { createEnrolment } from '#hub/broker/enrolment.ts'
import { createSignIn } from '#hub/broker/identity.ts'
import { brokerLimits } from '#hub/broker/limits.ts'
import { createDeviceRules } from '#hub/broker/session-rules.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { EnrolRequest } from '#protocol/messages.ts'
import { parseTopic, topics } from '#protocol/topics.ts'
import { createRegistry } from '../broker/support.ts'

let folder: string
let desk: Awaited<ReturnType<typeof openDesk>>

const openDesk = async () => {
  const branch = 'demo'
  const clock = systemClock()
  const limits = brokerLimits()
  const { directory, rows, apply } = createRegistry({ 'robot-1': { kind: 'robot' } })
  const nowMs = () => clock.wallMs()
  const authority = await openAuthority({
    directory: join(folder, 'hub'),
    branch,
    hosts: [],
    certificateDays: 30,
    wallMs: nowMs,
  })
  const enrolment = createEnrolment({
    branch,
    directory,
    authority,
    nowMs,
    random: randomBytes,
    claimLifeMs: 60_000,
    announce: (device, credential) =>
      broker.publish(topics.credential(branch, device), credential, { qos: 1, retain: false }),
    disconnect: (device, reason) => broker.disconnect(device, reason),
  })
  const broker = createEmbeddedBroker({
    branch,
    epoch: () => 1,
    clock,
    nowMs,
    limits,
    doors: {
      tls: {
        host: '127.0.0.1',
        port: 0,
        minimum: 'TLSv1.3',
        authority: authority.certificate,
        ...authority.server,
      },
    },
    rules: createDeviceRules({ branch, directory, limits }),
    signIn: createSignIn({
      branch,
      directory,
      loopbackTrust: 'claimed',
      claimFailuresPerMinute: limits.claimFailuresPerMinute,
      nowMs,
      monotonicMs: () => clock.monotonicMs(),
      isToken: () => false,
    }),
    credentialFor: (device) => enrolment.credentialFor(device),
    metrics: { count: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    onFault: (error) => {
      throw error
    },
  })
  let requested: () => void = () => undefined
  const request = new Promise<void>((resolve) => {
    requested = resolve
  })
  await broker.start({
    async onArrival({ device, topic, payload, claimHash }) {
      if (parseTopic(topic)?.channel !== 'enrol') return
      const { csr } = EnrolRequest.parse(JSON.parse(payload.toString()))
      const change = await enrolment.present(device, csr, claimHash)
      if (change !== undefined) apply(change)
      requested()
    },
    onConnected: () => undefined,
    onDisconnected: () => undefined,
    onListening: () => undefined,
  })
  return { broker, enrolment, rows, request, url: `mqtts://127.0.0.1:${broker.ports().tls}` }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usher-enrol-'))
  desk = await openDesk()
})
afterEach(async () => {
  await desk.broker.stop()
  rmSync(folder, { recursive: true })
})

const options = (claim: string | undefined): EnrolOptions => ({
  url: desk.url,
  branch: 'demo',
  device: 'robot-1',
  keyDir: join(folder, 'robot-1'),
  claim,
  caFile: undefined,
  onTrouble: () => undefined,
})

const connects = (address: Parameters<typeof createMqttTransport>[0]['address']) =>
  new Promise<void>((resolve, reject) => {
    const transport = createMqttTransport({ address, onTrouble: (text) => reject(new Error(text)) })
    transport.open({
      clientId: 'demo/robot-1',
      will: undefined,
      subscriptions: [topics.task('demo', 'robot-1')],
      onUp: () => void transport.close(true).then(resolve),
      onDown: () => undefined,
      onMessage: () => undefined,
    })
  })

test('claim, wait, approval, and a connection with the certificate of its own', async () => {
  const { code } = await desk.enrolment.invite('robot-1', 'staff')
  const address = enrol(options(code))
  await desk.request
  await desk.enrolment.approve('robot-1', 'staff')
  await connects(await address)
  expect(statSync(join(folder, 'robot-1/key.pem')).mode & 0o777).toBe(0o600)
  // At the next start no code is needed.
  await connects(await enrol(options(undefined)))
})

test('the line goes down while it waits: it asks again with its key, without the spent code', async () => {
  const { code } = await desk.enrolment.invite('robot-1', 'staff')
  const address = enrol(options(code))
  await desk.request
  await expect.poll(() => existsSync(join(folder, 'robot-1/presented'))).toBe(true)
  desk.broker.disconnect('robot-1', 'test')
  await desk.enrolment.approve('robot-1', 'staff')
  await connects(await address)
})

test('a wrong code is refused in words, and tried once only', async () => {
  await desk.enrolment.invite('robot-1', 'staff')
  await expect(enrol(options('WRONG-CODE'))).rejects.toThrow(/The hub refused it/)
  expect(desk.rows.get('robot-1')?.status).toBe('invited')
})

test('without a certificate and without a code it says what to do', async () => {
  await expect(enrol(options(undefined))).rejects.toThrow(/no claim code/)
})
