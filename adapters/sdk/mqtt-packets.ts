/** The few packets of MQTT 3.1.1 that a page needs, as bytes; and the broker's, read out of a stream of bytes. */

const type = { connect: 0x10, publish: 0x30, puback: 0x40, subscribe: 0x82 } as const
/** What the hub never sends: a stream that does is none of MQTT. */
const bytesMax = 1024 * 1024

const text = (value: string): readonly number[] => {
  const bytes = new TextEncoder().encode(value)
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes]
}

const twoBytes = (value: number): readonly number[] => [value >> 8, value & 0xff]

/** [MQTT-2.2.3] */
const packet = (first: number, body: readonly number[]): Uint8Array<ArrayBuffer> => {
  const length: number[] = []
  let rest = body.length
  do {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    rest >>= 7
  } while (rest > 0)
  return Uint8Array.from([first, ...length, ...body])
}

export interface ConnectWish {
  readonly clientId: string
  readonly keepaliveSeconds: number
  readonly will:
    | { readonly topic: string; readonly payload: string; readonly qos: 0 | 1; readonly retain: boolean }
    | undefined
  readonly username: string | undefined
  readonly password: string | undefined
}

/** With a clean session. */
export const connectPacket = ({ clientId, keepaliveSeconds, will, username, password }: ConnectWish) => {
  const flags =
    0x02 |
    (will === undefined ? 0 : 0x04 | (will.qos << 3) | (will.retain ? 0x20 : 0)) |
    (password === undefined ? 0 : 0x40) |
    (username === undefined ? 0 : 0x80)
  return packet(type.connect, [
    ...text('MQTT'),
    4,
    flags,
    ...twoBytes(keepaliveSeconds),
    ...text(clientId),
    ...(will === undefined ? [] : [...text(will.topic), ...text(will.payload)]),
    ...(username === undefined ? [] : text(username)),
    ...(password === undefined ? [] : text(password)),
  ])
}

export interface PublishWish {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
  /** undefined: at QoS 0. */
  readonly id: number | undefined
}

export const publishPacket = ({ topic, payload, retain, id }: PublishWish) =>
  packet(type.publish | (id === undefined ? 0 : 0x02) | (retain ? 1 : 0), [
    ...text(topic),
    ...(id === undefined ? [] : twoBytes(id)),
    ...new TextEncoder().encode(payload),
  ])

export const pubackPacket = (id: number) => packet(type.puback, twoBytes(id))

/** At QoS 1. */
export const subscribePacket = (id: number, topics: readonly string[]) =>
  packet(type.subscribe, [...twoBytes(id), ...topics.flatMap((topic) => [...text(topic), 1])])

export const pingPacket = () => Uint8Array.of(0xc0, 0)
export const disconnectPacket = () => Uint8Array.of(0xe0, 0)

export type BrokerPacket =
  | { readonly is: 'connack'; readonly code: number }
  /** `id` undefined: at QoS 0. */
  | {
      readonly is: 'publish'
      readonly topic: string
      readonly payload: string
      readonly id: number | undefined
    }
  | { readonly is: 'puback'; readonly id: number }
  | { readonly is: 'suback'; readonly id: number; readonly isRefused: boolean }
  | { readonly is: 'pong' }

const wordAt = (body: Uint8Array, at: number): number => {
  const [high, low] = body.subarray(at, at + 2)
  if (high === undefined || low === undefined) throw new Error('The hub sent a packet that ends too early.')
  return (high << 8) | low
}

const published = (flags: number, body: Uint8Array): BrokerPacket => {
  const textAt = 2 + wordAt(body, 0)
  const isNumbered = (flags & 0x06) !== 0
  const decoder = new TextDecoder()
  return {
    is: 'publish',
    topic: decoder.decode(body.subarray(2, textAt)),
    payload: decoder.decode(body.subarray(isNumbered ? textAt + 2 : textAt)),
    id: isNumbered ? wordAt(body, textAt) : undefined,
  }
}

const read = (first: number, body: Uint8Array): BrokerPacket => {
  const kind = first >> 4
  if (kind === 2) return { is: 'connack', code: body[1] ?? 0xff }
  if (kind === 3) return published(first & 0x0f, body)
  if (kind === 4) return { is: 'puback', id: wordAt(body, 0) }
  if (kind === 9) return { is: 'suback', id: wordAt(body, 0), isRefused: body.subarray(2).includes(0x80) }
  if (kind === 13) return { is: 'pong' }
  throw new Error(`The hub sent a packet of a kind that is not for devices: ${kind}.`)
}

/** @returns the length, and where the body begins; undefined: not all of it is here yet. */
const lengthOf = (bytes: Uint8Array): { readonly length: number; readonly at: number } | undefined => {
  let length = 0
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 128 ** (at - 1)
    if (length > bytesMax) throw new Error(`The hub sent a packet of more than ${bytesMax} bytes.`)
    if (byte < 0x80) return { length, at: at + 1 }
  }
  throw new Error('The hub sent a packet without a length.')
}

export interface PacketReader {
  /** @returns the packets that are whole now. @throws on what is no MQTT */
  take(bytes: Uint8Array): readonly BrokerPacket[]
}

/** A message of a WebSocket may hold less or more than a packet [MQTT-6.0.0-2]. */
export const createPacketReader = (): PacketReader => {
  let held = new Uint8Array()
  return {
    take(bytes) {
      const joined = new Uint8Array(held.length + bytes.length)
      joined.set(held)
      joined.set(bytes, held.length)
      held = joined
      const found: BrokerPacket[] = []
      for (;;) {
        const known = lengthOf(held)
        if (known === undefined || held.length < known.at + known.length) return found
        const end = known.at + known.length
        found.push(read(held[0] ?? 0, held.subarray(known.at, end)))
        // Not copied: thousands of small ones may come at once.
        held = held.subarray(end)
      }
    },
  }
}
