/** Asking a member: the choice, the claims that go with it, the offer, and the start that lets it begin. */
import type { Turn } from '../engine/turn.ts'
import { type Choice, choose } from './choose.ts'
import {
  dropLease,
  dropLeasesOf,
  judgeWishes,
  occupiedKey,
  reservedKey,
  takeLease,
  takeOnce,
  wishTerms,
} from './claims.ts'
import { soundKeyOf } from './eligible.ts'
import { type FlowTable, gateOf } from './gates.ts'
import { live } from './life.ts'
import { type StartWindow, sendOffer, sendStart, startWindow } from './outbox.ts'
import { isContentGone } from './promotions.ts'
import { recordTask } from './records.ts'
import type { Attempt, Candidate, ClaimRow, TaskRow } from './rows.ts'
import { remembered } from './score.ts'
import { situationOf } from './situation.ts'
import {
  cancelTask,
  changeAttempt,
  closeStep,
  expireTask,
  finish,
  lifeOf,
  memberDevice,
  openAttempt,
  ruleOf,
  taskOwner,
} from './tasks.ts'
import { isExclusive, isImmediateOn, isPerson } from './traits.ts'
import { tooFar } from './way.ts'

/** A guide speaks when it sets out, not all the way: this long it has the sound zone to itself. */
const guideSpeaksMs = 15_000

/** Recorded once for each new reason, so that a long wait is not a flood. */
const wait = (
  turn: Turn,
  task: TaskRow,
  why: { waitingFor: string; candidates: readonly Candidate[]; code: string },
) => {
  // Room has been made for it once; until it is offered it makes no other task give way.
  if (task.waitingFor === why.waitingFor || task.waitingFor === 'preempting') return
  turn.state.tasks.put(task.id, { ...task, waitingFor: why.waitingFor })
  recordTask(turn, task, { code: why.code, params: { reason: why.waitingFor }, candidates: why.candidates })
}

const giveUp = (
  turn: Turn,
  task: TaskRow,
  why: { reason: string; unserved: boolean; candidates: readonly Candidate[] },
) => {
  const code = task.attempts.at(-1)?.code
  const tried = task.attempts.length > 0
  if (why.candidates.length > 0)
    recordTask(turn, task, { code: 'nobody', params: { reason: why.reason }, candidates: why.candidates })
  finish(turn, task, {
    phase: tried ? 'failed' : 'refused',
    reason: (tried ? code : undefined) ?? why.reason,
    result: null,
    unserved: why.unserved,
  })
}

const takeOver = (turn: Turn, held: readonly ClaimRow[]) => {
  for (const claim of held) {
    cancelTask(turn, claim.task, 'preempted')
    // What it kept beyond its task, or held without one.
    dropLease(turn, claim.key)
  }
}

const takeSound = (turn: Turn, task: TaskRow, member: string): readonly string[] => {
  const device = memberDevice(turn, member)
  const key = device === undefined ? null : soundKeyOf(turn.view, task, device)
  if (key === null) return []
  const held = turn.state.claims.get(key)
  if (held !== undefined && held.task !== task.id) takeOver(turn, [held])
  const until = task.intent.capability === 'guide' ? turn.at + guideSpeaksMs : null
  takeLease(turn, task, { key, until, keep: false })
  return [key]
}

/** Leases now; what may happen only once is reserved, and used up by the start. */
const takeWishes = (turn: Turn, task: TaskRow): readonly string[] => {
  const keys: string[] = []
  for (const wish of task.intent.claims) {
    const key = wish.kind === 'once' ? reservedKey(wish.key) : wish.key
    const mine = turn.state.claims.get(wish.key)?.task === task.id
    if (wish.kind === 'once' && mine) continue
    if (!mine) {
      const terms = wish.kind === 'once' ? { until: null, keep: false } : wishTerms(turn, wish)
      takeLease(turn, task, { key, ...terms })
    }
    keys.push(key)
  }
  return keys
}

/** @returns false when one of them is another task's: this one must not begin. */
const useOnceClaims = (turn: Turn, task: TaskRow): boolean => {
  for (const wish of task.intent.claims) {
    if (wish.kind !== 'once') continue
    if (!takeOnce(turn, task, wish.key)) return false
    dropLeasesOf(turn, task.id, [reservedKey(wish.key)])
  }
  return true
}

