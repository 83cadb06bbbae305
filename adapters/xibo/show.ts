/**
 * One task on one screen: ordered at the CMS, looked for on the displays, taken back at the end. The CMS taking the order
 * is not the screen showing it, so what counts as done is what the displays report.
 */
import type { Task } from '../sdk/adapter.ts'
import { DeviceFault, DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { monotonic } from '../shared/monotonic.ts'
import type { Cms } from './cms/cms.ts'
import { CmsTrouble } from './cms/trouble.ts'
import type { LayoutRow, XiboConfig } from './config.ts'
import type { Wish } from './layouts.ts'
import { mishapOf } from './mishap.ts'
import { LayoutOrder } from './order.ts'
import { pause } from './pause.ts'
import type { Screen } from './screen.ts'
import { type Sight, shows, showsOther } from './sight.ts'

/** What was ordered where and when, by the clock of the CMS, so that its proof of play finds its task. */
export interface ShowRecord {
  readonly device: string
  readonly task: string
  readonly layoutId: number
  readonly fromMs: number
  readonly toMs: number
}

export interface ShowParts {
  readonly cms: Cms
  readonly config: XiboConfig
  readonly clock: Clock
  readonly log: Log
  readonly remember: (show: ShowRecord) => void
}

export type ShowTask = Pick<Task, 'id' | 'signal' | 'runWithinMs' | 'started'>

export interface OnScreen {
  readonly screen: Screen
  readonly row: LayoutRow
  readonly wish: Wish
  readonly task: ShowTask
}

/** What is left of the time of the task for taking it back. */
const reserveMs = 1_000
/** And after that, so that its end is told in time. */
const spareMs = 200
/** A display may report its next layout a little before our own time is over. */
const slackMs = 1_500

/**
 * @returns for how long it was seen; undefined where it was only to be ordered.
 * @throws DeviceError, or the reason of the task's signal
 */
export const show = (parts: ShowParts, on: OnScreen): Promise<number | undefined> =>
  new Showing(parts, on).run().catch((error: unknown) => {
    on.task.signal.throwIfAborted()
    throw error instanceof CmsTrouble ? mishapOf(error) : error
  })

class Showing {
  readonly #parts: ShowParts
  readonly #on: OnScreen
  readonly #order: LayoutOrder
  readonly #forMs: number
  #before: Sight | undefined
  #orderedAt = 0
  #givenMs = 0
  #beganMs = 0
  #isAccepted = false
  #firstSeenMs: number | undefined

  constructor(parts: ShowParts, on: OnScreen) {
    this.#parts = parts
    this.#on = on
    const { config, cms, clock, log } = parts
    const { row, wish, screen, task } = on
    this.#forMs = Math.max(0, Math.min(wish.showForMs ?? config.showForMs, task.runWithinMs - reserveMs))
    // Longer than wanted: it takes a while to appear, and is taken back in the end. Should nobody do that, it ends anyway.
    const boundMs = this.#forMs + config.seeWithinMs
    const { displayGroupId } = screen
    this.#order = new LayoutOrder({
      cms,
      clock,
      log,
      row,
      wish,
      displayGroupId,
      boundMs,
      answerMs: config.answerMs,
    })
  }

  async run(): Promise<number | undefined> {
    const { screen, task } = this.#on
    const { cms, log } = this.#parts
    this.#givenMs = this.#nowMs()
    this.#before = await screen.look()
    task.signal.throwIfAborted()
    screen.assertThere()
    await this.#order.prepare(task.signal)
    task.signal.throwIfAborted()
    this.#orderedAt = cms.now()
    this.#beganMs = this.#nowMs()
    try {
      this.#isAccepted = await this.#order.give(task.signal)
      task.started()
      if (!this.#isAccepted)
        log.warn('an order to the CMS got no answer; it is looked for', {
          device: screen.device.id,
          task: task.id,
        })
      return await this.#follow()
    } finally {
      this.#remember()
      // A cancel is confirmed when the screen is free; at its own end the task must be over in time.
      const untilMs = task.signal.aborted
        ? Number.POSITIVE_INFINITY
        : this.#givenMs + task.runWithinMs - spareMs
      await this.#order.takeBack(untilMs)
    }
  }

  async #follow() {
    const { config, clock } = this.#parts
    const { signal } = this.#on.task
    for (;;) {
      const sight = await this.#glance()
      signal.throwIfAborted()
      if (sight !== undefined) this.#consider(sight)
      const leftMs = this.#endMs() - this.#nowMs()
      if (leftMs <= 0) return this.#judged()
      await pause(clock, Math.min(leftMs, config.lookWhileShowingMs), signal)
      signal.throwIfAborted()
    }
  }

  /**
   * What is to be seen, if the CMS tells in time. One that is away now has taken the order before, and the screen shows it
   * without the CMS.
   */
  async #glance(): Promise<Sight | undefined> {
    const over = new AbortController()
    const signal = AbortSignal.any([this.#on.task.signal, over.signal])
    const inTime = pause(this.#parts.clock, Math.max(0, this.#latestMs() - this.#nowMs()), signal)
    try {
      return (await Promise.race([this.#on.screen.look(), inTime])) ?? undefined
    } catch (error) {
      if (error instanceof CmsTrouble) return undefined
      throw error
    } finally {
      over.abort()
    }
  }

  /** @throws DeviceFault where it is over already, and not as it should be */
  #consider(sight: Sight) {
    const { health } = sight
    if (health.level === 'faulted')
      throw new DeviceFault('The display went away in the middle.', {
        code: health.reasons[0] ?? 'display-offline',
      })
    const layoutId = this.#order.layoutId()
    if (layoutId === undefined || this.#on.row.as === 'overlay') return
    if (shows(sight, { layoutId, orderedAt: this.#orderedAt, before: this.#before }))
      this.#firstSeenMs ??= this.#nowMs()
    const isEarly = this.#nowMs() < this.#beganMs + this.#forMs - slackMs
    if (this.#firstSeenMs === undefined || !isEarly || !showsOther(sight, layoutId)) return
    this.#order.leave()
    throw new DeviceFault('Something else was put on the screen.', { code: 'replaced' })
  }

  #believes = () => this.#on.row.believe === 'accepted' && this.#isAccepted

  #latestMs = () =>
    Math.min(
      this.#beganMs + this.#forMs + this.#parts.config.seeWithinMs,
      this.#givenMs + this.#on.task.runWithinMs - reserveMs,
    )

  #endMs() {
    const latestMs = this.#latestMs()
    if (this.#firstSeenMs !== undefined) return Math.min(this.#firstSeenMs + this.#forMs, latestMs)
    return this.#believes() ? this.#beganMs + this.#forMs : latestMs
  }

  #judged(): number | undefined {
    if (this.#firstSeenMs !== undefined) return this.#nowMs() - this.#firstSeenMs
    if (this.#believes()) return undefined
    throw this.#isAccepted
      ? new DeviceFault('The CMS took the order, but no display reported it.', { code: 'not-seen' })
      : new DeviceUnreachable('The CMS gave no answer, and no display reported it.', {
          code: 'cms-no-answer',
        })
  }

  #remember() {
    const layoutId = this.#order.layoutId()
    if (layoutId === undefined || this.#beganMs === 0) return
    const { screen, task } = this.#on
    const toMs = this.#parts.cms.now()
    this.#parts.remember({ device: screen.device.id, task: task.id, layoutId, fromMs: this.#orderedAt, toMs })
  }

  #nowMs = () => monotonic(this.#parts.clock)
}
