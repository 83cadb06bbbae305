/** One need for help: people are called, alerts repeat while nobody answers, an expert is the last, nothing is dropped. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import type { AssistanceContext, AssistanceEvent } from './decide.ts'
import * as decide from './decide.ts'
import * as wishes from './wishes.ts'

const wish = <const P>(params: P) => ({ type: 'intend' as const, params })

const call = { target: 'calling', actions: [wish(wishes.firstCall), 'open'] } as const
const done = { guard: 'isCall', target: '#assistance.over', actions: wish(wishes.helped) } as const
const taken = { guard: 'isCall', target: '#assistance.helping', actions: wish(wishes.clearAlert) } as const
const calledOff = [
  { guard: 'isCalledOffByEmergency', target: '#assistance.waitingOut' },
  { guard: 'isCall', target: '#assistance.over', actions: wish(wishes.calledOff) },
] as const
/** Everybody was asked, or nobody is there: an expert. */
const nobody = { guard: 'isCall', target: '#assistance.escalated', actions: wish(wishes.escalate) } as const
/** Somebody began and gave up: others first, then an expert. */
const gaveUp = [
  { guard: 'mayAskAgain', target: '#assistance.calling', actions: [wish(wishes.callAgain), 'again'] },
  nobody,
] as const

export const assistanceMachine = setup({
  types: {
    context: {} as AssistanceContext,
    events: {} as AssistanceEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    open: assign(({ event }) => ({ need: decide.needOf(event), requestedAt: event.at, calls: 1 })),
    again: assign(({ context }) => ({ calls: context.calls + 1 })),
    asked: assign(({ event }) => ({ requestedAt: event.at })),
  },
  guards: {
    wantsPerson: decide.wantsPerson,
    isWorthAPerson: decide.isWorthAPerson,
    isNewRequest: (given) => !decide.isSameRequest(given),
    isCall: decide.isCall,
    mayAskAgain: (given) => decide.isCall(given) && decide.mayAskAgain(given),
    isCalledOffByEmergency: (given) => decide.isCall(given) && given.event.view.mode === 'emergency',
    isEmergency: ({ event }) => event.view.mode === 'emergency',
    isForExpert: decide.isForExpert,
    isUnhelped: decide.isUnhelped,
    isTaken: decide.isTaken,
    isEnded: decide.isEnded,
  },
  delays: {
    alertAfter: ({ event }) => event.policy.alertAfterMs,
    alertEvery: ({ event }) => event.policy.alertEveryMs,
    wait: ({ event }) => event.policy.waitMs,
    helpLimit: ({ event }) => event.policy.arriveMs + event.policy.helpMs,
  },
}).createMachine({
  id: 'assistance',
  initial: 'new',
  context: decide.newCase,
  states: {
    new: {
      on: {
        'help.requested': [
          { guard: 'isForExpert', target: 'escalated', actions: [wish(wishes.callExpert), 'open'] },
          call,
        ],
        'intent.stated': [{ guard: 'wantsPerson', ...call }, { target: 'over' }],
        'task.unserved': [
          { guard: 'isWorthAPerson', ...call },
          { target: 'over', actions: wish(wishes.passOver) },
        ],
        'escalation.changed': 'over',
      },
    },
    calling: {
      initial: 'asking',
      after: { wait: { target: 'escalated', actions: wish(wishes.giveUpOnTheSpot) } },
      on: {
        'task.accepted': taken,
        'task.started': taken,
        'task.done': done,
        'task.refused': nobody,
        'task.failed': nobody,
        'task.expired': nobody,
        'task.unknown': nobody,
        'task.cancelled': calledOff,
      },
      states: {
        asking: {
          after: { alertAfter: { target: 'alerting', actions: wish(wishes.raiseUnclaimed) } },
          on: {
            'help.requested': {
              guard: 'isNewRequest',
              target: 'alerting',
              actions: ['asked', wish(wishes.raiseUnclaimed)],
            },
          },
        },
        alerting: {
          after: {
            alertEvery: { target: 'alerting', reenter: true, actions: wish(wishes.raiseUnclaimed) },
          },
          on: {
            'help.requested': {
              guard: 'isNewRequest',
              actions: ['asked', wish(wishes.raiseUnclaimed)],
            },
          },
        },
      },
    },
    helping: {
      after: { helpLimit: { target: 'escalated', actions: wish(wishes.giveUpOnTheSpot) } },
      on: {
        'task.done': done,
        'task.refused': gaveUp,
        'task.failed': gaveUp,
        'task.expired': gaveUp,
        'task.unknown': gaveUp,
        'task.cancelled': calledOff,
      },
    },
    /** The branch is being cleared and calls are off: asked again as soon as that is over. */
    waitingOut: {
      after: {
        alertEvery: [
          { guard: 'isEmergency', target: 'waitingOut', reenter: true },
          { target: 'calling', actions: [wish(wishes.callAgain), 'again'] },
        ],
      },
    },
    escalated: {
      after: { alertEvery: { target: 'escalated', reenter: true, actions: wish(wishes.raiseEscalated) } },
      on: {
        'escalation.changed': [
          { guard: 'isTaken', target: 'withExpert', actions: wish(wishes.clearAlert) },
          { guard: 'isUnhelped', target: 'over', actions: wish(wishes.passedOn) },
          { guard: 'isEnded', target: 'over', actions: wish(wishes.helped) },
        ],
      },
    },
    withExpert: {
      after: { helpLimit: { target: 'withExpert', reenter: true, actions: wish(wishes.raiseLong) } },
      on: {
        'escalation.changed': [
          { guard: 'isUnhelped', target: 'over', actions: wish(wishes.passedOn) },
          { guard: 'isEnded', target: 'over', actions: wish(wishes.helped) },
        ],
      },
    },
    over: { type: 'final' },
  },
})
