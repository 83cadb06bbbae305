/** What promotion asks for, and how its outcome is put on record. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Eligible, Intent, Subject, TaskIntent } from '#protocol/intents.ts'
import type { Words } from '#protocol/targets.ts'
import type { Intend } from '../define.ts'
import { promotionContent } from '../promoted.ts'
import { allWords, wordsFor } from '../words.ts'
import { type Fill, markOf } from './choose.ts'
import {
  choiceFor,
  nextFills,
  type Playing,
  type PromotionContext,
  personExpiresInMs,
  personRunsForMs,
  type Step,
} from './decide.ts'
import type { PromotionPolicy } from './policy.ts'
import { phraseOf, type Way } from './rules.ts'
import { type CampaignSeen, claimOf } from './view.ts'

export const refs = { promotion: 'promotion', person: 'person' } as const

const subjectOf = ({ visit, zone, campaign }: PromotionContext): Subject => ({
  ...(visit === null ? {} : { visit }),
  ...(zone === null ? {} : { zone }),
  ...(campaign === null ? {} : { campaign }),
})

/** What is printed is there at once, or the ticket is gone. */
const slipMs = 2_000

const timing = ({ byPerson, printer }: Pick<PromotionContext, 'byPerson' | 'printer'>, showForMs: number) =>
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
        expiresInMs: printer === null ? 10_000 : slipMs,
        attemptsMax: printer === null ? 2 : 1,
      }

const byDevice = { byPerson: false, printer: null }

interface Showing {
  readonly zone: string
  readonly words: Words[]
  readonly showForMs: number
}

const commandOf = (
  { id, product, content }: CampaignSeen,
  { zone, words, showForMs }: Showing,
): CommandOf<'promote'> => ({
  campaign: id,
  product,
  at: { zone },
  content: promotionContent(content, words),
  showForMs,
})

const whoFor = (
  context: PromotionContext,
  way: Way,
  { zone, policy }: { zone: string; policy: PromotionPolicy },
): Eligible => {
  if (context.printer !== null) return { members: 'devices', only: [context.printer] }
  return way.by === 'person'
    ? { members: 'people', roles: policy.personRoles, nearZone: zone }
    : { members: 'devices', kinds: way.kinds, zones: [zone], nearZone: zone }
}

const ticketOf = (event: Step['event']) =>
  event.type === 'ticket.issued' ? { values: { ticket: event.ticket } } : {}

/** One content for one visitor: the lease holds over all devices and people. */
export const offer = (step: Step): Intend => {
  const { context, event } = step
  const { policy, view } = event
  const { visit, zone, byPerson, printer } = context
  const choice = choiceFor(step)
  const best = choice?.best
  if (best?.way == null || choice === undefined || visit === null || zone === null) return []
  const { campaign } = best
  const showForMs = printer === null ? policy.showForMs : slipMs
  const words = wordsFor(phraseOf(campaign), view.visitor?.language ?? null, view.languages)
  const command = commandOf(campaign, { zone, words, showForMs })
  const task: TaskIntent = {
    type: 'task',
    ref: refs.promotion,
    capability: 'promote',
    command: { ...command, visit, content: { ...command.content, ...ticketOf(event) } },
    subject: { ...subjectOf(context), ...(event.type === 'ticket.issued' && { ticket: event.ticket }) },
    who: whoFor(context, best.way, { zone, policy }),
    priority: 2,
    claims: [
      { key: claimOf.promotion(visit), kind: 'lease' },
      { key: claimOf.attention(visit), kind: 'lease' },
    ],
    ...timing(context, showForMs),
    because: {
      code: byPerson ? 'product-needs-a-person' : context.why,
      params: { campaign: campaign.id },
      weighed: choice.weighed,
    },
  }
  const drawn: Intent = {
    type: 'mark',
    on: 'visit',
    id: visit,
    name: markOf.offered(campaign.id),
    value: true,
  }
  return [drawn, task]
}

const fillTask = (
  { event }: Step,
  { ref, zone, campaign, weighed }: Playing & Fill,
): TaskIntent | undefined => {
  const { policy, view } = event
  const row = view.campaigns.find(({ id }) => id === campaign)
  if (row === undefined) return undefined
  return {
    type: 'task',
    ref,
    capability: 'promote',
    command: commandOf(row, {
      zone,
      words: allWords(phraseOf(row), view.languages),
      showForMs: policy.showForMs,
    }),
    subject: { zone, campaign },
    who: { members: 'devices', kinds: ['screen'], zones: [zone], nearZone: zone },
    // Below a promotion for a visitor, which may take the screen over.
    priority: 1,
    claims: [{ key: claimOf.zone(zone), kind: 'lease' }],
    ...timing(byDevice, policy.showForMs),
    because: { code: 'screen-idle', params: { campaign }, weighed },
  }
}

const isTask = (task: TaskIntent | undefined): task is TaskIntent => task !== undefined

/** What the first look planned. */
export const fill = ({ context, event }: Step): Intend =>
  fillMore({ context: { ...context, playing: [] }, event })

/** Zones that have become idle since. */
export const fillMore = (step: Step): Intend =>
  nextFills(step)
    .map((playing) => fillTask(step, playing))
    .filter(isTask)

/** With what was weighed, where it came to that. */
const weighed = (step: Step) => {
  const { why } = step.context
  const choice = why === 'no-campaign-fits' || why === 'holdout' ? choiceFor(step) : undefined
  return choice === undefined || choice.weighed.options.length === 0 ? {} : { weighed: choice.weighed }
}

const pass = (step: Step): Intent => {
  const { context } = step
  return {
    type: 'pass',
    because: {
      code: context.why,
      ...(context.campaign === null ? {} : { params: { campaign: context.campaign } }),
      ...weighed(step),
    },
    subject: subjectOf(context),
  }
}

export const passOver = (step: Step): Intend => [
  ...(step.context.visit === null
    ? []
    : [
        {
          type: 'mark',
          on: 'visit',
          id: step.context.visit,
          name: markOf.why,
          value: step.context.why,
        } as const,
      ]),
  pass(step),
]

/** Asked once: whoever is held out of a campaign stays so for the visit. */
export const holdOut = (step: Step): Intend => {
  const { visit, campaign } = step.context
  const mark: Intent[] =
    visit === null || campaign === null
      ? []
      : [{ type: 'mark', on: 'visit', id: visit, name: markOf.heldOut(campaign), value: true }]
  return [...mark, pass(step)]
}

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
    ...timing({ byPerson: true, printer: null }, event.policy.showForMs),
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
