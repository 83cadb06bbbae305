/**
 * Which server certificates are trusted: those named in the configuration, and those that somebody put into `trusted`.
 * One that is not known lands in `rejected`, from where an operator moves it. Each certificate is trusted by itself;
 * who issued it counts for nothing, so no revocation list is needed.
 */
import { X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../sdk/whole-file.ts'
import type { ServerConfig } from '../config.ts'
import { fingerprintOf } from './own-certificate.ts'

export interface Judged {
  readonly verdict: 'trusted' | 'untrusted' | 'expired' | 'not-yet-valid' | 'weak' | 'unreadable'
  readonly fingerprint?: string
  readonly subject?: string
  /** Where it lies now, when it is not trusted. */
  readonly rejectedTo?: string
}

export interface TrustList {
  /** @param der the certificate, or a chain that begins with it */
  judge(der: Uint8Array): Judged
}

/** Whoever can reach the port can show certificates: they must not fill the disk. */
const rejectedMax = 32
const modulusMin = 2_048

const read = (file: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(readFileSync(file))
  } catch {
    return undefined
  }
}

const fingerprintsIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const certificate = read(join(folder, name))
    return certificate === undefined ? [] : [fingerprintOf(certificate)]
  })

/** @throws when a file of the configuration cannot be read as a certificate */
export const openTrustList = (
  folder: string,
  named: ServerConfig['trusted'],
  now: () => number,
): TrustList => {
  const folders = { trusted: join(folder, 'trusted'), rejected: join(folder, 'rejected') }
  for (const one of Object.values(folders)) mkdirSync(one, { recursive: true, mode: 0o700 })
  const fixed = new Set(
    named.map((one) =>
      'sha256' in one ? one.sha256 : fingerprintOf(new X509Certificate(readFileSync(one.file))),
    ),
  )
  const reject = (certificate: X509Certificate, fingerprint: string): string => {
    const file = join(folders.rejected, `${fingerprint}.pem`)
    if (readdirSync(folders.rejected).length < rejectedMax) writeWhole(file, certificate.toString())
    return file
  }
  return {
    judge(der) {
      let certificate: X509Certificate
      try {
        // Of a chain only the first is read.
        certificate = new X509Certificate(der)
      } catch {
        return { verdict: 'unreadable' }
      }
      const fingerprint = fingerprintOf(certificate)
      const about = { fingerprint, subject: certificate.subject.replaceAll('\n', ', ') }
      // Looked up each time: an operator may have moved it a moment ago.
      if (!fixed.has(fingerprint) && !fingerprintsIn(folders.trusted).includes(fingerprint))
        return { verdict: 'untrusted', ...about, rejectedTo: reject(certificate, fingerprint) }
      if (now() > Date.parse(certificate.validTo)) return { verdict: 'expired', ...about }
      if (now() < Date.parse(certificate.validFrom)) return { verdict: 'not-yet-valid', ...about }
      const { asymmetricKeyDetails } = certificate.publicKey
      if ((asymmetricKeyDetails?.modulusLength ?? 0) < modulusMin) return { verdict: 'weak', ...about }
      return { verdict: 'trusted', ...about }
    },
  }
}
