/** What each step of an invitation asks for. The machine says when; this says what. */
import type { Intent } from '#protocol/intents.ts'
import { kioskClaim } from '#protocol/kiosks.ts'
import {
  type Given,
  guideRef,
  type InvitationContext,
  nextKiosk,
  offerRef,
  type Sight,
  tellRef,
} from './decide.ts'
import { guide, offer, sayAloud, spotOf, subjectOf, tellQueue, tellVisitor } from './tasks.ts'

const mark = (context: InvitationContext, name: string, value: string | number | boolean): Intent => ({
  type: 'mark',
  on: 'ticket',
  id: context.ticket,
  name,
  value,
})

const note = (
  given: Given,
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): Intent => ({
  type: 'pass',
  because: { code, params: { ticket: given.context.ticket, ...params } },
  subject: subjectOf(given.context, given.event),
})

const release = (context: InvitationContext): readonly Intent[] =>
  context.leased && context.kiosk !== null ? [{ type: 'release', claim: kioskClaim(context.kiosk) }] : []

/** Whatever the end: the kiosk is free for others, and the ticket may be looked at afresh. */
const close = ({ context }: Given): readonly Intent[] => [
  ...release(context),
  mark(context, 'diversion.open', false),
  mark(context, 'diversion.kiosk', ''),
]

const cancel = (ref: string, reason: string): Intent => ({ type: 'cancel', ref, reason })

const callOffGuide = ({ context }: Given, reason: string): readonly Intent[] =>
  context.guided ? [cancel(guideRef(context), reason)] : []

const hold = ({ context, event }: Given): readonly Intent[] => [
  { type: 'ticket', ticket: context.ticket, action: 'hold' },
  ...tellQueue(context, event, 'hold'),
]

export const invite = ({ context, event }: Given) => offer(context, event)

/** The very first step knows its kiosk from the mark that started it; an invitation that cannot begin is not counted. */
export const notInvited = (given: Given): readonly Intent[] => {
  const { ticket } = given.event.view
  const count =
    ticket === null ? [] : [mark(given.context, 'diversion.invitations', Math.max(0, ticket.invitations - 1))]
  return [...count, ...close(given), note(given, 'diversion.not-invited')]
}

export const withdraw = (given: Given): readonly Intent[] => [
  cancel(offerRef, 'invitation-withdrawn'),
  ...close(given),
  note(given, 'diversion.withdrawn'),
]

export const noAnswer = (given: Given): readonly Intent[] => [
  cancel(offerRef, 'no-answer'),
  ...close(given),
  note(given, 'diversion.no-answer'),
]

const remember = (given: Given): readonly Intent[] => {
  const visit = given.event.view.ticket?.visit
  const onVisit: readonly Intent[] = visit
    ? [{ type: 'mark', on: 'visit', id: visit, name: 'diversion.refused', value: true }]
    : []
  return [mark(given.context, 'diversion.refused', true), ...onVisit]
}

/** Remembered for the visit: nobody is asked twice what they have said no to. */
export const refused = (given: Given): readonly Intent[] => [
  cancel(offerRef, 'refused'),
  ...remember(given),
  ...close(given),
  note(given, 'diversion.refused'),
]

export const accepted = (given: Given): readonly Intent[] => [
  ...hold(given),
  ...guide(given.context, given.event, {
    spot: spotOf(given.event.view.kiosk),
    words: given.event.policy.lead,
    because: 'diversion.guide',
  }),
]

const arrivalKiosk = ({ context, event }: Given) =>
  event.type === 'kiosk.session' ? event.device : (context.kiosk ?? '')

/** Arrived: the lease has done its work, and the guide may go. */
export const arrived = (given: Given): readonly Intent[] => [
  ...release(given.context),
  mark(given.context, 'diversion.kiosk', arrivalKiosk(given)),
]

/** Came before the offer was answered, or without one. */
export const arrivedUnasked = (given: Given): readonly Intent[] => [
  mark(given.context, 'diversion.open', true),
  ...hold(given),
  ...arrived(given),
]

const keepKiosk = (context: InvitationContext, kiosk: string, leaseMs: number): Intent => ({
  type: 'claim',
  claim: { key: kioskClaim(kiosk), kind: 'lease', leaseMs },
  because: { code: 'diversion.redirected', params: { ticket: context.ticket, kiosk } },
})

