/** What the robot says about itself, and what the hub is told of it: where it is, its battery, what is wrong with it. */
import type { Spot } from '#protocol/targets.ts'
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { RosbridgeConfig } from './config.ts'
import { metresBetween, spotAt } from './places.ts'
import { type FloorPose, readBattery, readDiagnostics, readPose, readSpeed } from './wire/ros-messages.ts'

export interface StandingParts {
  readonly device: Pick<DeviceHandle, 'state' | 'stream'>
  readonly config: RosbridgeConfig
  readonly nowMs: () => number
}

export interface SeenPose extends FloorPose {
  readonly atMs: number
}

/** Positions are a stream; the state only tells of another place, or of a distance. */
const stepMetres = 0.25
const reasonsMax = 8
const reasonOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64) || 'diagnostics'

export class Standing {
  readonly #parts: StandingParts
  readonly #errors = new Set<string>()
  #pose: SeenPose | undefined
  #told: FloorPose | undefined
  #spot: Spot = {}
  #isCharging = false

  constructor(parts: StandingParts) {
    this.#parts = parts
  }

  /** Cut off it may go anywhere. */
  forgetPose() {
    this.#pose = undefined
  }

  /** On the robot's map. */
  pose = () => this.#pose
  isCharging = () => this.#isCharging

  onPose(pose: FloorPose, speed?: number) {
    const { config, device, nowMs } = this.#parts
    if (pose.frame !== config.frame) return
    this.#pose = { ...pose, atMs: nowMs() }
    const { x, y, yaw: theta } = pose
    device.stream('pose', { map: config.map, x, y, theta, ...(speed !== undefined && { speed }) })
    const spot = spotAt(config, pose)
    const isElsewhere = spot.place !== this.#spot.place || spot.zone !== this.#spot.zone
    const hasMoved = this.#told === undefined || metresBetween(this.#told, pose) >= stepMetres
    if (!isElsewhere && !hasMoved) return
    this.#spot = spot
    this.#told = pose
    device.state({ spot })
  }

  /** @returns false for what is no such message; so do the others. */
  onPoseMessage = (message: unknown): boolean => {
    const pose = readPose(message)
    if (pose !== undefined) this.onPose(pose)
    return pose !== undefined
  }

  /** Wheels drift, so its pose counts only where the robot publishes it on the map. */
  onOdometry = (message: unknown): boolean => {
    const pose = readPose(message)
    if (pose !== undefined) this.onPose(pose, readSpeed(message))
    return pose !== undefined
  }

  onBattery = (message: unknown): boolean => {
    const battery = readBattery(message)
    if (battery === undefined) return false
    if (battery === 'unmeasured') return true
    this.#isCharging = battery.charging
    this.#parts.device.state({ battery })
    return true
  }

  onDiagnostics = (message: unknown): boolean => {
    const heard = readDiagnostics(message)
    if (heard === undefined) return false
    for (const name of heard.said) this.#errors.delete(reasonOf(name))
    for (const name of heard.errors) this.#errors.add(reasonOf(name))
    const reasons = [...this.#errors].slice(0, reasonsMax)
    this.#parts.device.state({
      health: reasons.length === 0 ? { level: 'ok' } : { level: 'degraded', reasons },
    })
    return true
  }
}
