/** The tasks of one invitation, with their words: the offer, the guide, the apology, the word to the queue system. */
import type { Intent, Subject, TaskIntent } from '#protocol/intents.ts'
import { kioskClaim } from '#protocol/kiosks.ts'
import type { Spot, Words } from '#protocol/targets.ts'
import type { Phrase } from '../setting.ts'
import { wordsFor } from '../words.ts'
import { guideRef, type InvitationContext, offerRef, type Sight, tellRef } from './decide.ts'
import type { KioskAt } from './view.ts'

const diversionPriority = 5
const callPriority = 8

/** The number is shown, never a name. */
export const sentences = (phrase: Phrase, context: InvitationContext, { view }: Sight): Words[] =>
  wordsFor(phrase, view.ticket?.language ?? null, view.languages).map(({ language, text }) => ({
    language,
    text: text.replaceAll('{ticket}', context.ticket),
  }))

export const spotOf = (kiosk: Pick<KioskAt, 'place' | 'zone'> | null): Spot => ({
  ...(kiosk?.place ? { place: kiosk.place } : {}),
  ...(kiosk?.zone ? { zone: kiosk.zone } : {}),
})

export const subjectOf = (context: InvitationContext, { view }: Sight): Subject => ({
  ticket: context.ticket,
  ...(view.ticket === null ? {} : { service: view.ticket.service }),
  ...(view.ticket?.visit ? { visit: view.ticket.visit } : {}),
  ...(context.kiosk === null ? {} : { device: context.kiosk }),
})

const visitPart = ({ view }: Sight) => (view.ticket?.visit ? { visit: view.ticket.visit } : {})

const attention = ({ view }: Sight): TaskIntent['claims'] =>
  view.ticket?.visit ? [{ key: `attention:visit:${view.ticket.visit}`, kind: 'lease' }] : []

/** The offer keeps the kiosk until its holder could have arrived, whether or not the answer comes as words. */
export const offer = (context: InvitationContext, sight: Sight): readonly Intent[] => {
  const { view, policy } = sight
  const { kiosk, ticket } = view
  if (kiosk === null || ticket === null) return []
  const leaseMs = policy.offerWithinMs + policy.offerMs + policy.answerMs + policy.arriveMs
  return [
    {
      type: 'task',
      ref: offerRef,
      capability: 'offer-service',
      command: {
        ticket: context.ticket,
        ...visitPart(sight),
        service: ticket.service,
        to: spotOf(kiosk),
        kiosk: kiosk.id,
        content: {
          template: 'diversion',
          words: sentences(policy.invite, context, sight),
          values: { ticket: context.ticket, kiosk: kiosk.id },
        },
      },
      subject: { ...subjectOf(context, sight), device: kiosk.id },
      who: {
        members: 'devices',
        kinds: ['screen', 'robot', 'kiosk'],
        ...(view.zone === null ? {} : { nearZone: view.zone }),
      },
      priority: diversionPriority,
      claims: [{ key: kioskClaim(kiosk.id), kind: 'lease', leaseMs, keep: true }, ...attention(sight)],
      ackWithinMs: 3_000,
      startWithinMs: policy.offerWithinMs,
      runWithinMs: policy.offerMs,
      expiresInMs: policy.offerWithinMs,
      attemptsMax: 3,
      because: { code: 'diversion.invited', params: { ticket: context.ticket, kiosk: kiosk.id } },
    },
  ]
}

/** Only where a robot is free: a visitor who knows the way is not made to wait for one. */
export const guide = (
  context: InvitationContext,
  sight: Sight,
  to: { readonly spot: Spot; readonly words: Phrase; readonly because: string },
): readonly Intent[] => {
  const { view, policy } = sight
  if (!view.robotFree) return []
  return [
    {
      type: 'task',
      ref: guideRef(context),
      capability: 'guide',
      command: {
        ...visitPart(sight),
        ticket: context.ticket,
        ...(view.zone === null ? {} : { from: { zone: view.zone } }),
        to: to.spot,
        words: sentences(to.words, context, sight),
      },
      subject: subjectOf(context, sight),
      who: {
        members: 'devices',
        kinds: ['robot'],
        ...(view.zone === null ? {} : { nearZone: view.zone }),
      },
      priority: diversionPriority,
      claims: attention(sight),
      ackWithinMs: 3_000,
      startWithinMs: 15_000,
      runWithinMs: policy.arriveMs,
      expiresInMs: 20_000,
      attemptsMax: 2,
      onCancel: {
        capability: 'announce',
        command: {
          at: spotOf({ place: null, zone: view.zone }),
          words: sentences(policy.sorry, context, sight),
        },
      },
      because: { code: to.because, params: { ticket: context.ticket } },
    },
  ]
}

interface Saying {
  readonly words: Phrase
  readonly because: string
  readonly near: string | null
  readonly only?: string
}

const saying = (context: InvitationContext, sight: Sight, say: Saying) => ({
  type: 'task' as const,
  subject: subjectOf(context, sight),
  who: {
    members: 'devices' as const,
    ...(say.only === undefined ? {} : { only: [say.only] }),
    ...(say.near === null ? {} : { nearZone: say.near }),
  },
  priority: callPriority,
  claims: [],
  ackWithinMs: 3_000,
  startWithinMs: 5_000,
  runWithinMs: 30_000,
  expiresInMs: 15_000,
  attemptsMax: 3,
  because: { code: say.because, params: { ticket: context.ticket } },
})

/** A sentence for one ticket, on the screen nearest to where its holder is now. */
export const tellVisitor = (context: InvitationContext, sight: Sight, say: Saying): readonly Intent[] => [
  {
    ...saying(context, sight, say),
    ref: say.because.replace('diversion.', ''),
    capability: 'display',
    command: {
      content: {
        template: 'diversion',
        words: sentences(say.words, context, sight),
        values: { ticket: context.ticket },
      },
      showForMs: 20_000,
    },
  },
]

export const sayAloud = (context: InvitationContext, sight: Sight, say: Saying): readonly Intent[] => [
  {
    ...saying(context, sight, say),
    ref: `${say.because.replace('diversion.', '')}-aloud`,
    capability: 'announce',
    // What was said cannot be taken back: one voice at a time for one ticket.
    claims: [{ key: `announce:ticket:${context.ticket}`, kind: 'lease' as const }],
    command: {
      at: spotOf({ place: null, zone: say.near }),
      words: sentences(say.words, context, sight),
    },
  },
]

/** To the ticket machine where there is one that can, else to a person. */
export const tellQueue = (
  context: InvitationContext,
  sight: Sight,
  action: 'hold' | 'restore' | 'release',
): readonly Intent[] => {
  const { view, policy } = sight
  if (view.ticket === null) return []
  return [
    {
      type: 'task',
      ref: action === 'hold' ? 'hold' : tellRef(context),
      capability: 'manage-ticket',
      command: { ticket: context.ticket, service: view.ticket.service, action },
      subject: subjectOf(context, sight),
      who: { members: 'any', devicesFirst: true, kinds: ['ticket-machine'], roles: policy.ticketRoles },
      priority: 6,
      claims: [],
      ackWithinMs: policy.tellMs,
      startWithinMs: policy.tellMs,
      runWithinMs: 60_000,
      expiresInMs: policy.tellMs * 4,
      attemptsMax: 3,
      because: { code: `diversion.ticket-${action}`, params: { ticket: context.ticket } },
    },
  ]
}
