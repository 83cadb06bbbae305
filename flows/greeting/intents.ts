/** What greeting asks for, as intents. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { Words } from '#protocol/targets.ts'
import type { Intend } from '../define.ts'
import { inLanguage, wordsFor } from '../words.ts'
import type { GreetingContext, GreetingEvent } from './decide.ts'
import { claimOf } from './view.ts'

interface Step {
  readonly context: GreetingContext
  readonly event: GreetingEvent
}

export const refs = { greet: 'greet', screen: 'screen', lead: 'lead', receive: 'receive' } as const

const subjectOf = (context: GreetingContext) => ({
  ...(context.visit === null ? {} : { visit: context.visit }),
  ...(context.ticket === null ? {} : { ticket: context.ticket }),
  ...(context.service === null ? {} : { service: context.service }),
  ...(context.zone === null ? {} : { zone: context.zone }),
})

const greetingWords = ({ context, event }: Step, asks: boolean): Words[] => {
  const { policy } = event
  const hello = context.party > 1 ? policy.helloGroup : policy.hello
  return wordsFor(hello, context.language, context.languages).map(({ language, text }) => {
    const question = asks ? inLanguage(policy.ask, language) : undefined
    return { language, text: question === undefined ? text : `${text} ${question.text}` }
  })
}

const groupClaim = (context: GreetingContext): string =>
  context.counted ? claimOf.burst(context.zone ?? '') : claimOf.group(context.zone ?? '')

/** Whoever comes in close behind is greeted with this one. */
const cover = ({ context, event }: Step): Intent[] => {
  const leaseMs = context.coversUntil - event.at
  if (leaseMs <= 0) return []
  return [
    {
      type: 'claim',
      claim: { key: groupClaim(context), kind: 'lease', leaseMs, keep: true },
      because: { code: 'group-window' },
    },
  ]
}

/** Nobody was greeted after all: whoever comes in next may be. A cover that has run out may be another's by now. */
const uncover = ({ context, event }: Step): Intent[] =>
  event.at < context.coversUntil ? [{ type: 'release', claim: groupClaim(context) }] : []

export const greet = (step: Step): Intend => {
  const { context, event } = step
  const { policy, at } = event
  const visit = context.visit ?? context.key
  const task: TaskIntent = {
    type: 'task',
    ref: refs.greet,
    capability: 'greet',
    command: {
      visit,
      at: { zone: context.zone ?? '' },
      words: greetingWords(step, policy.askIntent),
      party: Math.min(500, context.party),
      askIntent: policy.askIntent,
    } satisfies CommandOf<'greet'>,
    subject: subjectOf(context),
    who: {
      members: 'devices',
      kinds: ['robot', 'kiosk', 'screen'],
      nearZone: context.zone ?? '',
      ...(event.view.elsewhere.length === 0 ? {} : { except: event.view.elsewhere }),
      ...(context.language === null ? {} : { language: context.language }),
    },
    priority: 4,
    claims: [
      { key: claimOf.greet(visit), kind: 'once' },
      { key: claimOf.attention(visit), kind: 'lease' },
    ],
    ackWithinMs: 2_000,
    startWithinMs: 5_000,
    runWithinMs: policy.greetForMs,
    expiresInMs: Math.max(1, context.lateAt - at),
    wayCounts: true,
    attemptsMax: 3,
    because: { code: context.why },
  }
  return [task, ...cover(step)]
}

export const showGreeting = (step: Step): Intend => {
  const { context, event } = step
  const { policy, at } = event
  const visit = context.visit ?? context.key
  const zone = context.zone ?? ''
  const task: TaskIntent = {
    type: 'task',
    ref: refs.screen,
    capability: 'display',
    command: {
      content: { template: 'greeting', words: greetingWords(step, false) },
      showForMs: policy.screenMs,
    } satisfies CommandOf<'display'>,
    subject: subjectOf(context),
    who: { members: 'devices', kinds: ['screen', 'kiosk'], zones: [zone], nearZone: zone },
    priority: 4,
    claims: [{ key: claimOf.greet(visit), kind: 'once' }],
    ackWithinMs: 2_000,
    startWithinMs: 3_000,
    runWithinMs: policy.screenMs + 10_000,
    expiresInMs: Math.max(1, context.lateAt - at),
    attemptsMax: 2,
    because: { code: context.plan === 'screens' ? context.why : 'nobody-could-speak' },
  }
  return context.plan === 'screens' ? [task, ...cover(step)] : task
}

export const coverWithGroup = ({ context }: Step): Intend => [
  {
    type: 'claim',
    claim: { key: claimOf.greet(context.visit ?? context.key), kind: 'once' },
    because: { code: context.why },
  },
  { type: 'pass', because: { code: context.why }, subject: subjectOf(context) },
]

