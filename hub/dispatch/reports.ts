/** What members say about their tasks: devices by report, people on their own page. Late and foreign words change nothing. */
import { UsherError } from '#protocol/errors.ts'
import type { Report } from '#protocol/messages.ts'
import type { Command } from '../engine/entry.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { abilityGone, lacksAbility } from './ability.ts'
import { dropLease, occupiedKey } from './claims.ts'
import { isFinal, live, type Step } from './life.ts'
import { beganEarly, begin, takeUp } from './offers.ts'
import { closeMessage } from './outbox.ts'
import { recordTask } from './records.ts'
import type { Attempt, TaskRow } from './rows.ts'
import {
  changeAttempt,
  closeStep,
  finish,
  leaveAttempt,
  lifeOf,
  memberDevice,
  openAttempt,
  requeue,
  ruleOf,
  taskOwner,
} from './tasks.ts'
import { personPrefix } from './traits.ts'

type Said = Pick<Report, 'status'> & Partial<Pick<Report, 'code' | 'note' | 'progress' | 'result'>>

const stillGoing = new Set<Report['status']>(['accepted', 'started', 'progress'])

const closeAnswered = (turn: Turn, task: string, said: { attempt: number; status: Report['status'] }) => {
  const { attempt, status } = said
  // "accepted" answers the offer; only what comes later shows that the start arrived.
  closeMessage(turn, task, { attempt, kinds: status === 'accepted' ? ['offer'] : ['offer', 'start'] })
  if (!stillGoing.has(status)) closeMessage(turn, task, { attempt, kinds: ['cancel'] })
}

/** A member that was cancelled or given up on is free again once it says that it is over. */
const freeMember = (turn: Turn, task: string, member: string) => {
  const key = occupiedKey(member)
  if (turn.state.claims.get(key)?.task === task) dropLease(turn, key)
}

const recordOdd = (turn: Turn, code: string, about: { device: string; task: string; report: Report }) => {
  const { device, task, report } = about
  turn.record({
    kind: 'task',
    code,
    task,
    device,
    params: { status: report.status, attempt: report.attempt, epoch: report.epoch },
  })
}

const startedRunning = (turn: Turn, task: TaskRow): TaskRow => {
  turn.clearTimer(taskOwner(task.id), 'start')
  turn.clearTimer(taskOwner(task.id), 'ack')
  turn.setTimer(taskOwner(task.id), 'run', {
    deadline: turn.at + task.intent.runWithinMs + turn.settings.resendMs,
    graced: true,
  })
  const attempt = openAttempt(task)
  return changeAttempt(task, {
    acceptedAt: attempt?.acceptedAt ?? turn.at,
    startSentAt: attempt?.startSentAt ?? turn.at,
    startedAt: turn.at,
  })
}

const answerProgress = (turn: Turn, task: TaskRow, said: { member: string; progress: Said['progress'] }) => {
  turn.answer(task.instance, {
    type: 'task.progress',
    ref: task.intent.ref,
    task: task.id,
    member: said.member,
    progress: said.progress ?? {},
  })
}

const goOn = (turn: Turn, task: TaskRow, how: { step: Step; member: string }) => {
  const { step, member } = how
  const running = step.told === 'started'
  const next: TaskRow = {
    ...(running ? startedRunning(turn, task) : changeAttempt(task, { acceptedAt: turn.at })),
    phase: step.life.phase,
  }
  turn.state.tasks.put(task.id, next)
  const base = { ref: task.intent.ref, task: task.id, member }
  turn.answer(task.instance, running ? { type: 'task.started', ...base } : { type: 'task.accepted', ...base })
  if (step.next === 'start') begin(turn, task.id)
}

const closeAttempt = (turn: Turn, task: TaskRow, how: { step: Step; said: Said; member: string }) => {
  const { step, said, member } = how
  const left = leaveAttempt(turn, task, {
    end: step.end ?? 'unknown',
    code: said.code ?? null,
    confirmed: true,
    withStep: false,
  })
  const reason = said.code ?? said.status
  if (isFinal(step.life.phase)) {
    const done = step.life.phase === 'done'
    finish(turn, left, {
      phase: step.life.phase,
      reason,
      result: done ? (said.result ?? {}) : null,
      unserved: step.life.phase === 'failed',
    })
    return
  }
  recordTask(turn, left, {
    code: 'moved',
    member,
    params: { reason, ...(said.note === undefined ? {} : { note: said.note }) },
  })
  requeue(turn, left)
}

const apply = (turn: Turn, task: TaskRow, said: Said) => {
  const attempt = openAttempt(task)
  if (attempt === undefined) return
  const { member } = attempt
  const step = live(lifeOf(task), { type: 'report', status: said.status }, ruleOf(turn, task))
  if (step === null) {
    if (said.status === 'progress' && task.phase === 'started')
      answerProgress(turn, task, { member, progress: said.progress })
    return
  }
  if (step.early) beganEarly(turn, task)
  if (step.end !== null) return closeAttempt(turn, task, { step, said, member })
  goOn(turn, task, { step, member })
  if (said.status === 'progress') answerProgress(turn, task, { member, progress: said.progress })
}

