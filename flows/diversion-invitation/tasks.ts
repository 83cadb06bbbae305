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

type Telling = Pick<TaskIntent, 'capability' | 'command' | 'who' | 'expiresInMs' | 'because'>

const byMachine = (
  context: InvitationContext,
  { view, policy }: Sight,
  action: 'hold' | 'restore' | 'release',
): Telling => ({
  capability: 'manage-ticket',
  command: { ticket: context.ticket, service: view.ticket?.service, action },
  who: { members: 'any', devicesFirst: true, kinds: ['ticket-machine'], roles: policy.ticketRoles },
  expiresInMs: policy.tellMs * 4,
  because: { code: `diversion.ticket-${action}`, params: { ticket: context.ticket } },
})

/** Tellers are asked between two customers; the next one is called meanwhile. */
const tellerFreeMs = 300_000

/**
 * Called while its holder was away, and nobody can put it back in the queue system: a teller calls it again. When none
 * has the time, whoever changes tickets by hand is asked too.
 */
const byTeller = (context: InvitationContext, sight: Sight): Telling => {
  const { view, policy } = sight
  return {
    capability: 'call-staff',
    command: {
      at: spotOf({ place: null, zone: view.ticket?.counterZone ?? view.waitingZone }),
      reason: 'call-again',
      ticket: context.ticket,
      ...visitPart(sight),
    },
    who: {
      members: 'people',
      roles: context.tries === 1 ? ['teller'] : [...new Set(['teller', ...policy.ticketRoles])],
      ...(view.ticket?.counterZone ? { nearZone: view.ticket.counterZone } : {}),
    },
    expiresInMs: tellerFreeMs,
    because: { code: 'diversion.call-again', params: { ticket: context.ticket } },
  }
}

const wasCalled = ({ view }: Sight) => view.ticket?.state === 'called' || view.ticket?.state === 'ended'

/** To the ticket machine where there is one that can, else to a person. */
export const tellQueue = (
  context: InvitationContext,
  sight: Sight,
  action: 'hold' | 'restore' | 'release',
): readonly Intent[] => {
  const { view, policy } = sight
  if (view.ticket === null) return []
  const mustCallAgain = action === 'restore' && wasCalled(sight) && !view.queueListens
  return [
    {
      type: 'task',
      ref: action === 'hold' ? 'hold' : tellRef(context),
      ...(mustCallAgain ? byTeller(context, sight) : byMachine(context, sight, action)),
      subject: subjectOf(context, sight),
      priority: 6,
      claims: [],
      ackWithinMs: policy.tellMs,
      startWithinMs: policy.tellMs,
      runWithinMs: 60_000,
      attemptsMax: 3,
    },
  ]
}
