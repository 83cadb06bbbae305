/**
 * One action of the robot: goals are sent to it, followed and cancelled, and its list of goals shows what else it does. A
 * goal is cancelled by the connection that sent it, and by the action's own service, which works from everywhere.
 */
import type { Clock } from '../sdk/ports.ts'
import type { ActionName } from './config.ts'
import { Goal } from './goal.ts'
import type { BridgeLine } from './line.ts'
import { type Heard, isActive, resultOf } from './wire/protocol.ts'
import { cancelRequest, saysItIsOver } from './wire/ros-messages.ts'

export interface ActionClientParts extends ActionName {
  readonly line: () => BridgeLine | undefined
  readonly clock: Clock
  readonly newId: () => string
  /** How long after its end by the list the result itself is waited for. */
  readonly resultWithinMs: number
  readonly changed: () => void
}

/** What a goal did whose end nobody saw; kept from one meeting with the robot to the next. */
export interface Leftovers {
  readonly uuids: Set<string>
  /** One was sent and its id in the list never seen: whatever runs then is stopped. */
  any: boolean
}

/** A goal of somebody else counts as going on for so long after it was last heard of. */
const foreignMs = 600_000
const sweepAgainMs = 2_000

export class ActionClient {
  readonly #parts: ActionClientParts
  readonly #left: Leftovers
  #listed: ReadonlyMap<string, number> | undefined
  #listedAt = Number.NEGATIVE_INFINITY
  #isListFresh = false
  /** The list may not say yet that it is over. */
  #endedUuid: string | undefined
  #goal: Goal | undefined
  #expected: Goal | undefined
  #cancelSweep: () => void = () => {}
  #isFrozen = false

  constructor(parts: ActionClientParts, left: Leftovers) {
    this.#parts = parts
    this.#left = left
  }

  statusTopic = () => `${this.#parts.action}/_action/status`

  /** @returns undefined when the line is down; nothing was sent then. */
  send(args: object): Goal | undefined {
    const { action, type, newId, line } = this.#parts
    const goal = new Goal(`usher:${newId()}`)
    const message = { op: 'send_action_goal', id: goal.id, action, action_type: type, args, feedback: true }
    if (line()?.sendGoal(message) !== true) return undefined
    this.#goal = goal
    this.#expected = goal
    return goal
  }

  /** Nobody waits for it any more. @param how `isGone`: neither does anybody see how it ends */
  letGo(goal: Goal, how: { readonly isGone: boolean }) {
    goal.isGivenUp = true
    if (this.#goal === goal) this.#goal = undefined
    if (goal.end() !== undefined) {
      if (this.#expected === goal) this.#expected = undefined
      this.#endedUuid = goal.uuid
    } else if (goal.uuid !== undefined) this.#left.uuids.add(goal.uuid)
    else if (how.isGone) this.#left.any = true
  }

  cancel(goal: Goal) {
    const { action, line, changed } = this.#parts
    if (goal.isHeld) line()?.tellGoal({ op: 'cancel_action_goal', id: goal.id, action })
    // As long as its id is not known, all are: a robot drives to one goal at a time.
    this.#callCancel(goal.uuid, (isOver) => {
      if (!isOver || goal.end() !== undefined) return
      goal.onLost()
      changed()
    })
  }

  /** Somebody else's, too. */
  cancelAll() {
    this.#callCancel(undefined)
  }

