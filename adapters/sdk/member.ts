/**
 * One device between the hub and the adapter: what it is told, what it takes on, what it says. A gateway has one of
 * these for each device it speaks for, all on one line.
 */
import { Ack, DeviceConfig, ErrorMessage, HubPresence, type Presence, Report } from '#protocol/messages.ts'
import { parseTopic, type Topic, topics } from '#protocol/topics.ts'
import type { DeviceHandle, DeviceSide } from './adapter.ts'
import { createAttempts, isFinal } from './attempts.ts'
import { createBuiltIns } from './built-ins.ts'
import { type Checks, createChecks } from './checks.ts'
import { type Condition, createCondition } from './condition.ts'
import type { Counts } from './counts.ts'
import { DeviceBusy, type DeviceError, DeviceUnreachable, DeviceUnsupported } from './errors.ts'
import { createHandle } from './handle.ts'
import type { Life } from './life.ts'
import { type OwnManifest, standardHeartbeatMs } from './manifest.ts'
import { type Memory, type MemoryRecord, recollectionsOf } from './memory.ts'
import { createOutgoing, type KeptMessage } from './outgoing.ts'
import { createPerforming } from './perform.ts'
import type { Log, Transport } from './ports.ts'
import { createRefusals, handlerOf, wouldMove } from './refusals.ts'
import { createReporting } from './reporting.ts'
import { createTaskDesk, parseJson } from './task-desk.ts'

export interface MemberParts {
  readonly id: string
  readonly branch: string
  readonly boot: string
  readonly transport: Transport
  readonly life: Life
  readonly log: Log
  readonly counts: Counts
  readonly memory: Memory
  readonly acknowledgedBy: 'puback' | 'hub'
  readonly stopWithinMs: number
  readonly startedAfterMs: number
  /** A task found that the device does not answer. */
  readonly onUnreachable?: (error: DeviceUnreachable) => void
  readonly onIdle?: () => void
}

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
  giveWay(code: string): void
  because(reason: string, level: 'degraded' | 'faulted' | undefined): void
  /** Called now and then: what the hub has not acknowledged for long goes out again. */
  overdue(): void
  unacknowledged(): number
}

export const createMember = (parts: MemberParts): Member => new OneMember(parts)

type Remember = (record: MemoryRecord, sure: boolean) => void

const assemble = (parts: MemberParts) => {
  const { id, branch, life, log, counts, memory } = parts
  const attempts = createAttempts(recollectionsOf(memory.earlier(), id))
  const checks = createChecks({ device: id, log, counts })
  const remember: Remember = (record, sure) => memory.write(record, sure)
  const outgoing = outgoingOf(parts, checks, remember)
  const condition = createCondition({ topic: topics.state(branch, id), checks, outgoing, life })
  const reporting = createReporting({ branch, device: id, outgoing, checks, remember })
  const now: { side: DeviceSide | undefined; config: DeviceConfig | undefined } = {
    side: undefined,
    config: undefined,
  }
  const performing = createPerforming({
    device: id,
    life,
    log,
    checks,
    reporting,
    remember: (record) => remember(record, true),
    handler: (capability) => handlerOf(now.side, capability),
    ...createAilments(condition, parts.onUnreachable),
    ended: (attempt) => desk.free(attempt),
    stopWithinMs: parts.stopWithinMs,
    startedAfterMs: parts.startedAfterMs,
  })
  const desk = createTaskDesk({
    life,
    attempts,
    reporting,
    performing,
    received: () => {},
    isStale: (sentAt, withinMs) =>
      now.side?.manifest.guarantees?.keepsTime === true && life.now() - sentAt > withinMs,
    refusal: createRefusals({
      life,
      checks,
      condition,
      side: () => now.side,
      config: () => now.config,
      taken: () => desk.taken(),
    }),
    changed() {
      const { length } = desk.taken()
      condition.setBusy(length > 0)
      if (length === 0) parts.onIdle?.()
    },
  })
  const builtIns = createBuiltIns({ life, log, condition })
  return { attempts, checks, outgoing, condition, desk, now, builtIns, remember }
}

/** What the last tasks ran into; a task that goes well takes it back. */
const createAilments = (condition: Condition, onUnreachable: MemberParts['onUnreachable']) => {
  const ailments = new Set<string>()
  return {
    unwell(error: DeviceError) {
      if (error instanceof DeviceUnreachable) onUnreachable?.(error)
      if (error instanceof DeviceBusy || error instanceof DeviceUnsupported) return
      ailments.add(error.code)
      condition.because(error.code, 'degraded')
    },
    well() {
      for (const code of ailments) condition.because(code, undefined)
      ailments.clear()
    },
  }
}

const outgoingOf = (parts: MemberParts, checks: Checks, remember: Remember) => {
  const { id, boot, transport, acknowledgedBy, counts, log } = parts
  return createOutgoing({
    transport,
    boot,
    acknowledgedBy,
    onAcknowledged(message) {
      try {
        noteHeard(id, message, remember)
      } catch (error) {
        // Then its report is sent once more after a restart, and the hub knows it already.
        checks.complain('adapter.memory', String(error))
      }
    },
    onDropped({ topic, reason }) {
      counts.count('message.dropped')
      log.warn('a message is given up', { device: id, topic, reason })
    },
  })
}

const noteHeard = (device: string, { topic, payload }: KeptMessage, remember: Remember) => {
  const parsed = parseTopic(topic)
  if (parsed?.channel !== 'report') return
  const report = Report.safeParse(parseJson(payload)).data
  if (report === undefined || !isFinal(report)) return
  const { attempt, epoch } = report
  remember({ kind: 'heard', device, task: parsed.task, attempt, epoch }, false)
}

class OneMember implements Member {
  readonly id: string
  readonly handle: DeviceHandle
  readonly #parts: MemberParts
  readonly #inner: ReturnType<typeof assemble>
  readonly #listeners = new Set<(config: DeviceConfig) => void>()
  #manifest: OwnManifest | undefined
  #presence: Presence = { status: 'online' }
  #settled = false
  #epochKept: number

  constructor(parts: MemberParts) {
    this.id = parts.id
    this.#parts = parts
    this.#inner = assemble(parts)
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

  giveWay(code: string) {
    this.#inner.desk.giveWay(code)
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
    const { code, text, topic, boot } = error
    this.#parts.counts.count(code)
    this.#parts.log.warn('the hub refused a message', { device: this.id, code, text, topic })
    // Numbers of an earlier boot mean other messages than those of this one.
    if (boot === undefined || boot === this.#parts.boot) outgoing.refused(error)
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
