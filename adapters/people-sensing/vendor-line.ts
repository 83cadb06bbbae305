/**
 * The line to the vendor's broker. Its session is kept there while this adapter is away, so that what sensors publish with
 * QoS 1 waits; one log line when it is lost and one when it is back, however often it is dialled in between.
 */
import { readFileSync } from 'node:fs'
import { connect, ErrorWithReasonCode, type IClientOptions, type MqttClient } from 'mqtt'
import type { Log } from '../sdk/ports.ts'
import type { PeopleSensingConfig } from './config.ts'
import { type Arrived, brokerReasons, payloadMax } from './intake.ts'

export interface VendorLineParts {
  readonly broker: NonNullable<PeopleSensingConfig['broker']>
  readonly clientId: string
  readonly topics: readonly string[]
  readonly log: Log
  readonly onMessage: (message: Arrived) => void
  readonly onState: (reason: string | undefined) => void
  readonly onTooLarge: (topic: string) => void
  /** 0 to 1, for each wait anew. */
  readonly jitter: () => number
}

export interface VendorLine {
  close(): Promise<void>
}

const retryMinMs = 250
const retryMaxMs = 10_000
const keepaliveSeconds = 30
/** CONNACK: identifier rejected, bad user name or password, not authorized [MQTT-3.2.2]. */
const refusals: ReadonlySet<number> = new Set([2, 4, 5])
const [unreachable, refused] = brokerReasons
const goodbyeMs = 1_000

export const openVendorLine = (parts: VendorLineParts): VendorLine => {
  const line = new Line(parts)
  line.dial()
  return line
}

class Line implements VendorLine {
  readonly #parts: VendorLineParts
  #client: MqttClient | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = retryMinMs
  #isClosed = false
  #told: 'nothing' | 'missing' | 'up' | 'down' | 'refused' = 'nothing'

  constructor(parts: VendorLineParts) {
    this.#parts = parts
  }

  dial() {
    if (this.#isClosed) return
    const { broker, topics, onMessage, onTooLarge } = this.#parts
    const client = connect(broker.url, optionsOf(this.#parts))
    let reason: string | undefined
    let isRefused = false
    this.#client = client
    client.on('connect', () => {
      client.subscribe([...topics], { qos: 1 }, (error) => {
        if (error !== null || this.#client !== client) return
        this.#retryMs = retryMinMs
        this.#up()
      })
    })
    client.on('message', (topic, payload, { retain, dup }) => {
      if (payload.length > payloadMax) onTooLarge(topic)
      else onMessage({ topic, payload: payload.toString('utf8'), retained: retain, again: dup })
    })
    client.on('error', (error) => {
      reason = error.message
      isRefused = error instanceof ErrorWithReasonCode && refusals.has(error.code)
    })
    client.on('close', () => {
      client.end(true)
      if (this.#client !== client || this.#isClosed) return
      this.#client = undefined
      this.#down(reason, isRefused)
      this.#retry = setTimeout(() => this.dial(), this.#retryMs * (1 + this.#parts.jitter() / 2))
      this.#retryMs = Math.min(retryMaxMs, this.#retryMs * 2)
    })
  }

  async close() {
    this.#isClosed = true
    clearTimeout(this.#retry)
    const client = this.#client
    if (client === undefined) return
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

  #up() {
    const { log, onState, broker } = this.#parts
    if (this.#told === 'nothing' || this.#told === 'missing')
      log.info('the vendor broker is reached', { broker: broker.url })
    else if (this.#told !== 'up') log.info('the vendor broker is back', { broker: broker.url })
    this.#told = 'up'
    onState(undefined)
  }

  #down(reason: string | undefined, isRefused: boolean) {
    const { log, onState, broker } = this.#parts
    const about = { broker: broker.url, ...(reason !== undefined && { reason }) }
    if (isRefused && this.#told !== 'refused') {
      log.error('the vendor broker does not let this adapter in', about)
      this.#told = 'refused'
    } else if (!isRefused && this.#told === 'nothing') {
      log.warn('the vendor broker cannot be reached yet', about)
      this.#told = 'missing'
    } else if (!isRefused && this.#told === 'up') {
      log.warn('the vendor broker is lost', about)
      this.#told = 'down'
    }
    onState(isRefused ? refused : unreachable)
  }
}

const optionsOf = ({ broker, clientId }: VendorLineParts): IClientOptions => ({
  clientId: broker.clientId ?? clientId,
  protocolVersion: 4,
  clean: false,
  keepalive: keepaliveSeconds,
  reconnectPeriod: 0,
  connectTimeout: 10_000,
  resubscribe: false,
  ...(broker.username !== undefined && { username: broker.username }),
  ...(broker.password !== undefined && { password: broker.password }),
  ...(broker.ca !== undefined && { ca: readFileSync(broker.ca) }),
})