const setStartTimer = (turn: Turn, task: TaskRow, window: StartWindow) => {
  turn.clearTimer(taskOwner(task.id), 'ack')
  turn.setTimer(taskOwner(task.id), 'start', {
    // A report of a beginning in time may still be on its way.
    deadline: turn.at + window.totalMs + turn.settings.resendMs,
    graced: true,
  })
}

const newAttempt = (turn: Turn, task: TaskRow, member: string): Attempt => {
  const immediate = !isPerson(member) && isImmediateOn(task.intent.capability, memberDevice(turn, member))
  return {
    number: task.attempts.length + 1,
    epoch: turn.entry.epoch,
    member,
    offeredAt: turn.at,
    acceptedAt: null,
    startSentAt: immediate ? turn.at : null,
    startedAt: null,
    endedAt: null,
    end: null,
    code: null,
  }
}

const offer = (turn: Turn, task: TaskRow, to: { member: string; candidates: readonly Candidate[] }) => {
  const { member } = to
  const attempt = newAttempt(turn, task, member)
  const withStart = attempt.startSentAt !== null
  if (live(lifeOf(task), { type: 'offer', withStart }, ruleOf(turn, task)) === null) return
  if (isExclusive(task.intent.capability))
    takeLease(turn, task, { key: occupiedKey(member), until: null, keep: true })
  const leases = [...takeWishes(turn, task), ...takeSound(turn, task, member)]
  const offered: TaskRow = {
    ...task,
    phase: 'offered',
    waitingFor: null,
    attempts: [...task.attempts, attempt],
    leases: [...new Set([...task.leases, ...leases])],
  }
  turn.state.tasks.put(task.id, offered)
  turn.state.members.put(member, remembered(turn.state.members.get(member), member, turn.at))
  recordTask(turn, offered, {
    code: 'chosen',
    member,
    params: { attempt: attempt.number, immediate: withStart },
    candidates: to.candidates,
  })
  const window = startWindow(turn, task, memberDevice(turn, member))
  if (!isPerson(member)) sendOffer(turn, offered, { attempt, window })
  if (withStart) {
    useOnceClaims(turn, offered)
    setStartTimer(turn, offered, window)
  } else {
    turn.setTimer(taskOwner(task.id), 'ack', {
      deadline: turn.at + task.intent.ackWithinMs,
      graced: true,
    })
  }
}

/** It took so long to accept that it would be there too late: nothing was begun, and somebody nearer may yet be in time. */
const passOn = (turn: Turn, task: TaskRow) => {
  const step = live(lifeOf(task), { type: 'report', status: 'not-started' }, ruleOf(turn, task))
  if (step !== null) closeStep(turn, task, { step, reason: tooFar, withStep: false })
}

/** The member accepted: its start is committed now, and with it what may happen only once. */
export const begin = (turn: Turn, id: string) => {
  const task = turn.state.tasks.get(id)
  const attempt = task === undefined ? undefined : openAttempt(task)
  if (task === undefined || attempt === undefined) return
  if (live(lifeOf(task), { type: 'start' }, ruleOf(turn, task)) === null) return
  const window = startWindow(turn, task, memberDevice(turn, attempt.member))
  if (window.totalMs === 0) return passOn(turn, task)
  if (!useOnceClaims(turn, task)) return cancelTask(turn, id, 'already-claimed')
  const started = changeAttempt(task, { startSentAt: turn.at })
  turn.state.tasks.put(id, started)
  if (isPerson(attempt.member)) return turn.clearTimer(taskOwner(id), 'ack')
  setStartTimer(turn, started, window)
  sendStart(turn, started, { attempt, window })
}

/** It began without a start: what may happen only once has happened. */
export const beganEarly = (turn: Turn, task: TaskRow) => {
  const mine = useOnceClaims(turn, task)
  recordTask(turn, task, {
    code: 'began-early',
    member: openAttempt(task)?.member,
    params: { claimed: mine },
  })
}

/** A person takes a task that waits, without being asked. @returns false when it may not be had now. */
export const takeUp = (turn: Turn, task: TaskRow, member: string): boolean => {
  const judged = judgeWishes(turn, task)
  if (!judged.ok || turn.state.claims.has(occupiedKey(member))) return false
  takeOver(turn, judged.from)
  offer(turn, { ...task, suggested: false }, { member, candidates: [] })
  return true
}

