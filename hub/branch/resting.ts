/**
 * Flows that rest in a block of a measuring plan: they begin nothing, what runs is finished, and whoever asks later why
 * nobody came is told that it was a time without, for comparison.
 */
import type { Flow } from '#flows/define.ts'
import type { FactType } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { runningSwitchback } from './switchback.ts'
import { putVisit } from './visits.ts'

/** The reason that is on record, and told. */
export const restingCode = 'effect.resting'

type Restful = Pick<Flow, 'id' | 'resting'>

/** A flow that a person has set otherwise is theirs, whatever the plan says. */
export const isResting = (state: BranchState, flow: string): boolean => {
  const row = runningSwitchback(state)
  if (row?.block?.arm !== 'off' || !row.plan.flows.includes(flow)) return false
  return (state.flowSettings.get(flow)?.autonomy ?? 'automatic') === 'automatic'
}

/** Whether an instance may not begin because of that fact. */
export const restsFrom = (state: BranchState, { id, resting }: Restful, fact: FactType): boolean =>
  isResting(state, id) && resting?.notes?.includes(fact) !== true

/** @param instance `flow/key`. @returns whether it watches on and begins nothing. */
export const isWatching = (state: BranchState, { id, resting }: Restful, instance: string): boolean =>
  resting?.standing?.(instance.slice(id.length + 1)) === true && isResting(state, id)

interface About {
  readonly visit?: string | null
  readonly ticket?: string | null
}

const markOf = (flow: string) => `effect.resting.${flow}`

/** Once a flow, visitor and block: a visitor who lingers would be on record every few seconds. */
const isNews = (turn: Turn, flow: string, { visit, ticket }: About): boolean => {
  const block = runningSwitchback(turn.state)?.block?.id
  if (block === undefined) return false
  const onTicket = turn.state.tickets.get(ticket ?? '')
  const row = ticket == null ? turn.state.visits.get(visit ?? '') : onTicket
  if (row === undefined || row.marks[markOf(flow)] === block) return false
  const marks = { ...row.marks, [markOf(flow)]: block }
  if (onTicket === undefined) putVisit(turn, row.id, { marks })
  else turn.state.tickets.put(onTicket.id, { ...onTicket, marks })
  return true
}

/** Only where it concerns somebody: that a flow rests as such is on record with the block. */
export const noteResting = (turn: Turn, flow: string, about: About) => {
  if (!isNews(turn, flow, about)) return
  const visit = about.visit ?? turn.state.tickets.get(about.ticket ?? '')?.visit
  const block = runningSwitchback(turn.state)?.block?.id ?? ''
  turn.record({
    kind: 'pass',
    flow,
    ...(visit == null ? {} : { visit }),
    ...(about.ticket == null ? {} : { ticket: about.ticket }),
    code: restingCode,
    params: { block },
  })
}

/** Whom a fact or a wish is about, as far as it says. */
export const aboutOf = (told: Readonly<Record<string, unknown>>): About => ({
  visit: typeof told['visit'] === 'string' ? told['visit'] : null,
  ticket: typeof told['ticket'] === 'string' ? told['ticket'] : null,
})

export const aboutOfWish = (intent: Intent): About =>
  intent.type === 'mark'
    ? { [intent.on]: intent.id }
    : aboutOf('subject' in intent ? { ...intent.subject } : { ...intent })
