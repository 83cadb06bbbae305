/** When a zone is crowded, when that is over, and when a robot stands where it must not. Pure. */
import type { Seen } from '#protocol/flow-events.ts'
import { answered, noTasks, type OpenTasks, opened } from '../open-tasks.ts'
import { missing, wayOut } from './intents.ts'
import type { CrowdingPolicy } from './policy.ts'
import type { CrowdingView } from './view.ts'

export type CrowdingEvent = Seen<CrowdingView, CrowdingPolicy>

export interface CrowdingContext extends OpenTasks {
  readonly zone: string | null
  readonly device: string | null
  readonly holdMs: number
  readonly easeMs: number
  readonly lookAgainMs: number
  readonly keepClearMs: number
}

export interface Step {
  readonly context: CrowdingContext
  readonly event: CrowdingEvent
}

export const newCrowding = (): CrowdingContext => ({
  ...noTasks,
  zone: null,
  device: null,
  holdMs: 0,
  easeMs: 0,
  lookAgainMs: 15_000,
  keepClearMs: 0,
})

/** What is remembered of the event that started it: policies may change, but a delay that runs does not. */
export const consider = ({ context, event }: Step): CrowdingContext => {
  const { view, policy, at } = event
  const since = view.device?.inKeepClearSince ?? at
  return {
    ...context,
    zone: view.zone?.id ?? view.device?.zone ?? null,
    device: view.device?.id ?? null,
    holdMs: policy.holdMs,
    easeMs: policy.easeMs,
    lookAgainMs: policy.lookAgainMs,
    keepClearMs: Math.max(0, policy.keepClearMs - (at - since)),
  }
}

/** Above its limit, as far as anybody knows: an old count says nothing. */
export const isCrowded = ({ event }: Pick<Step, 'event'>): boolean => {
  const { zone } = event.view
  return zone !== null && zone.limit !== null && zone.count !== null && zone.count > zone.limit
}

export const isCountUnknown = ({ event }: Step): boolean => (event.view.zone?.count ?? null) === null

/** Well below the limit, so that one person more or less does not start it all again. */
export const hasEased = ({ event }: Step): boolean => {
  const { zone } = event.view
  if (zone === null || zone.limit === null || zone.count === null) return true
  return zone.count <= zone.limit * event.policy.easeShare
}

/** Not above, not well below: nothing is decided yet. */
export const staysFull = (step: Step): boolean => !hasEased(step)

export const standsInTheWay = ({ event }: Step): boolean =>
  (event.view.device?.inKeepClearSince ?? null) !== null

/** A robot that left may come back and is asked again; a person is called once, and a cancel by a person counts. */
const settles = (event: CrowdingEvent): boolean =>
  ('ref' in event && event.ref.startsWith('call-')) || event.type === 'task.cancelled'

export const hearAnswer = ({ context, event }: Step): CrowdingContext => ({
  ...context,
  ...answered(context, event, settles(event)),
})

export const rememberTended = (step: Step): CrowdingContext => ({
  ...step.context,
  ...opened(
    step.context,
    missing(step).map((task) => task.ref),
  ),
  lookAgainMs: step.event.policy.lookAgainMs,
})

export const rememberWayOut = (step: Step): CrowdingContext => ({
  ...step.context,
  ...opened(
    step.context,
    wayOut(step).map((task) => task.ref),
  ),
})
