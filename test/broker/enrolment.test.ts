/** From a claim code to a certificate, over TLS; and everything a stranger might try on the way. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PemConverter, Pkcs10CertificateRequestGenerator, X509Certificate } from '@peculiar/x509'
import { afterEach, describe, expect, test } from 'vitest'
import { openAuthority } from '#hub/broker/authority.ts'
import { createClaimCode, hashClaimCode, isClaimCode } from '#hub/broker/claim-codes.ts'
import type { UsherError } from '#protocol/errors.ts'
import {
  authority,
  authorityParts,
  credentialTopic,
  directory,
  enrol,
  makeDevice,
  secure,
  startBranch,
  withCode,
} from './enrol-support.ts'
import { client, closed, connected, endAll, event, refusedWith } from './support.ts'

afterEach(endAll)

describe('the authority', () => {
  test('keeps its keys to itself, and is the same after a restart', async () => {
    const again = await openAuthority(authorityParts(directory))
    expect(again.certificate).toBe(authority.certificate)
    expect(again.server).toEqual(authority.server)
    expect(again.tokenFor('b1/x', 'f')).toBe(authority.tokenFor('b1/x', 'f'))
    const folder = join(directory, 'pki')
    const names = (await readdir(folder)).toSorted()
    expect(names).toEqual(['authority.key', 'authority.pem', 'server.key', 'server.pem', 'token.key'])
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
    expect((await stat(folder)).mode & 0o077).toBe(0)
  })

  test('makes a new server certificate for a new name, or when a third of its life is left', async () => {
    const where = await mkdtemp(join(tmpdir(), 'usher-pki-'))
    const first = await openAuthority(authorityParts(where))
    const named = await openAuthority({ ...authorityParts(where), hosts: ['10.0.0.9'] })
    expect(named.server.certificate).not.toBe(first.server.certificate)
    const later = await openAuthority({
      ...authorityParts(where),
      hosts: ['10.0.0.9'],
      wallMs: () => Date.now() + 300 * 86_400_000,
    })
    expect(later.server.certificate).not.toBe(named.server.certificate)
    expect(later.certificate).toBe(first.certificate)
  })

  test('signs for at most 397 days', async () => {
    const { publicKey } = new X509Certificate((await makeDevice()).selfSigned)
    const { certificate } = await authority.issue(publicKey, 'b1/robot1')
    const made = new X509Certificate(certificate)
    expect(made.subject).toBe('CN=b1/robot1')
    expect(made.notAfter.getTime() - made.notBefore.getTime()).toBeLessThanOrEqual(397 * 86_400_000)
  })
})

describe('claim codes', () => {
  test('carry 80 bits, forgive how people type, and are good for one device', () => {
    const code = createClaimCode(() => Buffer.from('00443214c74254b635cf', 'hex'))
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const hash = hashClaimCode('b1/robot1', code)
    expect(isClaimCode('b1/robot1', code.toLowerCase().replaceAll('-', ' '), hash)).toBe(true)
    expect(isClaimCode('b1/robot1', code.replaceAll('0', 'o').replaceAll('1', 'l'), hash)).toBe(true)
    expect(isClaimCode('b1/robot2', code, hash)).toBe(false)
    expect(hash).not.toContain(code)
  })
})

describe('enrolment', () => {
  test('ends with a certificate that signs in, and a token for this machine', async () => {
    const running = await startBranch()
    const device = await makeDevice()
    const { certificate, token } = await enrol(running, device)
    const signedIn = await connected(
      running.tlsPort,
      'robot1',
      secure({ cert: certificate, key: device.key }),
    )
    await signedIn.publishAsync(event('robot1', 'zone.count'), '{}', { qos: 1 })
    await signedIn.endAsync()
    const local = await connected(running.port, 'robot1', { username: 'x', password: token })
    await local.endAsync()
    expect(await refusedWith(client(running.port, 'robot1', { username: 'x', password: 'guess' }))).toBe(4)
    expect(await refusedWith(client(running.port, 'robot1'))).toBe(4)
  })

  test('a claim code works once, for its own device, and not for long', async () => {
    let now = Date.now()
    const running = await startBranch({ now: () => now })
    const { code } = await enrol(running, await makeDevice())
    expect(await refusedWith(client(running.tlsPort, 'robot1', withCode(code)))).toBe(4)
    const second = await running.enrolment.invite('cam1', 'ann')
    expect(await refusedWith(client(running.tlsPort, 'cam2', withCode(second.code)))).toBe(4)
    now += 900_001
    expect(await refusedWith(client(running.tlsPort, 'cam1', withCode(second.code)))).toBe(4)
    expect(running.counts.get('connect.claim')).toBe(3)
  })

  test('guessing is slowed down until even the right code is refused', async () => {
    const running = await startBranch()
    const { code } = await running.enrolment.invite('robot1', 'ann')
    for (let guess = 0; guess < 5; guess++)
      expect(
        await refusedWith(client(running.tlsPort, 'robot1', withCode(`AAAA-AAAA-AAAA-AAA${guess}`))),
      ).toBe(4)
    expect(await refusedWith(client(running.tlsPort, 'robot1', withCode(code)))).toBe(3)
  })

  test('a session with a claim code may do nothing else', async () => {
    const running = await startBranch()
    const { code } = await running.enrolment.invite('robot1', 'ann')
    const session = await connected(running.tlsPort, 'robot1', withCode(code))
    await expect(session.subscribeAsync('usher/v1/b1/robot1/task')).rejects.toThrow()
    session.publish(event('robot1', 'zone.count'), '{}', { qos: 1 })
    await closed(session)
    expect(running.events.seen).toEqual([])
  })

  test('a device that lost its line fetches its certificate later, with the key that asked', async () => {
    const running = await startBranch()
    const device = await makeDevice()
    const { code } = await running.enrolment.invite('robot1', 'ann')
    const session = await connected(running.tlsPort, 'robot1', withCode(code))
    await session.publishAsync('usher/v1/b1/robot1/enrol', JSON.stringify({ csr: device.csr }), { qos: 1 })
    session.stream.destroy()
    await running.enrolment.approve('robot1', 'ann')
    const stranger = await makeDevice()
    expect(
      await refusedWith(
        client(running.tlsPort, 'robot1', secure({ cert: stranger.selfSigned, key: stranger.key })),
      ),
    ).toBe(4)
    const back = await connected(
      running.tlsPort,
      'robot1',
      secure({ cert: device.selfSigned, key: device.key }),
    )
    const credential = new Promise<string>((resolve) =>
      back.on('message', (_topic, payload) => resolve(payload.toString())),
    )
    await back.subscribeAsync(credentialTopic, { qos: 1 })
    expect(await credential).toContain('BEGIN CERTIFICATE')
  })

  test('a request that is forged, weak or nonsense is refused', async () => {
    const { enrolment } = await startBranch()
    await enrolment.invite('robot1', 'ann')
    const { csr } = await makeDevice()
    const bytes = Buffer.from(csr.replace(/-----.*?-----/g, ''), 'base64')
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1
    const forged = PemConverter.encode(bytes, 'CERTIFICATE REQUEST')
    const weakAlgorithm = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      publicExponent: new Uint8Array([1, 0, 1]),
      modulusLength: 1024,
    }
    const weakKeys = await webcrypto.subtle.generateKey(weakAlgorithm, true, ['sign', 'verify'])
    const weak = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=x',
      keys: weakKeys,
      signingAlgorithm: weakAlgorithm,
    })
    for (const bad of [forged, weak.toString('pem'), 'nonsense', ''])
      await expect(enrolment.present('robot1', bad, undefined)).rejects.toMatchObject({
        code: 'enrol.bad-request',
      } satisfies Partial<UsherError>)
    await expect(enrolment.present('cam1', csr, undefined)).rejects.toMatchObject({
      code: 'connect.not-approved',
    })
    await expect(enrolment.approve('robot1', 'ann')).rejects.toMatchObject({ code: 'enrol.not-requested' })
  })

  test('a claim code is good for one key, even before the first request is committed', async () => {
    const { enrolment, registry } = await startBranch()
    await enrolment.invite('robot1', 'ann')
    const { csr } = await makeDevice()
    const claim = registry.rows.get('robot1')?.claimHash ?? undefined
    expect(await enrolment.present('robot1', csr, claim)).toMatchObject({ change: 'requested' })
    expect(await enrolment.present('robot1', csr, claim)).toMatchObject({ change: 'requested' })
    await expect(enrolment.present('robot1', (await makeDevice()).csr, claim)).rejects.toMatchObject({
      code: 'connect.claim',
    })
  })

  test('a connection that came with an earlier code, or with a key that asked before, is not the one invited now', async () => {
    const { enrolment, registry } = await startBranch()
    await enrolment.invite('robot1', 'ann')
    const earlier = registry.rows.get('robot1')?.claimHash ?? undefined
    await enrolment.invite('robot1', 'ann')
    const { csr } = await makeDevice()
    for (const claim of [earlier, undefined])
      await expect(enrolment.present('robot1', csr, claim)).rejects.toMatchObject({ code: 'connect.claim' })
    const now = registry.rows.get('robot1')?.claimHash ?? undefined
    expect(await enrolment.present('robot1', csr, now)).toMatchObject({ change: 'requested' })
  })

  test('a certificate is renewed for the same key when a third of its life is left; the old one then only fetches', async () => {
    let now = Date.now()
    const running = await startBranch({ now: () => now })
    const device = await makeDevice()
    const { certificate } = await enrol(running, device)
    await running.enrolment.present('robot1', device.csr, undefined)
    expect(running.registry.rows.get('robot1')?.certificate).toBe(certificate)
    await expect(
      running.enrolment.present('robot1', (await makeDevice()).csr, undefined),
    ).rejects.toMatchObject({
      code: 'enrol.bad-request',
    })
    now += 270 * 86_400_000
    await running.enrolment.present('robot1', device.csr, undefined)
    expect(running.registry.rows.get('robot1')?.certificate).not.toBe(certificate)
    const old = await connected(running.tlsPort, 'robot1', secure({ cert: certificate, key: device.key }))
    await expect(old.subscribeAsync('usher/v1/b1/robot1/task')).rejects.toThrow()
  })
})

describe('a certificate', () => {
  test('that is revoked closes the connection at once and opens none', async () => {
    const running = await startBranch()
    const device = await makeDevice()
    const { certificate, token } = await enrol(running, device)
    const options = secure({ cert: certificate, key: device.key })
    const live = await connected(running.tlsPort, 'robot1', options)
    const began = performance.now()
    await running.enrolment.revoke('robot1', 'ann', 'stolen')
    await closed(live)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(await refusedWith(client(running.tlsPort, 'robot1', options))).toBe(5)
    expect(await refusedWith(client(running.port, 'robot1', { username: 'x', password: token }))).toBe(5)
    await running.enrolment.revoke('cam1', 'ann', 'stolen')
  })

  test('that is revoked by whatever way is noticed within a moment', async () => {
    const running = await startBranch()
    const device = await makeDevice()
    const { certificate } = await enrol(running, device)
    const live = await connected(running.tlsPort, 'robot1', secure({ cert: certificate, key: device.key }))
    running.registry.apply({ change: 'revoked', device: 'robot1', by: 'replay', reason: 'stolen' })
    await closed(live)
    expect(running.counts.get('connect.revoked')).toBe(1)
  })

  test('of one device does not open another, nor one of a foreign authority', async () => {
    const running = await startBranch()
    const device = await makeDevice()
    const { certificate } = await enrol(running, device)
    expect(
      await refusedWith(client(running.tlsPort, 'cam1', secure({ cert: certificate, key: device.key }))),
    ).toBe(5)
    const foreign = await makeDevice()
    expect(
      await refusedWith(
        client(running.tlsPort, 'robot1', secure({ cert: foreign.selfSigned, key: foreign.key })),
      ),
    ).toBe(4)
    expect(await refusedWith(client(running.tlsPort, 'robot1', secure()))).toBe(4)
  })

  test('that runs out ends its connection', async () => {
    let now = Date.now()
    const running = await startBranch({ now: () => now })
    const device = await makeDevice()
    const { certificate } = await enrol(running, device)
    const live = await connected(running.tlsPort, 'robot1', secure({ cert: certificate, key: device.key }))
    now += 398 * 86_400_000
    await closed(live)
    expect(running.counts.get('connect.credential')).toBe(1)
  })
})
