/**
 * Decides one entry: the branch model first, then the flow instances it concerns, then what they want, in order, each
 * seeing the claims before it. What that tells in turn goes round again, a bounded number of times. A pure function of
 * the state and the entry: replay under the same versions gives the same bytes.
 */
import type { Intent } from '#protocol/intents.ts'
import { mergeCalls } from '../branch/calls.ts'
import { applyIntent } from '../branch/intents.ts'
import { measureAsking, measureMerge } from '../branch/measured-promotions.ts'
import { measureTicket } from '../branch/measured-tickets.ts'
import { reduceBranch } from '../branch/reduce.ts'
import { aboutOfWish, isWatching, noteResting } from '../branch/resting.ts'
import { mergeSales } from '../branch/sales.ts'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { deployFlow } from './deploy-flow.ts'
import type { Entry } from './entry.ts'
import type { FlowSet } from './flow-set.ts'
import { openTurn, type Told, type TurnParts } from './open-turn.ts'
import { runFlows, type Wish } from './run-flows.ts'
import { remember, senderOf } from './seen.ts'
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

/** What begins something; what lets go, takes back or only explains still counts when the flow was switched off. */
const beginnings = new Set(['mark', 'played', 'alert', 'escalate', 'claim'])
const beginsSomething = (intent: Intent) =>
  beginnings.has(intent.type) || (intent.type === 'ticket' && intent.action === 'hold')

const isOff = (parts: DeciderParts, turn: Turn, id: string) => {
  const flow = parts.flows.get(id)
  return flow !== undefined && parts.flows.setting(turn, flow).autonomy === 'off'
}

const watches = (parts: DeciderParts, turn: Turn, { flow: id, instance }: Wish['origin']) => {
  const flow = parts.flows.get(id)
  return flow !== undefined && isWatching(turn.state, flow, instance)
}

const carryOut = (parts: DeciderParts, turn: Turn, { origin, intent }: Wish) => {
  if (beginsSomething(intent) && isOff(parts, turn, origin.flow)) {
    turn.record({ kind: 'pass', flow: origin.flow, code: 'flow-off', params: { wish: intent.type } })
  } else if (beginsSomething(intent) && watches(parts, turn, origin)) {
    noteResting(turn, origin.flow, aboutOfWish(intent))
  } else if (dispatcherIntents.has(intent.type)) parts.dispatcher.intend(turn, origin, intent)
  else applyIntent(turn, origin, intent)
}

/** A due timer belongs to the branch model, to a task or claim, or to a flow instance. */
const dueEvent = (turn: Turn): readonly Told[] => {
  const { body } = turn.entry
  if (body.kind !== 'timer') return []
  const row = turn.state.instances.get(body.owner)
  const timer = turn.state.timers.get(`${body.owner}#${body.name}`)
  if (row === undefined || timer?.event === null || timer === undefined) return []
  turn.state.instances.put(row.id, { ...row, timers: row.timers.filter((name) => name !== body.name) })
  return [{ instance: body.owner, event: timer.event as { type: string } }]
}

/** What happens to visits concerns the claims on them before any flow hears of it, and to tickets what is measured. */
const followFacts = (parts: DeciderParts, turn: Turn, told: readonly Told[]) => {
  for (const item of told) {
    if (!('fact' in item)) continue
    const { fact } = item
    measureTicket(turn, fact)
    measureAsking(turn, fact)
    if (fact.type === 'visit.merged') measureMerge(turn, fact.visit, fact.into)
    if (fact.type === 'visit.merged') mergeCalls(turn, fact.visit, fact.into)
    if (fact.type === 'visit.merged') mergeSales(turn, fact.visit, fact.into)
    if (fact.type === 'visit.merged') parts.dispatcher.visitMerged(turn, fact.visit, fact.into)
    if (fact.type === 'visit.ended') parts.dispatcher.visitEnded(turn, fact.visit)
  }
}

const noteNumber = (state: BranchState, entry: Entry) => {
  const { numbering } = entry
  const sender = senderOf(entry)
  if (numbering === undefined || sender === undefined) return
  state.seen.put(sender, remember(state.seen.get(sender), sender, numbering))
}

export const createDecider =
  (parts: DeciderParts): Decide =>
  (entry) => {
    const turn = openTurn(parts, entry)
    noteNumber(parts.state, entry)
    const due = dueEvent(turn)
    if (entry.body.kind === 'timer') turn.clearTimer(entry.body.owner, entry.body.name)
    if (entry.body.kind === 'start') greetVersions(turn, parts.flows)
    if (entry.body.kind === 'deploy') deployFlow(turn, parts.flows, entry.body)
    reduceBranch(turn)
    parts.dispatcher.beforeFlows(turn)
    let told = [...due, ...turn.takeTold()]
    for (let round = 0; told.length > 0 || round === 0; round++) {
      if (round === roundsMax) {
        turn.record({ kind: 'parked', code: 'rounds.exceeded', params: { told: told.length } })
        break
      }
      followFacts(parts, turn, told)
      for (const wish of runFlows(turn, parts.flows, told)) carryOut(parts, turn, wish)
      parts.dispatcher.afterFlows(turn, turn.takeStirred())
      told = [...turn.takeTold()]
    }
    return turn.decisions
  }
