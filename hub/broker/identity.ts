/**
 * Who a connection is. In the network: a client certificate whose subject is the client id and whose fingerprint is
 * the approved one; over WebSocket, where nobody has a say in certificates, a proof of the key that was approved. On this
 * machine: a device that the branch file declares, or the token of an approved one.
 */
import { X509Certificate } from 'node:crypto'
import type { ErrorCode } from '#protocol/errors.ts'
import { clientId, parseClientId } from '#protocol/topics.ts'
import type { RegistryRow } from '../engine/state.ts'
import { isClaimCode } from './claim-codes.ts'
import type { DeviceDirectory } from './directory.ts'
import { certificateFingerprint, certificateKeyFingerprint } from './enrolment.ts'
import { createPageSignIn } from './page-sign-in.ts'
import { createMinuteCount } from './rates.ts'
import { isExpired, isRequestedKey } from './registration.ts'
import type { Identity } from './rules.ts'
import type { PeerCertificate, SignIn, SignInRequest } from './sign-in.ts'

/** `declared`: every device of the branch file may connect from this machine. `claimed`: with its token only. */
export type LoopbackTrust = 'declared' | 'claimed'

export interface IdentityParts {
  readonly branch: string
  readonly directory: DeviceDirectory
  readonly loopbackTrust: LoopbackTrust
  /** The same for pages on this machine. Default: `claimed`. */
  readonly webSocketTrust?: LoopbackTrust
  readonly claimFailuresPerMinute: number
  /** Hub time. */
  readonly nowMs: () => number
  /** For counting failures. */
  readonly monotonicMs: () => number
  /** Whether this is the token of the approved credential. */
  isToken(token: string, clientId: string, fingerprint: string): boolean
  /** Whether this is the secret of a program that runs under the hub's own care, and speaks for this device. */
  isCompanion?(device: string, secret: string): boolean
  /** Whether this challenge is good, once; absent where there is no WebSocket listener. */
  spendChallenge?(challenge: string, address: string): boolean
}

/** The user name of a session that presents a claim code. */
export const enrolUser = 'enrol'

const commonName = (certificate: X509Certificate): string | undefined =>
  /^CN=(.*)$/m.exec(certificate.subject)?.[1]?.trim()

export const createSignIn = (parts: IdentityParts): SignIn => {
  const { branch, directory, nowMs } = parts
  const failures = createMinuteCount(parts.monotonicMs)

  const known = (device: string, row: RegistryRow | undefined): Identity => ({
    device,
    standing: directory.declared(device)?.kind === 'gateway' ? 'gateway' : 'device',
    validUntil: row?.validUntil ?? null,
  })
  const enrolling = (device: string): Identity => ({ device, standing: 'enrolling', validUntil: null })

  const byClaim = (device: string, request: SignInRequest, row: RegistryRow | undefined) => {
    const keys = [`device ${device}`, `address ${request.address}`]
    if (keys.some((key) => failures.of(key) >= parts.claimFailuresPerMinute)) return 'connect.too-many'
    const code = request.password?.toString('utf8') ?? ''
    const isOpen = row?.status === 'invited' && row.claimHash !== null && (row.claimUntil ?? 0) > nowMs()
    if (isOpen && row.claimHash !== null && isClaimCode(request.clientId, code, row.claimHash))
      return { ...enrolling(device), claimHash: row.claimHash }
    for (const key of keys) failures.add(key)
    return 'connect.claim'
  }

  const byCertificate = (device: string, peer: PeerCertificate, row: RegistryRow): Identity | ErrorCode => {
    const certificate = new X509Certificate(peer.raw)
    const isApproved =
      row.status === 'approved' && peer.authorized && row.fingerprint === certificateFingerprint(peer.raw)
    if (isApproved) {
      if (commonName(certificate) !== clientId(branch, device)) return 'connect.client-id'
      return isExpired(row, nowMs()) ? 'connect.credential' : known(device, row)
    }
    // It has the right key but not the certificate issued last: it may fetch that, and nothing else.
    const presented = certificateKeyFingerprint(certificate)
    return isRequestedKey(row, presented) ? enrolling(device) : 'connect.credential'
  }

  const onLoopback = (device: string, request: SignInRequest, row: RegistryRow | undefined) => {
    const secret = request.password?.toString('utf8') ?? ''
    if (parts.loopbackTrust === 'declared' || parts.isCompanion?.(device, secret) === true)
      return directory.declared(device) === undefined ? 'connect.unknown-device' : known(device, row)
    if (row === undefined) return 'connect.unknown-device'
    if (row.status !== 'approved' || row.fingerprint === null) return 'connect.not-approved'
    const fits = parts.isToken(secret, request.clientId, row.fingerprint) && !isExpired(row, nowMs())
    return fits ? known(device, row) : 'connect.credential'
  }

  const byPage = createPageSignIn({ ...parts, known, enrolling })

  const identify = (request: SignInRequest): Identity | ErrorCode => {
    const named = parseClientId(request.clientId)
    if (named === undefined || named.branch !== branch) return 'connect.client-id'
    const { device } = named
    const row = directory.find(device)
    if (row?.status === 'revoked') return 'connect.revoked'
    if (request.username === enrolUser) return byClaim(device, request, row)
    if (request.listener === 'plaintext') return onLoopback(device, request, row)
    if (request.listener !== 'tls') return byPage(device, request, row)
    if (row === undefined) return 'connect.unknown-device'
    if (request.certificate === undefined) return 'connect.credential'
    return byCertificate(device, request.certificate, row)
  }

  return (request) => Promise.resolve(identify(request))
}
