/** How a wish becomes a task: it is gated, perhaps only suggested, and from then on has a life that ends once. */
import type { TaskIntent } from '#protocol/intents.ts'
import type { Turn } from '../engine/turn.ts'
import { judgeWishes } from './claims.ts'
import type { Origin } from './origin.ts'
import { promotionRefusal } from './promotions.ts'
import { recordTask } from './records.ts'
import type { TaskRow } from './rows.ts'
import type { Sight } from './situation.ts'
import { finish, taskOwner } from './tasks.ts'
import { needsMovement } from './traits.ts'

export interface Wanted {
  readonly intent: TaskIntent
  /** Why the flow may not act now. */
  readonly gate: string | null
  /** A person confirms first. */
  readonly suggest: boolean
}

/** Where and when a task comes from. */
export interface Birth {
  readonly id: string
  readonly at: number
  readonly causeSeq: number
}

export const taskFrom = ({ id, at, causeSeq }: Birth, origin: Origin, wanted: Wanted): TaskRow => ({
  id,
  flow: origin.flow,
  instance: origin.instance,
  intent: wanted.intent,
  phase: 'queued',
  createdAt: at,
  causeSeq,
  expiresAt: at + wanted.intent.expiresInMs,
  attempts: [],
  spent: [],
  leases: [],
  suggested: wanted.suggest,
  waitingFor: wanted.suggest ? 'confirmation' : null,
  cancelReason: null,
  endedAt: null,
  endReason: null,
  result: null,
  flowVersion: origin.version,
  policyRevision: origin.policyRevision,
  policySetBy: origin.policySetBy,
})

/** @returns why it cannot even be queued, or null. */
export const refusalOf = (sight: Sight, task: TaskRow, gate: string | null): string | null => {
  if (gate !== null) return gate
  if (sight.view.branch.stopped !== null && needsMovement(task.intent)) return 'movement-stopped'
  const judged = judgeWishes(sight, task)
  if (!judged.ok && judged.why === 'already-claimed') return judged.why
  return promotionRefusal(sight, task)
}

const isOpen = (turn: Turn, origin: Origin, ref: string) =>
  turn.state.tasks.values().some((task) => task.instance === origin.instance && task.intent.ref === ref)

/** Queued here; offered after all flows have spoken, the most important first. */
export const createTask = (turn: Turn, origin: Origin, wanted: Wanted) => {
  const { intent } = wanted
  if (isOpen(turn, origin, intent.ref)) {
    // The open one still owes its answer; a second of that name could not be told apart.
    turn.record({
      kind: 'task',
      code: 'repeated-ref',
      flow: origin.flow,
      params: { instance: origin.instance, ref: intent.ref },
    })
    return
  }
  const birth = { id: turn.id('task'), at: turn.at, causeSeq: turn.entry.seq }
  const task = taskFrom(birth, origin, wanted)
  const { code, params } = intent.because
  const because = { because: code, ...params }
  const refused = refusalOf(turn, task, wanted.gate)
  if (refused !== null) {
    recordTask(turn, task, { code: 'passed-over', params: { ...because, reason: refused } })
    finish(turn, task, { phase: 'refused', reason: refused, result: null, unserved: false })
    return
  }
  turn.state.tasks.put(task.id, task)
  turn.setTimer(taskOwner(task.id), 'expire', { deadline: task.expiresAt, graced: false })
  // Otherwise what became of it is recorded in this very entry: chosen, nobody, waiting.
  if (wanted.suggest) recordTask(turn, task, { code: 'suggested', params: because })
  turn.stir()
}

/** A person said yes to a suggestion. */
export const confirmSuggestion = (turn: Turn, id: string, by: string) => {
  const task = turn.state.tasks.get(id)
  if (task === undefined || !task.suggested) return
  const confirmed: TaskRow = { ...task, suggested: false, waitingFor: null }
  turn.state.tasks.put(id, confirmed)
  recordTask(turn, confirmed, { code: 'confirmed', params: { by } })
  turn.stir()
}
