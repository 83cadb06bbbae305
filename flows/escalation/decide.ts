/** What the flow remembers of a call, and what it makes of its states. */
import type { FlowEvent, Seen } from '#protocol/flow-events.ts'
import type { Mode } from '#protocol/model.ts'
import type { EscalationPolicy } from './policy.ts'

export interface EscalationView {
  readonly mode: Mode
  /** Who is led, greeted or called now, by the keys of their claims. */
  readonly attended: readonly string[]
  /** Device to place, of those that stand at one. */
  readonly places: Readonly<Record<string, string>>
}

export interface About {
  readonly reason: string
  readonly device: string | null
  readonly visit: string | null
  readonly ticket: string | null
  readonly service: string | null
  readonly zone: string | null
}

export interface EscalationContext {
  readonly call: string
  readonly about: About
  /** What is left to do on the spot: nobody came, or whoever came leaves the rest. */
  readonly why: 'nobody-came' | 'finish-here'
  readonly promisedAt: number | null
  /** Rounds of calls on the spot; the last one's name ends with it. */
  readonly rounds: number
}

export type EscalationEvent = Seen<EscalationView, EscalationPolicy>
export interface Given {
  readonly context: EscalationContext
  readonly event: EscalationEvent
}

export const newCall = ({ input }: { input: { key: string; at: number } }): EscalationContext => ({
  call: input.key,
  about: { reason: 'expert', device: null, visit: null, ticket: null, service: null, zone: null },
  why: 'nobody-came',
  promisedAt: null,
  rounds: 0,
})

type Changed = Extract<FlowEvent, { type: 'call.changed' }>

const changed = (event: EscalationEvent): Changed | undefined =>
  event.type === 'call.changed' ? event : undefined

export const remember = ({ context, event }: Given): EscalationContext => {
  const call = changed(event)
  if (call === undefined) return context
  const { reason, device, visit, ticket, service, zone, promisedAt } = call
  return {
    ...context,
    about: { reason, device, visit, ticket, service, zone },
    promisedAt,
    why: call.outcome === 'follow-up' ? 'finish-here' : 'nobody-came',
  }
}

export const isOver = ({ event }: Pick<Given, 'event'>): boolean => changed(event)?.state === 'ended'

/** Somebody on the spot is needed: the customer sits there and no expert came, or one left the rest to the branch. */
export const needsStaff = ({ event }: Pick<Given, 'event'>): boolean => {
  const outcome = changed(event)?.outcome
  return outcome === 'unanswered' || outcome === 'follow-up'
}

/** The customer waits again, after somebody was there. */
export const isLost = ({ event }: Pick<Given, 'event'>): boolean => {
  const call = changed(event)
  return call !== undefined && call.state === 'waiting' && call.ahead > 0 && call.was !== 'ringing'
}

export const isInCall = ({ event }: Pick<Given, 'event'>): boolean => changed(event)?.state === 'in-call'

export const staffRef = ({ rounds }: Pick<EscalationContext, 'rounds'>): string => `staff-${rounds}`
export const isStaff = ({ context, event }: Given): boolean =>
  'ref' in event && event.ref === staffRef(context)

export const mayAskAgain = ({ context, event }: Given): boolean => context.rounds < event.policy.roundsMax

export const attentionOf = (visit: string) => `attention:visit:${visit}`
