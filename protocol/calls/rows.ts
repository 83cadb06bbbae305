/** What the expert desk keeps: its experts, and the calls that wait, ring, are held or are being written up. */
import type { Media } from '../content.ts'
import type { CallEnding } from './expert-desk.ts'
import type { Guest, GuestPart } from './guest.ts'

/**
 * `offline`: signed off, or no page of theirs is there. `away`: set by the desk after rings that nobody answered, until the
 * expert comes back by hand. Whether an expert is busy is said by `call`, never here.
 */
export const presences = ['offline', 'available', 'break', 'away'] as const
export type Presence = (typeof presences)[number]

/** One expert is held by at most one call, from the ring to the end of the wrap-up. */
export interface ExpertRow {
  readonly id: string
  readonly presence: Presence
  /** Of a break, in the expert's words or a code. */
  readonly reason: string | null
  /** When the presence last changed. */
  readonly since: number
  /** A page of theirs is there. */
  readonly online: boolean
  /** Rung, accepted, in the call or writing it up. */
  readonly call: string | null
  /** The end of the last call or the beginning of being available: who has idled longest is asked first. */
  readonly idleSince: number
  /** Missed in a row. */
  readonly missed: number
  /** Not to be rung before; null: at once. */
  readonly snoozedUntil: number | null
}

export const callStates = [
  'waiting',
  'ringing',
  'accepted',
  'in-call',
  /** The expert fell out; the same one has `lostMs` to come back. */
  'resuming',
  'wrap-up',
  'ended',
] as const
export type CallState = (typeof callStates)[number]

export interface Ring {
  readonly id: string
  /** One, or all of a group that rings together. */
  readonly experts: readonly string[]
  readonly at: number
  readonly until: number
}

/** A part of the call with one expert. */
export interface Segment {
  readonly expert: string
  readonly from: number
  readonly to: number | null
  readonly why: 'handed-over' | 'lost' | 'hung-up' | 'never-came' | null
}

/** Of the library, as it was when an expert showed it. */
export interface ShownDocument {
  readonly item: string
  readonly version: number
  readonly title: Readonly<Record<string, string>>
  /** A still picture; null: its words alone. */
  readonly media: Media | null
  readonly words: Readonly<Record<string, string>>
  readonly at: number
  readonly by: string
}

/** `unanswered`: nobody came within the patience. `withdrawn`: the customer or who asked for it called it off. */
export type CallOutcome = CallEnding | 'unanswered' | 'withdrawn'

export interface CallRow {
  readonly id: string
  /** The escalation that it answers. */
  readonly escalation: string
  /** Of another hub, which this desk serves; absent: of this one. */
  readonly branch?: string
  readonly at: number
  readonly reason: string
  /** The customer's side: a kiosk; null: the tablet of `askedBy`. */
  readonly device: string | null
  readonly askedBy: string | null
  readonly visit: string | null
  readonly ticket: string | null
  readonly service: string | null
  readonly zone: string | null
  readonly language: string | null
  readonly skills: readonly string[]
  readonly qualifications: readonly string[]
  readonly group: string | null
  readonly state: CallState
  readonly since: number
  readonly ring: Ring | null
  /** In order; the newest last, at most 20. */
  readonly tried: readonly {
    readonly expert: string
    readonly at: number
    readonly why: 'missed' | 'declined' | 'snoozed' | 'lost' | 'never-came' | 'handed-over'
  }[]
  readonly expert: string | null
  readonly segments: readonly Segment[]
  /** Who stands in the call now: `kiosk:<device>`, `expert:<id>`, `manager:<person>`. */
  readonly participants: readonly string[]
  /** Shared with whoever takes the call next and with the branch. */
  readonly notes: string
  readonly identified: { readonly by: string; readonly at: number } | null
  /** What the customer and the expert look at together. */
  readonly document?: ShownDocument | null
  /** The expert to whom the customer shows their page; null: nobody. */
  readonly pageFor?: string | null
  readonly outcome: CallOutcome | null
  readonly code: string | null
  readonly endedBy: string | null
  /** A time that the customer was promised; null: none was. */
  readonly promisedAt: number | null
  /** Higher goes first: a call whose expert was lost stands before the others. */
  readonly ahead: number
  /** Since when the hub has not reached the kiosk of the customer's side; null, or absent: it does. */
  readonly awaySince?: number | null
  /** Another expert who is asked in; absent or null: nobody is. */
  readonly guest?: Guest | null
  /** Those who were, in order; the newest last, at most 10. */
  readonly guests?: readonly GuestPart[]
}
