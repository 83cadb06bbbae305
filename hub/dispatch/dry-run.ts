/**
 * Who would do what a person is about to ask for: the same look-up, the same flow, the same judgement and the same choice
 * as for the real thing, on the committed state, and nothing of it is written. Among members that are equal in
 * everything chance decides, so that of those another may be asked in the end.
 */
import type { DryRun } from '#protocol/desk/dry-run-route.ts'
import type { Ask } from '#protocol/desk/live/ask.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import { Content, Words } from '#protocol/targets.ts'
import { lookUp, refuseAsk, requestFlow, requestInstance } from '../branch/asked.ts'
import { createView } from '../branch/view.ts'
import type { FlowSet } from '../engine/flow-set.ts'
import { begin, step } from '../engine/instance.ts'
import type { HubSettings } from '../engine/settings.ts'
import type { BranchState } from '../engine/state.ts'
import { choose } from './choose.ts'
import { judgeWishes } from './claims.ts'
import { gateToBegin } from './gates.ts'
import { refusalOf, taskFrom } from './intake.ts'
import type { Origin } from './origin.ts'
import type { TaskRow } from './rows.ts'
import { type Sight, situationOf } from './situation.ts'
import { memberDevice } from './tasks.ts'
import { isImmediateOn, isPerson } from './traits.ts'
import { talkMs, wayTime } from './way.ts'

export interface DryRunParts {
  readonly state: BranchState
  readonly flows: FlowSet
  readonly settings: HubSettings
  readonly at: number
}

/** No request of a page is named so. */
const request = 'dry-run'

const nobody = (what: Ask['what'], why: string | null): DryRun => ({
  what,
  member: null,
  why,
  waits: false,
  preempts: null,
  wayMs: null,
  beginsInMs: null,
  words: [],
  candidates: [],
})

interface Wanted {
  readonly origin: Origin
  readonly intent: TaskIntent
}

/** What the flow in force would want. */
const wantedBy = (
  { flows }: DryRunParts,
  sight: Sight,
  asked: ReturnType<typeof lookUp>,
): Wanted | undefined => {
  const flow = flows.get(requestFlow)
  if (flow === undefined) return undefined
  const setting = flows.setting(sight, flow)
  const event = {
    type: 'work.asked' as const,
    ...asked,
    at: sight.at,
    policy: flows.policy(flow, setting),
    view: flow.view(sight.view, request),
  }
  const { snapshot } = begin(flow, request, sight.at)
  const intent = step(flow, snapshot, event).intents.find((one) => one.type === 'task')
  if (intent === undefined) return undefined
  const origin = {
    flow: flow.id,
    instance: requestInstance(request),
    version: flow.version,
    policyRevision: setting.revision,
    policySetBy: setting.setBy,
  }
  return { origin, intent }
}

const wordsOf = ({ command }: TaskIntent): DryRun['words'] => {
  const said = Words.array().safeParse(command['words'])
  if (said.success) return said.data
  const shown = Content.safeParse(command['content'])
  return shown.success ? shown.data.words : []
}

/** A person sets out when he has seen it: nobody knows when. */
const timeOf = ({ view }: Sight, { intent }: TaskRow, member: string | null) => {
  const device = member === null || isPerson(member) ? undefined : memberDevice({ view }, member)
  if (device === undefined) return { wayMs: null, beginsInMs: null }
  const wayMs = wayTime(view, { intent, device }) ?? null
  const talk = isImmediateOn(intent.capability, device) ? 0 : talkMs
  return { wayMs, beginsInMs: wayMs === null ? null : talk + wayMs }
}

/** @throws UsherError where it would be refused before anything began. */
export const dryRun = (
  parts: DryRunParts,
  { ask, by }: { readonly ask: Ask; readonly by: string },
): DryRun => {
  const { state, at, settings, flows } = parts
  const command = { name: 'ask', ask, request, by } as const
  const refused = refuseAsk(state, command, at)
  if (refused !== undefined) throw refused
  const sight: Sight = { state, view: createView(state, at), at, settings }
  const wanted = wantedBy(parts, sight, lookUp(sight.view, command))
  if (wanted === undefined) return nobody(ask.what, null)
  const { origin, intent } = wanted
  const birth = { id: request, at, causeSeq: 0 }
  const gate = gateToBegin(sight, flows, origin)
  const task = taskFrom(birth, origin, { intent, gate, suggest: false })
  const words = wordsOf(intent)
  const why = refusalOf(sight, task, gate)
  if (why !== null) return { ...nobody(ask.what, why), words }
  const judged = judgeWishes(sight, task)
  if (!judged.ok) return { ...nobody(ask.what, `claim:${judged.key}`), waits: true, words }
  const { chosen, preempts, waitingFor, hopeless, candidates } = choose(situationOf(sight), task, () => 0)
  return {
    what: ask.what,
    member: chosen,
    why: chosen === null ? waitingFor : null,
    waits: chosen === null && !hopeless,
    preempts,
    ...timeOf(sight, task, chosen),
    words,
    candidates: candidates.map(({ parts: points, ...one }) => ({ ...one, parts: points && { ...points } })),
  }
}
