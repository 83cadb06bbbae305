/**
 * An adapter at work: it connects to its device and again when that is gone, opens the line to the hub, and brings the
 * two together. It knows no process, no socket and no wall clock, so that it is tested with fakes.
 */
import type { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import type { Topic } from '#protocol/topics.ts'
import type { Adapter, ConnectContext, Connection } from './adapter.ts'
import { type Counts, createCounts } from './counts.ts'
import { createDeviceLink, type DeviceLink } from './device-link.ts'
import type { DeviceError } from './errors.ts'
import { createLife, type Life } from './life.ts'
import { createLineLog, type LineLog, sessionOf } from './line.ts'
import { manifestsOf, whatIsWrong } from './manifest.ts'
import { createMember, type Member } from './member.ts'
import type { Memory } from './memory.ts'
import type { OutTray } from './out-tray.ts'
import type { Clock, Log, Transport } from './ports.ts'
import { createRenewing, type Renewal, type Renewing } from './renewal.ts'

export interface AdapterParts {
  readonly branch: string
  /** Its own id; of a gateway, the gateway's. */
  readonly device: string
  /** Random for each start. */
  readonly boot: string
  /** As it was given; checked against the adapter's own schema. */
  readonly config: unknown
  readonly transport: (on: Pick<LineLog, 'trouble' | 'refused'>) => Transport
  readonly clock: Clock
  /** 0 to 1, anew each time: spreads the tries of many adapters. */
  readonly chance: () => number
  readonly memory: Memory
  /** Keeps what the hub does not have yet for the next life. Without it, that dies with the process. */
  readonly tray?: OutTray
  readonly log: Log
  /** `hub`: behind a broker that only passes on, what is sent is kept until the hub's own `ack`. Default `puback`. */
  readonly acknowledgedBy?: 'puback' | 'hub'
  /** Where it signs in with a certificate: the hub renews that on the line. */
  readonly renewal?: Renewal
  /** How long a handler may go on after its signal. */
  readonly stopWithinMs?: number
  /** A handler that has run so long has begun. */
  readonly startedAfterMs?: number
}

export interface RunningAdapter {
  /** Resolves when the device is connected and the hub knows it; rejects when that can never be. */
  readonly ready: Promise<void>
  /** Stops what runs, says goodbye, lets go of the device. */
  stop(): Promise<void>
  /** As a power cut: nothing more is done, said or written. For tests. */
  die(): void
  counts(): Readonly<Record<string, number>>
  /** What still waits for the hub's acknowledgement. */
  unacknowledged(): number
}

const overdueMs = 5_000
const renewalCheckMs = 12 * 3_600_000
const standardStopMs = 5_000
const standardStartedMs = 300

/** @throws UsherError `adapter.config` */
export const startAdapter = <C extends z.ZodType>(
  adapter: Adapter<C>,
  parts: AdapterParts,
): RunningAdapter => {
  const config = adapter.config.safeParse(parts.config ?? {})
  if (!config.success) throw new UsherError('adapter.config', whatIsWrong(config.error))
  const station = new Station(adapter, parts, config.data)
  station.start()
  return station
}

class Station implements RunningAdapter {
  readonly ready: Promise<void>
  readonly #parts: AdapterParts
  readonly #config: unknown
  readonly #life: Life
  readonly #counts: Counts = createCounts()
  readonly #lineLog: LineLog
  readonly #transport: Transport
  readonly #renewing: Renewing | undefined
  readonly #members = new Map<string, Member>()
  readonly #ending = new AbortController()
  #settle: { resolve: () => void; reject: (error: unknown) => void } = { resolve: () => {}, reject: () => {} }
  readonly #link: DeviceLink
  #served: readonly string[] = []
  #lineOpen = false
  #isUp = false
  #stopping: Promise<void> | undefined
  #onIdle: () => void = () => {}

  constructor(adapter: Adapter, parts: AdapterParts, config: unknown) {
    this.#parts = parts
    this.#config = config
    this.#life = createLife(parts.clock)
    this.#lineLog = createLineLog(parts.log, parts.clock)
    this.#transport = parts.transport(this.#lineLog)
    const { renewal } = parts
    this.#renewing =
      renewal === undefined ? undefined : createRenewing({ ...parts, renewal, transport: this.#transport })
    this.#link = createDeviceLink({
      ...parts,
      life: this.#life,
      counts: this.#counts,
      connect: () => adapter.connect(this.#context()),
      attach: (connection) => this.#attach(connection),
      detach: () => {
        for (const id of this.#served) this.#members.get(id)?.detach('unreachable')
      },
      locked: () => this.#member(parts.device).because('unauthorised', 'faulted'),
      hopeless: (error) => this.#settle.reject(error),
    })
    this.ready = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    // Whoever does not wait for it learns of it from the log.
    this.ready.catch(() => {})
  }

  start() {
    if (this.#parts.acknowledgedBy === 'hub')
      this.#life.every(overdueMs, () => {
        for (const member of this.#members.values()) member.overdue()
      })
    if (this.#renewing !== undefined)
      this.#life.every(renewalCheckMs, () => {
        if (this.#isUp) this.#renewing?.look()
      })
    this.#link.start()
  }

  stop() {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  die() {
    this.#life.end()
    this.#ending.abort()
    void this.#transport.close(false)
  }

  counts = () => this.#counts.all()

  unacknowledged = () => [...this.#members.values()].reduce((sum, member) => sum + member.unacknowledged(), 0)

  #context(): ConnectContext<unknown> {
    return {
      config: this.#config,
      signal: this.#ending.signal,
      log: this.#parts.log,
      device: this.#member(this.#parts.device).handle,
      devices: (id) => this.#member(id).handle,
    }
  }

  #member(id: string): Member {
    const known = this.#members.get(id)
    if (known !== undefined) return known
    const { device, acknowledgedBy, stopWithinMs, startedAfterMs, ...parts } = this.#parts
    const made = createMember({
      ...parts,
      id,
      transport: this.#transport,
      life: this.#life,
      counts: this.#counts,
      acknowledgedBy: acknowledgedBy ?? 'puback',
      stopWithinMs: stopWithinMs ?? standardStopMs,
      startedAfterMs: startedAfterMs ?? standardStartedMs,
      // One device behind a gateway may be gone while the others are there.
      ...(id === device && { onUnreachable: (error: DeviceError) => this.#link.lost(error) }),
      onIdle: () => this.#onIdle(),
    })
    this.#members.set(id, made)
    return made
  }

  #attach(connection: Connection) {
    const manifests = manifestsOf(connection, this.#parts.device)
    for (const [id, { side, manifest }] of manifests) this.#member(id).attach(side, manifest)
    const served = [...manifests.keys()]
    const isNew = served.some((id) => !this.#served.includes(id))
    for (const id of this.#served) if (!manifests.has(id)) this.#members.get(id)?.goodbye()
    this.#served = served
    if (!this.#lineOpen) {
      this.#transport.open(this.#session())
      this.#lineOpen = true
    } else if (isNew) this.#transport.drop(0)
  }

  #session() {
    const { branch, device, boot } = this.#parts
    return sessionOf({
      branch,
      device,
      boot,
      devices: () => this.#served,
      certified: this.#renewing !== undefined,
      onUp: () => {
        if (this.#life.ended()) return
        this.#isUp = true
        this.#lineLog.up()
        for (const id of this.#served) this.#members.get(id)?.up()
        this.#renewing?.look()
        this.#settle.resolve()
      },
      onDown: () => {
        this.#isUp = false
        if (this.#life.ended()) return
        for (const member of this.#members.values()) member.down()
        if (this.#stopping === undefined) this.#lineLog.down()
      },
      onMessage: (topic, payload) => this.#hear(topic, payload),
    })
  }

  #hear(topic: Topic, payload: string) {
    if (this.#life.ended() || topic.branch !== this.#parts.branch) return
    if (topic.channel === 'credential') this.#renewing?.take(payload)
    if (topic.channel === 'hub') for (const id of this.#served) this.#members.get(id)?.hear('hub', payload)
    else if (this.#served.includes(topic.device))
      this.#members.get(topic.device)?.hear(topic.channel, payload)
  }

  async #stop() {
    const { stopWithinMs = standardStopMs, log } = this.#parts
    this.#ending.abort()
    const members = [...this.#members.values()]
    for (const member of members) member.close('adapter-stopping')
    await new Promise<void>((resolve) => {
      const look = () => {
        if (members.every((member) => member.isIdle())) resolve()
      }
      this.#onIdle = look
      this.#life.after(stopWithinMs, resolve)
      look()
    })
    if (this.#isUp) for (const id of this.#served) this.#members.get(id)?.goodbye()
    this.#life.end()
    await Promise.all(members.map((member) => member.written()))
    await this.#link.stop()
    await this.#transport.close(true)
    this.#parts.memory.close()
    await this.#parts.tray?.close()
    log.info('stopped', { counts: this.#counts.all() })
  }
}
