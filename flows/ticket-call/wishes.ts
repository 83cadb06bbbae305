/** What a call asks of screens, and how it is taken back. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { Intend } from '../define.ts'
import { allWords } from '../words.ts'
import { filled, numberOf, refOf, type Step, screensFor } from './decide.ts'

/** Above everything but an emergency: somebody is waited for. */
const callPriority = 8

const onScreen = ({ context, event }: Step, screen: { id: string; zone: string }): TaskIntent => {
  const { policy, view } = event
  const { ticket, counter } = context
  return {
    type: 'task',
    ref: refOf(context, screen.id),
    capability: 'display',
    command: {
      content: {
        template: 'ticket-call',
        words: allWords(filled(policy.words, context), view.languages),
        values: { ticket, counter: numberOf(counter) },
      },
      showForMs: policy.showForMs,
    } satisfies CommandOf<'display'>,
    subject: { ticket, counter, zone: screen.zone, device: screen.id },
    who: { members: 'devices', only: [screen.id] },
    priority: callPriority,
    claims: [],
    ackWithinMs: 2_000,
    startWithinMs: 3_000,
    runWithinMs: policy.showForMs + 10_000,
    expiresInMs: policy.expiresMs,
    attemptsMax: 1,
    because: { code: 'ticket-called', params: { ticket, counter } },
  }
}

export const show = (step: Step): Intend => screensFor(step.event).map((screen) => onScreen(step, screen))

const reasons: Partial<Record<Step['event']['type'], string>> = {
  'ticket.called': 'called-elsewhere',
  'ticket.ended': 'ticket-ended',
}

export const withdraw = ({ context, event }: Step): Intend =>
  context.open.map((ref): Intent => ({ type: 'cancel', ref, reason: reasons[event.type] ?? 'gave-up' }))
