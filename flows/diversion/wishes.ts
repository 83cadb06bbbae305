/** What diversion asks for beside invitations: another counter in time, and a record of why nobody was invited. */
import type { Intent } from '#protocol/intents.ts'
import {
  callIsOver,
  type DiversionContext,
  forecastMs,
  invitationsFor,
  type Look,
  wantsCounter,
  withReading,
} from './decide.ts'

export const counterCall = (context: DiversionContext) => `counter-${context.calls}`

/** Asks in time, calls off when the pressure is gone, and is silent otherwise. */
export const mindCounters = (context: DiversionContext, look: Look): readonly Intent[] => {
  if (wantsCounter(context, look)) return askForCounter({ ...context, calls: context.calls + 1 }, look)
  if (!callIsOver(context, look)) return []
  return [{ type: 'cancel', ref: counterCall(context), reason: 'queue-eased' }]
}

const askForCounter = (context: DiversionContext, look: Look): readonly Intent[] => {
  const counter = look.view.openable[0]
  if (counter === undefined) return []
  const expectedMs = forecastMs(withReading(context.readings, look), look) ?? 0
  const minutes = Math.round(expectedMs / 60_000)
  return [
    {
      type: 'task',
      ref: counterCall(context),
      capability: 'call-staff',
      command: {
        at: counter.zone === null ? {} : { zone: counter.zone },
        reason: 'open-counter',
        note: `请开 ${counter.id} 号窗口，预计等候 ${minutes} 分钟 / Please open counter ${counter.id}: expected wait ${minutes} min`,
      },
      subject: { service: context.service, counter: counter.id },
      who: { members: 'people', only: look.view.openers },
      priority: 5,
      // Two queues that share a counter ask for it once.
      claims: [{ key: `open-counter:${counter.id}`, kind: 'lease' }],
      ackWithinMs: look.policy.askAckMs,
      startWithinMs: look.policy.openingLeadMs + 60_000,
      runWithinMs: look.policy.openingLeadMs + 60_000,
      expiresInMs: look.policy.openingLeadMs + 600_000,
      attemptsMax: Math.min(10, look.view.openers.length),
      because: {
        code: 'diversion.open-counter',
        params: { expectedMs, limitMs: look.policy.counterWaitMs, service: context.service },
      },
    },
  ]
}

const pass = (context: DiversionContext, look: Look, code: string): Intent => ({
  type: 'pass',
  because: {
    code,
    params: {
      waiting: look.view.waiting ?? -1,
      waitMs: look.view.waitMs ?? -1,
      kiosksFree: look.view.kiosks.length,
      invitable: look.view.tickets.length,
    },
  },
  subject: { service: context.service },
})

export const noteUnknown = (context: DiversionContext, look: Look): Intent =>
  pass(context, look, 'diversion.queue-unknown')

export const noteCounterUnserved = (context: DiversionContext, look: Look): Intent =>
  pass(context, look, 'diversion.no-counter-opened')

/** Once a minute under pressure, so that "why was nobody invited?" has an answer. */
export const noteNobody = (context: DiversionContext, look: Look): readonly Intent[] =>
  invitationsFor(context, look).length === 0
    ? [pass(context, look, look.view.mayInvite ? 'diversion.nobody-invited' : 'diversion.not-now')]
    : []