  /** While it holds, whatever runs is cancelled. */
  freeze(isFrozen: boolean) {
    this.#isFrozen = isFrozen
    if (isFrozen && this.#strangers().length > 0) this.cancelAll()
    if (isFrozen) this.#sweepLater()
  }

  /** Stops what was left over from before, again and again until it is over. */
  sweep(all: boolean) {
    if (all) this.#left.any = true
    if (this.#left.any) this.cancelAll()
    for (const uuid of this.#left.uuids) this.#callCancel(uuid)
    if (this.#left.any || this.#left.uuids.size > 0) this.#sweepLater()
  }

  /** A goal that is not of the task in hand runs. */
  isForeign(): boolean {
    return this.#parts.clock.now() - this.#listedAt < foreignMs && this.#strangers().length > 0
  }

  onListed(list: ReadonlyMap<string, number>) {
    const before = this.#listed
    this.#listed = list
    this.#listedAt = this.#parts.clock.now()
    this.#isListFresh = true
    this.#recognise(before, list)
    const goal = this.#goal
    if (goal !== undefined) this.#tellGoal(goal, list)
    this.#countLeftovers(list)
  }

  /** @returns whether it was about a goal of this action. */
  hear(message: Extract<Heard, { op: 'action_feedback' | 'action_result' | 'status' }>): boolean {
    const goal = this.#goal
    if (goal === undefined || message.id !== goal.id) return false
    if (message.op === 'action_feedback') goal.onFeedback()
    else if (message.op === 'action_result') this.#onResult(goal, message)
    else if (message.level === 'error') goal.onComplaint(String(message.msg).slice(0, 300))
    return true
  }

  /** What is known is old now. Most servers give the list to who comes late. */
  onGoalsCut() {
    if (this.#goal !== undefined) this.#goal.isHeld = false
    this.#isListFresh = false
  }

  hasList = () => this.#isListFresh

  close() {
    this.#cancelSweep()
  }

  /** Which row of the list is the goal in hand: the server does not tell whoever sends one. */
  #recognise(before: ReadonlyMap<string, number> | undefined, list: ReadonlyMap<string, number>) {
    const expected = this.#expected
    if (expected === undefined) return
    const fresh = [...list].filter(([uuid, status]) =>
      before === undefined ? isActive(status) : !before.has(uuid),
    )
    const uuid = fresh.at(-1)?.[0]
    if (uuid === undefined) return
    expected.uuid = uuid
    this.#expected = undefined
    if (expected.isGivenUp) {
      this.#left.uuids.add(uuid)
      this.#callCancel(uuid)
      this.#sweepLater()
    }
  }

  #onResult(goal: Goal, message: Extract<Heard, { op: 'action_result' }>) {
    if (goal.onResult(resultOf(message), message.result !== false))
      this.#later(() => {
        goal.settleUnknown()
      })
  }

  /** Of the result and the list, one comes first. */
  #later(settle: () => void) {
    this.#parts.clock.after(this.#parts.resultWithinMs, () => {
      settle()
      this.#parts.changed()
    })
  }

  #tellGoal(goal: Goal, list: ReadonlyMap<string, number>) {
    const status = goal.uuid === undefined ? undefined : list.get(goal.uuid)
    if (status !== undefined && goal.onListed(status)) this.#later(() => goal.settleByList())
    // It stood there, and does no more: the server was started anew.
    if (status === undefined && goal.uuid !== undefined) goal.onLost()
  }

  #countLeftovers(list: ReadonlyMap<string, number>) {
    const active = [...list].filter(([, status]) => isActive(status)).map(([uuid]) => uuid)
    if (this.#left.any) for (const uuid of active) if (uuid !== this.#goal?.uuid) this.#left.uuids.add(uuid)
    for (const uuid of this.#left.uuids) if (!active.includes(uuid)) this.#left.uuids.delete(uuid)
  }

  #strangers(): readonly string[] {
    return [...(this.#listed ?? [])]
      .filter(([uuid, status]) => isActive(status) && uuid !== this.#goal?.uuid && uuid !== this.#endedUuid)
      .map(([uuid]) => uuid)
  }

  #sweepLater() {
    this.#cancelSweep()
    this.#cancelSweep = this.#parts.clock.after(sweepAgainMs, () => {
      // All was told to stop, and what did not is in the list by now. What comes from here on is somebody's.
      this.#left.any = false
      for (const uuid of this.#left.uuids) this.#callCancel(uuid)
      if (this.#isFrozen && this.#strangers().length > 0) this.cancelAll()
      if (this.#isFrozen || this.#left.uuids.size > 0) this.#sweepLater()
    })
  }

  #callCancel(uuid: string | undefined, answered: (isOver: boolean) => void = () => {}) {
    const { action, line } = this.#parts
    line()
      ?.call(`${action}/_action/cancel_goal`, cancelRequest(uuid))
      .then(
        // No such service: no such server any more.
        ({ ok, values }) => {
          const isOver = !ok || (uuid !== undefined && saysItIsOver(values))
          if (isOver && uuid !== undefined) this.#left.uuids.delete(uuid)
          answered(isOver)
        },
        () => {},
      )
  }
}
