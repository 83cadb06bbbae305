/**
 * One device between the hub and the adapter: what it is told, what it takes on, what it says. A gateway has one of
 * these for each device it speaks for, all on one line.
 */
import { Ack, DeviceConfig, ErrorMessage, HubPresence, type Presence } from '#protocol/messages.ts'
import { type Topic, topics } from '#protocol/topics.ts'
import type { DeviceHandle, DeviceSide } from './adapter.ts'
import { createHandle } from './handle.ts'
import { type OwnManifest, standardHeartbeatMs } from './manifest.ts'
import { assembleMember, type MemberInside, type MemberParts } from './member-inside.ts'
import { wouldMove } from './refusals.ts'
import { parseJson } from './task-desk.ts'

export interface Member {
  readonly id: string
  readonly handle: DeviceHandle
  /** The device is there: what it is and can do. */
  attach(side: DeviceSide | undefined, manifest: OwnManifest): void
  /** The device is gone. */
  detach(code: string): void
  up(): void
  down(): void
  hear(channel: Topic['channel'], payload: string): void
  /** It no longer belongs to this adapter, or the adapter ends. */
  goodbye(): void
  isIdle(): boolean
  /** The adapter ends: nothing new is taken on, and what runs is stopped. */
  close(code: string): void
  because(reason: string, level: 'degraded' | 'faulted' | undefined): void
  /** Called now and then: what the hub has not acknowledged for long goes out again. */
  overdue(): void
  unacknowledged(): number
  /** Resolves when all has gone out that waited for the disk. */
  written(): Promise<void>
}

export const createMember = (parts: MemberParts): Member => new OneMember(parts)

class OneMember implements Member {
  readonly id: string
  readonly handle: DeviceHandle
  readonly #parts: MemberParts
  readonly #inner: MemberInside
  readonly #listeners = new Set<(config: DeviceConfig) => void>()
  #manifest: OwnManifest | undefined
  #presence: Presence = { status: 'online' }
  #settled = false
  #epochKept: number

  constructor(parts: MemberParts) {
    this.id = parts.id
    this.#parts = parts
    this.#inner = assembleMember(parts)
    this.#epochKept = this.#inner.attempts.epoch()
    const { checks, outgoing, condition, now } = this.#inner
    this.handle = createHandle({
      branch: parts.branch,
      id: parts.id,
      checks,
      outgoing,
      condition,
      config: () => now.config,
      listeners: this.#listeners,
      updating: (away) => this.#setPresence(away),
    })
  }

  attach(side: DeviceSide | undefined, manifest: OwnManifest) {
    const { now, desk, condition, builtIns, outgoing } = this.#inner
    now.side = side
    this.#manifest = manifest
    if (!this.#settled) desk.settleEarlierLife()
    this.#settled = true
    for (const reason of ['unreachable', 'unauthorised']) condition.because(reason, undefined)
    condition.startHeartbeat(manifest.heartbeatMs ?? standardHeartbeatMs)
    if (outgoing.isUp()) this.#tellManifest()
    builtIns.obey(side, now.config)
  }

  detach(code: string) {
    const { now, desk, condition } = this.#inner
    now.side = undefined
    condition.because(code, 'faulted')
    desk.giveWay(code)
  }

  up() {
    const { outgoing, condition } = this.#inner
    outgoing.up()
    this.#tellManifest()
    outgoing.keep(topics.presence(this.#parts.branch, this.id), this.#presence, true)
    condition.tell()
  }

  down() {
    this.#inner.outgoing.down()
  }

  hear(channel: Topic['channel'], payload: string) {
    const { desk, outgoing, attempts } = this.#inner
    const body = parseJson(payload)
    if (channel === 'task' && !desk.receive(payload)) this.#odd(channel)
    if (channel === 'config') this.#onConfig(body)
    if (channel === 'error') this.#onError(body)
    if (channel === 'ack') {
      const ack = Ack.safeParse(body).data
      if (ack !== undefined) outgoing.acknowledged(ack)
    }
    if (channel === 'hub') {
      const hub = HubPresence.safeParse(body).data
      attempts.heardEpoch(hub?.epoch ?? 0)
      if (hub?.status === 'online') this.#hubIsBack()
    }
    this.#keepEpoch()
  }

  goodbye() {
    const { outgoing } = this.#inner
    // Who goes away for an update has said so already, and for how long.
    if (this.#presence.status === 'updating') return
    outgoing.keep(topics.presence(this.#parts.branch, this.id), { status: 'offline' }, true)
  }

  isIdle = () => this.#inner.desk.taken().length === 0

  close(code: string) {
    const { now, desk } = this.#inner
    now.side = undefined
    desk.giveWay(code)
  }

  because(reason: string, level: 'degraded' | 'faulted' | undefined) {
    this.#inner.condition.because(reason, level)
  }

  overdue() {
    this.#inner.outgoing.again('overdue')
  }

  #hubIsBack() {
    const { outgoing, condition } = this.#inner
    if (this.#parts.acknowledgedBy !== 'hub' || !outgoing.isUp()) return
    outgoing.again('all')
    // Something new, whose acknowledgement shows that everything before it has arrived.
    condition.tell()
  }

  unacknowledged = () => this.#inner.outgoing.unacknowledged()

  written = () => this.#inner.outgoing.written()

  #tellManifest() {
    if (this.#manifest === undefined) return
    this.#inner.outgoing.keep(topics.manifest(this.#parts.branch, this.id), this.#manifest, true)
  }

  #setPresence(away: { readonly forMs?: number } | false) {
    const { outgoing, condition } = this.#inner
    this.#presence = away === false ? { status: 'online' } : { status: 'updating', ...away }
    condition.because('updating', away === false ? undefined : 'updating')
    if (outgoing.isUp()) outgoing.keep(topics.presence(this.#parts.branch, this.id), this.#presence, true)
  }

  #onConfig(body: unknown) {
    const { attempts, now, desk, builtIns, checks } = this.#inner
    const config = DeviceConfig.safeParse(body).data
    if (config === undefined) {
      this.#odd('config')
      return
    }
    if (config.epoch < attempts.epoch()) return
    attempts.heardEpoch(config.epoch)
    now.config = config
    const { side } = now
    if (config.movement === 'stopped' && side !== undefined)
      desk.giveWay('movement-stopped', ({ about }) => wouldMove(side, about.capability ?? ''))
    builtIns.obey(side, config)
    for (const listener of this.#listeners) {
      try {
        listener(config)
      } catch (error) {
        checks.complain('adapter.threw', String(error))
      }
    }
  }

  #onError(body: unknown) {
    const { outgoing } = this.#inner
    const error = ErrorMessage.safeParse(body).data
    if (error === undefined) return
    const { code, text, topic } = error
    this.#parts.counts.count(code)
    this.#parts.log.warn('the hub refused a message', { device: this.id, code, text, topic })
    outgoing.refused(error)
  }

  #odd(channel: string) {
    this.#inner.checks.complain('adapter.message', `It came on the topic ${channel}.`)
  }

  /** An older hub must not be obeyed after a restart either. */
  #keepEpoch() {
    const epoch = this.#inner.attempts.epoch()
    if (epoch <= this.#epochKept) return
    this.#epochKept = epoch
    try {
      this.#inner.remember({ kind: 'epoch', device: this.id, epoch }, true)
    } catch (error) {
      this.#inner.checks.complain('adapter.memory', String(error))
    }
  }
}
