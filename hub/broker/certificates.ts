/**
 * Makes and reads what certificates are made of. Loaded when one is to be made or asked for, not with every start: its
 * libraries take a fifth of the time until a hub is ready again, and a hub that comes back has its certificates.
 */
import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { UsherError } from '#protocol/errors.ts'

export interface IssuedCertificate {
  readonly certificate: string
  /** ms since 1970 */
  readonly validUntil: number
}

/** A certificate and its private key, as PEM. */
export interface Pair {
  readonly certificate: string
  readonly key: string
}

/** What a certificate says besides its key. */
export interface Terms {
  readonly name: string
  readonly days: number
  readonly wallMs: number
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000
/** Clocks of devices are a little off. */
const backdatedMs = 3_600_000

const makeKeys = async () => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const pem = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { keys, pem }
}

const lifetime = ({ wallMs, days }: Terms) => ({
  notBefore: new Date(wallMs - backdatedMs),
  notAfter: new Date(wallMs - backdatedMs + days * dayMs),
})

const serial = () => `00${randomBytes(16).toString('hex')}`

/** An authority of its own. */
export const makeRoot = async (terms: Terms): Promise<Pair> => {
  const { keys, pem } = await makeKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: [terms.name] }],
    keys,
    signingAlgorithm: algorithm,
    ...lifetime(terms),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: pem }
}

interface Leaf extends Terms {
  readonly publicKey: PublicKey | webcrypto.CryptoKey
  readonly extensions: readonly Extension[]
}

const sign = async (root: Pair, leaf: Leaf): Promise<IssuedCertificate> => {
  const issuer = new X509Certificate(root.certificate)
  const key = PemConverter.decodeFirst(root.key)
  const signingKey = await webcrypto.subtle.importKey('pkcs8', key, algorithm, false, ['sign'])
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [{ CN: [leaf.name] }],
    issuer: issuer.subjectName,
    publicKey: leaf.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    ...lifetime(leaf),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(issuer),
      ...leaf.extensions,
    ],
  })
  return { certificate: certificate.toString('pem'), validUntil: certificate.notAfter.getTime() }
}

/** For a server under these names and addresses, with a key of its own. */
export const makeServer = async (
  root: Pair,
  { hosts, ...terms }: Terms & { readonly hosts: readonly string[] },
): Promise<Pair> => {
  const { keys, pem } = await makeKeys()
  const names = hosts.map((host) => ({
    type: isIP(host) === 0 ? ('dns' as const) : ('ip' as const),
    value: host,
  }))
  const { certificate } = await sign(root, {
    ...terms,
    publicKey: keys.publicKey,
    extensions: [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
    ],
  })
  return { certificate, key: pem }
}

/** For a client with this key, whose subject is its name. */
export const signClient = (root: Pair, publicKey: PublicKey, terms: Terms): Promise<IssuedCertificate> =>
  sign(root, {
    ...terms,
    publicKey,
    extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
  })

const strongCurves = new Set(['P-256', 'P-384', 'K-256', 'Ed25519'])

const isStrong = (key: PublicKey): boolean => {
  const { name, namedCurve, modulusLength } = key.algorithm as {
    name: string
    namedCurve?: string
    modulusLength?: number
  }
  if (name.startsWith('RSA')) return (modulusLength ?? 0) >= 2_048
  return name === 'Ed25519' || strongCurves.has(namedCurve ?? '')
}

/** @throws UsherError `enrol.bad-request` unless it is well-formed, strong, and signed with its own key. */
export const openRequest = async (csr: string): Promise<PublicKey> => {
  try {
    const request = new Pkcs10CertificateRequest(csr)
    if (isStrong(request.publicKey) && (await request.verify())) return request.publicKey
  } catch (error) {
    throw new UsherError('enrol.bad-request', undefined, { cause: error })
  }
  throw new UsherError('enrol.bad-request')
}