const attemptOf = (task: TaskRow, device: string, report: Report): Attempt | undefined =>
  task.attempts.find(
    (attempt) =>
      attempt.number === report.attempt && attempt.epoch === report.epoch && attempt.member === device,
  )

export const takeReport = (turn: Turn, device: string, about: { task: string; report: Report }) => {
  const { report } = about
  const task = turn.state.tasks.get(about.task)
  const odd = { device, ...about }
  const attempt = task === undefined ? undefined : attemptOf(task, device, report)
  if (task !== undefined && attempt === undefined) return recordOdd(turn, 'report.foreign', odd)
  if (task === undefined || attempt === undefined || attempt.endedAt !== null) {
    // The task has ended or moved on: late words reopen nothing, but tell that the member is free.
    const row = turn.state.outbox.get(`${about.task}/${report.attempt}/cancel`)
    if (row?.device === device) closeAnswered(turn, about.task, report)
    const again = task !== undefined && openAttempt(task)?.member === device
    if (!stillGoing.has(report.status) && !again) freeMember(turn, about.task, device)
    return recordOdd(turn, 'report.late', odd)
  }
  closeAnswered(turn, about.task, report)
  apply(turn, task, report)
}

type PersonReport = Extract<Command, { name: 'task.report' }>

/** An answer to what is over, or was asked of somebody else by then, would be lost in silence. */
export const refusePersonReport = (
  { tasks }: Pick<BranchState, 'tasks'>,
  { task: id, by, onlyOwn }: PersonReport,
): UsherError | undefined => {
  if (onlyOwn !== true) return undefined
  const task = tasks.get(id)
  if (task === undefined || isFinal(task.phase)) return new UsherError('task.ended', id)
  const asked = openAttempt(task)?.member ?? 'nobody'
  return asked === `${personPrefix}${by}`
    ? undefined
    : new UsherError('task.not-asked', `${id} is asked of ${asked}.`)
}

/** Somebody on the spot takes what nobody has begun, whoever was asked. */
const takeUnasked = (turn: Turn, id: string, command: PersonReport) => {
  const task = turn.state.tasks.get(id)
  const member = `${personPrefix}${command.by}`
  if (task === undefined || command.status !== 'accepted' || task.intent.who.members === 'devices') return
  if (openAttempt(task)?.member === member || lifeOf(task).startSent) return
  if (!turn.state.staff.has(command.by)) return
  const step = live(lifeOf(task), { type: 'report', status: 'refused' }, ruleOf(turn, task))
  if (step !== null) closeStep(turn, task, { step, reason: 'taken-up', withStep: false })
  const waiting = turn.state.tasks.get(id)
  if (waiting?.phase === 'queued') takeUp(turn, waiting, member)
}

/** People have no start to wait for: who accepts has begun. */
export const takePersonReport = (turn: Turn, command: PersonReport) => {
  takeUnasked(turn, command.task, command)
  const task = turn.state.tasks.get(command.task)
  const member = `${personPrefix}${command.by}`
  if (task === undefined || openAttempt(task)?.member !== member) {
    turn.record({
      kind: 'task',
      code: task === undefined ? 'report.late' : 'report.foreign',
      task: command.task,
      params: { status: command.status, by: command.by },
    })
    return
  }
  const note = command.note === null ? {} : { note: command.note }
  if (command.status !== 'refused' && task.phase === 'offered') apply(turn, task, { status: 'accepted' })
  const status = command.status === 'accepted' ? 'started' : command.status
  const now = turn.state.tasks.get(command.task)
  if (now !== undefined) apply(turn, now, { status, ...note, ...(status === 'done' ? { result: note } : {}) })
}

/** A deadline passed without the word that was waited for. */
export const passDeadline = (turn: Turn, id: string, which: 'ack' | 'start' | 'run' | 'lost') => {
  const task = turn.state.tasks.get(id)
  if (task === undefined) return
  const step = live(lifeOf(task), { type: 'deadline', which }, ruleOf(turn, task))
  if (step === null) return
  const lost = lacksAbility(turn, task) ? abilityGone : 'link-lost'
  const reason = { ack: 'no-answer', start: 'not-begun', run: 'not-finished', lost }[which]
  closeStep(turn, task, { step, reason, withStep: false })
}

/** A device that has begun may well go on without its link; it is given that many graces to come back. */
const gracesAtWork = 3

/**
 * The link of a device went or came. Work that may be repeated goes to another only after a while; what may not be
 * repeated gains nothing by being given up early, so it waits for its own deadline and for the device's last word.
 */
export const watchLink = (turn: Turn, device: string, tasks: readonly TaskRow[]) => {
  const online = memberDevice(turn, device)?.link === 'online'
  for (const task of tasks) {
    const owner = taskOwner(task.id)
    const { startSent } = lifeOf(task)
    if (online) turn.clearTimer(owner, 'lost')
    else if (turn.state.timers.has(`${owner}#lost`)) continue
    else if (!startSent || ruleOf(turn, task) === 'until-done') {
      const graces = startSent ? gracesAtWork : 1
      turn.setTimer(owner, 'lost', {
        deadline: turn.at + graces * turn.settings.reconnectGraceMs,
        graced: true,
      })
    }
  }
}
