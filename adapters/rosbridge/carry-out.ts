/** One goal for one task: sent, followed to its end, and stopped when it is no longer wanted. */
import { DeviceFault, DeviceUnreachable, DeviceUnsupported, TaskStopped } from '../sdk/errors.ts'
import { untilSeen, type Watched } from '../shared/until.ts'
import type { ActionClient } from './action-client.ts'
import type { Goal, GoalEnd } from './goal.ts'

export interface Bench extends Watched {
  /** The line is up. Within the time of grace it may be down, and the goal goes on. */
  isUp(): boolean
  readonly acceptWithinMs: number
  readonly answerMs: number
  readonly silentMs: number
  /** A goal stayed unanswered: the server may never read that connection again. */
  renewGoals(): Promise<void>
}

export interface Errand {
  readonly client: ActionClient
  readonly args: object
  readonly signal: AbortSignal
  /** The robot has taken it. */
  readonly began: () => void
  /** Monotonic time of its latest feedback, where it gives any. */
  readonly heardAtMs: () => number | undefined
  readonly nowMs: () => number
}

/** Told to stop again, until it has: each second, where answers come faster than that. */
const stopAgainMs = 1_000
/** How often a goal is cancelled that the robot never showed to have. */
const triesMax = 3

/** @returns how it ended. @throws the signal's reason once it really is over, or a DeviceError */
export const carryOut = (bench: Bench, errand: Errand): Promise<GoalEnd> => new Carrying(bench, errand).run()

class Carrying {
  readonly #bench: Bench
  readonly #errand: Errand

  constructor(bench: Bench, errand: Errand) {
    this.#bench = bench
    this.#errand = errand
  }

  async run(): Promise<GoalEnd> {
    const { client, args, signal, began } = this.#errand
    signal.throwIfAborted()
    const goal = client.send(args)
    if (goal === undefined) throw new DeviceUnreachable('The robot is out of reach.', { begun: false })
    try {
      await this.#taken(goal)
      if (goal.isTaken()) began()
      return await this.#ended(goal)
    } finally {
      client.letGo(goal, { isGone: this.#bench.isGone() })
    }
  }

  async #taken(goal: Goal): Promise<void> {
    const { signal } = this.#errand
    for (;;) {
      const outcome = await untilSeen(this.#bench, {
        look: () => (goal.isTaken() || goal.end() !== undefined ? true : undefined),
        withinMs: this.#bench.acceptWithinMs,
        signal,
      })
      if (outcome.got === true) return
      if (outcome.why === 'gone') throw gone()
      if (outcome.why === 'aborted') {
        await this.#stop(goal)
        throw signal.reason
      }
      // Cut off it cannot be known; once the line is back, it has its time again.
      if (this.#bench.isUp()) await this.#notTaken(goal)
    }
  }

  /** It may be on its way still, and must not be taken up later. */
  async #notTaken(goal: Goal): Promise<never> {
    const isStopped = await this.#stop(goal)
    this.#errand.signal.throwIfAborted()
    await this.#bench.renewGoals()
    if (goal.end()?.kind === 'rejected')
      throw new DeviceUnsupported('The robot rejects the goal.', { code: 'goal-rejected' })
    throw new DeviceFault('The robot does not answer to the goal.', {
      code: 'no-answer',
      begun: !isStopped || goal.isTaken(),
    })
  }

  async #ended(goal: Goal): Promise<GoalEnd> {
    const { signal, nowMs, heardAtMs } = this.#errand
    const { silentMs, answerMs } = this.#bench
    let backAtMs: number | undefined
    const look = (): GoalEnd | 'silent' | undefined => {
      const end = goal.end()
      if (end !== undefined) return end
      if (!this.#bench.isUp()) backAtMs = undefined
      else if (goal.isHeld) return nowMs() - (heardAtMs() ?? nowMs()) > silentMs ? 'silent' : undefined
      else {
        backAtMs ??= nowMs()
        // Back, and nothing is told of the goal: it may be over or not, so it is ended.
        if (!this.#isFollowed(goal) && nowMs() - backAtMs > answerMs) return 'silent'
      }
      return undefined
    }
    for (;;) {
      const outcome = await untilSeen(this.#bench, { look, signal, withinMs: Math.min(answerMs, silentMs) })
      if (outcome.got === 'silent') return await this.#endSilent(goal)
      if (outcome.got !== undefined) return outcome.got
      if (outcome.why === 'gone') throw gone()
      if (outcome.why === 'late') continue
      // Nobody is there to be stopped where the robot itself is gone.
      if (!isLost(signal.reason)) await this.#stop(goal)
      throw signal.reason
    }
  }

  #isFollowed = (goal: Goal) => goal.uuid !== undefined && this.#errand.client.hasList()

  async #endSilent(goal: Goal): Promise<GoalEnd> {
    await this.#stop(goal)
    this.#errand.signal.throwIfAborted()
    return { kind: 'lost' }
  }

  /**
   * Asks until the goal is over: what is ignored or gets lost is asked for again, and the task is not over before.
   * @returns false: the robot went away meanwhile, or never showed the goal
   */
  async #stop(goal: Goal): Promise<boolean> {
    const withinMs = Math.min(stopAgainMs, this.#bench.answerMs)
    for (let tries = 1; ; tries += 1) {
      this.#errand.client.cancel(goal)
      const outcome = await untilSeen(this.#bench, { look: () => goal.end(), withinMs })
      if (outcome.got !== undefined) return true
      if (outcome.why === 'gone') return false
      if (!this.#bench.isUp()) tries -= 1
      if (!goal.isTaken() && tries >= triesMax) return false
    }
  }
}

const isLost = (reason: unknown) => reason instanceof TaskStopped && reason.why === 'lost'

const gone = () => new DeviceUnreachable('The robot is gone in the middle of a goal.')
