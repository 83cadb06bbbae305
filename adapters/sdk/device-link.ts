/** The adapter's way to its device: connecting, noticing that it is gone, and connecting again, longer and longer apart. */
import { UsherError } from '#protocol/errors.ts'
import type { Connection } from './adapter.ts'
import type { Counts } from './counts.ts'
import { DeviceError } from './errors.ts'
import type { Life } from './life.ts'
import type { Log } from './ports.ts'

export interface DeviceLinkParts {
  readonly device: string
  readonly life: Life
  readonly log: Log
  readonly counts: Counts
  readonly chance: () => number
  readonly connect: () => Promise<Connection>
  /** @throws UsherError `adapter.manifest` */
  readonly attach: (connection: Connection) => void
  readonly detach: () => void
  /** The device was reached and does not let the adapter in. */
  readonly locked: () => void
  /** What it is does not fit the contract, and it never did. */
  readonly hopeless: (error: UsherError) => void
}

export interface DeviceLink {
  start(): void
  /** Something found that the device is gone. */
  lost(reason: unknown): void
  stop(): Promise<void>
}

const retryMinMs = 500
const retryMaxMs = 30_000
/** Only a device that stayed so long is tried again at once: else one that goes at once would be asked for ever. */
const steadyMs = 10_000

export const createDeviceLink = (parts: DeviceLinkParts): DeviceLink => new OneDeviceLink(parts)

class OneDeviceLink implements DeviceLink {
  readonly #parts: DeviceLinkParts
  #connection: Connection | undefined
  #retryMs = retryMinMs
  #attachedAtMs = 0
  #wasThere = false
  #toldLost = false
  #stopped = false

  constructor(parts: DeviceLinkParts) {
    this.#parts = parts
  }

  start() {
    void this.#connect()
  }

  lost(reason: unknown) {
    const connection = this.#connection
    if (connection === undefined || this.#isOver()) return
    this.#connection = undefined
    if (this.#parts.life.monotonicMs() - this.#attachedAtMs >= steadyMs) this.#retryMs = retryMinMs
    this.#tellLost(reason)
    this.#parts.detach()
    void this.#replace(connection)
  }

  async stop() {
    this.#stopped = true
    const connection = this.#connection
    this.#connection = undefined
    if (connection !== undefined) await this.#letGo(connection)
  }

  #isOver = () => this.#stopped || this.#parts.life.ended()

  async #connect() {
    if (this.#isOver()) return
    let connection: Connection | undefined
    try {
      connection = await this.#parts.connect()
      if (this.#isOver()) await this.#letGo(connection)
      else this.#attach(connection)
    } catch (error) {
      if (connection !== undefined) await this.#letGo(connection)
      this.#failed(error)
    }
  }

  #attach(connection: Connection) {
    const { attach, life, log, device } = this.#parts
    attach(connection)
    this.#connection = connection
    this.#attachedAtMs = life.monotonicMs()
    this.#wasThere = true
    if (this.#toldLost) log.info('the device is back', { device })
    this.#toldLost = false
    const gone = (error?: unknown) => {
      if (this.#connection === connection) this.lost(error)
    }
    connection.lost?.then(gone, gone)
  }

  /** Connecting did not work: wrong for ever, or to be tried again. */
  #failed(error: unknown) {
    if (this.#isOver()) return
    const { counts, log } = this.#parts
    if (error instanceof UsherError && error.code === 'adapter.manifest') {
      log.error(error.message, { code: error.code })
      // What was right once may be right again: it depends on what is behind the adapter.
      if (!this.#wasThere) {
        this.#parts.hopeless(error)
        return
      }
    }
    if (!(error instanceof DeviceError)) counts.count('adapter.threw')
    this.#tellLost(error)
    if (error instanceof DeviceError && error.code === 'unauthorised') this.#parts.locked()
    this.#again()
  }

  async #replace(connection: Connection) {
    await this.#letGo(connection)
    this.#again()
  }

  #again() {
    const waitMs = this.#retryMs * (1 + this.#parts.chance() / 2)
    this.#retryMs = Math.min(retryMaxMs, this.#retryMs * 2)
    this.#parts.life.after(waitMs, () => void this.#connect())
  }

  /** Exactly one line until it is back, however often it is tried. */
  #tellLost(error: unknown) {
    if (this.#toldLost) return
    this.#toldLost = true
    const reason = error instanceof Error ? error.message : 'it went away'
    const code = error instanceof DeviceError ? error.code : 'unreachable'
    this.#parts.log.warn('the device is lost', { device: this.#parts.device, code, reason })
  }

  async #letGo(connection: Connection) {
    try {
      await connection.close()
    } catch (error) {
      this.#parts.counts.count('adapter.threw')
      this.#parts.log.error('closing the connection to the device failed', { error: String(error) })
    }
  }
}
