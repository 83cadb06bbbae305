/**
 * How the robot is, apart from the task it has: battery, place, and what it does on its own account or by somebody's hand.
 * While it belongs to somebody else it takes nothing on.
 */
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { StatusAnswer } from './bridge.ts'
import type { Mode, News, WayNews } from './dialects/dialect.ts'
import type { PlaceTable } from './places.ts'

export interface Standing {
  news(news: Exclude<News, { kind: 'way' | 'voice' | 'heard' | 'greeted' }>): void
  /** A journey that nobody here ordered. */
  ownWay(news: WayNews): void
  /** Of a journey of ours. */
  way(news: WayNews): void
  blocked(isBlocked: boolean): void
  look(status: StatusAnswer): void
  /** Why it cannot be asked for anything now. */
  occupied(): string | undefined
  isLow(): boolean
  isCharging(): boolean
  at(): string | undefined
  zone(): string | undefined
}

export interface StandingParts {
  readonly device: Pick<DeviceHandle, 'state'>
  readonly places: PlaceTable
  readonly returnsAtPercent: number
  readonly nowMs: () => number
}

/** A journey of its own that stands for so long is over, also without a word. */
const ownStandsMs = 5_000

export const createStanding = (parts: StandingParts): Standing => new RobotStanding(parts)

class RobotStanding implements Standing {
  readonly #parts: StandingParts
  readonly #modes = new Set<Mode>()
  #battery: { percent: number; charging: boolean } | undefined
  #at: string | undefined
  #own: { place: string; stirredAtMs: number } | undefined

  constructor(parts: StandingParts) {
    this.#parts = parts
  }

  news(news: Parameters<Standing['news']>[0]) {
    if (news.kind === 'battery') this.#setBattery(news.percent, news.charging)
    else {
      if (news.on) this.#modes.add(news.mode)
      else this.#modes.delete(news.mode)
      this.#tellWilling()
    }
  }

  ownWay({ place, phase }: WayNews) {
    this.#own = phase === 'moving' ? { place, stirredAtMs: this.#parts.nowMs() } : undefined
    this.#tellWilling()
  }

  way({ phase, obstacle }: WayNews) {
    if (phase === 'moving' && obstacle !== undefined) this.blocked(obstacle)
    if (phase === 'arrived') this.blocked(false)
  }

  blocked(isBlocked: boolean) {
    this.#parts.device.state({ blocked: isBlocked })
  }

  look({ moving, at, battery, locations }: StatusAnswer) {
    if (locations !== undefined) this.#parts.places.taught(locations)
    if (battery !== undefined) this.#setBattery(battery.level, battery.isCharging)
    this.#at = at ?? undefined
    const spot = this.#parts.places.spotOf(at)
    if (spot !== undefined) this.#parts.device.state({ spot })
    this.#lookAtOwn(moving)
  }

  occupied(): string | undefined {
    const [mode] = this.#modes
    return mode ?? (this.#own === undefined ? undefined : 'own-journey')
  }

  isLow = () =>
    this.#battery !== undefined &&
    !this.#battery.charging &&
    this.#battery.percent <= this.#parts.returnsAtPercent
  isCharging = () => this.#battery?.charging === true
  at = () => this.#at
  zone = () => this.#parts.places.spotOf(this.#at)?.zone

  #lookAtOwn(moving: boolean) {
    const own = this.#own
    if (own === undefined) return
    const nowMs = this.#parts.nowMs()
    if (moving) this.#own = { ...own, stirredAtMs: nowMs }
    else if (nowMs - own.stirredAtMs >= ownStandsMs) {
      this.#own = undefined
      this.#tellWilling()
    }
  }

  #setBattery(percent: number, charging: boolean) {
    this.#battery = { percent, charging }
    this.#parts.device.state({ battery: this.#battery })
  }

  #tellWilling() {
    this.#parts.device.state({ willing: this.occupied() === undefined })
  }
}
