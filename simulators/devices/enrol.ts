/**
 * How a new device gets its certificate: it makes its own key, which never leaves it, presents its claim code, asks
 * for a certificate and waits until staff approve. Everything is kept, so that the next start needs no code.
 */
import { randomUUID, webcrypto } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Credential } from '#protocol/messages.ts'
import { clientId, topics } from '#protocol/topics.ts'
import { createMqttTransport, type MqttAddress } from './mqtt-transport.ts'
import type { TlsOptions } from './options.ts'

interface EnrolOptions extends TlsOptions {
  readonly url: string
  readonly branch: string
  readonly device: string
  readonly onTrouble: (text: string) => void
}

const ownerOnly = 0o600

/** @returns the address with the device's certificate, from its key directory or freshly enrolled. */
export const enrol = async (options: EnrolOptions): Promise<MqttAddress> => {
  const files = {
    key: join(options.keyDir, 'key.pem'),
    certificate: join(options.keyDir, 'certificate.pem'),
    authority: join(options.keyDir, 'authority.pem'),
  }
  mkdirSync(options.keyDir, { recursive: true, mode: 0o700 })
  if (!existsSync(files.certificate)) {
    if (options.claim === undefined)
      throw new Error(`No certificate in ${options.keyDir}. Give a claim code with --claim.`)
    const request = await requestFor(clientId(options.branch, options.device), files.key)
    const credential = await present(options, options.claim, request)
    writeFileSync(files.authority, credential.authority, { mode: ownerOnly })
    writeFileSync(files.certificate, credential.certificate, { mode: ownerOnly })
  }
  return {
    url: options.url,
    key: readFileSync(files.key, 'utf8'),
    certificate: readFileSync(files.certificate, 'utf8'),
    authority: readFileSync(options.caFile ?? files.authority, 'utf8'),
  }
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Makes the key if there is none, and a certificate request signed with it. */
const requestFor = async (name: string, keyFile: string): Promise<string> => {
  // Loaded only for enrolment: a device that has its certificate does not need it.
  const { Pkcs10CertificateRequestGenerator, PemConverter } = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const exported = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  writeFileSync(keyFile, PemConverter.encode(exported, 'PRIVATE KEY'), { mode: ownerOnly })
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  })
  return request.toString('pem')
}

const present = (
  { url, branch, device, caFile, onTrouble }: EnrolOptions,
  code: string,
  csr: string,
): Promise<Credential> =>
  new Promise((resolve) => {
    const transport = createMqttTransport({
      address: {
        url,
        username: 'enrol',
        password: code,
        // The first time the hub's authority is not known yet; what it shows is pinned from then on.
        ...(caFile === undefined ? { trustAnyone: true } : { authority: readFileSync(caFile, 'utf8') }),
      },
      onTrouble,
    })
    transport.open({
      clientId: clientId(branch, device),
      will: undefined,
      subscriptions: [topics.credential(branch, device), topics.error(branch, device)],
      onUp: () => {
        const body = JSON.stringify({ csr, boot: randomUUID(), n: 1 })
        transport.publish(topics.enrol(branch, device), body, { qos: 1, retain: false }).catch(() => {})
      },
      onDown: () => {},
      onMessage(topic, payload) {
        if (topic !== topics.credential(branch, device)) {
          onTrouble(payload)
          return
        }
        const credential = Credential.parse(JSON.parse(payload))
        void transport.close(true).then(() => resolve(credential))
      },
    })
  })
