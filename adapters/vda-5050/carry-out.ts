/** One task as one order: handed over, followed to its end, and stopped when it is no longer wanted. */
import type { ProgressOf, Task } from '../sdk/adapter.ts'
import { DeviceBusy, DeviceFault, DeviceUnreachable, DeviceUnsupported } from '../sdk/errors.ts'
import { unwillingness } from './condition.ts'
import type { Robot } from './robot.ts'
import { placeAt } from './route.ts'
import { until } from './until.ts'
import { judge, judgeCancel, judgeInstant, type OrderInHand, type Verdict } from './verdict.ts'
import type { OrderAction, Stop } from './wire/order.ts'

type MovingTask = Task<ProgressOf<'guide'>>

/** How often an order is cancelled that the robot never named. */
const triesMax = 3

/** @throws DeviceUnreachable, DeviceBusy: why the robot would take no order now. */
export const assertWilling = (robot: Robot) => {
  const state = robot.state()
  if (state === undefined)
    throw new DeviceUnreachable('The robot is not there.', {
      code: robot.absence() ?? 'unreachable',
      begun: false,
    })
  const why = unwillingness(state)
  if (why !== undefined) throw new DeviceBusy(`The robot takes no orders: ${why}.`, { code: why })
  if (robot.strangeOrder() !== undefined)
    throw new DeviceBusy('The robot has an order that is not of this task.', { code: 'other-order' })
  return state
}

/** Robots refuse orders while they charge. */
const wake = async (robot: Robot, signal: AbortSignal) => {
  const { fleet, config } = robot.parts
  if (config.charging !== 'action' || robot.state()?.battery?.charging !== true) return
  robot.sendInstant('stopCharging')
  const outcome = await until(robot, {
    look: () => (robot.state()?.battery?.charging === false ? true : undefined),
    withinMs: fleet.answerWithinMs,
    signal,
  })
  if (outcome.got === undefined && outcome.why !== 'aborted')
    throw new DeviceBusy('The robot goes on charging.', { code: 'charging' })
}

class Carrying {
  readonly #robot: Robot
  readonly #task: MovingTask
  readonly #stops: readonly Stop[]
  readonly #headerIds: number[] = []
  #order: OrderInHand
  #told = ''

