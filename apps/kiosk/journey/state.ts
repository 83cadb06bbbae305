/**
 * Where a visitor stands at the kiosk. Everything that is private to them lies below `person`, so that one assignment
 * forgets it; what is not below it outlives them.
 */
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { KioskService } from '#protocol/kiosk-service.ts'

export type PageName =
  | 'home'
  | 'ticket-number'
  | 'service'
  | 'ticket'
  | 'consent'
  | 'step'
  | 'review'
  | 'working'
  | 'result'
  | 'failed'
  | 'unsure'
  | 'help'
  | 'expert'
  | 'view'

/** How somebody wants to see it: kept while they are there, and forgotten with them. */
export interface View {
  readonly language: string
  /** Larger, plainer, fewer things at once, and more time. */
  readonly elder: boolean
  readonly contrast: boolean
  /** What is pressed lies in the lower half. */
  readonly low: boolean
}

export interface Form {
  readonly service: KioskService
  readonly step: number
  readonly entries: Readonly<Record<string, string>>
  /** Which entries of this step do not fit, since somebody tried to go on. */
  readonly problems: Readonly<Record<string, Problem>>
  /** Changed from the review, to which it goes back. */
  readonly isChanging: boolean
}

export type Problem = 'missing' | 'wrong' | 'too-short' | 'too-long' | 'too-small' | 'too-large'

export interface Help {
  readonly reason: 'staff' | 'expert'
  readonly askedAt: number
  /** Whether the hub has it. */
  readonly isTold: boolean
}

/** That they asked for an expert; how the call stands is said by the hub. */
export interface ExpertCall {
  readonly askedAt: number
  /** The call that the hub told of before they asked: somebody else's. */
  readonly before: string | null
  /** The call and its expert for whom they agreed to camera and microphone; another one is asked for anew. */
  readonly agreedTo: string | null
  /** The same of experts who came in while they talked, and whom they saw: one of them may go on without being asked about. */
  readonly met: readonly string[]
  /** They hung up. */
  readonly hasLeft: boolean
}

export interface Issued {
  readonly ticket: string
  readonly announcedWaitMs: number | null
  readonly at: number
}

export interface Person {
  readonly view: View
  /** The way here; the last one is shown. Never empty, and begins with `home`. */
  readonly way: readonly PageName[]
  /** Of the branch: what they came for. */
  readonly service: string | null
  /** The number that they came with. */
  readonly ticket: string | null
  /** Of the kiosk's own series, which they took here. */
  readonly issued: Issued | null
  readonly isIssuing: boolean
  /** A ticket could not be issued. */
  readonly hasNoTicket: boolean
  readonly form: Form | null
  /** The hub has been told that somebody uses the kiosk, and how it ends has not. */
  readonly isInSession: boolean
  readonly help: Help | null
  readonly expert: ExpertCall | null
  /** Calls that are over for them, whatever the hub still says of them. */
  readonly callsOff: readonly string[]
  readonly touchedAt: number
  /** Since when they are asked whether they are still there. */
  readonly askedAt: number | null
}

export interface Journey {
  readonly person: Person | null
  readonly isEmergency: boolean
  /** Out of order, by the hand of staff. */
  readonly isClosed: boolean
  readonly isStaffThere: boolean
}

export const nobody: Journey = { person: null, isEmergency: false, isClosed: false, isStaffThere: false }

/** What the branch allows just now. Not part of the journey: it changes beside it. */
export interface World {
  readonly forms: readonly KioskService[]
  readonly canIssue: boolean
  readonly canCallExpert: boolean
  /** The branch has experts, whether one could come now or not. */
  readonly hasExperts: boolean
  /** The last call that the hub told of, also somebody else's. */
  readonly call: KioskCall | null
  /** That call found nobody a moment ago: who asks now is told the same. */
  readonly isToldAgain: boolean
  readonly announcedWaitMs: (service: string) => number | null
  readonly askAfterMs: number
  readonly leaveAfterMs: number
}

export const pageOf = (person: Person): PageName => person.way.at(-1) ?? 'home'

const elderPatience = 2
/** Whoever waits for a person may not be sent away by a machine. */
const helpPatience = 3

/** How long this visitor may be still. */
export const patienceOf = ({ view, help }: Person, { askAfterMs, leaveAfterMs }: World) => {
  const times = (view.elder ? elderPatience : 1) * (help === null ? 1 : helpPatience)
  return { askAfterMs: askAfterMs * times, leaveAfterMs: leaveAfterMs * (view.elder ? elderPatience : 1) }
}
