/** The doors: which TLS versions, who may reach plaintext, and what is said when a port is taken. */
import tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { authority, startBranch } from './enrol-support.ts'
import { connected, endAll, startBroker } from './support.ts'

afterEach(endAll)

describe('TLS', () => {
  const handshake = (port: number, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
    new Promise<string | null>((resolve) => {
      const socket = tls.connect({
        host: '127.0.0.1',
        port,
        ca: authority.certificate,
        servername: 'localhost',
        minVersion: version,
        maxVersion: version,
        // OpenSSL itself refuses 1.1 at its usual level.
        ciphers: 'DEFAULT@SECLEVEL=0',
      })
      socket.once('secureConnect', () => {
        resolve(socket.getProtocol())
        socket.destroy()
      })
      socket.once('error', () => resolve(null))
    })

  test.each([
    ['TLSv1.3', [null, null, 'TLSv1.3']],
    ['TLSv1.2', [null, 'TLSv1.2', 'TLSv1.3']],
  ] as const)('from %s on', async (minimum, expected) => {
    const { tlsPort } = await startBranch({ minimum })
    const got = [
      await handshake(tlsPort, 'TLSv1.1'),
      await handshake(tlsPort, 'TLSv1.2'),
      await handshake(tlsPort, 'TLSv1.3'),
    ]
    expect(got).toEqual(expected)
  })

  test('plaintext on the TLS port gets nothing', async () => {
    const { tlsPort } = await startBranch()
    await expect(connected(tlsPort, 'cam1')).rejects.toThrow()
  })

  test('the plaintext listener is for this machine only', async () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'hub.example'])
      await expect(startBroker({ parts: { doors: { plaintext: { host, port: 0 } } } })).rejects.toMatchObject(
        { code: 'broker.plaintext-exposed' },
      )
  })

  test('a port that is taken is said so', async () => {
    const { port } = await startBroker()
    await expect(
      startBroker({ parts: { doors: { plaintext: { host: '127.0.0.1', port } } } }),
    ).rejects.toMatchObject({ code: 'broker.port-taken' })
  })
})
