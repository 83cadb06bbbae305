/**
 * The branch's own certificate authority, made on first start: it signs the hub's server certificate and the
 * certificates of approved devices. Its keys stay in the data directory, readable by the hub's user alone.
 */
import { createHmac, createPrivateKey, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { PublicKey } from '@peculiar/x509'
import type { IssuedCertificate, Pair } from './certificates.ts'

export interface Authority {
  /** PEM of the authority's certificate: what devices trust. */
  readonly certificate: string
  readonly server: Pair
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

const dayMs = 86_400_000
const authorityDays = 3_650

const makeCertificates = () => import('./certificates.ts')

interface Names {
  readonly certificate: string
  readonly key: string
}

/** @returns what is there, or undefined when it is to be made. */
const readPair = async ({ certificate, key }: Names): Promise<Pair | undefined> => {
  const [known, secret] = await Promise.all([readIfThere(certificate), readIfThere(key)])
  return known === undefined || secret === undefined ? undefined : { certificate: known, key: secret }
}

/** The key first: a certificate without its key is made anew. */
const writePair = async (names: Names, pair: Pair): Promise<Pair> => {
  await writeSecret(names.key, pair.key)
  await writeSecret(names.certificate, pair.certificate)
  return pair
}

const namesIn = (folder: string, name: string): Names => ({
  certificate: join(folder, `${name}.pem`),
  key: join(folder, `${name}.key`),
})

const openRoot = async (folder: string, { branch, wallMs }: AuthorityParts): Promise<Pair> => {
  const names = namesIn(folder, 'authority')
  const known = await readPair(names)
  if (known !== undefined) {
    // A damaged key is noticed now, not when the first device asks.
    createPrivateKey(known.key)
    return known
  }
  const { makeRoot } = await makeCertificates()
  const made = await makeRoot({ name: `Usher ${branch}`, days: authorityDays, wallMs: wallMs() })
  return await writePair(names, made)
}

const hostsOf = (hosts: readonly string[]) => [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])]

const isFor = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined

/** Still good for a third of its life, signed by this authority, and for all of these names. */
const isServing = (certificate: X509Certificate, root: Pair, parts: AuthorityParts): boolean => {
  const leftMs = Date.parse(certificate.validTo) - parts.wallMs()
  return (
    leftMs > (parts.certificateDays * dayMs) / 3 &&
    certificate.checkIssued(new X509Certificate(root.certificate)) &&
    hostsOf(parts.hosts).every((host) => isFor(certificate, host))
  )
}

interface ServerWish {
  readonly folder: string
  readonly root: Pair
  /** Of its files. */
  readonly called: string
}

const openServer = async ({ folder, root, called }: ServerWish, parts: AuthorityParts): Promise<Pair> => {
  const names = namesIn(folder, called)
  const known = await readPair(names)
  if (known !== undefined && isServing(new X509Certificate(known.certificate), root, parts)) return known
  const { makeServer } = await makeCertificates()
  const made = await makeServer(root, {
    name: `Usher ${parts.branch} ${called === 'server' ? 'broker' : called}`,
    days: parts.certificateDays,
    wallMs: parts.wallMs(),
    hosts: hostsOf(parts.hosts),
  })
  return await writePair(names, made)
}

const openTokenKey = async (folder: string): Promise<Buffer> => {
  const path = join(folder, 'token.key')
  const known = await readIfThere(path)
  if (known !== undefined) return Buffer.from(known, 'hex')
  const made = randomBytes(32)
  await writeSecret(path, made.toString('hex'))
  return made
}

const openFolder = async (parts: AuthorityParts) => {
  const folder = join(parts.directory, 'pki')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return { folder, root: await openRoot(folder, parts) }
}

/** For another server of the hub than the broker, under names of its own. Not while the authority is being opened. */
export const openServerPair = async (parts: AuthorityParts, called: string): Promise<Pair> =>
  openServer({ ...(await openFolder(parts)), called }, parts)

/** Opens the authority in the data directory, and makes it there on first start. */
export const openAuthority = async (parts: AuthorityParts): Promise<Authority> => {
  const { folder, root } = await openFolder(parts)
  const server = await openServer({ folder, root, called: 'server' }, parts)
  const tokenKey = await openTokenKey(folder)
  const tokenFor = (clientId: string, fingerprint: string) =>
    createHmac('sha256', tokenKey).update(`${clientId}\n${fingerprint}`).digest('base64url')
  return {
    certificate: root.certificate,
    server,
    issue: async (publicKey, name) => {
      const { signClient } = await makeCertificates()
      return await signClient(root, publicKey, { name, days: parts.certificateDays, wallMs: parts.wallMs() })
    },
    tokenFor,
    isToken: (token, clientId, fingerprint) => {
      const [given, right] = [Buffer.from(token), Buffer.from(tokenFor(clientId, fingerprint))]
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
