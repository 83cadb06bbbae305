/**
 * A small MQTT 3.1.1 client that costs next to nothing, so that the figures are of the contestant and not of the client.
 * Small packets are never delayed.
 */
import net from 'node:net'
import { nowMs } from '../clock.ts'

export interface WireOptions {
  readonly port: number
  readonly clientId: string
  /** @param atMs when the bytes came in. */
  onMessage?(topic: string, payload: Buffer, atMs: number): void
  onAcknowledged?(packetId: number): void
  onClosed?(): void
}

export interface Wire {
  /** @returns the packet's id. */
  publish(topic: string, payload: string, options?: { qos?: 0 | 1; retain?: boolean }): number
  subscribe(filter: string): Promise<void>
  /** Published at QoS 1 and not acknowledged yet. */
  readonly unacknowledged: number
  end(): void
}

const keepAliveSeconds = 60
const pingEveryMs = 20_000
const [connectType, connackType, publishType, pubackType, subscribeType, subackType] = [1, 2, 3, 4, 8, 9]
const pingreq = Buffer.from([0xc0, 0])
const disconnect = Buffer.from([0xe0, 0])

const lengthBytes = (length: number): number[] => {
  const digits: number[] = []
  let rest = length
  do {
    const more = rest >= 128
    digits.push((rest % 128) + (more ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return digits
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

const idBytes = (id: number) => Buffer.from([id >> 8, id & 255])

const packet = (first: number, ...parts: readonly Buffer[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Buffer.from([first, ...lengthBytes(length)]), ...parts])
}

const connectPacket = (clientId: string) =>
  packet(
    connectType << 4,
    text('MQTT'),
    Buffer.from([4, 2, keepAliveSeconds >> 8, keepAliveSeconds & 255]),
    text(clientId),
  )

interface Frame {
  readonly first: number
  readonly body: Buffer
}

/** Cuts the stream into packets; keeps what is not whole yet. */
const createFrames = () => {
  let rest: Buffer = Buffer.alloc(0)
  return function* (chunk: Buffer): Generator<Frame> {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    while (at < bytes.length) {
      let length = 0
      let digits = 0
      let whole = false
      while (!whole && at + 1 + digits < bytes.length) {
        const byte = bytes[at + 1 + digits] ?? 0
        length += (byte & 127) * 128 ** digits
        digits += 1
        whole = byte < 128
      }
      const end = at + 1 + digits + length
      if (!whole || end > bytes.length) break
      yield { first: bytes[at] ?? 0, body: bytes.subarray(at + 1 + digits, end) }
      at = end
    }
    rest = bytes.subarray(at)
  }
}

class WireClient implements Wire {
  readonly #socket: net.Socket
  readonly #options: WireOptions
  readonly #frames = createFrames()
  readonly #topics = new Map<string, Buffer>()
  readonly #subscribing = new Map<number, () => void>()
  #lastId = 0
  #connected: (() => void) | undefined
  unacknowledged = 0

  constructor(socket: net.Socket, options: WireOptions, onConnected: () => void) {
    this.#socket = socket
    this.#options = options
    this.#connected = onConnected
    socket.on('data', (chunk) => this.#read(chunk))
    const ping = setInterval(() => socket.write(pingreq), pingEveryMs)
    socket.once('close', () => {
      clearInterval(ping)
      options.onClosed?.()
    })
    socket.write(connectPacket(options.clientId))
  }

  publish(
    topic: string,
    payload: string,
    { qos = 1, retain = false }: { qos?: 0 | 1; retain?: boolean } = {},
  ) {
    let name = this.#topics.get(topic)
    if (name === undefined) {
      name = text(topic)
      // Report topics name their task and never come again.
      if (this.#topics.size < 100) this.#topics.set(topic, name)
    }
    const first = (publishType << 4) | (qos << 1) | (retain ? 1 : 0)
    if (qos === 0) {
      this.#socket.write(packet(first, name, Buffer.from(payload)))
      return 0
    }
    const id = this.#nextId()
    this.unacknowledged += 1
    this.#socket.write(packet(first, name, idBytes(id), Buffer.from(payload)))
    return id
  }

  subscribe(filter: string): Promise<void> {
    const id = this.#nextId()
    return new Promise((resolve) => {
      this.#subscribing.set(id, resolve)
      this.#socket.write(packet((subscribeType << 4) | 2, idBytes(id), text(filter), Buffer.from([1])))
    })
  }

  end() {
    this.#socket.end(disconnect)
  }

  #nextId() {
    this.#lastId = (this.#lastId % 65_535) + 1
    return this.#lastId
  }

  #read(chunk: Buffer) {
    const atMs = nowMs()
    const answers: Buffer[] = []
    for (const { first, body } of this.#frames(chunk)) {
      const type = first >> 4
      if (type === publishType) this.#take(first, { body, atMs, answers })
      else if (type === pubackType) {
        this.unacknowledged -= 1
        this.#options.onAcknowledged?.(body.readUInt16BE(0))
      } else if (type === subackType) {
        const id = body.readUInt16BE(0)
        this.#subscribing.get(id)?.()
        this.#subscribing.delete(id)
      } else if (type === connackType) {
        if (body[1] !== 0) throw new Error(`The broker refused ${this.#options.clientId}: ${body[1]}.`)
        this.#connected?.()
        this.#connected = undefined
      }
    }
    if (answers.length > 0)
      this.#socket.write(answers.length === 1 ? (answers[0] as Buffer) : Buffer.concat(answers))
  }

  #take(first: number, { body, atMs, answers }: { body: Buffer; atMs: number; answers: Buffer[] }) {
    const nameEnd = 2 + body.readUInt16BE(0)
    const topic = body.toString('utf8', 2, nameEnd)
    const qos = (first >> 1) & 3
    if (qos > 0) answers.push(packet(pubackType << 4, body.subarray(nameEnd, nameEnd + 2)))
    this.#options.onMessage?.(topic, body.subarray(qos > 0 ? nameEnd + 2 : nameEnd), atMs)
  }
}

/** @throws when the broker cannot be reached. */
export const connectWire = (options: WireOptions): Promise<Wire> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ port: options.port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      // An error of a running connection is its end, and that is reported.
      socket.on('error', () => undefined)
      const client: WireClient = new WireClient(socket, options, () => resolve(client))
    })
  })
