/** The adapter's own certificate, and whom it trusts. */
import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type OwnCertificate,
  openOwnCertificate,
  renewBeforeMs,
} from '#adapters/opc-ua/pki/own-certificate.ts'
import { openTrustList } from '#adapters/opc-ua/pki/trust-list.ts'
import { stateFolder } from './support/rig.ts'

let folder: string
let own: OwnCertificate
let der: Buffer

beforeAll(async () => {
  folder = stateFolder()
  own = await openOwnCertificate(folder, 'opc-ua-1')
  der = new X509Certificate(readFileSync(own.certificateFile)).raw
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const list = (name: string, trusted: Parameters<typeof openTrustList>[1] = [], now = Date.now()) =>
  openTrustList(join(folder, name), trusted, () => now)

test('its certificate is made once, for an application, with a key for its owner only', async () => {
  const certificate = new X509Certificate(readFileSync(own.certificateFile))
  expect(certificate.subjectAltName).toContain(`URI:${own.applicationUri}`)
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2_048)
  expect(certificate.ca).toBe(false)
  expect(statSync(own.keyFile).mode & 0o777).toBe(0o600)
  const again = await openOwnCertificate(folder, 'opc-ua-1')
  expect(again).toMatchObject({ isNew: false, fingerprint: own.fingerprint })
})

test('before it expires, and under another name, there is a new one', async () => {
  expect(own.validTo.getTime() - Date.now()).toBeGreaterThan(2 * renewBeforeMs)
  const other = await openOwnCertificate(folder, 'opc-ua-2')
  expect(other.isNew).toBe(true)
  expect(other.fingerprint).not.toBe(own.fingerprint)
})

test('an unknown certificate is kept where an operator finds it, and moving it is enough', () => {
  const trust = list('a')
  const judged = trust.judge(der)
  expect(judged).toMatchObject({ verdict: 'untrusted', fingerprint: own.fingerprint })
  writeFileSync(join(folder, 'a', 'trusted', 'plant.pem'), readFileSync(judged.rejectedTo ?? ''))
  expect(trust.judge(der).verdict).toBe('trusted')
})

test('named in the configuration, by fingerprint or by file', () => {
  writeFileSync(join(folder, 'plant.der'), der)
  expect(list('b', [{ sha256: own.fingerprint }]).judge(der).verdict).toBe('trusted')
  expect(list('b', [{ file: join(folder, 'plant.der') }]).judge(der).verdict).toBe('trusted')
  expect(list('b', [{ sha256: '0'.repeat(64) }]).judge(der).verdict).toBe('untrusted')
})

test('trusted, but expired, not yet valid, or nonsense', () => {
  const trusted = [{ sha256: own.fingerprint }]
  expect(list('c', trusted, Date.parse('2099-01-01')).judge(der).verdict).toBe('expired')
  expect(list('c', trusted, Date.parse('1999-01-01')).judge(der).verdict).toBe('not-yet-valid')
  expect(list('c', trusted).judge(Buffer.from('nonsense')).verdict).toBe('unreadable')
})

test('whoever shows many certificates does not fill the disk', () => {
  const rejected = join(folder, 'd', 'rejected')
  const trust = list('d')
  for (let number = 0; number < 32; number += 1) writeFileSync(join(rejected, `${number}.pem`), '')
  expect(trust.judge(der).verdict).toBe('untrusted')
  expect(readdirSync(rejected)).toHaveLength(32)
})
