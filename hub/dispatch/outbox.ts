/** Messages waiting to be taken by a device: written with the decision, sent after its commit, unchanged each time. */
import type { TaskMessage } from '#protocol/messages.ts'
import type { DeviceRow } from '#protocol/model.ts'
import { topics } from '#protocol/topics.ts'
import type { Turn } from '../engine/turn.ts'
import type { Attempt, OutboxRow, TaskRow } from './rows.ts'
import { wayMs } from './way.ts'

type MessageKind = TaskMessage['kind']

/** The longest duration the wire carries: a day. */
const durationMaxMs = 86_400_000

const duration = (ms: number) => Math.max(0, Math.min(durationMaxMs, Math.floor(ms)))

export const outboxId = (task: string, attempt: number, kind: MessageKind) => `${task}/${attempt}/${kind}`

export interface StartWindow {
  /** For this long the message is still sent. */
  readonly sendForMs: number
  /** From its receipt the device has this long to begin. */
  readonly beginWithinMs: number
  /** Together: after that nobody begins. */
  readonly totalMs: number
}

/**
 * Deadlines on the wire count from receipt and a message is repeated unchanged, so half of the time is for reaching the
 * device and half for beginning; only a device that keeps time can use all of it for both. Where the way counts, it sets
 * out early enough to be there in time.
 */
export const startWindow = (turn: Turn, task: TaskRow, device: DeviceRow | undefined): StartWindow => {
  const way = device === undefined ? 0 : wayMs(turn.view, { intent: task.intent, device })
  const totalMs = duration(Math.min(task.intent.startWithinMs, task.expiresAt - turn.at - way))
  if (device?.manifest?.guarantees?.keepsTime === true)
    return { sendForMs: totalMs, beginWithinMs: totalMs, totalMs }
  const sendForMs = Math.floor(totalMs / 2)
  return { sendForMs, beginWithinMs: totalMs - sendForMs, totalMs }
}

const put = (turn: Turn, attempt: Attempt, sent: { message: TaskMessage; expiresAt: number }) => {
  const { message } = sent
  const id = outboxId(message.task, attempt.number, message.kind)
  const row: OutboxRow = {
    id,
    device: attempt.member,
    topic: topics.task(turn.entry.branch, attempt.member),
    payload: JSON.stringify(message),
    retain: false,
    task: message.task,
    attempt: attempt.number,
    kind: message.kind,
    at: turn.at,
    expiresAt: sent.expiresAt,
    resendMs: turn.settings.resendMs,
  }
  turn.state.outbox.put(id, row)
}

/** `window` is given when the offer carries the start: then the start's send window bounds it. */
export const sendOffer = (turn: Turn, task: TaskRow, sent: { attempt: Attempt; window: StartWindow }) => {
  const { attempt, window } = sent
  const { intent } = task
  const start = attempt.startSentAt !== null
  put(turn, attempt, {
    message: {
      kind: 'offer',
      task: task.id,
      attempt: attempt.number,
      epoch: attempt.epoch,
      capability: intent.capability,
      command: intent.command as Extract<TaskMessage, { kind: 'offer' }>['command'],
      priority: intent.priority,
      ackWithinMs: duration(intent.ackWithinMs),
      // The start will bring a bound of its own.
      startWithinMs: start ? window.beginWithinMs : window.totalMs,
      runWithinMs: duration(intent.runWithinMs),
      start,
      sentAt: turn.at,
    },
    expiresAt: turn.at + (start ? window.sendForMs : duration(intent.ackWithinMs)),
  })
}

export const sendStart = (turn: Turn, task: TaskRow, sent: { attempt: Attempt; window: StartWindow }) => {
  const { attempt, window } = sent
  put(turn, attempt, {
    message: {
      kind: 'start',
      task: task.id,
      attempt: attempt.number,
      epoch: attempt.epoch,
      startWithinMs: window.beginWithinMs,
      runWithinMs: duration(task.intent.runWithinMs),
      sentAt: turn.at,
    },
    expiresAt: turn.at + window.sendForMs,
  })
}

export interface CancelNote {
  readonly attempt: Attempt
  readonly reason: string
  readonly withStep: boolean
  readonly expiresAt: number
}

export const sendCancel = (turn: Turn, task: TaskRow, note: CancelNote) => {
  const { attempt } = note
  const step = note.withStep ? task.intent.onCancel : undefined
  put(turn, attempt, {
    message: {
      kind: 'cancel',
      task: task.id,
      attempt: attempt.number,
      epoch: attempt.epoch,
      reason: note.reason.slice(0, 64),
      ...(step === undefined
        ? {}
        : { onCancel: step as NonNullable<Extract<TaskMessage, { kind: 'cancel' }>['onCancel']> }),
      sentAt: turn.at,
    },
    expiresAt: note.expiresAt,
  })
  turn.setTimer(`task/${task.id}`, cancelTimer(attempt.number), { deadline: note.expiresAt, graced: true })
}

const cancelTimer = (attempt: number) => `cancel-${attempt}`

/** @returns the attempt whose cancel message has had its time, or undefined for another timer of a task. */
export const cancelTimerAttempt = (name: string): number | undefined =>
  name.startsWith('cancel-') ? Number(name.slice('cancel-'.length)) : undefined

export const closeMessage = (
  turn: Turn,
  task: string,
  which: { attempt: number; kinds: readonly MessageKind[] },
) => {
  for (const kind of which.kinds) {
    turn.state.outbox.drop(outboxId(task, which.attempt, kind))
    if (kind === 'cancel') turn.clearTimer(`task/${task}`, cancelTimer(which.attempt))
  }
}
