/** The judgements of one invitation: who comes, whose kiosk it is, whether another kiosk is left, what an answer means. */
import type { FlowEvent, Seen } from '#protocol/flow-events.ts'
import type { InvitationPolicy } from './policy.ts'
import type { InvitationView, KioskAt } from './view.ts'

export interface InvitationContext {
  readonly ticket: string
  /** The kiosk this visitor is meant for or stands at. */
  readonly kiosk: string | null
  /** Whether our lease on it may exist, so that it must be released. */
  readonly leased: boolean
  readonly guides: number
  readonly guided: boolean
  readonly redirects: number
  readonly ending: 'restore' | 'release'
  readonly tries: number
}

export type InvitationEvent = Seen<InvitationView, InvitationPolicy>
export interface Given {
  readonly context: InvitationContext
  readonly event: InvitationEvent
}
/** What every event brings, whichever it is. */
export type Sight = Pick<Seen<InvitationView, InvitationPolicy>, 'at' | 'view' | 'policy'>

export const offerRef = 'offer'
export const guideRef = (context: InvitationContext) => `guide-${context.guides}`
export const tellRef = (context: InvitationContext) => `${context.ending}-${context.tries}`

export const hasRef = (event: FlowEvent, ref: string): boolean => 'ref' in event && event.ref === ref

export const answerOf = (event: FlowEvent): unknown =>
  event.type === 'task.done' ? event.result['answer'] : undefined

/** A guide who says that the visitor went away, or who never arrived. */
export const guideLost = (context: InvitationContext, event: FlowEvent): boolean =>
  event.type === 'task.done' &&
  hasRef(event, guideRef(context)) &&
  (event.result['left'] === true || event.result['arrived'] === false)

/** Never in an emergency, and not when the lobby is closed. */
export const mustStop = ({ view }: Pick<Sight, 'view'>): boolean =>
  view.mode === 'emergency' || view.mode === 'closed'

/** The invitation begins only for who still waits, and for a kiosk that still works. */
export const canInvite = ({ context, event }: Given): boolean => {
  const { view } = event
  if (event.type !== 'ticket.marked' || mustStop(event)) return false
  return (
    view.ticket?.state === 'waiting' &&
    !view.ticket.wantsPerson &&
    (view.kiosk?.fit ?? false) &&
    context.kiosk === null
  )
}

/**
 * The holder of this ticket began at a kiosk. A session without a ticket at the kiosk kept for them counts as theirs,
 * unless it is known to be another visit.
 */
export const arrives = ({ context, event }: Given): boolean => {
  if (event.type !== 'kiosk.session' || event.state !== 'started') return false
  if (event.ticket !== null) return event.ticket === context.ticket
  const visit = event.view.ticket?.visit ?? null
  return event.device === context.kiosk && (event.visit === null || visit === null || event.visit === visit)
}

/** Somebody who went to a kiosk by themselves keeps their place in the queue meanwhile. */
export const comesAlone = (given: Given): boolean => {
  const { ticket } = given.event.view
  return arrives(given) && ticket?.state === 'waiting' && !ticket.wantsPerson && !mustStop(given.event)
}

const isMine = ({ context, event }: Given): boolean =>
  event.type === 'kiosk.session' &&
  (event.ticket === null ? event.device === context.kiosk : event.ticket === context.ticket)

export const hasFinished = (given: Given): boolean =>
  given.event.type === 'kiosk.session' && given.event.state === 'finished' && isMine(given)

export const gaveUp = (given: Given): boolean =>
  given.event.type === 'kiosk.session' &&
  (given.event.state === 'abandoned' || given.event.state === 'failed') &&
  isMine(given)

/** On the way: the kiosk cannot take them any more, or somebody else uses it. */
export const kioskGone = ({ context, event }: Given): boolean => {
  const { kiosk } = event.view
  if (kiosk === null || !kiosk.fit) return true
  return kiosk.usedBy !== null && kiosk.usedBy !== '' && kiosk.usedBy !== context.ticket
}

/** In use: only a machine that is gone or broken ends it. */
export const kioskDead = ({ event }: Pick<Given, 'event'>): boolean => event.view.kiosk?.dead ?? true

/** Another free kiosk; who loses theirs in the same moment each takes another. */
export const nextKiosk = ({ view }: Pick<Sight, 'view'>): KioskAt | undefined => view.free[view.rank]

export const canRedirect = (given: Given): boolean =>
  kioskGone(given) &&
  given.context.redirects < given.event.policy.redirectsMax &&
  nextKiosk(given.event) !== undefined

export const wantsPerson = (event: FlowEvent): boolean => event.type === 'intent.stated' && event.wantsStaff

/** Said yes in words: this service, or no other one named. */
export const agrees = ({ event }: Pick<Given, 'event'>): boolean =>
  event.type === 'intent.stated' &&
  !event.wantsStaff &&
  (event.service === null || event.service === event.view.ticket?.service)

export const wasServed = (event: FlowEvent): boolean =>
  event.type === 'ticket.ended' && event.outcome !== 'no-show'

/** Nobody came to the counter: that is why it must be put back, or called again. */
export const needsNoRestoring = ({ context, event }: Given): boolean =>
  context.ending === 'restore' && wasServed(event)

/** Trying to tell the queue system makes no sense in an emergency, when every other task is cancelled. */
export const mayTell = ({ event }: Pick<Given, 'event'>): boolean => event.view.mode !== 'emergency'
export const mayTryAgain = ({ context, event }: Given): boolean => context.tries < event.policy.triesMax
