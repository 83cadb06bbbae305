/** What one device of an adapter is made of, put together: its messages, its memory, its desk, its health. */
import type { DeviceConfig } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { DeviceSide } from './adapter.ts'
import { type Attempt, createAttempts } from './attempts.ts'
import { createBuiltIns } from './built-ins.ts'
import { type Checks, createChecks } from './checks.ts'
import { type Condition, createCondition } from './condition.ts'
import type { Counts } from './counts.ts'
import { DeviceBusy, type DeviceError, DeviceUnreachable, DeviceUnsupported } from './errors.ts'
import type { Life } from './life.ts'
import { type Memory, type MemoryRecord, recollectionsOf } from './memory.ts'
import type { OutTray } from './out-tray.ts'
import { createOutgoing, type KeptMessage, type OwnTray } from './outgoing.ts'
import { createDropping, endIn, onTheirWay, ownTrayOf } from './own-tray.ts'
import { createPerforming } from './perform.ts'
import type { Log, Transport } from './ports.ts'
import { createRefusals, handlerOf, isConcurrent } from './refusals.ts'
import { createReporting } from './reporting.ts'
import { createTaskDesk } from './task-desk.ts'

export interface MemberParts {
  readonly id: string
  readonly branch: string
  readonly boot: string
  readonly transport: Transport
  readonly life: Life
  readonly log: Log
  readonly counts: Counts
  readonly memory: Memory
  /** Without it, what waits for the hub dies with the process. */
  readonly tray?: OutTray
  readonly acknowledgedBy: 'puback' | 'hub'
  readonly stopWithinMs: number
  readonly startedAfterMs: number
  /** A task found that the device does not answer. */
  readonly onUnreachable?: (error: DeviceUnreachable) => void
  readonly onIdle?: () => void
}

type Remember = (record: MemoryRecord, sure: boolean) => void

/** Who cannot wait for the disk of a page goes on, as where a write failed at once. */
const rememberIn =
  (memory: Memory, checks: Checks): Remember =>
  (record, sure) => {
    const written = memory.write(record, sure)
    written?.catch((error: unknown) => checks.complain('adapter.memory', String(error)))
  }

/** What runs beside other work keeps nobody from asking for more. */
const keepsOthersAway = (side: DeviceSide | undefined, { about }: Attempt) =>
  side === undefined || !isConcurrent(side, about.capability ?? '')

export const assembleMember = (parts: MemberParts) => {
  const { id, branch, life, log, counts, memory } = parts
  const attempts = createAttempts(recollectionsOf(memory.earlier(), id))
  const checks = createChecks({ device: id, log, counts })
  const remember = rememberIn(memory, checks)
  const tray = ownTrayOf(parts, { checks, condition: () => condition })
  const outgoing = outgoingOf(parts, { checks, remember, tray })
  const condition: Condition = createCondition({
    topic: topics.state(branch, id),
    checks,
    outgoing,
    life,
  })
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
    remember: (record) => memory.write(record, true),
    handler: (capability) => handlerOf(now.side, capability),
    ...createAilments(condition, parts.onUnreachable),
    ended: (attempt) => desk.free(attempt),
    stopWithinMs: parts.stopWithinMs,
    // Asked at each task: another device may be there since the last one.
    get startedAfterMs() {
      return now.side?.startedAfterMs ?? parts.startedAfterMs
    },
  })
  const desk = createTaskDesk({
    life,
    attempts,
    reporting,
    performing,
    received: () => {},
    isOnItsWay: onTheirWay(tray),
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
      const taken = desk.taken()
      condition.setBusy(taken.some((attempt) => keepsOthersAway(now.side, attempt)))
      if (taken.length === 0) parts.onIdle?.()
    },
  })
  const builtIns = createBuiltIns({ life, log, condition })
  return { attempts, checks, outgoing, condition, desk, now, builtIns, remember }
}

export type MemberInside = ReturnType<typeof assembleMember>

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

interface Keeping {
  readonly checks: Checks
  readonly remember: Remember
  readonly tray: OwnTray | undefined
}

const outgoingOf = (parts: MemberParts, { checks, remember, tray }: Keeping) => {
  const { id, boot, transport, acknowledgedBy } = parts
  return createOutgoing({
    transport,
    boot,
    acknowledgedBy,
    tray,
    onAcknowledged(message) {
      try {
        noteHeard(id, message, remember)
      } catch (error) {
        // Then its report is sent once more after a restart, and the hub knows it already.
        checks.complain('adapter.memory', String(error))
      }
    },
    onDropped: createDropping(parts),
  })
}

const noteHeard = (device: string, message: KeptMessage, remember: Remember) => {
  const end = endIn(message)
  if (end !== undefined) remember({ kind: 'heard', device, ...end }, false)
}
