/**
 * A person gives a task to somebody else, or takes it. Whom it goes to is judged as any member is; that others were meant
 * to do it counts no more. What has begun and may not happen twice stays where it is.
 */
import { UsherError } from '#protocol/errors.ts'
import type { Eligible } from '#protocol/intents.ts'
import type { Command } from '../engine/entry.ts'
import type { Turn } from '../engine/turn.ts'
import { judgeWishes, occupiedKey } from './claims.ts'
import { deviceStanding, personStanding } from './eligible.ts'
import { live } from './life.ts'
import { takeUp } from './offers.ts'
import { recordTask } from './records.ts'
import { takePersonReport } from './reports.ts'
import type { TaskRow } from './rows.ts'
import { type Sight, situationOf } from './situation.ts'
import { closeStep, lifeOf, openAttempt, ruleOf, taskOwner } from './tasks.ts'
import { isPerson, personPrefix } from './traits.ts'

export type ReassignCommand = Extract<Command, { name: 'task.reassign' | 'task.take' }>

/** What a person can do in a machine's stead. */
const humanly: ReadonlySet<string> = new Set([
  'greet',
  'guide',
  'announce',
  'promote',
  'offer-service',
  'call-staff',
  'manage-ticket',
])

const memberOf = (command: ReassignCommand): string =>
  command.name === 'task.take' ? `${personPrefix}${command.by}` : command.to

const whoIs = ({ nearZone }: Eligible, member: string): Eligible => ({
  ...(isPerson(member)
    ? { members: 'people', only: [member.slice(personPrefix.length)] }
    : { members: 'devices', only: [member] }),
  ...(nearZone === undefined ? {} : { nearZone }),
})

/** The task as it is offered to this one alone, whoever was asked before. */
const movedTo = (task: TaskRow, member: string): TaskRow => ({
  ...task,
  suggested: false,
  waitingFor: null,
  spent: [],
  intent: {
    ...task.intent,
    who: whoIs(task.intent.who, member),
    attemptsMax: Math.max(task.intent.attemptsMax, task.attempts.length + 1),
  },
})

/** Whoever takes it himself is neither disturbed nor asked too often by it. */
const whyNotTake = ({ state }: Sight, task: TaskRow, person: string): string | null => {
  if (!state.staff.get(person)?.onDuty) return 'off-duty'
  const held = state.claims.get(occupiedKey(`${personPrefix}${person}`))
  return held === undefined || held.task === task.id ? null : 'busy'
}

const whyNotPerson = (sight: Sight, task: TaskRow, command: ReassignCommand): string | null => {
  const id = memberOf(command).slice(personPrefix.length)
  const person = sight.state.staff.get(id)
  if (person === undefined) throw new UsherError('person.unknown', id)
  if (!humanly.has(task.intent.capability)) return 'capability'
  if (command.name === 'task.reassign') return personStanding(situationOf(sight), task, person).out
  const claims = judgeWishes(sight, task)
  return whyNotTake(sight, task, id) ?? (claims.ok ? null : `claim:${claims.key}`)
}

const whyNotDevice = (sight: Sight, task: TaskRow, id: string): string | null => {
  const device = sight.view.device(id)
  if (device === undefined) throw new UsherError('device.unknown', id)
  return deviceStanding(situationOf(sight), task, device).out
}

/** What a colleague has accepted is his work, until somebody who leads the branch gives it to another. */
const isAnothers = (task: TaskRow, by: string): boolean => {
  const attempt = openAttempt(task)
  if (attempt === undefined || attempt.acceptedAt === null) return false
  return isPerson(attempt.member) && attempt.member !== `${personPrefix}${by}`
}

/** Asked of him already, it is not taken from him to be asked of him again; whoever takes it has only then accepted it. */
const hasIt = (task: TaskRow, command: ReassignCommand): boolean =>
  openAttempt(task)?.member === memberOf(command) &&
  (command.name === 'task.reassign' || lifeOf(task).startSent)

/** @returns why this task may not go to this one, or undefined. */
export const refuseReassign = (sight: Sight, command: ReassignCommand): UsherError | undefined => {
  const task = sight.state.tasks.get(command.task)
  if (task === undefined) return new UsherError('task.ended', command.task)
  const member = memberOf(command)
  if (command.name === 'task.take' && command.onlyOwn === true && isAnothers(task, command.by))
    return new UsherError('task.taken', `${task.id}: ${openAttempt(task)?.member}`)
  if (hasIt(task, command)) return new UsherError('task.has-it', `${member}: has-it`)
  if (lifeOf(task).startSent && ruleOf(sight, task) === 'at-most-once')
    return new UsherError('task.begun', `${task.id}: ${openAttempt(task)?.member}`)
  try {
    const moved = movedTo(task, member)
    const out = isPerson(member) ? whyNotPerson(sight, moved, command) : whyNotDevice(sight, moved, member)
    return out === null ? undefined : new UsherError('task.not-eligible', `${member}: ${out}`)
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
}

/** Whoever has it now is told to stop; he may have begun what can be repeated. */
const letGo = (turn: Turn, task: TaskRow) => {
  const status = lifeOf(task).startSent ? 'cancelled' : 'refused'
  const step = live(lifeOf(task), { type: 'report', status }, ruleOf(turn, task))
  if (step !== null) closeStep(turn, task, { step, reason: 'reassigned', withStep: false })
}

export const reassign = (turn: Turn, command: ReassignCommand) => {
  const task = turn.state.tasks.get(command.task)
  if (task === undefined || refuseReassign(turn, command) !== undefined) return
  letGo(turn, task)
  const queued = turn.state.tasks.get(task.id)
  if (queued?.phase !== 'queued') return
  const to = memberOf(command)
  // A person decides anew that it is still worth doing.
  const expiresAt = Math.max(queued.expiresAt, turn.at + queued.intent.expiresInMs)
  const moved = { ...movedTo(queued, to), expiresAt }
  turn.state.tasks.put(task.id, moved)
  turn.setTimer(taskOwner(task.id), 'expire', { deadline: expiresAt, graced: false })
  recordTask(turn, moved, { code: 'reassigned', params: { by: command.by, to } })
  turn.stir()
  if (command.name !== 'task.take' || !takeUp(turn, moved, to)) return
  const { by } = command
  takePersonReport(turn, { name: 'task.report', task: task.id, by, status: 'accepted', note: null })
}
