/**
 * A device's line to the hub over MQTT 3.1.1, whoever speaks it. Each connection is a new client with a clean session;
 * what was not acknowledged is the device's own to send again, so the client keeps nothing.
 */
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

/** One connection, from when it is dialled until it is closed. */
export interface MqttClient {
  /** QoS 1: resolves with the PUBACK. Rejects when the line is down or goes down before it. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  /** At QoS 1. Rejects when the broker refuses one of them. */
  subscribe(topics: readonly string[]): Promise<void>
  /** Without DISCONNECT: the broker publishes the will. */
  destroy(): void
  /** With DISCONNECT, after what still waits for its PUBACK. */
  end(): Promise<void>
}

export interface MqttEvents {
  onConnect(): void
  onMessage(topic: string, payload: string): void
  /** @param refusal the code of a CONNACK that says no [MQTT-3.2.2] */
  onError(error: Error, refusal?: number): void
  /** Once. */
  onClose(): void
}

/** Never throws; what fails is told afterwards. */
export type Dial = (
  address: MqttAddress,
  session: Pick<Session, 'clientId' | 'will'>,
  events: MqttEvents,
) => MqttClient

/** The same for everybody who dials. */
export const keepaliveSeconds = 30
export const connectWithinMs = 10_000

const retryMinMs = 250
const retryMaxMs = 5_000
/** Only a line that held so long begins again with short waits: else one that is cut at once would be dialled for ever. */
const steadyMs = 10_000
/** CONNACK: identifier rejected, bad user name or password, not authorized [MQTT-3.2.2]. */
const refusals: ReadonlySet<number> = new Set([2, 4, 5])
/** A goodbye that nobody acknowledges ends after this. */
const goodbyeMs = 1_000

export const createMqttLine = (dial: Dial, parts: MqttTransportParts): Transport => new MqttLine(dial, parts)

class MqttLine implements Transport {
  readonly #dialWith: Dial
  readonly #parts: MqttTransportParts
  #session: Session | undefined
  #client: MqttClient | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = retryMinMs
  #closed = false
  #trouble = ''
  /** Counts the times it was dialled: an address that comes late is that of an earlier one. */
  #turn = 0
  #isConnected = false
  readonly #unanswered = new Set<(error: Error) => void>()

  constructor(dial: Dial, parts: MqttTransportParts) {
    this.#dialWith = dial
    this.#parts = parts
  }

  open(session: Session) {
    this.#session = session
    this.#dial(session)
  }

  publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }) {
    const client = this.#client
    if (client === undefined || !this.#isConnected) return Promise.reject(new Error('The line is down.'))
    return new Promise<void>((resolve, reject) => {
      this.#unanswered.add(reject)
      client
        .publish(topic, payload, { qos, retain })
        .finally(() => this.#unanswered.delete(reject))
        .then(resolve, reject)
    })
  }

  drop(forMs: number) {
    const client = this.#client
    this.#client = undefined
    this.#isConnected = false
    this.#turn += 1
    client?.destroy()
    this.#again(forMs)
  }

  async close(orderly: boolean) {
    this.#closed = true
    clearTimeout(this.#retry)
    const client = this.#client
    if (client === undefined) return
    if (!orderly) {
      client.destroy()
      return
    }
    // A goodbye to a broker that has gone is never answered.
    let force: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<void>((resolve) => {
      force = setTimeout(() => {
        client.destroy()
        resolve()
      }, goodbyeMs)
    })
    await Promise.race([client.end(), enough])
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
    let upSinceMs: number | undefined
    let deaf: ReturnType<typeof setTimeout> | undefined
    const client: MqttClient = this.#dialWith(address, session, {
      onConnect: () => {
        if (this.#client !== client) return
        this.#isConnected = true
        deaf = setTimeout(
          () =>
            this.#refusedTopics(client, new Error('The hub does not answer to what it is asked to tell.')),
          connectWithinMs,
        )
        client.subscribe([...session.subscriptions]).then(
          () => {
            clearTimeout(deaf)
            if (this.#client !== client || !this.#isConnected) return
            upSinceMs = performance.now()
            this.#trouble = ''
            session.onUp()
          },
          (error: Error) => this.#refusedTopics(client, error),
        )
      },
      onMessage: (topic, payload) => session.onMessage(topic, payload),
      onError: (error, refusal) => {
        if (refusal !== undefined && refusals.has(refusal)) this.#parts.onRefused?.(error.message)
        this.#tell(error.message)
      },
      onClose: () => {
        clearTimeout(deaf)
        if (upSinceMs !== undefined) {
          session.onDown()
          if (performance.now() - upSinceMs >= steadyMs) this.#retryMs = retryMinMs
        }
        // What waits for a PUBACK will not get it here: the device sends it again on the next connection.
        for (const fail of this.#unanswered) fail(new Error('The line went down.'))
        this.#unanswered.clear()
        if (this.#client !== client) return
        this.#client = undefined
        this.#isConnected = false
        this.#again(this.#nextWaitMs())
      },
    })
    this.#client = client
  }

  /** Connected, and nothing to hear there: better a line that is lost and tried again than one that is deaf. */
  #refusedTopics(client: MqttClient, error: Error) {
    if (this.#client !== client || !this.#isConnected) return
    this.#tell(error.message)
    client.destroy()
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
