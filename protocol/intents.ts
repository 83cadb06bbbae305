/** What a flow can want. Plain data: a flow returns intents, the hub carries them out after the commit. */
import type { DeviceKind } from './device-kinds.ts'
import type { MarkValue } from './model.ts'

/** A stable code with values; the words in either language are made where people read them. */
export interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, MarkValue>>
  readonly weighed?: Weighed
}

/** One of several that a flow could have chosen: with the parts of its score, or the reason it was passed over. */
export interface Option {
  readonly id: string
  readonly score: number | null
  readonly parts: Readonly<Record<string, number>> | null
  readonly out: string | null
}

/** What a flow chose among, so that "why this one?" can be answered; bounded, with the rest as counts. */
export interface Weighed {
  readonly what: 'campaign' | 'expert'
  /** The best first, then those that came nearest; at most eight. */
  readonly options: readonly Option[]
  /** Of those not listed: how often each reason (`scored`: it could have been chosen). */
  readonly rest: Readonly<Record<string, number>>
}
export const optionsMax = 8

export interface ClaimWish {
  /** For example `greet:visit:v-1-17-0` or `attention:visit:v-1-17-0`. */
  readonly key: string
  /** `once` is never released; `lease` ends with the task, on release, or after `leaseMs`. */
  readonly kind: 'once' | 'lease'
  readonly leaseMs?: number
  /** Lease only: kept when the task ends, until released by an intent or the lease's end. */
  readonly keep?: boolean
}

/** Who may do it. Everything named must fit. */
export interface Eligible {
  readonly members: 'devices' | 'people' | 'any'
  readonly kinds?: readonly DeviceKind[]
  /** A person is asked only where no device can: what a machine does in a moment is worth nobody's way. */
  readonly devicesFirst?: true
  /** Only these, by id. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly roles?: readonly string[]
  /** Must stand in or serve one of these zones. */
  readonly zones?: readonly string[]
  /** Prefer near this zone. */
  readonly nearZone?: string
  readonly language?: string
}

/** Who the task is for or about; kept with it so that it can be explained by any of these. */
export interface Subject {
  readonly visit?: string
  readonly ticket?: string
  readonly service?: string
  readonly zone?: string
  readonly device?: string
  readonly counter?: string
  readonly campaign?: string
}

export interface TaskIntent {
  readonly type: 'task'
  /** The instance's own name for it, unique while it is open. */
  readonly ref: string
  readonly capability: string
  readonly command: Readonly<Record<string, unknown>>
  readonly subject: Subject
  readonly who: Eligible
  /** 0 (idle) to 9 (emergency). Ticket calls 8, assistance 7, diversion 5, greeting 4, promotion 2. */
  readonly priority: number
  readonly claims: readonly ClaimWish[]
  readonly ackWithinMs: number
  /** From the offer's acceptance to its beginning. */
  readonly startWithinMs: number
  readonly runWithinMs: number
  /** From now: after that it is not begun, by nobody. Late is then worse than never. */
  readonly expiresInMs: number
  /** It is done on arrival: the way there counts too, and who could not be there by then is not asked. */
  readonly wayCounts?: true
  /** Members tried before it fails; 1 to 10. */
  readonly attemptsMax: number
  readonly onCancel?: { readonly capability: string; readonly command: Readonly<Record<string, unknown>> }
  readonly because: Reason
}

export type Intent =
  | TaskIntent
  | { readonly type: 'cancel'; readonly ref: string; readonly reason: string }
  /** Emergency only: every open task of every other flow. */
  | { readonly type: 'cancel-others'; readonly reason: string }
  | { readonly type: 'release'; readonly claim: string }
  /** Takes a claim without a task: a device did it by itself, or one greeting covered a whole group. */
  | { readonly type: 'claim'; readonly claim: ClaimWish; readonly because: Reason }
  /** Nobody was sent, on purpose: recorded so that "why nobody?" has an answer. */
  | { readonly type: 'pass'; readonly because: Reason; readonly subject: Subject }
  | {
      readonly type: 'mark'
      readonly on: 'visit' | 'ticket'
      readonly id: string
      readonly name: string
      readonly value: MarkValue
    }
  /** The ticket's state in the model; telling the queue system is a `manage-ticket` task beside it. */
  | { readonly type: 'ticket'; readonly ticket: string; readonly action: 'hold' | 'restore' | 'release' }
  | { readonly type: 'played'; readonly campaign: string; readonly visit: string | null }
  | {
      readonly type: 'alert'
      readonly key: string
      readonly priority: 'urgent' | 'high' | 'normal' | 'low'
      readonly because: Reason
      readonly subject: Subject
    }
  | { readonly type: 'alert.clear'; readonly key: string }
  | {
      readonly type: 'escalate'
      readonly reason: string
      readonly subject: Subject
      /** The person who asks by hand, and the customer's side where no device is. */
      readonly by?: string
      /** Of the customer. */
      readonly language?: string
    }
