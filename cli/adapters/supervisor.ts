/**
 * All adapters of a hub: each under care of its own, with a folder, a log and a secret of its own; what is wrong with one
 * is told to the operator and harms no other.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#hub/engine/hub-time.ts'
import type { Companions } from '#hub/ops/companions.ts'
import type { AdapterSettings } from '#hub/ops/config.ts'
import type { Log } from '#hub/ops/log.ts'
import { type ErrorCode, errors } from '#protocol/errors.ts'
import { adapterModule } from './adapter-module.ts'
import type { Launch, StartChild } from './child.ts'
import { createFloods, type Floods } from './floods.ts'
import { createLogBook, type LogBook } from './log-book.ts'
import { supervisorMethods } from './methods.ts'
import { createWard, type Params, type Ward, type WardState } from './ward.ts'

/** Where the adapters find the hub, and where what is wrong with them is told. */
export interface HubSide {
  readonly branch: string
  readonly broker: string
  /** `about` keeps what is wrong with a process apart from what is wrong with its messages. */
  readonly tell: (trouble: {
    readonly device: string
    readonly about: 'process' | 'messages'
    readonly code: ErrorCode | null
    readonly params: Params
  }) => void
}

export interface SupervisorParts {
  readonly adapters: readonly AdapterSettings[]
  /** The data directory of the hub. */
  readonly data: string
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  readonly clock: Clock
  readonly chance: () => number
  readonly startChild: StartChild
}

export interface Supervised {
  readonly device: string
  readonly ward: Ward
  readonly book: LogBook
}

export interface Supervisor {
  readonly companions: Companions
  /** Once the hub is ready. */
  start(hub: HubSide): void
  stop(): Promise<void>
}

const secretBytes = 32

const stateTexts: Readonly<Record<WardState, string>> = {
  running: 'an adapter is started',
  waiting: 'an adapter waits to be started again',
  stopped: 'an adapter is not started any more',
  ended: 'an adapter has ended',
}

export const createSupervisor = (parts: SupervisorParts): Supervisor => new BranchSupervisor(parts)

class BranchSupervisor implements Supervisor {
  readonly companions: Companions
  readonly #parts: SupervisorParts
  readonly #all = new Map<string, Supervised>()
  readonly #secrets = new Map<string, Buffer>()
  readonly #codes = new Map<string, ErrorCode>()
  readonly #floods: Floods
  #hub: HubSide | undefined

  constructor(parts: SupervisorParts) {
    this.#parts = parts
    this.#floods = createFloods({
      clock: parts.clock,
      onFlood: (device, is) => this.#onFlood(device, is),
    })
    this.companions = {
      admits: (device, secret) => this.#admits(device, secret),
      slowed: (device) => {
        if (this.#all.has(device)) this.#floods.slowed(device)
      },
      warnings: () => this.#warnings(),
      methods: supervisorMethods({ all: this.#all, isFlooding: (device) => this.#floods.isFlooding(device) }),
    }
    for (const adapter of parts.adapters) this.#all.set(adapter.device, this.#superviseOne(adapter))
  }

  start(hub: HubSide) {
    this.#hub = hub
    for (const { ward } of this.#all.values()) ward.start()
  }

  async stop() {
    const all = [...this.#all.values()]
    await Promise.all(all.map(({ ward }) => ward.stop()))
    await Promise.all(all.map(({ book }) => book.flush()))
  }

  #superviseOne(adapter: AdapterSettings): Supervised {
    const { clock, chance, startChild, log } = this.#parts
    const { device, memoryMb } = adapter
    const book = createLogBook({
      file: join(this.#folder(device), 'log.jsonl'),
      clock,
      onTrouble: (error) =>
        log.warn({ device, error: String(error) }, 'the log of an adapter cannot be written'),
    })
    const ward = createWard({
      device,
      memoryMb,
      launch: () => this.#launch(adapter),
      startChild,
      clock,
      chance,
      onLine: book.write,
      onHealth: (code, params) => this.#onHealth(device, code, params),
      onChange: ({ state, pid }) => log.info({ device, ...(pid !== null && { pid }) }, stateTexts[state]),
    })
    return { device, ward, book }
  }

  #folder = (device: string) => join(this.#parts.data, 'adapters', device)

  #launch({ device, run, config, memoryMb }: AdapterSettings): Launch {
    const module = adapterModule(run)
    const folder = this.#folder(device)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'config.json')
    if (config !== undefined) writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
    // A new one at each start, so that one that got about is worth nothing after the next.
    const secret = randomBytes(secretBytes).toString('base64url')
    this.#secrets.set(device, Buffer.from(secret))
    return {
      module,
      memoryMb,
      environment: {
        USHER_BROKER: this.#hub?.broker ?? '',
        USHER_BRANCH: this.#hub?.branch ?? '',
        USHER_DEVICE: device,
        USHER_STATE: folder,
        USHER_USERNAME: device,
        USHER_PASSWORD: secret,
        ...(config !== undefined && { USHER_CONFIG: file }),
      },
    }
  }

  #admits(device: string, secret: string): boolean {
    const known = this.#secrets.get(device)
    const shown = Buffer.from(secret)
    return known !== undefined && known.length === shown.length && timingSafeEqual(known, shown)
  }

  #onHealth(device: string, code: ErrorCode | null, params: Params) {
    const { log } = this.#parts
    if (code === null) {
      this.#codes.delete(device)
      log.info({ device }, 'an adapter runs well again')
    } else {
      this.#codes.set(device, code)
      log.error({ device, code, ...params }, errors[code].summary)
    }
    this.#hub?.tell({ device, about: 'process', code, params })
  }

  #onFlood(device: string, is: boolean) {
    const { log } = this.#parts
    if (is) log.error({ device, code: 'adapter.flood' }, errors['adapter.flood'].summary)
    else log.info({ device }, 'an adapter sends no more than it may again')
    this.#hub?.tell({ device, about: 'messages', code: is ? 'adapter.flood' : null, params: {} })
  }

  #warnings(): readonly string[] {
    const flooding = [...this.#all.keys()].some((device) => this.#floods.isFlooding(device))
    return [...new Set([...this.#codes.values(), ...(flooding ? ['adapter.flood'] : [])])].sort()
  }
}
