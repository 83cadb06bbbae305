/**
 * Thins out what devices repeat at QoS 0 before it becomes entries: health, battery, place and the progress of a task.
 * What changes nothing is dropped, what changes often is joined; unchanged news still come now and then, so that
 * silence can be told from no news.
 */
import type { DeviceState, Report } from '#protocol/messages.ts'
import type { Clock } from '../engine/hub-time.ts'

export interface Telemetry {
  state(device: string, state: DeviceState): void
  /** A state that was journalled as it came: older news still waiting must not overwrite it. */
  journalled(device: string, state: DeviceState): void
  progress(device: string, task: string, report: Report): void
  /** The task moved on: what waits of its progress is old. */
  settled(device: string, task: string): void
}

export interface TelemetryParts {
  readonly clock: Clock
  readonly telemetryPeriodMs: number
  readonly telemetryRefreshMs: number
  /** How often the device promised to be heard of: three of these without news, and it counts as silent. */
  heartbeatMs?(device: string): number | null
  onState(device: string, state: DeviceState): void
  onProgress(device: string, task: string, report: Report): void
}

/** Half a metre, about a step. */
const movedMetres = 0.5
const slotsMax = 10_000

type Spot = NonNullable<DeviceState['spot']>

const moved = (before: Spot | undefined, now: Spot | undefined): boolean => {
  if (before === undefined || now === undefined) return before !== now
  const { pose: from, ...beforeNames } = before
  const { pose: to, ...nowNames } = now
  if (JSON.stringify(beforeNames) !== JSON.stringify(nowNames)) return true
  if (from === undefined || to === undefined) return from !== to
  return from.map !== to.map || Math.hypot(to.x - from.x, to.y - from.y) >= movedMetres
}

const rest = ({ battery: _battery, spot: _spot, boot: _boot, n: _n, ...plain }: DeviceState) =>
  JSON.stringify(Object.entries(plain).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Whether anyone would decide differently. */
const differs = (before: DeviceState, now: DeviceState): boolean =>
  rest(before) !== rest(now) ||
  before.battery?.charging !== now.battery?.charging ||
  Math.floor(before.battery?.percent ?? -1) !== Math.floor(now.battery?.percent ?? -1) ||
  moved(before.spot, now.spot)

const unnumbered = ({ boot: _boot, n: _n, ...state }: DeviceState): DeviceState => state

interface Slot<T> {
  flushedMs: number
  pending: T | undefined
  isDue: boolean
}

/** At most one flush a period for each key; the newest value wins by `join`. */
const createPacer = <T>(clock: Clock, periodMs: number, flush: (key: string, value: T) => void) => {
  const slots = new Map<string, Slot<T>>()
  const slotOf = (key: string): Slot<T> => {
    const known = slots.get(key)
    if (known !== undefined) return known
    const made: Slot<T> = { flushedMs: Number.NEGATIVE_INFINITY, pending: undefined, isDue: false }
    slots.set(key, made)
    const oldest = slots.keys().next()
    if (slots.size > slotsMax && oldest.done !== true) slots.delete(oldest.value)
    return made
  }
  const flushNow = (key: string, slot: Slot<T>) => {
    slot.isDue = false
    if (slot.pending === undefined || slots.get(key) !== slot) return
    const value = slot.pending
    slot.pending = undefined
    slot.flushedMs = clock.monotonicMs()
    flush(key, value)
  }
  return {
    slotOf,
    offer: (key: string, value: T) => {
      const slot = slotOf(key)
      slot.pending = value
      const waitMs = slot.flushedMs + periodMs - clock.monotonicMs()
      if (waitMs <= 0) flushNow(key, slot)
      else if (!slot.isDue) {
        slot.isDue = true
        clock.after(waitMs, () => flushNow(key, slot))
      }
    },
    drop: (key: string) => void slots.delete(key),
  }
}

export const createTelemetry = (parts: TelemetryParts): Telemetry => {
  const { clock, telemetryPeriodMs, telemetryRefreshMs } = parts
  const refreshMs = (device: string) =>
    Math.min(telemetryRefreshMs, parts.heartbeatMs?.(device) ?? telemetryRefreshMs)
  /** What the journal says about each device, all news joined. */
  const told = new Map<string, DeviceState>()
  const states = createPacer<DeviceState>(clock, telemetryPeriodMs, (device, state) => {
    told.set(device, { ...told.get(device), ...state })
    parts.onState(device, state)
  })
  const reports = createPacer<{ device: string; task: string; report: Report }>(
    clock,
    telemetryPeriodMs,
    (_key, { device, task, report }) => parts.onProgress(device, task, report),
  )
  return {
    state: (device, state) => {
      const slot = states.slotOf(device)
      const news = { ...slot.pending, ...unnumbered(state) }
      const before = told.get(device)
      const isFresh = clock.monotonicMs() - slot.flushedMs < refreshMs(device)
      if (before !== undefined && isFresh && !differs(before, { ...before, ...news }))
        slot.pending = undefined
      else states.offer(device, news)
    },
    journalled: (device, state) => {
      const news = unnumbered(state)
      told.set(device, { ...told.get(device), ...news })
      const slot = states.slotOf(device)
      slot.flushedMs = clock.monotonicMs()
      if (slot.pending === undefined) return
      const waiting = Object.entries(slot.pending).filter(([name]) => !(name in news))
      slot.pending = waiting.length === 0 ? undefined : Object.fromEntries(waiting)
    },
    progress: (device, task, report) => reports.offer(`${device}/${task}`, { device, task, report }),
    settled: (device, task) => reports.drop(`${device}/${task}`),
  }
}
