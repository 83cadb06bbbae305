/** One robot behind rosbridge: its line, its actions, and what it says; here what is heard finds who waits for it. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { monotonic } from '../shared/monotonic.ts'
import { createOddities } from '../shared/oddities.ts'
import { ActionClient, type Leftovers } from './action-client.ts'
import type { Bench } from './carry-out.ts'
import type { ActionName, RosbridgeConfig } from './config.ts'
import { type BridgeLine, type BridgeLineParts, odds, openBridgeLine } from './line.ts'
import { Standing } from './standing.ts'
import { readFeedback, readGoalStatuses, type WayFeedback } from './wire/ros-messages.ts'

export interface RosRobotParts {
  readonly config: RosbridgeConfig
  readonly device: DeviceHandle
  readonly clock: Clock
  readonly log: Log
  readonly newId: () => string
  readonly memory: MeetingMemory
}

/** From one meeting with the robot to the next, for as long as the process lives. */
export interface MeetingMemory {
  hasMet: boolean
  /** By action. */
  readonly leftovers: Map<string, Leftovers>
}

/** How often it may say where it is. */
const poseEveryMs = 500
const batteryEveryMs = 2_000

type Message = Parameters<BridgeLineParts['onMessage']>[0]

interface Listening {
  /** @returns false for what is no such message. */
  readonly hear: (message: unknown) => boolean
  readonly everyMs?: number
}

export class RosRobot implements Bench {
  readonly clock: Clock
  readonly standing: Standing
  readonly navigation: ActionClient
  readonly dock: ActionClient
  readonly undock: ActionClient
  readonly speech: ActionClient | undefined
  readonly acceptWithinMs: number
  readonly answerMs: number
  readonly silentMs: number
  readonly #parts: RosRobotParts
  readonly #oddities
  readonly #watchers = new Set<() => void>()
  readonly #onTopic = new Map<string, (message: unknown) => boolean>()
  readonly #opening: object[] = []
  #line: BridgeLine | undefined
  #onFeedback: (feedback: WayFeedback) => void = () => {}
  #unlisten: () => void = () => {}
  #isGone = false

  constructor(parts: RosRobotParts) {
    const { config, device, clock, log } = parts
    this.#parts = parts
    this.clock = clock
    this.acceptWithinMs = config.acceptWithinMs
    this.answerMs = config.answerMs
    this.silentMs = config.silentMs
    this.#oddities = createOddities(log, odds)
    this.standing = new Standing({ device, config, nowMs: this.nowMs })
    this.navigation = this.#client(config.navigation)
    this.dock = this.#client(config.docking.dock)
    this.undock = this.#client(config.docking.undock)
    this.speech =
      config.speech?.by === 'action'
        ? this.#client({ action: config.speech.action, type: config.speech.type })
        : undefined
    this.#listenToTopics()
  }

  nowMs = () => monotonic(this.clock)

