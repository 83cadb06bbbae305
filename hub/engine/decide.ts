/**
 * Decides one entry: the branch model first, then the flow instances it concerns, then what they want, in order, each
 * seeing the claims before it. What that tells in turn goes round again, a bounded number of times. A pure function of
 * the state and the entry: replay under the same versions gives the same bytes.
 */
import { applyIntent } from '../branch/intents.ts'
import { reduceBranch } from '../branch/reduce.ts'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import type { Entry } from './entry.ts'
import { openTurn, type Told, type TurnParts } from './open-turn.ts'
import { type FlowSet, flowOf, runFlows, type Wish } from './run-flows.ts'
import { remember } from './seen.ts'
import type { BranchState } from './state.ts'
import type { DecisionRecord, Turn } from './turn.ts'
import { greetVersions } from './versions.ts'

/** Rounds of facts, flows and intents within one entry; more means two flows answer each other for ever. */
const roundsMax = 16

export interface DeciderParts extends TurnParts {
  readonly flows: FlowSet
  readonly dispatcher: Dispatcher
}

export type Decide = (entry: Entry) => readonly DecisionRecord[]

const dispatcherIntents = new Set(['task', 'cancel', 'cancel-others', 'release', 'pass', 'claim'])

const carryOut = (parts: DeciderParts, turn: Turn, { origin, intent }: Wish) => {
  if (dispatcherIntents.has(intent.type)) parts.dispatcher.intend(turn, origin, intent)
  else applyIntent(turn, origin, intent)
}

/** A due timer belongs to the branch model, to a task or claim, or to a flow instance. */
const dueEvent = (turn: Turn, flows: FlowSet): readonly Told[] => {
  const { body } = turn.entry
  if (body.kind !== 'timer' || flows.get(flowOf(body.owner)) === undefined) return []
  const row = turn.state.instances.get(body.owner)
  const timer = turn.state.timers.get(`${body.owner}#${body.name}`)
  if (row === undefined || timer?.event === null || timer === undefined) return []
  turn.state.instances.put(row.id, { ...row, timers: row.timers.filter((name) => name !== body.name) })
  return [{ instance: body.owner, event: timer.event as { type: string } }]
}

const uniteMerged = (parts: DeciderParts, turn: Turn, told: readonly Told[]) => {
  for (const item of told) {
    if ('fact' in item && item.fact.type === 'visit.merged') {
      parts.dispatcher.visitMerged(turn, item.fact.visit, item.fact.into)
    }
  }
}

const noteNumber = (state: BranchState, { body, numbering }: Entry) => {
  if (numbering === undefined || !('device' in body)) return
  state.seen.put(body.device, remember(state.seen.get(body.device), body.device, numbering))
}

export const createDecider =
  (parts: DeciderParts): Decide =>
  (entry) => {
    const open = openTurn(parts, entry)
    const { turn } = open
    noteNumber(parts.state, entry)
    const due = dueEvent(turn, parts.flows)
    if (entry.body.kind === 'timer') turn.clearTimer(entry.body.owner, entry.body.name)
    if (entry.body.kind === 'start') greetVersions(turn, parts.flows)
    reduceBranch(turn)
    parts.dispatcher.beforeFlows(turn)
    let told = [...due, ...open.takeTold()]
    for (let round = 0; told.length > 0 || round === 0; round++) {
      if (round === roundsMax) {
        turn.record({ kind: 'parked', code: 'rounds.exceeded', params: { told: told.length } })
        break
      }
      uniteMerged(parts, turn, told)
      for (const wish of runFlows(turn, parts.flows, told)) carryOut(parts, turn, wish)
      parts.dispatcher.afterFlows(turn, open.takeStirred())
      told = [...open.takeTold()]
    }
    return open.decisions
  }
