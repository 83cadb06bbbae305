/** What the branch does around a call: leaves the visitor in peace, tells people, and sends somebody where nobody came. */
import type { Intent, Subject } from '#protocol/intents.ts'
import { type About, attentionOf, type EscalationContext, type Given, remember, staffRef } from './decide.ts'

const staffPriority = 7

const subjectOf = ({ device, zone, visit, ticket, service }: About): Subject => ({
  ...(device === null ? {} : { device }),
  ...(zone === null ? {} : { zone }),
  ...(visit === null ? {} : { visit }),
  ...(ticket === null ? {} : { ticket }),
  ...(service === null ? {} : { service }),
})

const alertKey = ({ call }: EscalationContext) => `call:${call}`

const alertWith = (context: EscalationContext, priority: 'high' | 'urgent', code: string): Intent => ({
  type: 'alert',
  key: alertKey(context),
  priority,
  because: { code, params: { reason: context.about.reason } },
  subject: subjectOf(context.about),
})

const clear = (context: EscalationContext): Intent => ({ type: 'alert.clear', key: alertKey(context) })

/** Robots and screens have nothing to say to whoever waits for an expert or speaks with one. */
export const attend = (given: Given): readonly Intent[] => {
  const { visit } = remember(given).about
  const { view, policy } = given.event
  if (visit === null || view.attended.includes(attentionOf(visit))) return []
  return [
    {
      type: 'claim',
      claim: { key: attentionOf(visit), kind: 'lease', leaseMs: policy.attentionMs },
      because: { code: 'escalation.in-call' },
    },
  ]
}

const release = ({ about }: EscalationContext): readonly Intent[] =>
  about.visit === null ? [] : [{ type: 'release', claim: attentionOf(about.visit) }]

const staffFor = (context: EscalationContext, { view, policy }: Given['event']): Intent => {
  const { about, why, promisedAt } = context
  const place = about.device === null ? undefined : view.places[about.device]
  return {
    type: 'task',
    ref: staffRef(context),
    capability: 'call-staff',
    command: {
      at: {
        ...(place === undefined ? {} : { place }),
        ...(about.zone === null ? {} : { zone: about.zone }),
      },
      reason: `expert-${why}`,
      ...(about.visit === null ? {} : { visit: about.visit }),
      ...(about.ticket === null ? {} : { ticket: about.ticket }),
      ...(about.device === null ? {} : { device: about.device }),
    },
    subject: subjectOf(about),
    who: {
      members: 'people',
      roles: policy.roles,
      ...(about.zone === null ? {} : { nearZone: about.zone }),
    },
    priority: staffPriority,
    claims: [],
    ackWithinMs: policy.ackMs,
    startWithinMs: policy.arriveMs,
    runWithinMs: policy.helpMs,
    expiresInMs: policy.alertEveryMs,
    attemptsMax: policy.attemptsMax,
    because: {
      code: `escalation.${why}`,
      params: { reason: about.reason, ...(promisedAt === null ? {} : { promisedAt }) },
    },
  }
}

const tellPeople = (context: EscalationContext): Intent =>
  context.why === 'nobody-came'
    ? alertWith(context, 'urgent', 'escalation.nobody-came')
    : alertWith(context, 'high', 'escalation.finish-here')

/** The customer was told when somebody calls back; until then somebody on the spot looks after them. */
export const sendStaff = (given: Given): readonly Intent[] => {
  const context = { ...remember(given), rounds: given.context.rounds + 1 }
  return [...release(context), staffFor(context, given.event), tellPeople(context)]
}

export const askAgain = ({ context, event }: Given): readonly Intent[] => {
  const next = { ...context, rounds: context.rounds + 1 }
  return [staffFor(next, event), tellPeople(next)]
}

/** Whoever has it, or nobody, was given time enough. */
export const giveUp = ({ context }: Given): Intent => ({
  type: 'cancel',
  ref: staffRef(context),
  reason: 'gave-up',
})

export const remind = ({ context }: Given): Intent => tellPeople(context)

export const tellLost = (given: Given): readonly Intent[] => [
  ...attend(given),
  alertWith(remember(given), 'high', 'escalation.expert-lost'),
]

export const comeBack = (given: Given): readonly Intent[] => [...attend(given), clear(given.context)]

export const finish = (given: Given): readonly Intent[] => {
  const context = remember(given)
  return [...release(context), clear(context)]
}

export const clearAlert = ({ context }: Given): Intent => clear(context)

export const helped = ({ context }: Given): readonly Intent[] => [
  clear(context),
  {
    type: 'pass',
    because: { code: 'escalation.helped', params: { reason: context.about.reason } },
    subject: subjectOf(context.about),
  },
]
