/**
 * How a new device gets its certificate: it makes its own key, which never leaves it, presents its claim code once, asks
 * for a certificate and waits until staff approve. Everything is kept, so that it can be switched off while it waits
 * and needs no code at its next start.
 */
import 'reflect-metadata'
import { webcrypto, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PemConverter, Pkcs10CertificateRequestGenerator, X509CertificateGenerator } from '@peculiar/x509'
import { UsherError } from '#protocol/errors.ts'
import { Credential } from '#protocol/messages.ts'
import { clientId } from '#protocol/topics.ts'
import { converse } from './conversation.ts'
import { createMqttTransport, type MqttAddress } from './mqtt-transport.ts'
import { writeWhole } from './whole-file.ts'

export interface EnrolOptions {
  readonly url: string
  readonly branch: string
  readonly device: string
  /** Where its key, its request and its certificate are kept. */
  readonly keyDir: string
  /** Needed once, and only while there is no certificate. */
  readonly claim: string | undefined
  /** The hub's authority; without it, the one that is shown at the enrolment is kept and trusted from then on. */
  readonly caFile: string | undefined
  readonly onTrouble: (text: string) => void
  /** The claim code is spent; now staff must approve. */
  readonly onPresented?: () => void
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const filesIn = (folder: string) => ({
  key: join(folder, 'key.pem'),
  request: join(folder, 'request.pem'),
  /** Self-signed: proves at a later connection that it holds the key that asked. */
  interim: join(folder, 'interim.pem'),
  /** There once the hub has acknowledged the request: the claim code is spent from then on. */
  presented: join(folder, 'presented'),
  certificate: join(folder, 'certificate.pem'),
  authority: join(folder, 'authority.pem'),
})
type Files = ReturnType<typeof filesIn>

/** The certificate of a device while it runs: it is renewed before it ends. */
export interface Credentials {
  /** As of now. */
  address(): MqttAddress
  /** The request to send to the hub, when less than a third of the certificate's life is left. */
  due(nowMs: number): string | undefined
  /** What the hub sent as credential. @returns whether it is a new one, used from the next connection on */
  take(payload: string): boolean
  /** The hub issued a certificate that never arrived: it is fetched with the key that asked for it. */
  fetch(): Promise<void>
}

export const openCredentials = async (options: EnrolOptions): Promise<Credentials> => {
  await enrol(options)
  const files = filesIn(options.keyDir)
  return {
    address: () => addressOf(options, files),
    due(nowMs) {
      const { validFrom, validTo } = new X509Certificate(readFileSync(files.certificate))
      const [from, to] = [Date.parse(validFrom), Date.parse(validTo)]
      return nowMs > to - (to - from) / 3 ? readFileSync(files.request, 'utf8') : undefined
    },
    take(payload) {
      const credential = Credential.parse(JSON.parse(payload))
      if (credential.certificate === readFileSync(files.certificate, 'utf8')) return false
      keep(credential, files)
      return true
    },
    fetch: () => awaitApproval(options, files),
  }
}

/**
 * @returns the address with the device's certificate, from its key directory or freshly enrolled.
 * @throws UsherError `adapter.enrolment` when there is no certificate and no good claim code
 */
export const enrol = async (options: EnrolOptions): Promise<MqttAddress> => {
  const files = filesIn(options.keyDir)
  mkdirSync(options.keyDir, { recursive: true, mode: 0o700 })
  if (!existsSync(files.certificate)) {
    if (!existsSync(files.request)) await prepare(clientId(options.branch, options.device), files)
    if (!existsSync(files.presented)) await presentClaim(options, files)
    if (!existsSync(files.certificate)) await awaitApproval(options, files)
  }
  return addressOf(options, files)
}

const addressOf = ({ url, caFile }: EnrolOptions, files: Files): MqttAddress => ({
  url,
  key: readFileSync(files.key, 'utf8'),
  certificate: readFileSync(files.certificate, 'utf8'),
  authority: readFileSync(caFile ?? files.authority, 'utf8'),
})

const keep = ({ authority, certificate }: Credential, files: Files) => {
  writeWhole(files.authority, authority)
  writeWhole(files.certificate, certificate)
}

/** Makes the key, and with it a request and the interim certificate. The request comes last: it says that all is there. */
const prepare = async (name: string, files: Files) => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const exported = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  const subject = [{ CN: [name] }]
  const interim = await X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    signingAlgorithm: algorithm,
  })
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: subject,
    keys,
    signingAlgorithm: algorithm,
  })
  writeWhole(files.key, PemConverter.encode(exported, 'PRIVATE KEY'))
  writeWhole(files.interim, interim.toString('pem'))
  writeWhole(files.request, request.toString('pem'))
}

/** Ends when the credential came, or when the line went down after the request was acknowledged. */
const presentClaim = async (options: EnrolOptions, files: Files): Promise<void> => {
  const { claim } = options
  if (claim === undefined)
    throw new UsherError(
      'adapter.enrolment',
      `No certificate in ${options.keyDir}, and no claim code was given.`,
    )
  await ask(options, files, {
    address: { username: 'enrol', password: claim },
    presented() {
      writeWhole(files.presented, '')
      options.onPresented?.()
    },
    mayEnd: () => existsSync(files.presented),
  })
}

/** Asks again with the key it asked with, until staff have approved. */
const awaitApproval = (options: EnrolOptions, files: Files): Promise<void> =>
  ask(options, files, {
    address: { key: readFileSync(files.key, 'utf8'), certificate: readFileSync(files.interim, 'utf8') },
    presented: () => {},
    mayEnd: () => false,
  })

interface Approach {
  readonly address: Partial<MqttAddress>
  readonly presented: () => void
  /** The line went down: whether another way takes over. */
  readonly mayEnd: () => boolean
}

const ask = async (options: EnrolOptions, files: Files, how: Approach): Promise<void> => {
  const { url, branch, device, caFile, onTrouble } = options
  const credential = await converse({
    line: createMqttTransport,
    branch,
    device,
    address: {
      url,
      // The first time the hub's authority is not known yet; what it shows is pinned from then on.
      ...(caFile === undefined ? { trustAnyone: true } : { authority: readFileSync(caFile, 'utf8') }),
      ...how.address,
    },
    request: () => readFileSync(files.request, 'utf8'),
    onTrouble,
    presented: how.presented,
    mayEnd: how.mayEnd,
  })
  if (credential !== undefined) keep(credential, files)
}
