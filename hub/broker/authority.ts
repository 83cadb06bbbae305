/**
 * The branch's own certificate authority, made on first start: it signs the hub's server certificate and the
 * certificates of approved devices. Its keys stay in the data directory, readable by the hub's user alone.
 */
import 'reflect-metadata'
import { createHmac, randomBytes, timingSafeEqual, webcrypto } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface IssuedCertificate {
  readonly certificate: string
  /** ms since 1970 */
  readonly validUntil: number
}

export interface Authority {
  /** PEM of the authority's certificate: what devices trust. */
  readonly certificate: string
  readonly server: { readonly certificate: string; readonly key: string }
  /** @returns a client certificate for this key whose subject is the client id. */
  issue(publicKey: PublicKey, clientId: string): Promise<IssuedCertificate>
  /** For the plaintext listener of this machine: bound to one device and one approved credential. */
  tokenFor(clientId: string, fingerprint: string): string
  isToken(token: string, clientId: string, fingerprint: string): boolean
}

export interface AuthorityParts {
  /** The data directory; keys go to `pki/` in it. */
  readonly directory: string
  readonly branch: string
  /** Names and addresses under which devices reach the hub. */
  readonly hosts: readonly string[]
  readonly certificateDays: number
  /** Wall clock: certificates are judged by other machines' clocks. */
  readonly wallMs: () => number
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000
const authorityDays = 3_650
/** Clocks of devices are a little off. */
const backdatedMs = 3_600_000
const serverUsage = ExtendedKeyUsage.serverAuth
const clientUsage = ExtendedKeyUsage.clientAuth

interface KeyFile {
  readonly pem: string
  readonly keys: webcrypto.CryptoKeyPair
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whole or not at all: a start that was cut off leaves no half key behind. */
const writeSecret = async (path: string, text: string) => {
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}

const makeKey = async (path: string): Promise<KeyFile> => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const pem = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  await writeSecret(path, pem)
  return { pem, keys }
}

/** The certificate carries the public half. */
const openKey = async (pem: string, certificate: X509Certificate): Promise<KeyFile> => {
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(pem),
    algorithm,
    false,
    ['sign'],
  )
  const publicKey = (await certificate.publicKey.export(algorithm, ['verify'])) as webcrypto.CryptoKey
  return { pem, keys: { privateKey, publicKey } }
}

const lifetime = (wallMs: number, days: number) => ({
  notBefore: new Date(wallMs - backdatedMs),
  notAfter: new Date(wallMs - backdatedMs + days * dayMs),
})

const serial = () => `00${randomBytes(16).toString('hex')}`

interface Root extends KeyFile {
  readonly certificate: X509Certificate
}

const openRoot = async (folder: string, { branch, wallMs }: AuthorityParts): Promise<Root> => {
  const certificatePath = join(folder, 'authority.pem')
  const keyPath = join(folder, 'authority.key')
  const [knownCertificate, knownKey] = [await readIfThere(certificatePath), await readIfThere(keyPath)]
  if (knownCertificate !== undefined && knownKey !== undefined) {
    const certificate = new X509Certificate(knownCertificate)
    return { certificate, ...(await openKey(knownKey, certificate)) }
  }
  const made = await makeKey(keyPath)
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: [`Usher ${branch}`] }],
    keys: made.keys,
    signingAlgorithm: algorithm,
    ...lifetime(wallMs(), authorityDays),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(made.keys.publicKey),
    ],
  })
  await writeSecret(certificatePath, certificate.toString('pem'))
  return { certificate, ...made }
}

interface Leaf {
  readonly publicKey: PublicKey | webcrypto.CryptoKey
  readonly name: string
  readonly days: number
  readonly wallMs: number
  readonly extensions: readonly Extension[]
}

const sign = async (root: Root, leaf: Leaf): Promise<IssuedCertificate> => {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [{ CN: [leaf.name] }],
    issuer: root.certificate.subjectName,
    publicKey: leaf.publicKey,
    signingKey: root.keys.privateKey,
    signingAlgorithm: algorithm,
    ...lifetime(leaf.wallMs, leaf.days),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(root.certificate),
      ...leaf.extensions,
    ],
  })
  return { certificate: certificate.toString('pem'), validUntil: certificate.notAfter.getTime() }
}

const namesOf = (hosts: readonly string[]) =>
  [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])].map((host) => ({
    type: isIP(host) === 0 ? ('dns' as const) : ('ip' as const),
    value: host,
  }))

/** Still good for a third of its life, signed by this authority, and for all of these names. */
const isServing = (certificate: X509Certificate, root: Root, parts: AuthorityParts): boolean => {
  const leftMs = certificate.notAfter.getTime() - parts.wallMs()
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? []
  const known = new Set(names.map(({ value }) => value))
  return (
    leftMs > (parts.certificateDays * dayMs) / 3 &&
    certificate.issuer === root.certificate.subject &&
    namesOf(parts.hosts).every(({ value }) => known.has(value))
  )
}

const openServer = async (
  folder: string,
  root: Root,
  parts: AuthorityParts,
): Promise<Authority['server']> => {
  const certificatePath = join(folder, 'server.pem')
  const keyPath = join(folder, 'server.key')
  const [knownCertificate, knownKey] = [await readIfThere(certificatePath), await readIfThere(keyPath)]
  if (knownCertificate !== undefined && knownKey !== undefined) {
    if (isServing(new X509Certificate(knownCertificate), root, parts))
      return { certificate: knownCertificate, key: knownKey }
  }
  const made = await makeKey(keyPath)
  const { certificate } = await sign(root, {
    publicKey: made.keys.publicKey,
    name: `Usher ${parts.branch} broker`,
    days: parts.certificateDays,
    wallMs: parts.wallMs(),
    extensions: [
      new ExtendedKeyUsageExtension([serverUsage]),
      new SubjectAlternativeNameExtension(namesOf(parts.hosts)),
    ],
  })
  await writeSecret(certificatePath, certificate)
  return { certificate, key: made.pem }
}

const openTokenKey = async (folder: string): Promise<Buffer> => {
  const path = join(folder, 'token.key')
  const known = await readIfThere(path)
  if (known !== undefined) return Buffer.from(known, 'hex')
  const made = randomBytes(32)
  await writeSecret(path, made.toString('hex'))
  return made
}

/** Opens the authority in the data directory, and makes it there on first start. */
export const openAuthority = async (parts: AuthorityParts): Promise<Authority> => {
  const folder = join(parts.directory, 'pki')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const root = await openRoot(folder, parts)
  const server = await openServer(folder, root, parts)
  const tokenKey = await openTokenKey(folder)
  const tokenFor = (clientId: string, fingerprint: string) =>
    createHmac('sha256', tokenKey).update(`${clientId}\n${fingerprint}`).digest('base64url')
  return {
    certificate: root.certificate.toString('pem'),
    server,
    issue: (publicKey, name) =>
      sign(root, {
        publicKey,
        name,
        days: parts.certificateDays,
        wallMs: parts.wallMs(),
        extensions: [new ExtendedKeyUsageExtension([clientUsage])],
      }),
    tokenFor,
    isToken: (token, clientId, fingerprint) => {
      const [given, right] = [Buffer.from(token), Buffer.from(tokenFor(clientId, fingerprint))]
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
