/** A branch with an authority and a TLS listener, and devices with keys of their own. */
import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PemConverter, Pkcs10CertificateRequestGenerator, X509CertificateGenerator } from '@peculiar/x509'
import type { IClientOptions } from 'mqtt'
import { expect } from 'vitest'
import { openAuthority } from '#hub/broker/authority.ts'
import { createChallenges } from '#hub/broker/challenges.ts'
import type { EmbeddedBroker } from '#hub/broker/embedded.ts'
import { createEnrolment } from '#hub/broker/enrolment.ts'
import { createSignIn, type LoopbackTrust } from '#hub/broker/identity.ts'
import type { BrokerLimits } from '#hub/broker/limits.ts'
import { connected, createRegistry, devices, startBroker } from './support.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export const pageOrigin = 'https://pages.branch.example'

export const authorityParts = (where: string) => ({
  directory: where,
  branch: 'b1',
  hosts: ['hub.branch.example'],
  certificateDays: 397,
  wallMs: () => Date.now(),
})

export const directory = await mkdtemp(join(tmpdir(), 'usher-pki-'))
export const authority = await openAuthority(authorityParts(directory))

export const makeDevice = async (name = 'b1/robot1') => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  })
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  const own = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  })
  return { key, csr: request.toString('pem'), selfSigned: own.toString('pem') }
}

export const startBranch = async (
  options: {
    now?: () => number
    monotonic?: () => number
    trust?: LoopbackTrust
    pageTrust?: LoopbackTrust
    limits?: Partial<BrokerLimits>
    minimum?: 'TLSv1.2' | 'TLSv1.3'
  } = {},
) => {
  const registry = createRegistry(devices)
  const nowMs = options.now ?? (() => Date.now())
  const monotonicMs = options.monotonic ?? (() => performance.now())
  const challenges = createChallenges({ monotonicMs, random: randomBytes, lifeMs: 30_000 })
  const certified = {
    host: '127.0.0.1',
    port: 0,
    minimum: options.minimum ?? ('TLSv1.3' as const),
    certificate: authority.server.certificate,
    key: authority.server.key,
  }
  let broker: EmbeddedBroker | undefined
  const enrolment = createEnrolment({
    branch: 'b1',
    directory: registry.directory,
    authority,
    nowMs,
    random: randomBytes,
    claimLifeMs: 900_000,
    announce: async (device, credential) =>
      await broker?.publish(`usher/v1/b1/${device}/credential`, credential, { qos: 1, retain: false }),
    disconnect: (device, reason) => broker?.disconnect(device, reason),
  })
  const started = await startBroker({
    registry,
    ...(options.limits !== undefined && { limits: options.limits }),
    onArrival: async ({ device, topic, payload, claimHash }) => {
      if (!topic.endsWith('/enrol')) return
      const { csr } = JSON.parse(payload.toString()) as { csr: string }
      const change = await enrolment.present(device, csr, claimHash)
      if (change !== undefined) registry.apply(change)
    },
    parts: {
      nowMs,
      doors: {
        plaintext: { host: '127.0.0.1', port: 0 },
        tls: { ...certified, authority: authority.certificate },
        webSocket: {
          isAdmitted: (origin) => origin === pageOrigin,
          challenges,
          plaintext: { host: '127.0.0.1', port: 0 },
          tls: certified,
        },
      },
      signIn: createSignIn({
        branch: 'b1',
        directory: registry.directory,
        loopbackTrust: options.trust ?? 'claimed',
        claimFailuresPerMinute: 5,
        nowMs,
        monotonicMs: () => performance.now(),
        isToken: (...given) => authority.isToken(...given),
        webSocketTrust: options.pageTrust ?? 'claimed',
        spendChallenge: (...given) => challenges.spend(...given),
      }),
      credentialFor: (device) => enrolment.credentialFor(device),
    },
  })
  broker = started.broker
  const { tls = 0, websocket = 0, 'secure-websocket': secure = 0 } = started.broker.ports()
  return { ...started, registry, enrolment, challenges, tlsPort: tls, wsPort: websocket, wssPort: secure }
}

export const secure = (options: IClientOptions = {}): IClientOptions => ({
  protocol: 'mqtts',
  ca: authority.certificate,
  servername: 'localhost',
  ...options,
})

export const withCode = (code: string) => secure({ username: 'enrol', password: code })
export const credentialTopic = 'usher/v1/b1/robot1/credential'

type Branch = Awaited<ReturnType<typeof startBranch>>
type Device = Awaited<ReturnType<typeof makeDevice>>

/** @returns the certificate of a device that went the whole way. */
export const enrol = async ({ tlsPort, enrolment, registry }: Branch, device: Device) => {
  const { code } = await enrolment.invite('robot1', 'ann')
  const session = await connected(tlsPort, 'robot1', withCode(code))
  const credential = new Promise<{ certificate: string; token: string }>((resolve) =>
    session.on('message', (_topic, payload) =>
      resolve(JSON.parse(payload.toString()) as { certificate: string; token: string }),
    ),
  )
  await session.subscribeAsync(credentialTopic, { qos: 1 })
  await session.publishAsync('usher/v1/b1/robot1/enrol', JSON.stringify({ csr: device.csr }), { qos: 1 })
  expect(registry.rows.get('robot1')?.status).toBe('requested')
  await enrolment.approve('robot1', 'ann')
  const given = await credential
  await session.endAsync()
  return { ...given, code }
}
