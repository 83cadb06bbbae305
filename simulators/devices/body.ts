/** The device's own condition: where it stands, its battery, whether it may move, and why it cannot take a task now. */
import type { Life } from '#adapters/sdk/life.ts'
import { capabilities, isCapability } from '#protocol/capabilities.ts'
import type { DeviceConfig, DeviceState } from '#protocol/messages.ts'
import type { Spot } from '#protocol/targets.ts'
import type { Behaviour } from './behaviour.ts'
import { between } from './chance.ts'
import { kinds, type SimulatedKind } from './kinds.ts'
import type { Chance } from './ports.ts'

const standardMetresPerSecond = 0.8

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
  const walk = behaviour.walk
  let spot: Spot | undefined = walk?.home === undefined ? undefined : { place: walk.home }
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
      wayMs({ from: spot, to, walk }) ?? Math.round(between(1_000, 3_500, chance(id, 'travel', task))),
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

/** Only between points that are known. */
const wayMs = ({ from, to, walk }: { from: Spot | undefined; to: Spot; walk: Behaviour['walk'] }) => {
  const start = pointOf(from, walk)
  const end = pointOf(to, walk)
  if (start === undefined || end === undefined) return undefined
  const metres = Math.hypot(start.x - end.x, start.y - end.y)
  return Math.round((metres / (walk?.metresPerSecond ?? standardMetresPerSecond)) * 1_000)
}

interface Point {
  readonly x: number
  readonly y: number
}

const pointOf = (spot: Spot | undefined, walk: Behaviour['walk']): Point | undefined =>
  spot?.pose ?? walk?.points[spot?.place ?? ''] ?? walk?.points[spot?.zone ?? '']
