/**
 * What the device says about itself: health with its reasons, battery, place, busy. News are joined, told at once where
 * somebody would decide differently, and repeated as a heartbeat.
 */
import { type DeviceState, DeviceState as StateSchema } from '#protocol/messages.ts'
import type { Sent } from './adapter.ts'
import type { Checks } from './checks.ts'
import type { Life } from './life.ts'
import type { Outgoing } from './outgoing.ts'

type Level = NonNullable<DeviceState['health']>['level']
type OwnState = Omit<DeviceState, 'boot' | 'n'>

export interface Condition {
  patch(patch: OwnState): Sent
  /** A reason that holds until it is taken back. */
  because(reason: string, level: Level | undefined): void
  /** Why it takes no task, by its own health. */
  unfit(): string | undefined
  state(): OwnState
  setBusy(busy: boolean): void
  /** The line is up: the whole state goes out. */
  tell(): void
  startHeartbeat(everyMs: number): void
}

const severity: Readonly<Record<Level, number>> = { ok: 0, degraded: 1, updating: 2, faulted: 3 }
/** The newest of what changes often goes out at most this often. */
const quietMs = 200
const reasonsMax = 16
const reasonLengthMax = 120

export const createCondition = (parts: {
  readonly topic: string
  readonly checks: Checks
  readonly outgoing: Outgoing
  readonly life: Life
}): Condition => {
  const { topic, checks, outgoing, life } = parts
  const reasons = new Map<string, Level>()
  const beat = createHeartbeat(life, () => outgoing.pass(topic, state()))
  let told: OwnState = {}
  let isBusy = false
  let isDue = false

  const health = () => worstOf(reasons, told.health)
  const state = (): OwnState => ({ ...told, health: health(), busy: isBusy || told.busy === true })
  const passSoon = () => {
    if (isDue) return
    isDue = true
    life.after(quietMs, () => {
      isDue = false
      outgoing.pass(topic, state())
    })
  }
  /** What a hub must not miss. */
  const urgent = () => JSON.stringify([health(), told.willing, told.blocked, told.inKeepClear])
  const change = (make: () => void) => {
    const before = { urgent: urgent(), whole: JSON.stringify(state()) }
    make()
    if (urgent() !== before.urgent) {
      if (outgoing.isUp()) outgoing.keep(topic, state())
    } else if (JSON.stringify(state()) !== before.whole) passSoon()
  }

  return {
    state,
    patch(patch) {
      const checked = checks.state(patch)
      if ('bad' in checked) return checked.bad
      change(() => {
        told = { ...told, ...StateSchema.parse(checked.good) }
      })
      return { sent: true }
    },
    because(reason, level) {
      const short = reason.slice(0, reasonLengthMax)
      change(() => {
        if (level === undefined) reasons.delete(short)
        else reasons.set(short, level)
      })
    },
    unfit() {
      const { level } = health()
      return level === 'faulted' || level === 'updating' ? level : undefined
    },
    setBusy(busy) {
      if (busy === isBusy) return
      isBusy = busy
      outgoing.pass(topic, state())
    },
    tell: () => outgoing.keep(topic, state()),
    startHeartbeat: beat,
  }
}

type Health = NonNullable<DeviceState['health']>

const worstOf = (reasons: ReadonlyMap<string, Level>, own: Health | undefined): Health => {
  const levels = [...reasons.values(), own?.level ?? 'ok']
  const level = levels.reduce((worst, one) => (severity[one] > severity[worst] ? one : worst), 'ok')
  const why = [...new Set([...reasons.keys(), ...(own?.reasons ?? [])])].slice(0, reasonsMax)
  return { level, ...(why.length > 0 && { reasons: why }) }
}

const createHeartbeat = (life: Life, beat: () => void) => {
  let stop: (() => void) | undefined
  const every = (everyMs: number) => {
    stop?.()
    stop = life.after(everyMs, () => {
      beat()
      every(everyMs)
    })
  }
  return every
}
