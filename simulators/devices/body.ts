/** The device's own condition: where it stands, its battery, whether it may move, and why it cannot take a task now. */
import { capabilities, isCapability } from '#protocol/capabilities.ts'
import type { DeviceConfig, DeviceState } from '#protocol/messages.ts'
import type { Spot } from '#protocol/targets.ts'
import type { Behaviour } from './behaviour.ts'
import { between } from './chance.ts'
import { kinds, type SimulatedKind } from './kinds.ts'
import type { Life } from './life.ts'
import type { Chance } from './ports.ts'

const walkingMetresPerSecond = 0.8

export interface Body {
  readonly moves: boolean
  /** Why it cannot take this on, from its own condition; undefined: it can. */
  unfitFor(capability: string): string | undefined
  travelMs(task: string): (to: Spot) => number
  arrive(spot: Spot): void
  obey(config: DeviceConfig): void
  config(): DeviceConfig | undefined
  /** A kiosk in use, a robot at work. */
  setBusy(busy: boolean): void
  setFault(reason: string | undefined): void
  setBlocked(blocked: boolean): void
  state(): Omit<DeviceState, 'boot' | 'n'>
}

export const createBody = (deps: {
  id: string
  kind: SimulatedKind
  clock: Life
  chance: Chance
  behaviour: Behaviour
}): Body => {
  const { id, clock, chance, behaviour } = deps
  const moves = deps.kind === 'robot'
  const battery = createBattery(
    clock,
    kinds[deps.kind].battery ? (behaviour.battery ?? defaultBattery) : undefined,
  )
  let spot: Spot | undefined
  let config: DeviceConfig | undefined
  let busy = false
  let fault: string | undefined
  let blocked = false

  return {
    moves,
    unfitFor(capability) {
      if (!isCapability(capability) || !kinds[deps.kind].capabilities.includes(capability))
        return 'unsupported'
      if (fault !== undefined) return 'faulted'
      if (!moves || !capabilities[capability].moves) return undefined
      if (config?.movement === 'stopped') return 'movement-stopped'
      if (blocked) return 'blocked'
      if (capability !== 'dock' && battery.isEmpty()) return 'battery-low'
      return undefined
    },
    travelMs: (task) => (to) =>
      metresBetween(spot, to) === undefined
        ? Math.round(between(1_000, 3_500, chance(id, 'travel', task)))
        : Math.round(((metresBetween(spot, to) ?? 0) / walkingMetresPerSecond) * 1_000),
    arrive(to) {
      spot = to
      battery.charge((to.place ?? '').startsWith('charger'))
    },
    obey(next) {
      config = next
    },
    config: () => config,
    setBusy(next) {
      busy = next
    },
    setFault(reason) {
      fault = reason
    },
    setBlocked(next) {
      blocked = next
    },
    state: () => ({
      health: fault === undefined ? { level: 'ok' } : { level: 'faulted', reasons: [fault] },
      ...battery.state(),
      ...(spot !== undefined && { spot }),
      busy,
      ...(moves && { blocked }),
    }),
  }
}

const defaultBattery = { percent: 90, drainPerMinute: 0.5, chargePerMinute: 5, emptyAt: 5 }

const createBattery = (clock: Life, settings: Behaviour['battery']) => {
  let percent = settings?.percent ?? 100
  let charging = false
  let since = clock.monotonicMs()
  const settle = () => {
    if (settings === undefined) return percent
    const minutes = Math.max(0, clock.monotonicMs() - since) / 60_000
    since = clock.monotonicMs()
    percent += minutes * (charging ? settings.chargePerMinute : -settings.drainPerMinute)
    percent = Math.min(100, Math.max(0, percent))
    return percent
  }
  return {
    isEmpty: () => settings !== undefined && settle() <= settings.emptyAt,
    charge(next: boolean) {
      settle()
      charging = next
    },
    state: () =>
      settings === undefined ? {} : { battery: { percent: Math.round(settle() * 10) / 10, charging } },
  }
}

const metresBetween = (from: Spot | undefined, to: Spot): number | undefined =>
  from?.pose === undefined || to.pose === undefined
    ? undefined
    : Math.hypot(from.pose.x - to.pose.x, from.pose.y - to.pose.y)
