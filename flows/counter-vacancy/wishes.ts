/** What counter vacancy asks for: a person first, an alert when nobody comes. */
import type { Intent } from '#protocol/intents.ts'
import { callRef, type Given, type VacancyContext } from './decide.ts'

const alertKey = (context: VacancyContext) => `counter-vacancy:${context.counter}`

const because = ({ context, event }: Given) => ({
  code: `counter-vacancy.${context.kind}`,
  params: { counter: context.counter, waitMs: event.view.longestWaitMs ?? 0 },
})

const words = {
  unstaffed: '窗口无人，客户在等候 / Nobody at the counter while people wait',
  idle: '窗口长时间未叫号，客户在等候 / The counter calls nobody while people wait',
} as const

export const call = ({ context, event }: Given): Intent => {
  const { policy, view } = event
  const zone = view.counter?.zone ?? null
  return {
    type: 'task',
    ref: callRef,
    capability: 'call-staff',
    command: {
      at: zone === null ? {} : { zone },
      reason: `counter-${context.kind}`,
      note: `${context.counter}: ${words[context.kind]}`,
    },
    subject: { counter: context.counter, ...(zone === null ? {} : { zone }) },
    who: { members: 'people', roles: policy.roles, ...(zone === null ? {} : { nearZone: zone }) },
    priority: 6,
    claims: [],
    ackWithinMs: policy.ackMs,
    startWithinMs: policy.settleMs + 60_000,
    runWithinMs: policy.settleMs + 600_000,
    expiresInMs: policy.ackMs * (policy.attemptsMax + 1),
    attemptsMax: policy.attemptsMax,
    because: because({ context, event }),
  }
}

export const raise = (given: Given): Intent => ({
  type: 'alert',
  key: alertKey(given.context),
  priority: 'high',
  because: because(given),
  subject: { counter: given.context.counter },
})

export const callOff = (): Intent => ({
  type: 'cancel',
  ref: callRef,
  reason: 'counter-manned',
})

export const clear = (given: Given): readonly Intent[] => [
  { type: 'alert.clear', key: alertKey(given.context) },
  callOff(),
]