export const passOver = ({ context }: Step): Intend => ({
  type: 'pass',
  because: { code: context.why },
  subject: subjectOf(context),
})

/** A device greeted by itself: the visit, or at least the entrance, has had its greeting. */
export const yieldToDevice = ({ context, event }: Step): Intend => {
  if (event.type !== 'behaviour.performed') return []
  const because = { code: 'device-greeted-by-itself', params: { device: event.device } }
  const lease = { kind: 'lease', leaseMs: Math.max(1, event.policy.coolDownMs), keep: true } as const
  return event.visit === null
    ? { type: 'claim', claim: { key: claimOf.burst(event.zone), ...lease }, because }
    : { type: 'claim', claim: { key: claimOf.greet(context.visit ?? event.visit), kind: 'once' }, because }
}

export const lead = ({ context, event }: Step): Intend => {
  const { policy } = event
  const visit = context.visit ?? context.key
  return {
    type: 'task',
    ref: refs.lead,
    capability: 'guide',
    command: {
      visit,
      to: { zone: context.leadTo ?? '' },
      ...(context.zone === null ? {} : { from: { zone: context.zone } }),
    } satisfies CommandOf<'guide'>,
    subject: subjectOf(context),
    who: {
      members: 'devices',
      kinds: ['robot'],
      ...(context.zone === null ? {} : { nearZone: context.zone }),
    },
    priority: 4,
    claims: [{ key: claimOf.attention(visit), kind: 'lease' }],
    ackWithinMs: 2_000,
    startWithinMs: 5_000,
    runWithinMs: policy.guideForMs,
    expiresInMs: policy.guideWithinMs,
    attemptsMax: 2,
    because: { code: 'intent-stated', params: { service: context.service ?? '' } },
  }
}

/** Only a person learns that this visitor is booked or has priority: no device shows or says it. */
export const receive = ({ context, event }: Step): Intend => {
  const { policy } = event
  const subject =
    context.visit === null ? `ticket:${context.ticket ?? context.key}` : `visit:${context.visit}`
  const task: TaskIntent = {
    type: 'task',
    ref: refs.receive,
    capability: 'call-staff',
    command: {
      at: context.zone === null ? {} : { zone: context.zone },
      reason: context.why,
      ...(context.visit === null ? {} : { visit: context.visit }),
      ...(context.ticket === null ? {} : { ticket: context.ticket }),
    } satisfies CommandOf<'call-staff'>,
    subject: subjectOf(context),
    who: {
      members: 'people',
      roles: policy.receiverRoles,
      ...(context.zone === null ? {} : { nearZone: context.zone }),
    },
    priority: 7,
    claims: [{ key: claimOf.receive(subject), kind: 'once' }],
    ackWithinMs: 30_000,
    startWithinMs: 60_000,
    runWithinMs: 600_000,
    expiresInMs: policy.receiveWithinMs,
    attemptsMax: 3,
    because: { code: context.why },
  }
  const byPerson: Intent[] =
    context.visit === null || context.greeted
      ? []
      : [
          {
            type: 'claim',
            claim: { key: claimOf.greet(context.visit), kind: 'once' },
            because: { code: 'received-by-a-person' },
          },
        ]
  return [...byPerson, task]
}

const reasons: Partial<Record<GreetingEvent['type'], string>> = {
  'visit.ended': 'visitor-left',
  'visit.merged': 'same-visitor',
  'visit.moved': 'visitor-moved-on',
  'visit.checked-in': 'received-by-a-person',
  'ticket.called': 'visitor-called',
  'behaviour.performed': 'device-greeted-by-itself',
}

const cancelReason = (event: GreetingEvent): string =>
  event.type === 'visit.ended' && event.reason === 'role'
    ? 'not-a-visitor'
    : (reasons[event.type] ?? 'gave-up')

/** Cancels the greeting by voice; whoever comes in next may be greeted again. */
export const cancelGreet = (step: Step): Intend => [
  { type: 'cancel', ref: refs.greet, reason: cancelReason(step.event) },
  ...uncover(step),
]
export const cancelScreen = (step: Step): Intend => [
  { type: 'cancel', ref: refs.screen, reason: cancelReason(step.event) },
  ...uncover(step),
]
export const cancelLead = ({ event }: Step): Intend => ({
  type: 'cancel',
  ref: refs.lead,
  reason: cancelReason(event),
})
export const cancelReceive = ({ event }: Step): Intend => ({
  type: 'cancel',
  ref: refs.receive,
  reason: cancelReason(event),
})
export const reopenEntrance = (step: Step): Intend => uncover(step)
/** Nobody has taken it up: a screen greets while there is time, and the cover stays. */
export const withdrawGreet = (): Intend => ({ type: 'cancel', ref: refs.greet, reason: 'nobody-took-it-up' })
