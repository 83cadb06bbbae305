/** All robots of a fleet on one line to its broker, and what each announced that it can do. */
import type { ConnectContext } from '../sdk/adapter.ts'
import type { Clock } from '../sdk/ports.ts'
import type { Action, RobotConfig, Spoken, Vda5050Config } from './config.ts'
import type { FleetLine, FleetMessage, openFleetLine } from './fleet-line.ts'
import { Robot } from './robot.ts'
import { dialectOf, inbound, topicOf } from './wire/dialect.ts'
import type { Announced } from './wire/link.ts'

export interface Vda5050Parts {
  readonly clock: Clock
  readonly chance: () => number
  readonly newId: () => string
  readonly openLine: typeof openFleetLine
}

/** By device, for as long as the process lives: a robot that is away now could do it before. */
export type Factsheets = Map<string, readonly Announced[]>

const announcedAction = (announced: readonly Announced[], name: string): Action | undefined => {
  const found = announced.find(({ actionType }) => actionType === name)
  return found === undefined
    ? undefined
    : { ...found, parameters: { text: '{text}', language: '{language}' } }
}

export const spokenBy = ({ actions, device }: RobotConfig, factsheets: Factsheets): Spoken => {
  if (actions !== 'factsheet') return actions
  const announced = factsheets.get(device) ?? []
  const greet = announcedAction(announced, 'greet')
  const announce = announcedAction(announced, 'announce')
  return { ...(greet !== undefined && { greet }), ...(announce !== undefined && { announce }) }
}

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

export interface FleetParts extends Vda5050Parts {
  readonly context: ConnectContext<Vda5050Config>
  readonly factsheets: Factsheets
}

export class Fleet {
  readonly robots: readonly Robot[]
  /** Settles when it is known of every robot whether it is there, and what those can do that were to say so. */
  readonly gathered: Promise<void>
  /** Settles when a robot can do more than the hub was told, and no robot is at work. */
  readonly grown: Promise<void>
  readonly #parts: FleetParts
  readonly #byTopic = new Map<string, (body: unknown, isRetained: boolean) => void>()
  readonly #waitsFor: Set<string>
  #isTold = false
  #isGathered: () => void = () => {}
  #isGrown: () => void = () => {}
  #line: FleetLine | undefined

  constructor(parts: FleetParts) {
    this.#parts = parts
    const { robots } = parts.context.config
    this.#waitsFor = new Set(
      robots.filter(({ actions }) => actions === 'factsheet').map(({ device }) => device),
    )
    this.gathered = new Promise((resolve) => {
      this.#isGathered = resolve
    })
    this.grown = new Promise((resolve) => {
      this.#isGrown = resolve
    })
    this.robots = robots.map((config) => this.#robot(config))
  }

  open() {
    const { context, chance, openLine } = this.#parts
    for (const robot of this.robots) {
      robot.start()
      robot.watch(() => this.#look())
    }
    this.#line = openLine({
      broker: context.config.broker,
      clientId: `usher-${context.device.id}`,
      topics: [...this.#byTopic.keys()],
      log: context.log,
      chance,
      onMessage: (message) => this.#hear(message),
      onState: (state) => {
        for (const robot of this.robots) robot.onLine(state)
      },
    })
  }

  /** What is announced from now on is news to the hub. */
  told() {
    this.#isTold = true
  }

  async close() {
    for (const robot of this.robots) robot.close()
    await this.#line?.close()
  }

  #robot(config: RobotConfig) {
    const { context, clock, newId } = this.#parts
    const dialect = dialectOf(config)
    const robot = new Robot({
      config,
      fleet: context.config,
      dialect,
      handle: context.devices(config.device),
      clock,
      log: context.log,
      newId,
      send: (topic, message) => this.#line?.send(topic, message) ?? false,
      onFactsheet: (announced) => this.#onFactsheet(config, announced),
    })
    for (const leaf of inbound)
      this.#byTopic.set(topicOf(dialect, leaf), (body, isRetained) => robot.hear(leaf, body, isRetained))
    return robot
  }

  #look() {
    const isKnown = (robot: Robot) =>
      robot.isAccountedFor() &&
      (robot.absence() !== undefined || !this.#waitsFor.has(robot.parts.config.device))
    if (this.robots.every(isKnown)) this.#isGathered()
  }

  #hear({ topic, payload, isRetained }: FleetMessage) {
    this.#byTopic.get(topic)?.(parsed(payload), isRetained)
  }

  #onFactsheet(robot: RobotConfig, announced: readonly Announced[] | undefined) {
    const { factsheets, context } = this.#parts
    const before = JSON.stringify(spokenBy(robot, factsheets))
    if (announced !== undefined) factsheets.set(robot.device, announced)
    this.#waitsFor.delete(robot.device)
    this.#look()
    const isNews = this.#isTold && JSON.stringify(spokenBy(robot, factsheets)) !== before
    // To be announced anew ends what runs; then it waits until the adapter is started again.
    if (!isNews || this.robots.some((one) => one.isHeld())) return
    context.log.info('a robot can do more than it was known for; the fleet is announced anew', {
      device: robot.device,
    })
    this.#isGrown()
  }
}
