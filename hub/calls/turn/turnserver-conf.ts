/**
 * The configuration of coturn that fits the hub's: credentials of the hub alone, and no way into any network but those of
 * the calls. An open relay is a way around every firewall that trusts it (OWASP ASVS 5.0, V17.1).
 */
import { BlockList, isIP } from 'node:net'
import type { RelaySettings } from './settings.ts'

const setting = (name: string, value: string | number | undefined) =>
  value === undefined ? [] : [`${name}=${value}`]

const bitsOf = (address: string): { readonly value: bigint; readonly size: number } => {
  if (isIP(address) === 4)
    return { value: address.split('.').reduce((all, part) => (all << 8n) | BigInt(part), 0n), size: 32 }
  // As a URL it is written in full groups, whatever it was written like.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const [front, back] = [groups(head), groups(tail)]
  const all = [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
  return { value: all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), size: 128 }
}

const textOf = (value: bigint, size: number): string => {
  const step = size === 32 ? 8n : 16n
  const count = size === 32 ? 4 : 8
  const parts = Array.from(
    { length: count },
    (_, at) => (value >> (step * BigInt(count - 1 - at))) & ((1n << step) - 1n),
  )
  return size === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':')
}

/** coturn knows ranges, and no networks. */
export const rangeOf = (network: string): string => {
  const [address = '', bits] = network.split('/')
  const { value, size } = bitsOf(address)
  const open = BigInt(size - Number(bits ?? size))
  const first = (value >> open) << open
  const last = first | ((1n << open) - 1n)
  return first === last ? textOf(first, size) : `${textOf(first, size)}-${textOf(last, size)}`
}

/** Of this machine, wherever it runs: what listens there trusts whoever can reach it. */
const isOfThisMachine = (network: string) => {
  const own = new BlockList()
  own.addSubnet('127.0.0.0', 8, 'ipv4')
  own.addAddress('::1', 'ipv6')
  const [address = ''] = network.split('/')
  return own.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

const everybody = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']

const encrypted = ({ tlsPort, certificate, key }: RelaySettings) =>
  certificate === undefined || key === undefined
    ? [
        '# No certificate was named: what browsers say to the relay is open but for the media, which are encrypted anyway.',
        'no-tls',
        'no-dtls',
      ]
    : [`tls-listening-port=${tlsPort}`, `cert=${certificate}`, `pkey=${key}`, 'no-tlsv1', 'no-tlsv1_1']

const peers = ({ address, mediaNetworks }: RelaySettings) => [
  '# To the networks of the calls, and to itself, where two behind it meet; nowhere else.',
  ...everybody.map((range) => `denied-peer-ip=${range}`),
  ...[...mediaNetworks, ...(address === undefined ? [] : [address])].map(
    (network) => `allowed-peer-ip=${rangeOf(network)}`,
  ),
  'no-multicast-peers',
  ...(mediaNetworks.some(isOfThisMachine)
    ? ['# A media network is of this machine itself: for trying out only.', 'allow-loopback-peers']
    : []),
  'no-dynamic-ip-list',
]

export const turnserverConf = (relay: RelaySettings, secret: string): string =>
  `${[
    '# Written by `usher calls turn-config`. It holds the secret: readable by the user of coturn alone.',
    ...relay.listen.map((address) => `listening-ip=${address}`),
    `listening-port=${relay.port}`,
    ...encrypted(relay),
    '',
    '# Only who was given a credential by the hub, and only until it ends.',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    `realm=${relay.realm}`,
    'fingerprint',
    'stale-nonce=600',
    '',
    ...setting('relay-ip', relay.address),
    `min-port=${relay.portMin}`,
    `max-port=${relay.portMax}`,
    'no-tcp-relay',
    ...peers(relay),
    '',
    `user-quota=${relay.perParticipantMax}`,
    `total-quota=${relay.allMax}`,
    `max-bps=${relay.bytesPerSecondMax}`,
    '',
    'no-cli',
    'no-software-attribute',
    'no-rfc5780',
    'no-stun-backward-compatibility',
    'response-origin-only-with-rfc5780',
    'syslog',
  ].join('\n')}\n`
