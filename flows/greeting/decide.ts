/** Whether, by whom and in which words a visitor is greeted. Pure: what the flow saw in, what it remembers out. */
import type { Seen } from '#protocol/flow-events.ts'
import type { GreetingPolicy } from './policy.ts'
import type { GreetingView } from './view.ts'

export type GreetingEvent = Seen<GreetingView, GreetingPolicy>

export type Plan = 'voice' | 'screens' | 'covered' | 'late' | 'receive' | 'nothing'

export interface GreetingContext {
  readonly key: string
  /** The visit; null where somebody checked in with a ticket that no visit is known for. */
  readonly visit: string | null
  readonly ticket: string | null
  readonly service: string | null
  readonly plan: Plan
  /** Why so: the code of the reason on record. */
  readonly why: string
  readonly zone: string | null
  readonly counted: boolean
  readonly party: number
  readonly language: string | null
  readonly languages: readonly string[]
  readonly greeted: boolean
  /** Where a visitor who said what they want can be led; null: nowhere, or by nobody. */
  readonly leadTo: string | null
  readonly wantsStaff: boolean
  /** Hub time after which nobody is greeted any more. */
  readonly lateAt: number
  /** Until then whoever comes in is greeted with this one. */
  readonly coversUntil: number
  readonly screenAfterMs: number
  readonly intentWaitMs: number
  readonly giveUpMs: number
}

interface Step {
  readonly context: GreetingContext
  readonly event: GreetingEvent
}

/** What a task may take beyond its own limits before the flow stops waiting for an answer. */
const patienceMs = 60_000

export const newGreeting = ({ input }: { input: { key: string; at: number } }): GreetingContext => ({
  key: input.key,
  visit: null,
  ticket: null,
  service: null,
  plan: 'nothing',
  why: 'nothing-to-do',
  zone: null,
  counted: false,
  party: 1,
  language: null,
  languages: [],
  greeted: false,
  leadTo: null,
  wantsStaff: false,
  lateAt: input.at,
  coversUntil: 0,
  screenAfterMs: 0,
  intentWaitMs: 0,
  giveUpMs: patienceMs,
})

const planArrival = (view: GreetingView, policy: GreetingPolicy, at: number): [Plan, string] => {
  if (view.visit === null || view.greeted) return ['nothing', 'greeted-already']
  if (view.entrance === null) return ['nothing', 'not-at-entrance']
  if (at - view.visit.since >= policy.expiresInMs) return ['late', 'too-late']
  if (view.covered) {
    return ['covered', view.visit.grade === 'counted' ? 'burst-cool-down' : 'greeted-with-group']
  }
  if (view.quiet) return ['screens', 'quiet-hours']
  if (view.mode === 'cash-delivery') return ['screens', 'cash-delivery']
  if (view.entrance.arrivalsPerMinute > policy.screensAbovePerMinute) return ['screens', 'many-arrivals']
  return ['voice', 'visitor-came-in']
}

/** How long whoever comes in behind is greeted with this one: a group, a counted burst, whoever reads the screen. */
const coverMs = (plan: Plan, counted: boolean, policy: GreetingPolicy): number => {
  if (counted) return policy.coolDownMs
  return plan === 'screens' ? policy.screenMs : policy.groupMs
}

/** What is remembered of the event that started the instance. */
export const considerArrival = ({ context, event }: Step): GreetingContext => {
  const { view, policy, at } = event
  const [plan, why] = planArrival(view, policy, at)
  const counted = view.visit?.grade === 'counted'
  return {
    ...context,
    plan,
    why,
    counted,
    visit: view.visit?.id ?? null,
    zone: view.entrance?.id ?? null,
    party: Math.max(1, view.visit?.party ?? 1, event.type === 'arrivals.counted' ? event.count : 1),
    language: view.visit?.language ?? null,
    languages: view.languages,
    greeted: view.greeted,
    lateAt: (view.visit?.since ?? at) + policy.expiresInMs,
    coversUntil: plan === 'voice' || plan === 'screens' ? at + coverMs(plan, counted, policy) : 0,
    screenAfterMs: policy.screenAfterMs,
    intentWaitMs: policy.intentWaitMs,
    giveUpMs: policy.expiresInMs + policy.greetForMs + policy.screenMs + patienceMs,
  }
}

/** A booked or priority visitor identified themselves: known by that act alone. */
export const considerCheckIn = ({ context, event }: Step): GreetingContext => {
  if (event.type !== 'visit.checked-in') return context
  const personal = event.booked || event.priority
  return {
    ...context,
    plan: personal ? 'receive' : 'nothing',
    why: event.priority ? 'priority-visitor' : 'booked-visitor',
    visit: event.visit,
    ticket: event.ticket,
    service: event.service,
    zone: event.view.visit?.zone ?? null,
    greeted: event.view.greeted,
    giveUpMs: event.policy.receiveWithinMs + patienceMs,
  }
}

const destination = (view: GreetingView, service: string | null): string | null => {
  const wanted = view.services.find((candidate) => candidate.id === service)
  if (wanted?.selfService === true && view.kiosks !== null && view.kiosks.free > 0) return view.kiosks.zone
  return wanted?.counters ?? view.waiting
}

/** What the visitor said they want, from the greeting's own result or from a kiosk or a ticket machine. */
export const hear = ({ context, event }: Step): GreetingContext => {
  const { view, policy } = event
  const said =
    event.type === 'intent.stated'
      ? { service: event.service, wantsStaff: event.wantsStaff, language: null }
      : event.type === 'task.done'
        ? {
            service: typeof event.result['intent'] === 'string' ? event.result['intent'] : null,
            wantsStaff: false,
            language: typeof event.result['language'] === 'string' ? event.result['language'] : null,
          }
        : { service: null, wantsStaff: false, language: null }
  const to = said.service === null ? null : destination(view, said.service)
  const leads = policy.guideAfterwards && view.canGuide && view.mode === 'open' && to !== view.visit?.zone
  return {
    ...context,
    service: said.service ?? context.service,
    wantsStaff: said.wantsStaff,
    language: said.language ?? context.language,
    leadTo: leads ? to : null,
    intentWaitMs: policy.askIntent ? policy.intentWaitMs : 0,
    giveUpMs: policy.guideWithinMs + policy.guideForMs + patienceMs,
  }
}

/** The hub itself said no: a screen would be told the same. */
const isForbidden = (event: GreetingEvent): boolean =>
  event.type === 'task.refused' &&
  (event.reason.startsWith('mode.') || ['paused', 'flow-off', 'already-claimed'].includes(event.reason))

/** A screen can still greet where nobody could speak. */
export const canStillShow = ({ context, event }: Step): boolean =>
  context.zone !== null && event.at < context.lateAt && !isForbidden(event)

/** A visitor who left the entrance before anybody began is not followed. */
export const hasMovedOn = ({ event }: Step): boolean => event.view.entrance === null

export const isPersonal = ({ event }: Step): boolean =>
  event.type === 'visit.checked-in' && (event.booked || event.priority)

export const isGreetedByDevice = ({ event }: Step): boolean =>
  event.type === 'behaviour.performed' && event.behaviour === 'greet'

/** They said what they want, and nobody can lead them: there is nothing more to wait for. */
export const hasSaidWhat = ({ context }: { context: GreetingContext }): boolean => context.service !== null