/** The guide is redirected: the old way is called off with an apology, a new one begins. */
export const redirect = (given: Given): readonly Intent[] => {
  const { context, event } = given
  const next = nextKiosk(event)
  if (next === undefined) return []
  const there: InvitationContext = { ...context, kiosk: next.id, guides: context.guides + 1 }
  return [
    ...release(context),
    keepKiosk(context, next.id, event.policy.arriveMs),
    mark(context, 'diversion.kiosk', next.id),
    ...callOffGuide(given, 'kiosk-failed'),
    ...guide(there, withRobot(given), {
      spot: spotOf(next),
      words: event.policy.lead,
      because: 'diversion.redirected',
    }),
  ]
}

/** Our own guide comes free by being called off, so there is one even where the model shows none. */
const withRobot = ({ context, event }: Given): Sight => ({
  at: event.at,
  policy: event.policy,
  view: { ...event.view, robotFree: event.view.robotFree || context.guided },
})

const returned = (given: Given, why: string): Intent => note(given, 'diverted.returned', { why })

/** The old position on return: the model at once, the queue system by a task that is tried until it is taken up. */
export const restore = (given: Given): readonly Intent[] => {
  const context: InvitationContext = { ...given.context, ending: 'restore', tries: 1 }
  return [
    ...callOffGuide(given, 'returned'),
    cancel('hold', 'returned'),
    { type: 'ticket', ticket: context.ticket, action: 'restore' },
    ...tellQueue(context, given.event, 'restore'),
    ...close(given),
    returned(given, given.event.type),
  ]
}

/** No kiosk left: the guide turns back with an apology, or the nearest device says it. */
export const turnBack = (given: Given): readonly Intent[] => {
  const { context, event } = given
  const { policy, view } = event
  const back: InvitationContext = { ...context, guides: context.guides + 1 }
  const apology = context.guided
    ? guide(back, withRobot(given), {
        spot: spotOf({ place: null, zone: view.waitingZone }),
        words: policy.sorry,
        because: 'diversion.turned-back',
      })
    : []
  return [
    ...restore(given),
    ...apology,
    ...tellVisitor(context, event, {
      words: policy.sorry,
      because: 'diversion.sorry',
      near: view.kiosk?.zone ?? view.zone,
    }),
  ]
}

export const refusedOnTheWay = (given: Given): readonly Intent[] => [...remember(given), ...restore(given)]

/** The nearest screen shows it and the nearest voice says it; what to do about it is the visitor's choice. */
export const sayCalled = (given: Given): readonly Intent[] => {
  const { context, event } = given
  const say = {
    words: event.policy.calledMeanwhile,
    because: 'diversion.called-meanwhile',
    near: event.view.zone,
  }
  return [...tellVisitor(context, event, say), ...sayAloud(context, event, say)]
}

export const sayCalledAtKiosk = (given: Given): readonly Intent[] =>
  tellVisitor(given.context, given.event, {
    words: given.event.policy.calledMeanwhile,
    because: 'diversion.called-meanwhile',
    near: given.event.view.kiosk?.zone ?? null,
    ...(given.context.kiosk === null ? {} : { only: given.context.kiosk }),
  })

/** Back at the counter, or gone: the ticket has its own end and nothing is left to restore. */
export const leftToCounter = (given: Given): readonly Intent[] => [
  ...callOffGuide(given, 'at-the-counter'),
  cancel('hold', 'at-the-counter'),
  ...close(given),
  returned(given, given.event.type),
]

/** Success is finished at the kiosk, nothing less. */
export const finish = (given: Given): readonly Intent[] => {
  const context: InvitationContext = { ...given.context, ending: 'release', tries: 1 }
  return [
    cancel('hold', 'finished'),
    { type: 'ticket', ticket: context.ticket, action: 'release' },
    ...tellQueue(context, given.event, 'release'),
    ...close(given),
    note(given, 'diverted.finished'),
  ]
}

export const tellAgain = (given: Given): readonly Intent[] => {
  const context: InvitationContext = { ...given.context, tries: given.context.tries + 1 }
  return tellQueue(context, given.event, context.ending)
}

export const stopTelling = ({ context }: Given): readonly Intent[] => [cancel(tellRef(context), 'no-answer')]

export const leaveToPeople = (given: Given): readonly Intent[] => [
  note(given, 'diversion.ticket-not-told', { action: given.context.ending }),
]
