/** One counter: manned, suspected to be empty, somebody asked to take it, an alert until it is manned again. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import type { VacancyContext, VacancyEvent } from './decide.ts'
import * as decide from './decide.ts'
import * as wishes from './wishes.ts'

const wish = <const P>(params: P) => ({ type: 'intend' as const, params })

/** Everything that may say that the counter is empty, or no longer. */
export const looks = [
  'counter.changed',
  'ticket.called',
  'ticket.ended',
  'queue.changed',
  'mode.changed',
  'minute.passed',
] as const

const onLook = <const T>(transitions: T) =>
  Object.fromEntries(looks.map((name) => [name, transitions])) as Record<(typeof looks)[number], T>

const answered = { guard: 'isCall', target: 'settling' } as const
const unanswered = { guard: 'isCall', target: 'alerted', actions: wish(wishes.raise) } as const

export const vacancyMachine = setup({
  types: {
    context: {} as VacancyContext,
    events: {} as VacancyEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    suspect: assign(({ context, event }) => ({ kind: decide.vacancyOf(event) ?? context.kind })),
  },
  guards: {
    isVacant: ({ event }) => decide.vacancyOf(event) !== null,
    isManned: ({ event }) => decide.vacancyOf(event) === null,
    isCall: decide.isCall,
  },
  delays: {
    tolerance: ({ context, event }) => decide.toleranceMs(context.kind, event.policy),
    giveUp: ({ event }) => event.policy.ackMs * (event.policy.attemptsMax + 2),
    settle: ({ event }) => event.policy.settleMs,
    alertEvery: ({ event }) => event.policy.alertEveryMs,
  },
}).createMachine({
  id: 'counter-vacancy',
  initial: 'manned',
  context: ({ input }) => ({ counter: input.key, kind: 'unstaffed' }),
  states: {
    manned: {
      on: onLook({ guard: 'isVacant', target: 'suspected', actions: 'suspect' }),
    },
    suspected: {
      after: { tolerance: { target: 'asking', actions: wish(wishes.call) } },
      on: onLook({ guard: 'isManned', target: 'manned' }),
    },
    asking: {
      after: { giveUp: { target: 'alerted', actions: wish(wishes.raise) } },
      on: {
        ...onLook({ guard: 'isManned', target: 'manned', actions: wish(wishes.callOff) }),
        'task.accepted': answered,
        'task.started': answered,
        'task.done': answered,
        'task.refused': unanswered,
        'task.failed': unanswered,
        'task.expired': unanswered,
        'task.cancelled': unanswered,
        'task.unknown': unanswered,
      },
    },
    settling: {
      after: { settle: { target: 'alerted', actions: wish(wishes.raise) } },
      on: onLook({ guard: 'isManned', target: 'manned', actions: wish(wishes.callOff) }),
    },
    alerted: {
      after: { alertEvery: { target: 'alerted', reenter: true, actions: wish(wishes.raise) } },
      on: onLook({ guard: 'isManned', target: 'manned', actions: wish(wishes.clear) }),
    },
  },
})
