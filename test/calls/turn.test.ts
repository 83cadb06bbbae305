/** Credentials that end by themselves, and the configuration of a relay that is no way into anything else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { turnCredential } from '#hub/calls/turn/credentials.ts'
import { createIceSide } from '#hub/calls/turn/ice.ts'
import { CallsSettings, RelaySettings } from '#hub/calls/turn/settings.ts'
import { rangeOf, turnserverConf } from '#hub/calls/turn/turnserver-conf.ts'

const secretFile = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-turn-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'secret')
  writeFileSync(file, text)
  return file
}
const secret = 'north-gate-0123456789abcdef-0123456789'

test('a credential says until when, whose, and that the hub made it', () => {
  const made = turnCredential({
    secret: 'logen',
    user: 'expert-wang',
    nowMs: 1_700_000_000_500,
    ttlMs: 600_000,
  })
  expect(made.username).toBe('1700000600:expert-wang')
  // printf %s 1700000600:expert-wang | openssl dgst -sha1 -hmac logen -binary | base64
  expect(made.credential).toBe('wGA+60Kg17V1y06MZy91ZBoYBgk=')
})

describe('pages are told', () => {
  const settings = (file: string) =>
    CallsSettings.parse({
      stun: ['stun:relay.example:3478'],
      relayOnly: true,
      turn: { urls: ['turn:relay.example:3478', 'turns:relay.example:5349?transport=tcp'], secretFile: file },
    })

  test('the ways there are, with a credential of their own for ten minutes, renewed after five', () => {
    const side = createIceSide(settings(secretFile(`${secret}\n`)), () => 1_000_000)
    expect(side.renewEveryMs).toBe(300_000)
    const { iceServers, relayOnly } = side.iceFor({ call: 'call-1', participant: 'kiosk:k-1' })
    expect(relayOnly).toBe(true)
    expect(iceServers).toEqual([
      { urls: ['stun:relay.example:3478'] },
      {
        urls: ['turn:relay.example:3478', 'turns:relay.example:5349?transport=tcp'],
        ...turnCredential({ secret, user: 'kiosk-k-1', nowMs: 1_000_000, ttlMs: 600_000 }),
      },
    ])
  })

  test('nothing where nothing is set', () => {
    const side = createIceSide(CallsSettings.parse({}), () => 0)
    expect(side.iceFor({ call: 'call-1', participant: 'kiosk:k-1' })).toEqual({
      iceServers: [],
      relayOnly: false,
    })
    expect(side.renewEveryMs).toBeUndefined()
  })

  test.each([
    ['is not there', () => '/nowhere/secret'],
    ['is short', () => secretFile('hunter2')],
    ['has more lines', () => secretFile(`${secret}\nno-auth\n`)],
  ])('nothing by a hub whose secret %s: it does not start', (_, file) => {
    expect(() => createIceSide(settings(file()), () => 0)).toThrow(/config.invalid.*secretFile|secretFile/)
  })
})

describe('the configuration of the relay', () => {
  const conf = (more: object = {}) =>
    turnserverConf(RelaySettings.parse({ mediaNetworks: ['10.20.30.0/24'], ...more }), secret).split('\n')

  test('lets nobody relay to anything but the networks of the calls', () => {
    const lines = conf({ address: '10.20.31.5' })
    expect(lines.filter((line) => line.includes('peer'))).toEqual([
      'denied-peer-ip=0.0.0.0-255.255.255.255',
      'denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      'allowed-peer-ip=10.20.30.0-10.20.30.255',
      'allowed-peer-ip=10.20.31.5',
      'no-multicast-peers',
    ])
    for (const line of [
      'use-auth-secret',
      'no-cli',
      'no-tcp-relay',
      'user-quota=36',
      'no-software-attribute',
    ])
      expect(lines).toContain(line)
    expect(lines).not.toContain('lt-cred-mech')
  })

  test('speaks TLS where a certificate is named', () => {
    const lines = conf({ certificate: '/etc/relay.pem', key: '/etc/relay.key' })
    expect(lines).toContain('tls-listening-port=5349')
    expect(lines).toContain('cert=/etc/relay.pem')
    expect(lines).not.toContain('no-tls')
    expect(conf()).toContain('no-tls')
  })

  test('takes loopback only where it was asked for', () => {
    expect(conf()).not.toContain('allow-loopback-peers')
    expect(conf({ mediaNetworks: ['127.0.0.0/8'] })).toContain('allow-loopback-peers')
  })

  test.each([
    { realm: 'a\nno-auth' },
    { certificate: '/a b' },
    { mediaNetworks: ['10.0.0.0/33'] },
    { mediaNetworks: ['bank'] },
    { address: '10.0.0' },
  ])('cannot be made to say anything else: %j', (more) => {
    expect(RelaySettings.safeParse(more).success).toBe(false)
  })
})

describe('a network as a range', () => {
  test.each([
    ['10.20.30.40/24', '10.20.30.0-10.20.30.255'],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
    ['192.0.2.1', '192.0.2.1'],
    ['fd00:1::/64', 'fd00:1:0:0:0:0:0:0-fd00:1:0:0:ffff:ffff:ffff:ffff'],
    ['::ffff:10.0.0.1', '0:0:0:0:0:ffff:a00:1'],
  ])('%s is %s', (network, range) => {
    expect(rangeOf(network)).toBe(range)
  })

  test('has exactly the addresses of the network', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 8, max: 31 }), fc.ipV4(), (address, bits, other) => {
        const network = new BlockList()
        network.addSubnet(address, bits)
        const [first = '', last = ''] = rangeOf(`${address}/${bits}`).split('-')
        const range = new BlockList()
        range.addRange(first, last)
        for (const one of [first, last, other]) expect(range.check(one)).toBe(network.check(one))
        expect([isIP(first), isIP(last)]).toEqual([4, 4])
      }),
    )
  })
})
