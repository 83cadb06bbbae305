/** How the browsers of a call find each other, and the relay for networks that let nothing go straight. */
import { isIP } from 'node:net'
import { z } from 'zod'
import { DeskSettings, ServedBranches } from '../link/settings.ts'

const about = (unit: string, description: string) => ({ unit, description })
const Port = z.int().min(1).max(65_535)

const isNetwork = (text: string) => {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  const size = bits === undefined ? 0 : Number(bits)
  return (
    family !== 0 &&
    more === undefined &&
    (bits === undefined || /^\d{1,3}$/.test(bits)) &&
    size <= (family === 4 ? 32 : 128)
  )
}

const Network = z.string().refine(isNetwork, 'An address, or a network such as 10.20.30.0/24.')
const Address = z.string().refine((text) => isIP(text) !== 0, 'An address.')
/** What follows goes into the file of another program, a line each. */
const Line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w./:@-]+$/)

const TurnUrl = z
  .string()
  .regex(/^turns?:[\w.:[\]-]+(?:\?transport=(?:udp|tcp))?$/, 'Such as turn:relay.branch.example:3478.')
const StunUrl = z.string().regex(/^stuns?:[\w.:[\]-]+$/, 'Such as stun:relay.branch.example:3478.')

export const RelaySettings = z.strictObject({
  listen: z
    .array(Address)
    .max(16)
    .default([])
    .meta(about('addresses', 'Where the relay listens. None: on every address of its machine.')),
  port: Port.default(3478).meta(about('port', 'Of the relay, over UDP and TCP.')),
  tlsPort: Port.default(5349).meta(about('port', 'The same over TLS, where a certificate is named.')),
  certificate: Line.optional().meta(about('path', 'PEM, on the machine of the relay. Without: no TLS.')),
  key: Line.optional().meta(about('path', 'The private key of that certificate, PEM.')),
  realm: Line.default('usher').meta(
    about('name', 'What the relay calls itself when it asks for credentials.'),
  ),
  address: Address.optional().meta(
    about(
      'address',
      'From where it relays, on a machine with several. It may relay to itself: two behind it meet there.',
    ),
  ),
  mediaNetworks: z
    .array(Network)
    .max(64)
    .default([])
    .meta(
      about(
        'networks',
        'The networks of kiosks, tablets and experts, such as `10.20.30.0/24`. It relays to these and nowhere else, or it would be a way into the rest of the bank.',
      ),
    ),
  portMin: Port.default(49_152).meta(about('port', 'The first port that it relays from, over UDP.')),
  portMax: Port.default(49_999).meta(
    about('port', 'The last one: two for each participant and each other one.'),
  ),
  perParticipantMax: z
    .int()
    .min(1)
    .max(1_000)
    .default(36)
    .meta(about('relays', 'Three others, over three ways each, and as many again while a way is changed.')),
  allMax: z.int().min(1).max(100_000).default(800).meta(about('relays', 'At once, whoever asks.')),
  bytesPerSecondMax: z
    .int()
    .min(10_000)
    .default(250_000)
    .meta(about('bytes/s', 'Of one relay: a picture and a voice take a third of it.')),
})
export type RelaySettings = z.infer<typeof RelaySettings>

const Turn = z.strictObject({
  urls: z
    .array(TurnUrl)
    .min(1)
    .max(8)
    .meta(about('addresses', 'Of the relay as browsers reach it, such as `turn:relay.branch.example:3478`.')),
  secretFile: z
    .string()
    .min(1)
    .meta(about('path', 'What the hub and the relay both know; readable by the hub’s user alone.')),
  ttlMs: z
    .int()
    .min(10_000)
    .max(3_600_000)
    .default(600_000)
    .meta(
      about(
        'ms',
        'A credential ends after it, so that one that was copied is soon worth nothing. Pages get a new one at half of it.',
      ),
    ),
})

export const CallsSettings = z.strictObject({
  stun: z
    .array(StunUrl)
    .max(8)
    .default([])
    .meta(
      about(
        'addresses',
        'Who tells a browser its address behind a translation. None is needed where experts reach the branch by its own addresses.',
      ),
    ),
  relayOnly: z
    .boolean()
    .default(false)
    .meta(
      about(
        'yes or no',
        'Nothing goes straight from browser to browser: for networks that let nothing else through, or that want it all to pass one place.',
      ),
    ),
  turn: z
    .union([z.literal(false), Turn])
    .default(false)
    .meta(about('section', 'A relay, coturn for example. `false`: there is none, and calls go straight.')),
  desk: z
    .union([z.literal(false), DeskSettings])
    .default(false)
    .meta(
      about(
        'section',
        'An expert desk elsewhere that answers for this branch; its file then lists no `experts`. `false`: there is none.',
      ),
    ),
  branches: ServedBranches.default([]).meta(
    about(
      'branches',
      'Of an expert desk (`usher start --role desk`): `name` and `secretFile` of each branch that it serves.',
    ),
  ),
  relay: RelaySettings.prefault({}).meta(
    about('section', 'What `usher calls turn-config` writes for coturn.'),
  ),
})
export type CallsSettings = z.infer<typeof CallsSettings>
