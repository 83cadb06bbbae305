/**
 * The line of a page: MQTT 3.1.1 over the browser's own WebSocket, as much of it as a device needs. The library that
 * programs use is four times as long as all else of a page together, and a screen loads its page over a slow line, too.
 */
import type { MqttAddress, MqttClient, MqttTransportParts } from './mqtt-line.ts'
import { connectWithinMs, createMqttLine, type Dial, keepaliveSeconds, type MqttEvents } from './mqtt-line.ts'
import {
  type BrokerPacket,
  connectPacket,
  createPacketReader,
  disconnectPacket,
  pingPacket,
  pubackPacket,
  publishPacket,
  subscribePacket,
} from './mqtt-packets.ts'
import { createPageTimer, type PageTimer } from './page-timer.ts'
import type { Session, Transport } from './ports.ts'

interface Socket {
  binaryType: string
  send(bytes: Uint8Array<ArrayBuffer>): void
  close(): void
  addEventListener(name: 'open' | 'error' | 'close', call: () => void): void
  addEventListener(name: 'message', call: (event: { readonly data: unknown }) => void): void
}

export const createPageTransport = (parts: MqttTransportParts): Transport => {
  const timer = createPageTimer()
  const dial: Dial = (address, session, events) => new PageClient({ address, session, events, timer })
  return createMqttLine(dial, parts)
}

/** [MQTT-3.2.2] */
const refusedBecause: Readonly<Record<number, string>> = {
  1: 'unacceptable protocol version',
  2: 'identifier rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorized',
}

/** A packet has a number of two bytes, and none is 0 [MQTT-2.3.1]. */
const idsMax = 0xffff

interface Waiting {
  resolve(): void
  reject(error: Error): void
}

interface PageClientParts {
  readonly address: MqttAddress
  readonly session: Pick<Session, 'clientId' | 'will'>
  readonly events: MqttEvents
  /** A page that nobody looks at has slow timers. */
  readonly timer: PageTimer
}

class PageClient implements MqttClient {
  readonly #parts: PageClientParts
  readonly #reader = createPacketReader()
  readonly #waiting = new Map<number, Waiting>()
  readonly #deadline: ReturnType<typeof setTimeout>
  #socket: Socket | undefined
  #isConnected = false
  #isOver = false
  #lastId = 0
  #beat: number | undefined
  #awaitsPong = false
  #onIdle: () => void = () => {}

  constructor(parts: PageClientParts) {
    this.#parts = parts
    this.#deadline = setTimeout(() => this.#fail(new Error('The hub does not answer.')), connectWithinMs)
    // Whoever dials has the client in his hand before anything is told.
    queueMicrotask(() => this.#open())
  }

  publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }): Promise<void> {
    if (!this.#isConnected) return Promise.reject(new Error('The line is down.'))
    if (qos === 0) {
      this.#send(publishPacket({ topic, payload, retain, id: undefined }))
      return Promise.resolve()
    }
    return this.#answered((id) => publishPacket({ topic, payload, retain, id }))
  }

  subscribe(topics: readonly string[]): Promise<void> {
    return topics.length === 0 ? Promise.resolve() : this.#answered((id) => subscribePacket(id, topics))
  }

  destroy() {
    this.#close()
  }

  async end() {
    if (!this.#isConnected) {
      this.#close()
      return
    }
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
      if (this.#waiting.size === 0) resolve()
    })
    if (this.#isConnected) this.#send(disconnectPacket())
    this.#close()
  }

  #open() {
    if (this.#isOver) return
    const { address, session } = this.#parts
    const { WebSocket } = globalThis as unknown as {
      WebSocket: new (url: string, protocol: string) => Socket
    }
    let socket: Socket
    try {
      socket = new WebSocket(address.url, 'mqtt')
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
      return
    }
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () =>
      this.#send(
        connectPacket({
          clientId: session.clientId,
          keepaliveSeconds,
          will: session.will,
          username: address.username,
          password: address.password,
        }),
      ),
    )
    socket.addEventListener('message', ({ data }) => {
      if (!this.#isOver) this.#take(data)
    })
    socket.addEventListener('error', () => this.#fail(new Error(`No line to ${new URL(address.url).host}.`)))
    socket.addEventListener('close', () => this.#close())
  }

  #take(data: unknown) {
    try {
      if (!(data instanceof ArrayBuffer)) throw new Error('The hub sent text where MQTT is spoken.')
      for (const packet of this.#reader.take(new Uint8Array(data))) this.#hear(packet)
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #hear(packet: BrokerPacket) {
    if (this.#isOver) return
    const { events } = this.#parts
    if (packet.is === 'connack') this.#admitted(packet.code)
    if (packet.is === 'pong') this.#awaitsPong = false
    if (packet.is === 'publish') {
      events.onMessage(packet.topic, packet.payload)
      if (packet.id !== undefined) this.#send(pubackPacket(packet.id))
    }
    if (packet.is === 'puback') this.#settle(packet.id)
    if (packet.is === 'suback')
      this.#settle(
        packet.id,
        packet.isRefused ? new Error('Subscribe error: a topic is refused.') : undefined,
      )
  }

  #admitted(code: number) {
    if (this.#isConnected) throw new Error('The hub admitted it twice.')
    clearTimeout(this.#deadline)
    if (code !== 0) {
      const error = new Error(`Connection refused: ${refusedBecause[code] ?? code}`)
      this.#parts.events.onError(error, code)
      this.#close()
      return
    }
    this.#isConnected = true
    // Twice in the time after which the broker would miss it: the second time shows whether the first was answered.
    this.#beat = this.#parts.timer.set(() => this.#ping(), keepaliveSeconds * 500)
    this.#parts.events.onConnect()
  }

  #ping() {
    if (this.#awaitsPong) {
      this.#fail(new Error('Keepalive timeout'))
      return
    }
    this.#awaitsPong = true
    this.#send(pingPacket())
  }

  #answered(packet: (id: number) => Uint8Array<ArrayBuffer>): Promise<void> {
    // A hub that commits nothing acknowledges nothing, and what waits for it is said again and again.
    if (this.#waiting.size >= idsMax) return Promise.reject(new Error('Too much waits for an answer.'))
    do this.#lastId = (this.#lastId % idsMax) + 1
    while (this.#waiting.has(this.#lastId))
    const id = this.#lastId
    return new Promise<void>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#send(packet(id))
    })
  }

  #settle(id: number, error?: Error) {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve()
    else waiting?.reject(error)
    if (this.#waiting.size === 0) this.#onIdle()
  }

  #send(bytes: Uint8Array<ArrayBuffer>) {
    if (!this.#isOver) this.#socket?.send(bytes)
  }

  #fail(error: Error) {
    if (this.#isOver) return
    this.#parts.events.onError(error)
    this.#close()
  }

  /** Told afterwards: whoever closes it may be in the middle of something. */
  #close() {
    if (this.#isOver) return
    this.#isOver = true
    this.#isConnected = false
    clearTimeout(this.#deadline)
    if (this.#beat !== undefined) this.#parts.timer.clear(this.#beat)
    this.#socket?.close()
    for (const { reject } of this.#waiting.values()) reject(new Error('The line went down.'))
    this.#waiting.clear()
    this.#onIdle()
    queueMicrotask(() => this.#parts.events.onClose())
  }
}
