/** What the registry says about a device that asks to come in. */
import { X509Certificate } from 'node:crypto'
import type { RegistryRow } from '../engine/state.ts'
import { certificateKeyFingerprint } from './enrolment.ts'

export const isExpired = (row: RegistryRow, now: number) => row.validUntil !== null && row.validUntil <= now

/** The key that asked, and whose request or certificate is in the registry: shown by a TLS handshake or a signature. */
export const isRequestedKey = (row: RegistryRow, presented: string): boolean => {
  if (row.status === 'requested') return row.fingerprint === presented
  if (row.status !== 'approved' || row.certificate === null) return false
  return certificateKeyFingerprint(new X509Certificate(row.certificate)) === presented
}