  constructor(robot: Robot, task: MovingTask, stops: readonly Stop[]) {
    this.#robot = robot
    this.#task = task
    this.#stops = stops
    this.#order = {
      orderId: robot.newOrderId(),
      headerIds: this.#headerIds,
      targetNodeId: stops.at(-1)?.nodeId ?? '',
      nodes: stops.length,
      actionIds: stops.flatMap(({ actions }) => actions.map(({ actionId }) => actionId)),
      isTaken: false,
    }
  }

  async run() {
    const { signal } = this.#task
    this.#robot.hold(this.#order.orderId)
    try {
      await wake(this.#robot, signal)
      signal.throwIfAborted()
      await this.#handOver()
      await this.#follow()
    } finally {
      this.#robot.hold(undefined)
    }
  }

  #judge = (): Verdict => {
    const state = this.#robot.state()
    return state === undefined ? { kind: 'unknown' } : judge(this.#order, state)
  }

  #send = () => {
    const headerId = this.#robot.sendOrder(this.#order.orderId, this.#stops)
    if (headerId !== undefined) this.#headerIds.push(headerId)
  }

  async #handOver() {
    const { fleet } = this.#robot.parts
    this.#send()
    if (this.#headerIds.length === 0)
      throw new DeviceUnreachable('The fleet broker is gone.', { begun: false })
    const outcome = await until(this.#robot, {
      look: () => {
        const verdict = this.#judge()
        return verdict.kind === 'unknown' ? undefined : verdict
      },
      withinMs: fleet.answerWithinMs,
      signal: this.#task.signal,
      // The same order with the same update id is taken once (6.6.4.1).
      again: { everyMs: fleet.sendAgainMs, call: this.#send },
    })
    if (outcome.got === undefined) return this.#notTaken(outcome.why)
    if (outcome.got.kind === 'rejected')
      throw new DeviceUnsupported(outcome.got.note, { code: outcome.got.code })
    this.#order = { ...this.#order, isTaken: true }
    this.#task.started()
  }

  /** It may be on its way still, and must not be taken up later. */
  async #notTaken(why: 'late' | 'aborted' | 'gone'): Promise<never> {
    if (why === 'gone') throw this.#gone()
    const isStopped = await this.#stop()
    this.#task.signal.throwIfAborted()
    throw new DeviceUnreachable('The robot does not take the order.', {
      code: 'no-answer',
      begun: !isStopped || this.#robot.state()?.orderId === this.#order.orderId,
    })
  }

  async #follow() {
    const outcome = await until(this.#robot, {
      look: () => {
        const verdict = this.#judge()
        if (verdict.kind === 'underway') this.#tell(verdict)
        return verdict.kind === 'finished' || verdict.kind === 'failed' ? verdict : undefined
      },
      signal: this.#task.signal,
    })
    if (outcome.got === undefined) {
      if (outcome.why === 'gone') throw this.#gone()
      await this.#stop()
      throw this.#task.signal.reason
    }
    if (outcome.got.kind === 'finished') return
    const { code, note, isOver } = outcome.got
    if (!isOver) await this.#stop()
    throw new DeviceFault(note, { code })
  }

  #gone = () => new DeviceUnreachable('The robot is gone in the middle of an order.', { code: 'robot-gone' })

  #tell({ percent, step }: { percent: number; step: string }) {
    const place = placeAt(this.#robot.parts.fleet, this.#robot.state()?.lastNodeId ?? '')
    const news = { percent, step, ...(place !== undefined && { spot: { place } }) }
    const told = JSON.stringify(news)
    if (told === this.#told) return
    this.#told = told
    this.#task.progress(news)
  }

  /**
   * Asks until the robot has stopped: a refused or lost cancel is asked for again, and the task is not over before.
   * @returns false: the robot went away meanwhile
   */
  async #stop(): Promise<boolean> {
    const { fleet, log, config } = this.#robot.parts
    let hasComplained = false
    for (let tries = 1; ; tries += 1) {
      const actionId = this.#robot.sendInstant('cancelOrder')
      const outcome = await until(this.#robot, {
        look: () => {
          const state = this.#robot.state()
          if (state === undefined) return undefined
          const verdict = judgeCancel(this.#order, state, actionId ?? '')
          return verdict === 'stopped' ? verdict : undefined
        },
        withinMs: fleet.sendAgainMs,
      })
      if (outcome.got !== undefined) return true
      if (outcome.why === 'gone') return false
      const state = this.#robot.state()
      // Not even begun, as far as it says. Should it turn up late, it is cancelled as a leftover.
      if (state?.orderId !== this.#order.orderId && !this.#order.isTaken && tries >= triesMax) return false
      const isRefused = state !== undefined && judgeCancel(this.#order, state, actionId ?? '') === 'refused'
      if (isRefused && !hasComplained) {
        hasComplained = true
        log.warn('a robot refuses to cancel', { device: config.device, task: this.#task.id })
      }
    }
  }
}

/** @throws what became of it instead, in the SDK's errors. */
export const carryOut = (robot: Robot, task: MovingTask, stops: readonly Stop[]): Promise<void> =>
  new Carrying(robot, task, stops).run()

/** An action without an order. The standard has no cancel for it, so it is waited for. */
export const doInstantly = async (
  robot: Robot,
  task: Pick<Task, 'started'>,
  { actionType, parameters }: Omit<OrderAction, 'actionId'>,
): Promise<void> => {
  const { fleet } = robot.parts
  const actionId = robot.sendInstant(actionType, parameters)
  if (actionId === undefined) throw new DeviceUnreachable('The fleet broker is gone.', { begun: false })
  const look = () => {
    const state = robot.state()
    return state === undefined ? undefined : judgeInstant(state, actionId)
  }
  const answer = await until(robot, {
    look: () => (look()?.kind === 'waiting' ? undefined : look()),
    withinMs: fleet.answerWithinMs,
  })
  if (answer.got === undefined)
    throw new DeviceUnreachable('The robot does not answer.', { code: 'no-answer' })
  if (answer.got.kind === 'rejected')
    throw new DeviceUnsupported(answer.got.note, { code: 'action-rejected' })
  task.started()
  const end = await until(robot, {
    look: () => (look()?.kind === 'finished' || look()?.kind === 'failed' ? look() : undefined),
  })
  if (end.got === undefined)
    throw new DeviceUnreachable('The robot is gone in the middle of an action.', { code: 'robot-gone' })
  if (end.got.kind === 'failed') throw new DeviceFault(end.got.note, { code: 'action-failed' })
}
