/**
 * Keeps Home Assistant's picture of the branch up to date over its broker: what changed is published, what is gone is
 * taken back, and everything is said again when Home Assistant has started anew. It reads nothing else from there.
 */
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import {
  availabilityTopic,
  configTopic,
  type DiscoveryParts,
  goneWith,
  objectId,
  type SeenBranch,
  tellAll,
} from './discovery.ts'

export interface ExporterParts extends DiscoveryParts {
  readonly url: string
  readonly username?: string
  readonly password?: string
  readonly branch: string
  readonly onTrouble: (text: string) => void
}

export interface Exporter {
  show(branch: SeenBranch): void
  stop(): Promise<void>
}

const retained = { qos: 1, retain: true } as const

export const startExporter = (parts: ExporterParts): Exporter => new MqttExporter(parts)

class MqttExporter implements Exporter {
  readonly #parts: ExporterParts
  readonly #client: MqttClient
  readonly #said = new Map<string, string>()
  /** Discovery messages of this branch that the broker holds. */
  readonly #held = new Set<string>()
  #seen: SeenBranch | undefined

  constructor(parts: ExporterParts) {
    this.#parts = parts
    this.#client = connect(parts.url, optionsOf(parts))
    this.#client.on('connect', () => this.#greet())
    this.#client.on('message', (topic, payload) => this.#hear(topic, payload.toString()))
    this.#client.on('error', (error) => parts.onTrouble(error.message))
  }

  show(branch: SeenBranch) {
    this.#seen = branch
    if (!this.#client.connected) return
    const told = tellAll(branch, this.#parts)
    const wanted = new Set(told.map(({ topic }) => topic))
    for (const { topic, payload } of told) {
      if (this.#said.get(topic) === payload) continue
      this.#said.set(topic, payload)
      this.#publish(topic, payload)
    }
    for (const config of this.#held) {
      if (wanted.has(config)) continue
      this.#held.delete(config)
      // An empty retained payload takes the device and all its entities away.
      for (const topic of goneWith(config, this.#parts.prefix)) {
        this.#said.delete(topic)
        this.#publish(topic, '')
      }
    }
  }

  async stop() {
    if (this.#client.connected)
      await this.#client.publishAsync(availabilityTopic(this.#parts.branch), 'offline', retained)
    await this.#client.endAsync(!this.#client.connected)
  }

  #greet() {
    const { prefix, branch } = this.#parts
    this.#said.clear()
    this.#client.subscribe([`${prefix}/status`, configTopic(prefix, '+')], { qos: 1 })
    this.#publish(availabilityTopic(branch), 'online')
    this.#again()
  }

  #again() {
    this.#said.clear()
    if (this.#seen !== undefined) this.show(this.#seen)
  }

  #hear(topic: string, payload: string) {
    const { prefix, branch } = this.#parts
    if (topic === `${prefix}/status`) {
      if (payload === 'online') this.#again()
      return
    }
    const isOwn =
      topic === configTopic(prefix, objectId(branch)) ||
      topic.startsWith(`${prefix}/device/${objectId(branch)}_`)
    if (isOwn && payload !== '') this.#held.add(topic)
  }

  #publish(topic: string, payload: string) {
    // What does not get through now is said again with the next connection.
    this.#client.publishAsync(topic, payload, retained).catch(() => {})
  }
}

const optionsOf = ({ branch, username, password }: ExporterParts): IClientOptions => ({
  clientId: `usher-home-assistant-${branch}`,
  protocolVersion: 4,
  clean: true,
  reconnectPeriod: 5_000,
  queueQoSZero: false,
  will: { topic: availabilityTopic(branch), payload: Buffer.from('offline'), ...retained },
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
})