  /** @throws DeviceUnreachable, DeviceUnauthorised */
  async open(): Promise<{ readonly lost: Promise<unknown> }> {
    const { config, log, device, memory } = this.#parts
    const { url, token, ca } = config.robot
    // Node's WebSocket knows no authority of its own; the line to the hub names its own.
    if (ca !== undefined) setDefaultCACertificates([...getCACertificates('default'), ca])
    const line = await openBridgeLine({
      ...config,
      url,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      clock: this.clock,
      opening: this.#opening,
      onMessage: (message) => this.#hear(message),
      onOdd: this.#oddities.note,
      onReach: (within) => {
        if (within) log.info('the robot is in reach again')
        else log.warn('the robot is out of reach', { graceMs: config.graceMs })
        this.changed()
      },
      onGoalsCut: () => {
        this.standing.forgetPose()
        for (const client of this.#clients()) client.onGoalsCut()
      },
    })
    this.#line = line
    void line.lost.then(() => {
      this.#isGone = true
      this.changed()
    })
    for (const client of this.#moving()) client.sweep(!memory.hasMet && config.leftovers === 'stop')
    memory.hasMet = true
    this.#unlisten = device.onConfig(({ movement }) => {
      for (const client of this.#moving()) client.freeze(movement === 'stopped')
    })
    return { lost: line.lost }
  }

  async close() {
    this.#isGone = true
    this.#unlisten()
    for (const client of this.#clients()) client.close()
    this.changed()
    if (this.#line === undefined) return
    await this.#line.close()
    this.#parts.log.info('the robot is let go', { odd: this.#oddities.all() })
  }

  isUp = () => this.#line?.isUp() === true
  isGone = () => this.#isGone
  renewGoals = async () => await this.#line?.renewGoals()

  /** Somebody else has it driving, or what was left over is not over yet. */
  isForeign = () => this.#moving().some((client) => client.isForeign())

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  changed() {
    for (const watcher of this.#watchers) watcher()
  }

  /** What the drive in hand reports. @returns ends the listening */
  listen(onFeedback: (feedback: WayFeedback) => void): () => void {
    this.#onFeedback = onFeedback
    return () => {
      this.#onFeedback = () => {}
    }
  }

  publish(topic: string, message: object): boolean {
    return this.#line?.publish(topic, message) ?? false
  }

  #moving = () => [this.navigation, this.dock, this.undock]
  #clients = () => [...this.#moving(), ...(this.speech === undefined ? [] : [this.speech])]

  #client(name: ActionName) {
    const { clock, newId, memory, config } = this.#parts
    const left = memory.leftovers.get(name.action) ?? { uuids: new Set<string>(), any: false }
    memory.leftovers.set(name.action, left)
    const client = new ActionClient(
      {
        action: name.action,
        type: name.type,
        clock,
        newId,
        line: () => this.#line,
        resultWithinMs: config.answerMs,
        changed: () => this.changed(),
      },
      left,
    )
    const hear = (message: unknown) => {
      const list = readGoalStatuses(message)
      if (list !== undefined) client.onListed(list)
      this.#parts.device.state({ busy: this.isForeign() })
      return list !== undefined
    }
    this.#subscribe(client.statusTopic(), 'action_msgs/msg/GoalStatusArray', { hear })
    return client
  }

  #subscribe(topic: string, type: string, { hear, everyMs = 0 }: Listening) {
    this.#onTopic.set(topic, hear)
    const about = { id: `usher:${topic}`, topic, type, throttle_rate: everyMs, compression: 'none' }
    // The newest is enough, except of lists of goals.
    this.#opening.push({ op: 'subscribe', ...about, ...(everyMs > 0 && { queue_length: 1 }) })
  }

  #listenToTopics() {
    const { topics, speech } = this.#parts.config
    const { standing } = this
    const listen = (topic: string | null, type: string, how: Listening) => {
      if (topic !== null) this.#subscribe(topic, type, how)
    }
    const pose = { hear: standing.onPoseMessage, everyMs: poseEveryMs }
    const battery = { hear: standing.onBattery, everyMs: batteryEveryMs }
    listen(topics.battery, 'sensor_msgs/msg/BatteryState', battery)
    listen(topics.pose, topics.poseType, pose)
    listen(topics.odometry, 'nav_msgs/msg/Odometry', { ...pose, hear: standing.onOdometry })
    listen(topics.diagnostics, 'diagnostic_msgs/msg/DiagnosticArray', { hear: standing.onDiagnostics })
    if (speech?.by === 'topic')
      this.#opening.push({
        op: 'advertise',
        id: `usher:${speech.topic}`,
        topic: speech.topic,
        type: speech.type,
      })
  }

  #hear(message: Message) {
    if (message.op === 'publish') {
      if (this.#onTopic.get(message.topic)?.(message.msg) === false)
        this.#oddities.note('bad-message', { topic: message.topic })
    } else {
      const isOurs = this.#clients().some((client) => client.hear(message))
      if (isOurs && message.op === 'action_feedback') {
        const feedback = readFeedback(message.values)
        if (feedback === undefined) this.#oddities.note('bad-message', { op: message.op })
        else this.#onFeedback(feedback)
      }
      if (message.op === 'status' && message.level !== 'info')
        this.#oddities.note('server-complains', {
          level: message.level,
          text: String(message.msg).slice(0, 300),
        })
    }
    this.changed()
  }
}
