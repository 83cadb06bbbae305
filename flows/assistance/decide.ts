/** The judgements of assistance: what a request is about, whether it is worth a person, and whether it is a new one. */
import type { FlowEvent, Seen } from '#protocol/flow-events.ts'
import type { AssistancePolicy } from './policy.ts'
import type { AssistanceView } from './view.ts'

/** Whom and what it is about, as far as anybody said. */
export interface Need {
  readonly reason: string
  readonly device: string | null
  readonly zone: string | null
  readonly visit: string | null
  readonly ticket: string | null
  readonly service: string | null
  readonly language: string | null
}

export interface AssistanceContext {
  readonly key: string
  readonly need: Need
  readonly requestedAt: number
  /** Calls made so far; the last one's name ends with it. */
  readonly calls: number
}

export type AssistanceEvent = Seen<AssistanceView, AssistancePolicy>
export interface Given {
  readonly context: AssistanceContext
  readonly event: AssistanceEvent
}

const nobody: Need = {
  reason: 'help',
  device: null,
  zone: null,
  visit: null,
  ticket: null,
  service: null,
  language: null,
}

export const newCase = ({ input }: { input: { key: string; at: number } }): AssistanceContext => ({
  key: input.key,
  need: nobody,
  requestedAt: input.at,
  calls: 0,
})

export const needOf = (event: FlowEvent & { readonly view: AssistanceView }): Need => {
  const { zone } = event.view
  if (event.type === 'help.requested') {
    const { device, visit, ticket, service, language } = event
    return {
      reason: event.reason ?? 'help',
      device,
      zone: event.zone ?? zone,
      visit,
      ticket,
      service,
      language,
    }
  }
  if (event.type === 'intent.stated') {
    const { device, visit, ticket, service } = event
    return { ...nobody, reason: 'wants-a-person', device, zone, visit, ticket, service }
  }
  if (event.type === 'task.unserved') {
    const { visit, ticket } = event
    const reason = `unserved-${event.capability}`.slice(0, 64)
    return { ...nobody, reason, zone: event.zone ?? zone, visit, ticket }
  }
  return { ...nobody, zone }
}

export const wantsPerson = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'intent.stated' && event.wantsStaff

/** Not every task is worth a person: a promotion that nobody could show is no loss. */
export const isWorthAPerson = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'task.unserved' &&
  event.policy.unserved.includes(event.capability) &&
  !event.policy.unservedExcept.includes(event.flow)

/** A second press of the same button is the same request. */
export const isSameRequest = ({ context, event }: Given): boolean =>
  event.at - context.requestedAt < event.policy.sameRequestMs

export const callRef = (context: AssistanceContext) => `call-${context.calls}`
export const isCall = ({ context, event }: Given): boolean => 'ref' in event && event.ref === callRef(context)

/** One more round of people, before an expert is asked. */
export const mayAskAgain = ({ context, event }: Given): boolean => context.calls <= event.policy.againMax

/** A remote one was asked for by name, and can be called: nobody on the spot is. */
export const isForExpert = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'help.requested' && event.reason === 'expert' && event.view.expertsOpen

/** Nobody came, or nobody is to: people on the spot go on, or it was called off. */
const unhelped: ReadonlySet<string | null> = new Set(['unanswered', 'withdrawn', 'same-call'])
export const isUnhelped = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'escalation.changed' && event.state === 'ended' && unhelped.has(event.outcome)

export const isTaken = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'escalation.changed' && event.state === 'taken'
export const isEnded = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'escalation.changed' && event.state === 'ended'
