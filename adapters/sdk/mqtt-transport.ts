/**
 * A device's line to the hub over MQTT 3.1.1. Each connection is a new client with a clean session; what was not
 * acknowledged is the device's own to send again, so the client library keeps nothing.
 */
// The whole of it, because the library's own build for browsers has no names but this one.
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { createPageTimer, type PageTimer } from './page-timer.ts'
import type { Session, Transport } from './ports.ts'

export interface MqttAddress {
  /** `mqtt://…`, `mqtts://…`, `ws://…` or `wss://…` */
  readonly url: string
  readonly username?: string
  readonly password?: string
  /** PEM, for TLS. */
  readonly key?: string
  readonly certificate?: string
  readonly authority?: string
  /** Only to enrol with a claim code, before the hub's authority is known. */
  readonly trustAnyone?: boolean
}

const keepaliveSeconds = 30
const retryMinMs = 250
const retryMaxMs = 5_000
/** Only a line that held so long begins again with short waits: else one that is cut at once would be dialled for ever. */
const steadyMs = 10_000
/** CONNACK: identifier rejected, bad user name or password, not authorized [MQTT-3.2.2]. */
const refusals: ReadonlySet<number> = new Set([2, 4, 5])
/** A goodbye that nobody acknowledges ends after this. */
const goodbyeMs = 1_000

export interface MqttTransportParts {
  /** Asked again at each connection where it may change. */
  readonly address: MqttAddress | (() => MqttAddress | Promise<MqttAddress>)
  /** A fixed time between tries; default: longer and longer, as devices in the field should. */
  readonly retryMs?: number
  readonly retryMaxMs?: number
  /** 0 to 1, for each wait anew: makes it up to half as long again, so that a branch does not come back all at once. */
  readonly jitter?: () => number
  /** Connection trouble, once per change of its text. */
  readonly onTrouble?: (text: string) => void
  /** The broker said no to who we are; it keeps trying unless it is closed here. */
  readonly onRefused?: (text: string) => void
}

export const createMqttTransport = (parts: MqttTransportParts): Transport => new MqttLine(parts)

class MqttLine implements Transport {
  readonly #parts: MqttTransportParts
  #session: Session | undefined
  #client: MqttClient | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = retryMinMs
  #closed = false
  #trouble = ''
  /** Counts the times it was dialled: an address that comes late is that of an earlier one. */
  #turn = 0
  /** A page that nobody looks at has slow timers. */
  readonly #timer: PageTimer | undefined = 'Worker' in globalThis ? createPageTimer() : undefined
  readonly #unanswered = new Set<(error: Error) => void>()

  constructor(parts: MqttTransportParts) {
    this.#parts = parts
  }

  open(session: Session) {
    this.#session = session
    this.#dial(session)
  }

  publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }) {
    const client = this.#client
    if (client?.connected !== true) return Promise.reject(new Error('The line is down.'))
    return new Promise<void>((resolve, reject) => {
      this.#unanswered.add(reject)
      client.publish(topic, payload, { qos, retain }, (error) => {
        this.#unanswered.delete(reject)
        if (error) reject(error)
        else resolve()
      })
    })
  }

  drop(forMs: number) {
    const client = this.#client
    this.#client = undefined
    this.#turn += 1
    // Without DISCONNECT: the broker publishes the will.
    client?.stream.destroy()
    this.#again(forMs)
  }

  async close(orderly: boolean) {
    this.#closed = true
    clearTimeout(this.#retry)
    const client = this.#client
    if (client === undefined) return
    if (!orderly) {
      client.stream.destroy()
      return
    }
    // A goodbye to a broker that has gone is never answered.
    let force: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<void>((resolve) => {
      force = setTimeout(() => {
        client.end(true)
        resolve()
      }, goodbyeMs)
    })
    await Promise.race([client.endAsync(), enough])
    clearTimeout(force)
  }

  #dial(session: Session) {
    if (this.#closed) return
    this.#turn += 1
    const turn = this.#turn
    const { address: given } = this.#parts
    const address = typeof given === 'function' ? given() : given
    if (!(address instanceof Promise)) {
      this.#connect(session, address)
      return
    }
    const isMeant = () => !this.#closed && this.#turn === turn
    address.then(
      (known) => {
        if (isMeant()) this.#connect(session, known)
      },
      (error: unknown) => {
        if (!isMeant()) return
        this.#tell(error instanceof Error ? error.message : String(error))
        this.#again(this.#nextWaitMs())
      },
    )
  }

  #connect(session: Session, address: MqttAddress) {
    const client = mqtt.connect(address.url, optionsOf(address, session, this.#timer))
    let upSinceMs: number | undefined
    this.#client = client
    client.on('connect', () => {
      withoutDelay(client)
      client.subscribe([...session.subscriptions], { qos: 1 }, (error) => {
        if (this.#client !== client) return
        if (error !== null) {
          this.#refusedTopics(client, error)
          return
        }
        upSinceMs = performance.now()
        this.#trouble = ''
        session.onUp()
      })
    })
    client.on('message', (topic, payload) => session.onMessage(topic, payload.toString('utf8')))
    client.on('error', (error) => {
      if (error instanceof mqtt.ErrorWithReasonCode && refusals.has(error.code))
        this.#parts.onRefused?.(error.message)
      this.#tell(error.message)
    })
    client.on('close', () => {
      client.end(true)
      if (upSinceMs !== undefined) {
        session.onDown()
        if (performance.now() - upSinceMs >= steadyMs) this.#retryMs = retryMinMs
      }
      // What waits for a PUBACK will not get it here: the device sends it again on the next connection.
      for (const fail of this.#unanswered) fail(new Error('The line went down.'))
      this.#unanswered.clear()
      if (this.#client !== client) return
      this.#client = undefined
      this.#again(this.#nextWaitMs())
    })
  }

  /** Connected, and nothing to hear there: better a line that is lost and tried again than one that is deaf. */
  #refusedTopics(client: MqttClient, error: Error) {
    if (!client.connected) return
    this.#tell(error.message)
    client.stream.destroy()
  }

  /** Longer each time. */
  #nextWaitMs() {
    const waitMs = this.#parts.retryMs ?? this.#retryMs * (1 + (this.#parts.jitter?.() ?? 0) / 2)
    this.#retryMs = Math.min(this.#parts.retryMaxMs ?? retryMaxMs, this.#retryMs * 2)
    return waitMs
  }

  #tell(trouble: string) {
    if (trouble !== this.#trouble) this.#parts.onTrouble?.(trouble)
    this.#trouble = trouble
  }

  #again(ms: number) {
    clearTimeout(this.#retry)
    const session = this.#session
    if (!this.#closed && session !== undefined) this.#retry = setTimeout(() => this.#dial(session), ms)
  }
}

/** A small report must not wait for the acknowledgement of the one before it. A browser's socket has no such switch. */
const withoutDelay = ({ stream }: MqttClient) => {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true)
}

const optionsOf = (address: MqttAddress, session: Session, timer: PageTimer | undefined): IClientOptions => ({
  clientId: session.clientId,
  protocolVersion: 4,
  clean: true,
  keepalive: keepaliveSeconds,
  reconnectPeriod: 0,
  connectTimeout: 10_000,
  resubscribe: false,
  queueQoSZero: false,
  timerVariant: timer ?? 'native',
  ...(session.will !== undefined && { will: session.will }),
  ...(address.trustAnyone === true && { rejectUnauthorized: false }),
  ...(address.username !== undefined && { username: address.username }),
  ...(address.password !== undefined && { password: address.password }),
  ...(address.key !== undefined && { key: address.key }),
  ...(address.certificate !== undefined && { cert: address.certificate }),
  ...(address.authority !== undefined && { ca: address.authority }),
})
