/**
 * The line to a broker on the vendor's side, for every adapter that hears one: one log line when it is lost and one when it
 * is back, however often it is dialled in between. What cannot be sent now is not kept.
 */
import { readFileSync } from 'node:fs'
import { connect, ErrorWithReasonCode, type IClientOptions, type MqttClient } from 'mqtt'
import { z } from 'zod'
import type { Log } from '../sdk/ports.ts'

export const BrokerSettings = z.strictObject({
  url: z.string().regex(/^(mqtts?|wss?):\/\//, 'starts with mqtt://, mqtts://, ws:// or wss://'),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  /** PEM file of the authority of that broker. */
  ca: z.string().min(1).optional(),
  clientId: z.string().min(1).max(64).optional(),
})
export type BrokerSettings = z.infer<typeof BrokerSettings>

export interface BrokerMessage {
  readonly topic: string
  readonly payload: string
  readonly isRetained: boolean
  /** The broker sends it once more. */
  readonly isAgain: boolean
}

export type BrokerState = 'up' | 'unreachable' | 'refused'

export interface BrokerLineParts {
  readonly broker: BrokerSettings
  /** Whose it is, in the log: `vendor`, `fleet`. */
  readonly whose: string
  readonly clientId: string
  readonly topics: readonly string[]
  /** Whether the broker keeps what comes with QoS 1 while this adapter is away. */
  readonly keepsSession: boolean
  readonly keepaliveSeconds: number
  readonly payloadMax: number
  readonly log: Log
  readonly onMessage: (message: BrokerMessage) => void
  readonly onTooLarge?: (topic: string) => void
  readonly onState: (state: BrokerState) => void
  /** 0 to 1, for each wait anew. */
  readonly chance: () => number
}

export interface BrokerLine {
  isUp(): boolean
  /** With QoS 0. @returns false when the line is down; nothing was sent then. */
  send(topic: string, message: object): boolean
  close(): Promise<void>
}

const retryMinMs = 250
const retryMaxMs = 10_000
const goodbyeMs = 1_000
/** CONNACK: identifier rejected, bad user name or password, not authorized [MQTT-3.2.2]. */
const refusals: ReadonlySet<number> = new Set([2, 4, 5])

export const openBrokerLine = (parts: BrokerLineParts): BrokerLine => {
  const line = new Line(parts)
  line.dial()
  return line
}

class Line implements BrokerLine {
  readonly #parts: BrokerLineParts
  #client: MqttClient | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = retryMinMs
  #isClosed = false
  #isUp = false
  #wasUp = false
  #told: BrokerState | 'nothing' = 'nothing'

  constructor(parts: BrokerLineParts) {
    this.#parts = parts
  }

  isUp = () => this.#isUp

  send(topic: string, message: object) {
    if (!this.#isUp || this.#client === undefined) return false
    this.#client.publish(topic, JSON.stringify(message), { qos: 0 })
    return true
  }

  dial() {
    if (this.#isClosed) return
    const { broker, topics, payloadMax, onMessage, onTooLarge } = this.#parts
    const client = connect(broker.url, optionsOf(this.#parts))
    let reason: string | undefined
    let isRefused = false
    this.#client = client
    client.on('connect', () => {
      client.subscribe([...topics], { qos: 1 }, (error) => {
        if (error !== null || this.#client !== client || this.#isClosed) return
        this.#retryMs = retryMinMs
        this.#up()
      })
    })
    client.on('message', (topic, payload, { retain, dup }) => {
      if (payload.length > payloadMax) onTooLarge?.(topic)
      else onMessage({ topic, payload: payload.toString('utf8'), isRetained: retain, isAgain: dup })
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
      this.#retry = setTimeout(() => this.dial(), this.#retryMs * (1 + this.#parts.chance() / 2))
      this.#retryMs = Math.min(retryMaxMs, this.#retryMs * 2)
    })
  }

  async close() {
    this.#isClosed = true
    this.#isUp = false
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
    const { log, onState, broker, whose } = this.#parts
    this.#isUp = true
    const isFirst = !this.#wasUp && this.#told !== 'refused'
    if (isFirst) log.info(`the ${whose} broker is reached`, { broker: broker.url })
    else if (this.#told !== 'up') log.info(`the ${whose} broker is back`, { broker: broker.url })
    this.#wasUp = true
    this.#told = 'up'
    onState('up')
  }

  #down(reason: string | undefined, isRefused: boolean) {
    const { log, onState, broker, whose } = this.#parts
    const about = { broker: broker.url, ...(reason !== undefined && { reason }) }
    this.#isUp = false
    if (isRefused) {
      if (this.#told !== 'refused') log.error(`the ${whose} broker does not let this adapter in`, about)
    } else if (this.#told === 'nothing') log.warn(`the ${whose} broker cannot be reached yet`, about)
    else if (this.#told === 'up') log.warn(`the ${whose} broker is lost`, about)
    if (isRefused || this.#told !== 'refused') this.#told = isRefused ? 'refused' : 'unreachable'
    onState(isRefused ? 'refused' : 'unreachable')
  }
}

const optionsOf = ({
  broker,
  clientId,
  keepsSession,
  keepaliveSeconds,
}: BrokerLineParts): IClientOptions => ({
  clientId: broker.clientId ?? clientId,
  protocolVersion: 4,
  clean: !keepsSession,
  keepalive: keepaliveSeconds,
  reconnectPeriod: 0,
  connectTimeout: 10_000,
  resubscribe: false,
  queueQoSZero: false,
  ...(broker.username !== undefined && { username: broker.username }),
  ...(broker.password !== undefined && { password: broker.password }),
  ...(broker.ca !== undefined && { ca: readFileSync(broker.ca) }),
})
