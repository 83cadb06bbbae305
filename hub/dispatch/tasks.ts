/** What is done to a task whatever the reason: its attempt is left, it is ended, its flow hears of it, its claims go. */
import type { TaskAnswer } from '#protocol/flow-events.ts'
import type { DeviceRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { dropLease, dropLeasesOf, occupiedKey, takeLease } from './claims.ts'
import { isFinal, type Life, live, type Step } from './life.ts'
import { closeMessage, sendCancel } from './outbox.ts'
import { countPromotion } from './promotions.ts'
import { recordTask } from './records.ts'
import type { Attempt, AttemptEnd, TaskPhase, TaskRow } from './rows.ts'
import { isExclusive, isPerson, repeatRuleOn } from './traits.ts'

export const taskOwner = (id: string) => `task/${id}`
/**
 * Tasks of assistance are the answer to tasks that nobody could do, and must not ask for themselves. Who asked for work by
 * hand sees what became of it: nobody else is called because of it.
 */
const answeredThemselves: ReadonlySet<string> = new Set(['assistance', 'request'])
const attemptTimers = ['ack', 'start', 'run', 'lost'] as const

export const openAttempt = (task: TaskRow): Attempt | undefined => {
  const last = task.attempts.at(-1)
  return last !== undefined && last.endedAt === null ? last : undefined
}

export const lifeOf = (task: TaskRow): Life => {
  const startSentAt = openAttempt(task)?.startSentAt ?? null
  return { phase: task.phase, startSent: startSentAt !== null }
}

export const memberDevice = (turn: Pick<Turn, 'view'>, member: string): DeviceRow | undefined =>
  isPerson(member) ? undefined : turn.view.device(member)

export const ruleOf = (turn: Pick<Turn, 'view'>, task: TaskRow) => {
  const member = openAttempt(task)?.member
  return repeatRuleOn(task.intent.capability, member === undefined ? undefined : memberDevice(turn, member))
}

export const changeAttempt = (task: TaskRow, change: Partial<Attempt>): TaskRow => {
  const last = task.attempts.at(-1)
  return last === undefined
    ? task
    : { ...task, attempts: [...task.attempts.slice(0, -1), { ...last, ...change }] }
}

/** Open tasks whose open attempt is with this member. */
export const tasksWith = (turn: Turn, member: string): readonly TaskRow[] =>
  turn.state.tasks.values().filter((task) => openAttempt(task)?.member === member)

export interface Leaving {
  readonly end: AttemptEnd
  readonly code: string | null
  /** The member itself said that it is over: it is free, and needs no cancel. */
  readonly confirmed: boolean
  /** The cancel carries the on-cancel step. */
  readonly withStep: boolean
}

/** A member that may have begun counts as occupied until it confirms, or until it must have ended. */
const endsAtLatest = (turn: Turn, task: TaskRow, attempt: Attempt): number => {
  const { startWithinMs, runWithinMs, ackWithinMs } = task.intent
  const { resendMs } = turn.settings
  const soonest = turn.at + 2 * resendMs
  if (attempt.startSentAt === null) return Math.max(soonest, turn.at + ackWithinMs)
  const runs = attempt.startedAt ?? attempt.startSentAt + startWithinMs
  return Math.max(soonest, runs + runWithinMs + resendMs)
}

/** The open attempt is over. What concerned only its member goes; claims of the task stay. */
export const leaveAttempt = (turn: Turn, task: TaskRow, leaving: Leaving): TaskRow => {
  const attempt = openAttempt(task)
  if (attempt === undefined) return task
  const { member, number } = attempt
  for (const name of attemptTimers) turn.clearTimer(taskOwner(task.id), name)
  closeMessage(turn, task.id, { attempt: number, kinds: ['offer', 'start'] })
  dropLeasesOf(
    turn,
    task.id,
    task.leases.filter((key) => key.startsWith('sound/')),
  )
  const until = endsAtLatest(turn, task, attempt)
  if (!leaving.confirmed && !isPerson(member)) {
    sendCancel(turn, task, {
      attempt,
      reason: leaving.code ?? leaving.end,
      withStep: leaving.withStep,
      expiresAt: until,
    })
  }
  const key = occupiedKey(member)
  const held = turn.state.claims.get(key)?.task === task.id
  if (held && !leaving.confirmed && !isPerson(member) && attempt.startSentAt !== null)
    takeLease(turn, task, { key, until, keep: true })
  else if (held) dropLease(turn, key)
  if (!isExclusive(task.intent.capability)) turn.stir()
  return changeAttempt(task, { endedAt: turn.at, end: leaving.end, code: leaving.code })
}

export interface Ending {
  readonly phase: TaskPhase
  readonly reason: string
  readonly result: Readonly<Record<string, unknown>> | null
  /** Nobody was found to do it, although it was wanted: the assistance flow is told. */
  readonly unserved: boolean
}

const finalAnswer = (task: TaskRow, ending: Ending): TaskAnswer => {
  const { phase, reason } = ending
  const base = { ref: task.intent.ref, task: task.id }
  const member = task.attempts.at(-1)?.member ?? null
  switch (phase) {
    case 'done':
      return { type: 'task.done', ...base, member: member ?? '', result: ending.result ?? {} }
    case 'unknown':
      return { type: 'task.unknown', ...base, member: member ?? '' }
    case 'refused':
      return { type: 'task.refused', ...base, reason }
    case 'cancelled':
      return { type: 'task.cancelled', ...base, reason }
    case 'expired':
      return { type: 'task.expired', ...base, reason }
    default:
      return { type: 'task.failed', ...base, member, reason }
  }
}

const tellUnserved = (turn: Turn, task: TaskRow, reason: string) => {
  const { zone, visit, ticket } = task.intent.subject
  turn.tell({
    type: 'task.unserved',
    task: task.id,
    flow: task.flow,
    capability: task.intent.capability,
    zone: zone ?? null,
    visit: visit ?? null,
    ticket: ticket ?? null,
    reason,
  })
}

/** The one place where a task ends: exactly one final answer, and nothing of it stays behind but its cancel message. */
export const finish = (turn: Turn, task: TaskRow, ending: Ending) => {
  const { phase, reason } = ending
  const ended: TaskRow = {
    ...task,
    phase,
    endedAt: turn.at,
    endReason: reason,
    result: ending.result,
    waitingFor: null,
    cancelReason: phase === 'cancelled' ? reason : null,
    leases: [],
  }
  turn.state.tasks.drop(task.id)
  turn.state.endedTasks.put(task.id, ended)
  turn.clearTimer(taskOwner(task.id), 'expire')
  dropLeasesOf(
    turn,
    task.id,
    task.leases.filter((key) => turn.state.claims.get(key)?.keep === false),
  )
  const member = task.attempts.at(-1)?.member
  recordTask(turn, ended, {
    code: phase,
    member,
    params: { reason },
    ...(ending.result === null ? {} : { more: { result: ending.result } }),
  })
  countPromotion(turn, ended)
  turn.answer(task.instance, finalAnswer(task, ending))
  if (ending.unserved && !answeredThemselves.has(task.flow)) tellUnserved(turn, task, reason)
}

/** The attempt ended without an end of the task: it goes back into the queue, not to the same member. */
export const requeue = (turn: Turn, task: TaskRow) => {
  const last = task.attempts.at(-1)
  turn.state.tasks.put(task.id, {
    ...task,
    phase: 'queued',
    waitingFor: null,
    spent: last === undefined ? task.spent : [...task.spent, last.member],
  })
  turn.stir()
}

/** Always succeeds at the hub, whatever the member is doing. */
export const cancelTask = (turn: Turn, id: string, reason: string) => {
  const task = turn.state.tasks.get(id)
  if (task === undefined) return
  const step = live(lifeOf(task), { type: 'cancel' }, ruleOf(turn, task))
  if (step === null) return
  closeStep(turn, task, { step, reason, withStep: true })
}

/** Ends what may not begin any more; what has its start already runs on. */
export const expireTask = (turn: Turn, id: string, why: { reason: string; unserved: boolean }) => {
  const task = turn.state.tasks.get(id)
  if (task === undefined) return
  const step = live(lifeOf(task), { type: 'expire' }, ruleOf(turn, task))
  if (step !== null) closeStep(turn, task, { step, ...why, withStep: false })
}

/** A step the hub took by itself: the member has not confirmed anything. */
export const closeStep = (
  turn: Turn,
  task: TaskRow,
  how: { step: Step; reason: string; withStep: boolean; unserved?: boolean },
) => {
  const { step } = how
  const left =
    step.end === null
      ? task
      : leaveAttempt(turn, task, {
          end: step.end,
          code: how.reason,
          confirmed: false,
          withStep: how.withStep,
        })
  if (isFinal(step.life.phase)) {
    finish(turn, left, {
      phase: step.life.phase,
      reason: how.reason,
      result: null,
      unserved: how.unserved === true,
    })
  } else if (step.next === 'next') {
    recordTask(turn, left, {
      code: 'moved',
      member: left.attempts.at(-1)?.member,
      params: { reason: how.reason },
    })
    requeue(turn, left)
  }
}
