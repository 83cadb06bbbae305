/** The branch's side of one call: peace for the visitor while it lasts, and people on the spot where it did not help. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { onEach, wish } from '../wish.ts'
import type { EscalationContext, EscalationEvent } from './decide.ts'
import * as decide from './decide.ts'
import * as want from './wishes.ts'

const send = { target: '#escalation.asking', actions: [wish(want.sendStaff), 'remember', 'next'] } as const
const done = { guard: 'isStaff', target: '#escalation.over', actions: wish(want.helped) } as const
const nobody = { guard: 'isStaff', target: '#escalation.unanswered' } as const

export const escalationMachine = setup({
  types: {
    context: {} as EscalationContext,
    events: {} as EscalationEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    remember: assign(decide.remember),
    next: assign(({ context }) => ({ rounds: context.rounds + 1 })),
  },
  guards: {
    isOver: decide.isOver,
    needsStaff: decide.needsStaff,
    isLost: decide.isLost,
    isInCall: decide.isInCall,
    isStaff: decide.isStaff,
    mayAskAgain: decide.mayAskAgain,
  },
  delays: {
    alertEvery: ({ event }) => event.policy.alertEveryMs,
    askLimit: ({ event }) => 2 * event.policy.alertEveryMs,
    helpLimit: ({ event }) => event.policy.arriveMs + event.policy.helpMs,
  },
}).createMachine({
  id: 'escalation',
  initial: 'new',
  context: decide.newCall,
  states: {
    new: {
      on: {
        'call.changed': [
          { guard: 'needsStaff', ...send },
          { guard: 'isOver', target: 'over' },
          { target: 'open', actions: [wish(want.attend), 'remember'] },
        ],
      },
    },
    open: {
      on: {
        'call.changed': [
          { guard: 'needsStaff', ...send },
          { guard: 'isOver', target: 'over', actions: wish(want.finish) },
          { guard: 'isLost', actions: [wish(want.tellLost), 'remember'] },
          { guard: 'isInCall', actions: [wish(want.comeBack), 'remember'] },
          { actions: [wish(want.attend), 'remember'] },
        ],
      },
    },
    asking: {
      after: { askLimit: { target: 'unanswered', actions: wish(want.giveUp) } },
      on: {
        'task.accepted': { guard: 'isStaff', target: 'helping', actions: wish(want.clearAlert) },
        'task.started': { guard: 'isStaff', target: 'helping', actions: wish(want.clearAlert) },
        'task.done': done,
        'task.cancelled': done,
        ...onEach(['task.refused', 'task.failed', 'task.expired', 'task.unknown'], nobody),
      },
    },
    helping: {
      after: { helpLimit: { target: 'unanswered', actions: wish(want.giveUp) } },
      on: {
        'task.done': done,
        'task.cancelled': done,
        ...onEach(['task.refused', 'task.failed', 'task.expired', 'task.unknown'], nobody),
      },
    },
    /** Nobody on the spot either: asked anew after a while, and people are reminded until one of them solves the alert. */
    unanswered: {
      after: {
        alertEvery: [
          { guard: 'mayAskAgain', target: 'asking', actions: [wish(want.askAgain), 'next'] },
          { target: 'over', actions: wish(want.remind) },
        ],
      },
    },
    over: { type: 'final' },
  },
})
