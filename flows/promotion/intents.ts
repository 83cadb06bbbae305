/** What promotion asks for, and how its outcome is put on record. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Intent, Subject, TaskIntent } from '#protocol/intents.ts'
import type { Words } from '#protocol/targets.ts'
import type { Intend } from '../define.ts'
import { countedFor } from '../promoted.ts'
import { allWords, wordsFor } from '../words.ts'
import { markOf } from './choose.ts'
import {
  nextFills,
  type Playing,
  type PromotionContext,
  personExpiresInMs,
  personRunsForMs,
  type Step,
} from './decide.ts'
import { claimOf } from './view.ts'

export const refs = { promotion: 'promotion', person: 'person' } as const

const subjectOf = ({ visit, zone, campaign }: PromotionContext): Subject => ({
  ...(visit === null ? {} : { visit }),
  ...(zone === null ? {} : { zone }),
  ...(campaign === null ? {} : { campaign }),
})

const timing = (byPerson: boolean, showForMs: number) =>
  byPerson
    ? {
        ackWithinMs: 30_000,
        startWithinMs: 60_000,
        runWithinMs: personRunsForMs,
        expiresInMs: personExpiresInMs,
        attemptsMax: 2,
      }
    : {
        ackWithinMs: 2_000,
        startWithinMs: 5_000,
        runWithinMs: showForMs + 10_000,
        expiresInMs: 10_000,
        attemptsMax: 2,
      }

const commandOf = (
  campaign: { readonly id: string; readonly product: string },
  { zone, words, showForMs }: { zone: string; words: Words[]; showForMs: number },
): CommandOf<'promote'> => ({
  campaign: campaign.id,
  product: campaign.product,
  at: { zone },
  content: { template: 'promotion', words },
  showForMs,
})

/** One content for one visitor: the lease holds over all devices and people. */
export const offer = ({ context, event }: Step): Intend => {
  const { policy, view } = event
  const campaign = view.campaigns.find(({ id }) => id === context.campaign)
  const { visit, zone, byPerson } = context
  if (campaign === undefined || visit === null || zone === null) return []
  const words = wordsFor(campaign.words, view.visitor?.language ?? null, view.languages)
  const task: TaskIntent = {
    type: 'task',
    ref: refs.promotion,
    capability: 'promote',
    command: { ...commandOf(campaign, { zone, words, showForMs: policy.showForMs }), visit },
    subject: subjectOf(context),
    who: byPerson
      ? { members: 'people', roles: policy.personRoles, nearZone: zone }
      : { members: 'devices', kinds: ['screen', 'robot', 'kiosk'], zones: [zone], nearZone: zone },
    priority: 2,
    claims: [
      { key: claimOf.promotion(visit), kind: 'lease' },
      { key: claimOf.attention(visit), kind: 'lease' },
    ],
    ...timing(byPerson, policy.showForMs),
    because: {
      code: byPerson ? 'product-needs-a-person' : context.why,
      params: { campaign: campaign.id },
    },
  }
  return task
}

const fillTask = ({ event }: Step, { ref, zone, campaign }: Playing): TaskIntent | undefined => {
  const { policy, view } = event
  const row = view.campaigns.find(({ id }) => id === campaign)
  if (row === undefined) return undefined
  return {
    type: 'task',
    ref,
    capability: 'promote',
    command: commandOf(row, {
      zone,
      words: allWords(row.words, view.languages),
      showForMs: policy.showForMs,
    }),
    subject: { zone, campaign },
    who: { members: 'devices', kinds: ['screen'], zones: [zone], nearZone: zone },
    // Below a promotion for a visitor, which may take the screen over.
    priority: 1,
    claims: [{ key: claimOf.zone(zone), kind: 'lease' }],
    ...timing(false, policy.showForMs),
    because: { code: 'screen-idle', params: { campaign } },
  }
}

const isTask = (task: TaskIntent | undefined): task is TaskIntent => task !== undefined

/** What the first look planned. */
export const fill = (step: Step): Intend =>
  step.context.playing.map((playing) => fillTask(step, playing)).filter(isTask)

/** Zones that have become idle since. */
export const fillMore = (step: Step): Intend =>
  nextFills(step)
    .map((playing) => fillTask(step, playing))
    .filter(isTask)

const pass = (context: PromotionContext): Intent => ({
  type: 'pass',
  because: {
    code: context.why,
    ...(context.campaign === null ? {} : { params: { campaign: context.campaign } }),
  },
  subject: subjectOf(context),
})

export const passOver = ({ context }: Step): Intend => [
  ...(context.visit === null
    ? []
    : [{ type: 'mark', on: 'visit', id: context.visit, name: markOf.why, value: context.why } as const]),
  pass(context),
]

/** Asked once: whoever is held out of a campaign stays so for the visit. */
export const holdOut = ({ context }: Step): Intend => {
  const { visit, campaign } = context
  const mark: Intent[] =
    visit === null || campaign === null
      ? []
      : [{ type: 'mark', on: 'visit', id: visit, name: markOf.heldOut(campaign), value: true }]
  return [...mark, pass(context)]
}

export const countShown = ({ context, event }: Step): Intend => countedFor(context, event.at)

/** The outcome: a play of the campaign, and what the visitor said to it. */
export const recordOutcome = ({ context, event }: Step): Intend => {
  const { visit, campaign } = context
  if (event.type !== 'task.done' || campaign === null) return []
  const { response } = event.result
  const said: Intent[] =
    visit === null || typeof response !== 'string'
      ? []
      : [{ type: 'mark', on: 'visit', id: visit, name: markOf.response(campaign), value: response }]
  return [{ type: 'played', campaign, visit }, ...said]
}

export const recordPlay = ({ context, event }: Step): Intend => {
  const played = 'ref' in event ? context.playing.find(({ ref }) => ref === event.ref) : undefined
  return played === undefined ? [] : { type: 'played', campaign: played.campaign, visit: null }
}

export const callPerson = ({ context, event }: Step): Intend => {
  const { visit, zone } = context
  return {
    type: 'task',
    ref: refs.person,
    capability: 'call-staff',
    command: {
      at: zone === null ? {} : { zone },
      reason: 'interested',
      ...(visit === null ? {} : { visit }),
      note: context.campaign ?? '',
    } satisfies CommandOf<'call-staff'>,
    subject: subjectOf(context),
    who: {
      members: 'people',
      roles: event.policy.personRoles,
      ...(zone === null ? {} : { nearZone: zone }),
    },
    priority: 3,
    claims: [],
    ...timing(true, event.policy.showForMs),
    because: { code: 'visitor-interested', params: { campaign: context.campaign ?? '' } },
  }
}

const reasons: Partial<Record<Step['event']['type'], string>> = {
  'visit.ended': 'visitor-left',
  'visit.moved': 'visitor-moved-on',
  'visit.merged': 'same-visitor',
  'ticket.called': 'visitor-called',
  'kiosk.session': 'visitor-at-kiosk',
}
const reasonOf = ({ event }: Step): string => reasons[event.type] ?? 'gave-up'

export const withdraw = (step: Step): Intend => ({
  type: 'cancel',
  ref: refs.promotion,
  reason: reasonOf(step),
})
export const withdrawPerson = (step: Step): Intend => ({
  type: 'cancel',
  ref: refs.person,
  reason: reasonOf(step),
})
export const withdrawFills = ({ context }: Step): Intend =>
  context.playing.map(({ ref }): Intent => ({ type: 'cancel', ref, reason: 'gave-up' }))
