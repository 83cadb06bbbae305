/**
 * One goal of an action, from what is heard about it: answers on the connection that sent it, and the list of goals that
 * the action server publishes. A goal outlives the connection that sent it, and then only the list tells of it.
 */
import { type GoalResult, goalStatus, isActive, isTerminal } from './wire/protocol.ts'

export type GoalEnd =
  | ({ readonly kind: 'result' } & GoalResult)
  /** The server did not take it. */
  | { readonly kind: 'rejected'; readonly note: string }
  /** Nobody knows of it any more. */
  | { readonly kind: 'lost' }

export class Goal {
  /** By which the server's answers name it. */
  readonly id: string
  /** By which the robot names it; known as soon as it stands in the list. */
  uuid: string | undefined
  /** The connection that sent it is there still. */
  isHeld = true
  isGivenUp = false
  #isTaken = false
  #end: GoalEnd | undefined
  #listed: number | undefined
  /** Of a result that did not say how it ended. */
  #values: unknown

  constructor(id: string) {
    this.id = id
  }

  isTaken = () => this.#isTaken
  end = () => this.#end

  onFeedback() {
    this.#isTaken = true
  }

  /** @returns whether it is over, but its end is still to be seen in the list. */
  onResult({ status, values }: GoalResult, ok: boolean): boolean {
    const told = status !== undefined && isTerminal(status) ? status : this.#terminal()
    if (told !== undefined) this.#settle({ kind: 'result', status: told, values })
    else if (!ok && !this.#isTaken) this.#settle({ kind: 'rejected', note: noteOf(values) })
    this.#values = values
    return this.#end === undefined
  }

  /** The server says that it could not do what it was told. */
  onComplaint(text: string) {
    if (!this.#isTaken) this.#settle({ kind: 'rejected', note: text })
  }

  /** @returns whether it is over by the list, but its result is still to come. */
  onListed(status: number): boolean {
    this.#listed = status
    if (isActive(status) || isTerminal(status)) this.#isTaken = true
    if (!isTerminal(status) || this.#end !== undefined) return false
    if (this.isHeld && this.#values === undefined) return true
    this.settleByList()
    return false
  }

  settleByList() {
    const status = this.#terminal()
    if (status !== undefined) this.#settle({ kind: 'result', status, values: this.#values })
  }

  /** Neither the result nor the list said how. */
  settleUnknown() {
    this.settleByList()
    this.#settle({ kind: 'result', status: goalStatus.unknown, values: this.#values })
  }

  onLost() {
    this.#settle({ kind: 'lost' })
  }

  #terminal = () => (this.#listed !== undefined && isTerminal(this.#listed) ? this.#listed : undefined)

  /** What comes a second time changes nothing. */
  #settle(end: GoalEnd) {
    this.#end ??= end
  }
}

const noteOf = (values: unknown) => (typeof values === 'string' ? values : 'The robot rejects the goal.')
