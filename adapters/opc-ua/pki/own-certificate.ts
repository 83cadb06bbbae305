/**
 * The adapter's own application instance certificate (OPC 10000-6, 6.2.2): made once, with a key that never leaves its
 * folder, and replaced before it expires. Nothing outside this process is needed for it.
 */
import 'reflect-metadata'
import { webcrypto, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { writeWhole } from '../../sdk/whole-file.ts'

export interface OwnCertificate {
  /** Names this installation of the adapter to servers. */
  readonly applicationUri: string
  readonly certificateFile: string
  readonly keyFile: string
  /** SHA-256, for whoever has to trust it at the server. */
  readonly fingerprint: string
  readonly validTo: Date
  readonly isNew: boolean
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2_048,
}
const dayMs = 86_400_000
const validForMs = 5 * 365 * dayMs
/** A new one has to be trusted at the server by hand: better announced early than refused late. */
export const renewBeforeMs = 30 * dayMs

export const fingerprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

const make = async (name: string, applicationUri: string, files: { certificate: string; key: string }) => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const now = Date.now()
  const usages =
    KeyUsageFlags.digitalSignature |
    KeyUsageFlags.nonRepudiation |
    KeyUsageFlags.keyEncipherment |
    KeyUsageFlags.dataEncipherment |
    KeyUsageFlags.keyCertSign
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`Usher ${name}`] }, { O: ['Usher'] }],
    keys,
    signingAlgorithm: algorithm,
    // Clocks of plants are rarely exact.
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + validForMs),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(usages, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth], true),
      new SubjectAlternativeNameExtension([
        { type: 'url', value: applicationUri },
        { type: 'dns', value: hostname() },
      ]),
    ],
  })
  writeWhole(
    files.key,
    PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
  )
  // The certificate comes last: it says that all is there.
  writeWhole(files.certificate, certificate.toString('pem'))
}

/** @returns the one in the folder, or a new one where there is none or it is about to expire. */
export const openOwnCertificate = async (folder: string, name: string): Promise<OwnCertificate> => {
  const own = join(folder, 'own')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const files = { certificate: join(own, 'certificate.pem'), key: join(own, 'key.pem') }
  const applicationUri = `urn:${hostname()}:usher:${name}`
  const read = () => new X509Certificate(readFileSync(files.certificate))
  const isUsable = () => {
    const known = read()
    // A machine that was renamed has another application uri, which servers compare.
    const isOurs = known.subjectAltName?.split(', ').includes(`URI:${applicationUri}`) === true
    return isOurs && Date.parse(known.validTo) - Date.now() > renewBeforeMs
  }
  const isNew = !existsSync(files.certificate) || !existsSync(files.key) || !isUsable()
  if (isNew) await make(name, applicationUri, files)
  const certificate = read()
  return {
    applicationUri,
    certificateFile: files.certificate,
    keyFile: files.key,
    fingerprint: fingerprintOf(certificate),
    validTo: new Date(certificate.validTo),
    isNew,
  }
}