/**
 * What makes the outcome of a fruitless look the same for another task: within one pass members only get busier, so a
 * crowd of like tasks is looked at once.
 */
const likeness = (task: TaskRow): string | null => {
  const { intent, spent, waitingFor, expiresAt } = task
  if (spent.length > 0 || waitingFor === 'preempting') return null
  const { at, from, to, words } = intent.command
  // A device kept free is open to the one who keeps it so.
  const own = intent.claims.filter(({ kind, key }) => kind === 'lease' && !key.startsWith('attention:'))
  return JSON.stringify([
    intent.capability,
    intent.priority,
    intent.who,
    at,
    from,
    to,
    words === undefined,
    own,
    // Who has more time left has it for a longer way.
    intent.wayCounts === true ? expiresAt : null,
  ])
}

export interface Pass {
  readonly flows: FlowTable
  /** Looks of this pass that found nobody, by likeness. */
  readonly fruitless: Map<string, Choice>
  /** Kept from pass to pass: in a rush the same tasks are looked at again and again, and their rows never change. */
  readonly likenesses: WeakMap<TaskRow, string | null>
}

const likenessIn = ({ likenesses }: Pass, task: TaskRow): string | null => {
  const known = likenesses.get(task)
  if (known !== undefined) return known
  const made = likeness(task)
  likenesses.set(task, made)
  return made
}

/** Most passes look at one task, for which there is somebody: what it is like is worked out only where that saves a look. */
const chooseFor = (turn: Turn, task: TaskRow, pass: Pass): Choice => {
  const { fruitless } = pass
  const known = fruitless.size === 0 ? undefined : fruitless.get(likenessIn(pass, task) ?? '')
  if (known !== undefined) return known
  const choice = choose(situationOf(turn), task, () => turn.chance(task.id, 'choose'))
  const like = choice.chosen === null ? likenessIn(pass, task) : null
  if (like !== null) fruitless.set(like, choice)
  return choice
}

/** Looks for a member for one queued task. Ends it when nobody can ever do it, leaves it waiting when somebody may. */
export const seek = (turn: Turn, pass: Pass, id: string) => {
  const task = turn.state.tasks.get(id)
  if (task === undefined || task.phase !== 'queued' || task.suggested) return
  const gate = gateOf(turn, pass.flows, task.flow)
  if (gate !== null) return expireTask(turn, id, { reason: gate, unserved: false })
  if (turn.at >= task.expiresAt)
    return expireTask(turn, id, { reason: task.waitingFor ?? 'too-late', unserved: true })
  // Agreed to when it was wanted, and taken back while it waited.
  if (isContentGone(turn, task))
    return giveUp(turn, task, { reason: 'content-not-approved', unserved: false, candidates: [] })
  if (task.attempts.length >= task.intent.attemptsMax)
    return giveUp(turn, task, { reason: 'attempts-spent', unserved: true, candidates: [] })
  const judged = judgeWishes(turn, task)
  if (!judged.ok && judged.why === 'already-claimed')
    return giveUp(turn, task, { reason: judged.why, unserved: false, candidates: [] })
  if (!judged.ok)
    return wait(turn, task, { code: 'waiting', waitingFor: `claim:${judged.key}`, candidates: [] })
  const choice = chooseFor(turn, task, pass)
  const { chosen, candidates } = choice
  if (chosen === null) {
    if (choice.hopeless) return giveUp(turn, task, { reason: choice.waitingFor, unserved: true, candidates })
    return wait(turn, task, { code: 'nobody', waitingFor: choice.waitingFor, candidates })
  }
  if (choice.preempts !== null) {
    cancelTask(turn, choice.preempts, 'preempted')
    const device = memberDevice(turn, chosen)
    // A screen shows the next thing at once; anything else must first have stopped.
    if (device?.kind === 'screen') dropLease(turn, occupiedKey(chosen))
    if (turn.state.claims.has(occupiedKey(chosen)))
      return wait(turn, task, { code: 'waiting', waitingFor: 'preempting', candidates })
  }
  takeOver(turn, judged.from)
  offer(turn, task, { member: chosen, candidates })
}
