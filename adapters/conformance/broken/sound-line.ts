/** The sound device's line: born anew with each connection; what was not acknowledged goes out again, unchanged. */
import { randomUUID } from 'node:crypto'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { clientId, topics } from '#protocol/topics.ts'

export interface Kept {
  readonly n: number
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
  readonly retain: boolean
}

export interface Settings {
  readonly broker: string
  readonly branch: string
  readonly device: string
  readonly state: string
  /** It has crashed; a program ends itself here, at once. */
  readonly onCrash: () => void
}

const reconnectMs = 30

export class SoundLine {
  readonly settings: Settings
  readonly boot: string
  protected client: MqttClient | undefined
  protected readonly kept = new Map<number, Kept>()
  protected n = 0
  protected isUp = false
  protected stopped = false
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(settings: Settings) {
    this.settings = settings
    this.boot = this.makeBoot()
  }

  makeBoot(): string {
    return randomUUID()
  }

  // What it is told and what it tells: the device itself says

  birth(): void {}
  hear(_topic: string, _payload: Buffer): void {}

  // Its connection

  will(): NonNullable<IClientOptions['will']> {
    const { branch, device } = this.settings
    const payload = Buffer.from(JSON.stringify({ status: 'lost', boot: this.boot }))
    return { topic: topics.presence(branch, device), payload, qos: 1, retain: true }
  }

  options(): IClientOptions {
    const { branch, device } = this.settings
    return {
      clientId: clientId(branch, device),
      protocolVersion: 4,
      clean: true,
      keepalive: 30,
      reconnectPeriod: 0,
      queueQoSZero: false,
      will: this.will(),
    }
  }

  subscriptions(): string[] {
    const { branch, device } = this.settings
    const own = [topics.task, topics.config, topics.error, topics.ack].map((make) => make(branch, device))
    return [...own, topics.hub(branch)]
  }

  open(): void {
    if (this.stopped) return
    const client = connect(this.settings.broker, this.options())
    this.client = client
    client.on('error', (error) => this.onTrouble(error))
    client.on('message', (topic, payload) => this.hear(topic, payload))
    client.on('connect', () =>
      client.subscribe(this.subscriptions(), { qos: 1 }, (error) => {
        if (error === null && this.client === client) this.up()
      }),
    )
    client.on('close', () => {
      client.end(true)
      if (this.client === client) this.down()
    })
  }

  onTrouble(_error: Error): void {}

  up(): void {
    this.isUp = true
    // The birth that follows replaces an older one.
    for (const message of this.kept.values()) if (message.retain) this.kept.delete(message.n)
    for (const message of this.kept.values()) this.transmit(message)
    this.birth()
  }

  down(): void {
    this.isUp = false
    this.client = undefined
    this.later(reconnectMs, () => this.open())
  }

  // What it sends

  nextNumber(): number {
    this.n += 1
    return this.n
  }

  send(topic: string, body: object, { qos = 1, retain = false }: { qos?: 0 | 1; retain?: boolean } = {}) {
    const n = this.nextNumber()
    const message = { n, topic, payload: JSON.stringify({ ...body, boot: this.boot, n }), qos, retain }
    if (qos === 1) this.kept.set(n, message)
    if (this.isUp) this.transmit(message)
  }

  transmit(message: Kept): void {
    const { topic, payload, qos, retain, n } = message
    this.client?.publish(topic, payload, { qos, retain }, (error) => {
      if (!error) this.kept.delete(n)
    })
  }

  goodbye(): void {
    const { branch, device } = this.settings
    this.send(topics.presence(branch, device), { status: 'offline' }, { retain: true })
  }

  // Its life: nothing of it happens after its end

  later(ms: number, call: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.stopped) call()
    }, ms)
    this.#timers.add(timer)
    return timer
  }

  async stop(): Promise<void> {
    this.goodbye()
    this.#end()
    await this.client?.endAsync()
  }

  /** As a power cut. */
  die(): void {
    this.#end()
    this.client?.stream.destroy()
  }

  /** As a program that was not made for what it met: it ends without a word. */
  crash(): void {
    this.die()
    this.settings.onCrash()
  }

  #end(): void {
    this.stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
