/** What assistance asks for: people, alerts that repeat until somebody answers, and at last an expert. */
import type { Intent, Subject } from '#protocol/intents.ts'
import type { Spot } from '#protocol/targets.ts'
import { type AssistanceContext, callRef, type Given, type Need, needOf } from './decide.ts'

const assistancePriority = 7

const subjectOf = ({ device, zone, visit, ticket, service }: Need): Subject => ({
  ...(device === null ? {} : { device }),
  ...(zone === null ? {} : { zone }),
  ...(visit === null ? {} : { visit }),
  ...(ticket === null ? {} : { ticket }),
  ...(service === null ? {} : { service }),
})

const spotOf = (need: Need, place: string | null): Spot => ({
  ...(place === null ? {} : { place }),
  ...(need.zone === null ? {} : { zone: need.zone }),
})

const noteOf = ({ language, service }: Need): string =>
  [
    ...(service === null ? [] : [`业务 / service: ${service}`]),
    ...(language === null ? [] : [`语言 / language: ${language}`]),
  ].join('；')

const callFor = (context: AssistanceContext, event: Given['event']): Intent => {
  const { need } = context
  const { policy, view } = event
  const note = noteOf(need)
  return {
    type: 'task',
    ref: callRef(context),
    capability: 'call-staff',
    command: {
      at: spotOf(need, view.place),
      reason: need.reason,
      ...(need.visit === null ? {} : { visit: need.visit }),
      ...(need.ticket === null ? {} : { ticket: need.ticket }),
      ...(need.device === null ? {} : { device: need.device }),
      ...(note === '' ? {} : { note }),
    },
    subject: subjectOf(need),
    who: {
      members: 'people',
      roles: policy.roles,
      ...(need.zone === null ? {} : { nearZone: need.zone }),
    },
    priority: assistancePriority,
    claims: [],
    ackWithinMs: policy.ackMs,
    startWithinMs: policy.arriveMs,
    runWithinMs: policy.helpMs,
    expiresInMs: policy.waitMs + 1_000,
    attemptsMax: policy.attemptsMax,
    because: { code: 'assistance.asked', params: { reason: need.reason, round: context.calls } },
  }
}

const alertKey = (context: AssistanceContext) => `assistance:${context.key}`

const alertWith = (context: AssistanceContext, priority: 'high' | 'urgent', code: string): Intent => ({
  type: 'alert',
  key: alertKey(context),
  priority,
  because: { code, params: { reason: context.need.reason } },
  subject: subjectOf(context.need),
})

const note = (context: AssistanceContext, code: string): Intent => ({
  type: 'pass',
  because: { code, params: { reason: context.need.reason } },
  subject: subjectOf(context.need),
})

const clear = (context: AssistanceContext): Intent => ({ type: 'alert.clear', key: alertKey(context) })

export const firstCall = ({ context, event }: Given): Intent =>
  callFor({ ...context, need: needOf(event), calls: 1 }, event)

export const callAgain = ({ context, event }: Given): Intent =>
  callFor({ ...context, calls: context.calls + 1 }, event)

export const passOver = ({ context, event }: Given): Intent =>
  note({ ...context, need: needOf(event) }, 'assistance.not-worth-a-person')

export const raiseUnclaimed = ({ context }: Given): Intent =>
  alertWith(context, 'high', 'assistance.unclaimed')

export const clearAlert = ({ context }: Given): Intent => clear(context)

const escalateFor = (need: Need): Intent => ({
  type: 'escalate',
  reason: need.reason,
  subject: subjectOf(need),
  ...(need.language === null ? {} : { language: need.language }),
})

/** Asked for at once: nobody is alerted before there was time to answer. */
export const callExpert = ({ event }: Given): Intent => escalateFor(needOf(event))

const escalation = (context: AssistanceContext): readonly Intent[] => [
  escalateFor(context.need),
  alertWith(context, 'urgent', 'assistance.escalated'),
]

export const escalate = ({ context }: Given): readonly Intent[] => escalation(context)

/** Nobody answered in time: the call on the spot ends, so that nobody runs for what an expert does. */
export const giveUpOnTheSpot = ({ context }: Given): readonly Intent[] => [
  { type: 'cancel', ref: callRef(context), reason: 'escalated' },
  ...escalation(context),
]

export const raiseEscalated = ({ context }: Given): Intent =>
  alertWith(context, 'urgent', 'assistance.escalated')

export const raiseLong = ({ context }: Given): Intent => alertWith(context, 'high', 'assistance.long')

/** A person called it off: that is an answer too, and it stays on record. */
export const calledOff = ({ context }: Given): readonly Intent[] => [
  clear(context),
  note(context, 'assistance.called-off'),
]

/** What comes now is looked after where the call was. */
export const passedOn = ({ context }: Given): readonly Intent[] => [
  clear(context),
  note(context, 'assistance.passed-on'),
]

export const helped = ({ context }: Given): readonly Intent[] => [
  clear(context),
  note(context, 'assistance.helped'),
]
