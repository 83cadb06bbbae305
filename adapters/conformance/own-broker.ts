/** The examiner's own broker on the loopback address: it sees every packet of the device before anybody answers it. */
import { type AddressInfo, createServer, type Server } from 'node:net'
import { Aedes, type AedesOptions, type Client, type ConnectPacket, type PublishPacket } from 'aedes'
import { type Acks, createAcks } from './acks.ts'
import { openSlowLine } from './slow-line.ts'
import type { Connection, Line, Station } from './station.ts'
import type { Transcript } from './transcript.ts'

type Seen = { -readonly [key in keyof Connection]: Connection[key] } & { filters: string[] }

type AuthorizePublish = NonNullable<AedesOptions['authorizePublish']>

const seenOf = (packet: ConnectPacket, number: number): Seen => ({
  number,
  clientId: packet.clientId,
  protocolVersion: packet.protocolVersion,
  clean: packet.clean === true,
  keepAliveSeconds: packet.keepalive ?? 0,
  will:
    packet.will === undefined
      ? undefined
      : {
          topic: packet.will.topic,
          payload: packet.will.payload.toString(),
          qos: packet.will.qos ?? 0,
          retain: packet.will.retain === true,
        },
  filters: [],
  pings: 0,
  open: true,
  orderly: false,
})

/** What is known about the device's connections, whichever broker they reached. */
class Ledger {
  readonly connections: Seen[] = []
  readonly #byClient = new WeakMap<Client, Seen>()
  readonly #transcript: Transcript
  readonly #acks: Acks
  isHeld: ((topic: string, payload: string) => boolean) | undefined

  constructor(transcript: Transcript, acks: Acks) {
    this.#transcript = transcript
    this.#acks = acks
  }

  hooks(): AedesOptions {
    return {
      preConnect: (client, packet, callback) => {
        const seen = seenOf(packet, this.connections.length + 1)
        this.connections.push(seen)
        this.#byClient.set(client, seen)
        this.#transcript.opened(seen.number)
        this.#transcript.stir()
        callback(null, true)
      },
      authorizePublish: (...args) => this.#hear(...args),
    }
  }

  #hear(...[client, packet, callback]: Parameters<AuthorizePublish>) {
    const { topic, qos, retain } = packet
    const payload = packet.payload.toString()
    const isWill = client !== null && (client as Client & { will?: PublishPacket }).will === packet
    const connection = client === null ? 0 : (this.#byClient.get(client)?.number ?? 0)
    const from = isWill ? 'will' : 'device'
    this.#transcript.hear({ from, topic, payload, qos, retain, connection })
    // Without an answer there is no PUBACK: the device must take the message for not delivered.
    if (!isWill && this.isHeld?.(topic, payload) === true) return this.#acks.held(topic, payload)
    callback(null)
    if (!isWill && qos > 0) this.#acks.settled(topic, payload)
  }

  watch(aedes: Aedes) {
    const change = (client: Client, apply: (seen: Seen) => void) => {
      const seen = this.#byClient.get(client)
      if (seen === undefined) return
      apply(seen)
      this.#transcript.stir()
    }
    aedes.on('subscribe', (filters, client) =>
      change(client, (seen) => seen.filters.push(...filters.map(({ topic }) => topic))),
    )
    aedes.on('ping', (_packet, client) =>
      change(client, (seen) => {
        seen.pings += 1
      }),
    )
    aedes.on('clientDisconnect', (client) =>
      change(client, (seen) => {
        seen.open = false
        seen.orderly = (client as Client & { _disconnected?: boolean })._disconnected === true
      }),
    )
  }
}

interface Running {
  readonly aedes: Aedes
  readonly server: Server
  readonly port: number
}

const run = async (ledger: Ledger): Promise<Running> => {
  const aedes = await Aedes.createBroker(ledger.hooks())
  ledger.watch(aedes)
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    aedes.handle(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { aedes, server, port: (server.address() as AddressInfo).port }
}

const end = async ({ aedes, server }: Running) => {
  await new Promise<void>((resolve) => aedes.close(resolve))
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

export const openOwnBroker = async (transcript: Transcript): Promise<Station> => {
  const say: Station['publish'] = (topic, payload, { qos, retain }) =>
    new Promise((resolve, reject) => {
      transcript.hear({ from: 'examiner', topic, payload: payload.toString(), qos, retain, connection: 0 })
      const packet: PublishPacket = { cmd: 'publish', topic, payload, qos, retain, dup: false }
      running.aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
    })
  // Who is gone by then hears it with what comes next.
  const acks = createAcks(
    (topic, payload) => void say(topic, payload, { qos: 0, retain: false }).catch(() => {}),
  )
  const ledger = new Ledger(transcript, acks)
  let running = await run(ledger)
  const road = await openSlowLine(() => running.port)
  const line: Line = {
    connections: () => ledger.connections,
    cut: () => road.cut(),
    slow: (delayMs) => road.slow(delayMs),
    holdAcks(isMeant) {
      ledger.isHeld = isMeant
    },
    async restart(downMs) {
      await road.shut()
      await end(running)
      running = await run(ledger)
      await new Promise((resolve) => setTimeout(resolve, downMs))
      await road.open()
    },
  }
  return {
    url: `mqtt://127.0.0.1:${road.port}`,
    transcript,
    line,
    publish: say,
    async close() {
      await road.shut()
      await end(running)
    },
  }
}
