/** One page on the line: what it asks is taken one by one, looked at before anything else, and answered. */
import { randomUUID } from 'node:crypto'
import type { DeskError, DeskTongue } from '#protocol/desk/errors.ts'
import { type CommandAnswer, CommandCall, type LiveOver } from '#protocol/desk/live/line.ts'
import { UsherError } from '#protocol/errors.ts'
import { errorBody, failureOf } from '../failures.ts'
import type { Session } from '../sessions.ts'
import { type AnswerParts, answerCall } from './answer.ts'
import type { LiveSocket } from './audience.ts'
import type { Pace } from './pace.ts'

export interface VisitorParts {
  readonly answering: AnswerParts
  readonly tongue: DeskTongue
  /** As it is at this moment; undefined once it has ended. Counts as use. */
  readonly session: () => Session | undefined
  readonly pace: Pace
  readonly monotonicMs: () => number
  readonly onBug: (error: unknown, request: string) => void
}

/** Somebody who goes on long after he was told is no page of ours. */
const refusedMax = 200

export const over = (socket: LiveSocket, why: LiveOver['why']): void => {
  socket.emit('over', { why })
  socket.disconnect(true)
}

/** @returns the error as pages get it; what is our own fault is told to the log. */
export const errorFor = (
  error: unknown,
  { tongue, onBug }: Pick<VisitorParts, 'tongue' | 'onBug'>,
  waitMs?: number,
): DeskError => {
  const request = randomUUID()
  const failure = failureOf(error)
  if (failure.isBug) onBug(error, request)
  return errorBody({ ...failure, waitMs: waitMs ?? failure.waitMs }, tongue, request)
}

/** What nests deeper than anybody can look is no command either, and never the end of the hub. */
const read = (asked: unknown): CommandCall | Error => {
  try {
    const call = CommandCall.safeParse(asked)
    return call.success ? call.data : call.error
  } catch (error) {
    return error instanceof RangeError
      ? new UsherError('request.invalid', 'nests too deep')
      : (error as Error)
  }
}

class Visitor {
  readonly #socket: LiveSocket
  readonly #parts: VisitorParts
  #refused = 0
  /** In the order in which they were asked. */
  #last: Promise<void> = Promise.resolve()

  constructor(socket: LiveSocket, parts: VisitorParts) {
    this.#socket = socket
    this.#parts = parts
  }

  listen() {
    this.#socket.onAny((event: string, ...args: unknown[]) => this.#onEvent(event, args))
  }

  #onEvent(event: string, args: readonly unknown[]) {
    const reply = args.at(-1)
    const answer = (what: CommandAnswer) => {
      if (typeof reply === 'function') (reply as (what: CommandAnswer) => void)(what)
    }
    const refuse = (error: unknown, waitMs?: number) =>
      answer({ done: false, error: errorFor(error, this.#parts, waitMs) })
    const waitMs = this.#parts.pace.take(this.#parts.monotonicMs())
    if (waitMs > 0) {
      this.#refused += 1
      if (this.#refused > refusedMax) return void this.#socket.disconnect(true)
      return refuse(new UsherError('hub.busy'), waitMs)
    }
    this.#refused = 0
    if (event !== 'command') return refuse(new UsherError('request.unknown', 'event'))
    const call = read(args[0])
    if (call instanceof Error) return refuse(call)
    this.#last = this.#last.then(() => this.#do(call).then(answer, refuse))
  }

  async #do(call: CommandCall): Promise<CommandAnswer> {
    const session = this.#parts.session()
    if (session === undefined) throw new UsherError('sign-in.needed')
    return answerCall(this.#parts.answering, call, session)
  }
}

export const attend = (socket: LiveSocket, parts: VisitorParts): void => new Visitor(socket, parts).listen()
