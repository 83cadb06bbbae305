/**
 * The line to the fleet's broker. One log line when it is lost and one when it is back, however often it is dialled in
 * between. What cannot be sent now is not kept: an order that arrives late would send a robot off for nobody.
 */
import { readFileSync } from 'node:fs'
import { connect, ErrorWithReasonCode, type IClientOptions, type MqttClient } from 'mqtt'
import type { Log } from '../sdk/ports.ts'
import type { Vda5050Config } from './config.ts'

export interface FleetMessage {
  readonly topic: string
  readonly payload: string
  readonly isRetained: boolean
}

export interface FleetLineParts {
  readonly broker: Vda5050Config['broker']
  readonly clientId: string
  readonly topics: readonly string[]
  readonly log: Log
  readonly onMessage: (message: FleetMessage) => void
  readonly onState: (state: 'up' | 'unreachable' | 'refused') => void
  /** 0 to 1, for each wait anew. */
  readonly chance: () => number
}

export interface FleetLine {
  isUp(): boolean
  /** @returns false when the line is down; nothing was sent then. */
  send(topic: string, message: object): boolean
  close(): Promise<void>
}

const retryMinMs = 250
const retryMaxMs = 10_000
const goodbyeMs = 1_000
/** A state of a robot with a long order has some ten thousand characters. */
const payloadMax = 1_000_000
/** CONNACK: identifier rejected, bad user name or password, not authorized [MQTT-3.2.2]. */
const refusals: ReadonlySet<number> = new Set([2, 4, 5])

export const openFleetLine = (parts: FleetLineParts): FleetLine => {
  const line = new Line(parts)
  line.dial()
  return line
}

class Line implements FleetLine {
  readonly #parts: FleetLineParts
  #client: MqttClient | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = retryMinMs
  #isClosed = false
  #isUp = false
  #told: 'nothing' | 'up' | 'unreachable' | 'refused' = 'nothing'

  constructor(parts: FleetLineParts) {
    this.#parts = parts
  }

  isUp = () => this.#isUp

  send(topic: string, message: object) {
    if (!this.#isUp || this.#client === undefined) return false
    // QoS 0, as the standard has it (6.2); what stays unanswered is sent again.
    this.#client.publish(topic, JSON.stringify(message), { qos: 0 })
    return true
  }

  dial() {
    if (this.#isClosed) return
    const { broker, topics } = this.#parts
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
    client.on('message', (topic, payload, { retain }) => {
      if (payload.length <= payloadMax)
        this.#parts.onMessage({ topic, payload: payload.toString('utf8'), isRetained: retain })
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
    const { log, onState, broker } = this.#parts
    this.#isUp = true
    if (this.#told === 'nothing') log.info('the fleet broker is reached', { broker: broker.url })
    else if (this.#told !== 'up') log.info('the fleet broker is back', { broker: broker.url })
    this.#told = 'up'
    onState('up')
  }

  #down(reason: string | undefined, isRefused: boolean) {
    const { log, onState, broker } = this.#parts
    const about = { broker: broker.url, ...(reason !== undefined && { reason }) }
    this.#isUp = false
    if (isRefused) {
      if (this.#told !== 'refused') log.error('the fleet broker does not let this adapter in', about)
    } else if (this.#told === 'nothing') log.warn('the fleet broker cannot be reached yet', about)
    else if (this.#told === 'up') log.warn('the fleet broker is lost', about)
    if (isRefused || this.#told !== 'refused') this.#told = isRefused ? 'refused' : 'unreachable'
    onState(isRefused ? 'refused' : 'unreachable')
  }
}

const optionsOf = ({ broker, clientId }: FleetLineParts): IClientOptions => ({
  clientId: broker.clientId ?? clientId,
  protocolVersion: 4,
  clean: true,
  keepalive: 15,
  reconnectPeriod: 0,
  connectTimeout: 10_000,
  queueQoSZero: false,
  ...(broker.username !== undefined && { username: broker.username }),
  ...(broker.password !== undefined && { password: broker.password }),
  ...(broker.ca !== undefined && { ca: readFileSync(broker.ca) }),
})
