/**
 * How a device gets its credential: a person gives it a one-time claim code, it presents the code with a request
 * signed by its own key, staff approve, and the certificate is sent to it. Its key never leaves it.
 */
import { createHash, X509Certificate } from 'node:crypto'
import type { PublicKey } from '@peculiar/x509'
import { UsherError } from '#protocol/errors.ts'
import { clientId } from '#protocol/topics.ts'
import type { RegistryChange } from '../engine/entry.ts'
import type { Authority } from './authority.ts'
import { createClaimCode, hashClaimCode } from './claim-codes.ts'
import type { DeviceDirectory } from './directory.ts'

export interface EnrolmentParts {
  readonly branch: string
  readonly directory: DeviceDirectory
  readonly authority: Authority
  /** Hub time. */
  readonly nowMs: () => number
  readonly random: (bytes: number) => Buffer
  readonly claimLifeMs: number
  /** Hands the credential to the device, if it is there. */
  announce(device: string, credential: string): Promise<void>
  disconnect(device: string, reason: string): void
}

export interface Approved {
  readonly fingerprint: string
  readonly validUntil: number
  /** Signs the device in on the plaintext listener of this machine. */
  readonly token: string
}

export interface Enrolment {
  /** @returns the code; it is shown once and kept as a hash only. */
  invite(device: string, by: string): Promise<{ readonly code: string; readonly until: number }>
  /**
   * A device presents its request, on a connection that came with this claim code or with none.
   * @returns what becomes an entry; undefined where nothing changes (a repeat, or a renewal that is done already).
   * @throws UsherError `enrol.bad-request`, `connect.claim`, `connect.not-approved`
   */
  present(device: string, csr: string, claimHash: string | undefined): Promise<RegistryChange | undefined>
  /** @throws UsherError `enrol.not-requested` */
  approve(device: string, by: string): Promise<Approved>
  /** Closes its connection at once. */
  revoke(device: string, by: string, reason: string): Promise<void>
  /** JSON of the credential of an approved device. */
  credentialFor(device: string): string | undefined
}

/** Fingerprint of a public key: SHA-256 of its SubjectPublicKeyInfo. */
export const keyFingerprint = (spki: ArrayBuffer | Buffer): string =>
  createHash('sha256')
    .update(Buffer.from(spki as ArrayBuffer))
    .digest('hex')

/** Fingerprint of a certificate: SHA-256 of its DER. */
export const certificateFingerprint = (der: Buffer): string => createHash('sha256').update(der).digest('hex')

export const certificateKeyFingerprint = (certificate: X509Certificate): string =>
  keyFingerprint(certificate.publicKey.export({ type: 'spki', format: 'der' }))

/** @throws UsherError `enrol.bad-request` unless it is well-formed, strong, and signed with its own key. */
const openRequest = async (csr: string): Promise<PublicKey> =>
  (await import('./certificates.ts')).openRequest(csr)

/**
 * One key for each claim code, also while its request is still being committed and the registry does not say yet that
 * the code is spent.
 */
const createFirstKey = () => {
  const keys = new Map<string, string>()
  return (claimHash: string, fingerprint: string): boolean => {
    const known = keys.get(claimHash)
    if (known === undefined) keys.set(claimHash, fingerprint)
    return known === undefined || known === fingerprint
  }
}

interface Presenting {
  readonly directory: DeviceDirectory
  readonly isFirst: ReturnType<typeof createFirstKey>
  readonly renew: (device: string, key: PublicKey, certificate: string) => Promise<undefined>
}

const presentWith =
  ({ directory, isFirst, renew }: Presenting): Enrolment['present'] =>
  async (device, csr, claimHash) => {
    const key = await openRequest(csr)
    // Looked up after the check: a claim code is good for one request only.
    const row = directory.find(device)
    const fingerprint = keyFingerprint(key.rawData)
    if (row?.status === 'invited' && row.claimHash !== null) {
      // A connection from before that code was made came with another.
      if (claimHash !== row.claimHash || !isFirst(row.claimHash, fingerprint))
        throw new UsherError('connect.claim')
      return { change: 'requested', device, fingerprint, csr }
    }
    if (row?.status === 'requested' && row.fingerprint === fingerprint) return undefined
    if (row?.status === 'approved' && row.certificate !== null)
      return await renew(device, key, row.certificate)
    throw new UsherError('connect.not-approved')
  }

export const createEnrolment = (parts: EnrolmentParts): Enrolment => {
  const { authority, branch, directory, nowMs } = parts
  const idOf = (device: string) => clientId(branch, device)

  const credentialFor = (device: string) => {
    const row = directory.find(device)
    if (row?.status !== 'approved' || row.certificate === null || row.fingerprint === null) return undefined
    const token = authority.tokenFor(idOf(device), row.fingerprint)
    return JSON.stringify({ certificate: row.certificate, authority: authority.certificate, token })
  }

  const issue = async (device: string, key: PublicKey, by: string): Promise<Approved> => {
    const { certificate, validUntil } = await authority.issue(key, idOf(device))
    const fingerprint = certificateFingerprint(new X509Certificate(certificate).raw)
    await directory.request({ change: 'approved', device, certificate, fingerprint, validUntil, by })
    const credential = credentialFor(device)
    if (credential !== undefined) await parts.announce(device, credential)
    return { fingerprint, validUntil, token: authority.tokenFor(idOf(device), fingerprint) }
  }

  /** An approved device asks again: the same key gets a new certificate once a third of its life is left. */
  const renew = async (device: string, key: PublicKey, certificate: string): Promise<undefined> => {
    const current = new X509Certificate(certificate)
    if (certificateKeyFingerprint(current) !== keyFingerprint(key.rawData))
      throw new UsherError('enrol.bad-request', 'A renewal is for the same key.')
    const [from, to] = [Date.parse(current.validFrom), Date.parse(current.validTo)]
    if (nowMs() > to - (to - from) / 3) await issue(device, key, 'renewal')
    else await parts.announce(device, credentialFor(device) ?? '')
    return undefined
  }

  return {
    invite: async (device, by) => {
      const code = createClaimCode(parts.random)
      const claimUntil = nowMs() + parts.claimLifeMs
      const claimHash = hashClaimCode(idOf(device), code)
      await directory.request({ change: 'invited', device, claimHash, claimUntil, by })
      return { code, until: claimUntil }
    },
    present: presentWith({ directory, isFirst: createFirstKey(), renew }),
    approve: async (device, by) => {
      const row = directory.find(device)
      if (row?.status !== 'requested' || row.csr === null) throw new UsherError('enrol.not-requested')
      return await issue(device, await openRequest(row.csr), by)
    },
    revoke: async (device, by, reason) => {
      await directory.request({ change: 'revoked', device, by, reason })
      parts.disconnect(device, 'connect.revoked')
    },
    credentialFor,
  }
}
