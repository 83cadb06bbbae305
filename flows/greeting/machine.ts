/** The life of one greeting: from coming in, over being greeted and asked, to being led on. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { about, isAbout, wish } from '../wish.ts'
import {
  canStillShow,
  considerArrival,
  considerCheckIn,
  type GreetingContext,
  type GreetingEvent,
  hasMovedOn,
  hasSaidWhat,
  hear,
  isGreetedByDevice,
  isPersonal,
  newGreeting,
  type Plan,
} from './decide.ts'
import * as want from './intents.ts'

const planned = (plan: Plan) => ({ type: 'planned', params: { plan } }) as const

export const greetingMachine = setup({
  types: {
    context: {} as GreetingContext,
    events: {} as GreetingEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    considerArrival: assign(considerArrival),
    considerCheckIn: assign(considerCheckIn),
    hear: assign(hear),
  },
  guards: {
    about: isAbout,
    planned: ({ context }, { plan }: { plan: Plan }) => context.plan === plan,
    canStillShow,
    hasMovedOn,
    isPersonal,
    isGreetedByDevice,
    hasSaidWhat,
    leads: ({ context }) => context.leadTo !== null,
    wantsStaff: ({ context }) => context.wantsStaff,
    wasAsked: ({ context }) => context.intentWaitMs > 0,
  },
  delays: {
    screenAfter: ({ context }) => context.screenAfterMs,
    intentWait: ({ context }) => context.intentWaitMs,
    giveUp: ({ context }) => context.giveUpMs,
  },
}).createMachine({
  id: 'greeting',
  initial: 'arriving',
  context: newGreeting,
  states: {
    arriving: {
      on: {
        'visit.started': { target: 'deciding', actions: 'considerArrival' },
        'arrivals.counted': { target: 'deciding', actions: 'considerArrival' },
        'visit.checked-in': { target: 'deciding', actions: 'considerCheckIn' },
        'behaviour.performed': [
          { guard: 'isGreetedByDevice', target: 'over', actions: wish(want.yieldToDevice) },
          { target: 'over' },
        ],
      },
    },
    deciding: {
      always: [
        { guard: planned('voice'), target: 'inviting' },
        { guard: planned('screens'), target: 'showing' },
        { guard: planned('receive'), target: 'receiving' },
        { guard: planned('covered'), target: 'over', actions: wish(want.coverWithGroup) },
        { guard: planned('late'), target: 'over', actions: wish(want.passOver) },
        { target: 'over' },
      ],
    },
    /** A device was asked to greet and has not begun. */
    inviting: {
      entry: wish(want.greet),
      initial: 'asked',
      states: {
        asked: {
          on: { 'task.accepted': { guard: about('greet'), target: 'coming' } },
          after: {
            screenAfter: {
              guard: 'canStillShow',
              target: '#greeting.showing',
              actions: wish(want.withdrawGreet),
            },
          },
        },
        coming: {},
      },
      on: {
        'task.started': { guard: about('greet'), target: 'welcoming' },
        'task.done': { guard: about('greet'), target: 'answering', actions: 'hear' },
        'task.refused': [
          { guard: 'canStillShow', target: 'showing' },
          { target: 'over', actions: wish(want.reopenEntrance) },
        ],
        'task.failed': [
          { guard: 'canStillShow', target: 'showing' },
          { target: 'over', actions: wish(want.reopenEntrance) },
        ],
        'task.expired': { target: 'over', actions: wish(want.reopenEntrance) },
        'task.cancelled': { target: 'over', actions: wish(want.reopenEntrance) },
        'task.unknown': { target: 'over' },
        'visit.moved': { guard: 'hasMovedOn', target: 'over', actions: wish(want.cancelGreet) },
        'visit.ended': { target: 'over', actions: wish(want.cancelGreet) },
        'visit.merged': { target: 'over', actions: wish(want.cancelGreet) },
        'ticket.called': { target: 'over', actions: wish(want.cancelGreet) },
        'visit.checked-in': {
          guard: 'isPersonal',
          target: 'receiving',
          actions: [wish(want.cancelGreet), 'considerCheckIn'],
        },
        'behaviour.performed': {
          guard: 'isGreetedByDevice',
          target: 'over',
          actions: [wish(want.yieldToDevice), wish(want.cancelGreet)],
        },
      },
      after: { giveUp: { target: 'over', actions: wish(want.cancelGreet) } },
    },
    /** A device is greeting now. It is not interrupted for a visitor who walks on. */
    welcoming: {
      on: {
        'task.done': { guard: about('greet'), target: 'answering', actions: 'hear' },
        'task.failed': { target: 'over' },
        'task.cancelled': { target: 'over' },
        'task.expired': { target: 'over' },
        'task.unknown': { target: 'over' },
        'visit.ended': { target: 'over', actions: wish(want.cancelGreet) },
        'visit.merged': { target: 'over' },
        'ticket.called': { target: 'over', actions: wish(want.cancelGreet) },
        'visit.checked-in': { guard: 'isPersonal', target: 'receiving', actions: 'considerCheckIn' },
      },
      after: { giveUp: { target: 'over', actions: wish(want.cancelGreet) } },
    },
    /** A screen greets: nobody could speak, or nobody should. */
    showing: {
      entry: wish(want.showGreeting),
      on: {
        'task.done': { guard: about('screen'), target: 'over' },
        'task.refused': { guard: about('screen'), target: 'over', actions: wish(want.reopenEntrance) },
        'task.failed': { guard: about('screen'), target: 'over', actions: wish(want.reopenEntrance) },
        'task.expired': { guard: about('screen'), target: 'over', actions: wish(want.reopenEntrance) },
        'task.cancelled': { guard: about('screen'), target: 'over', actions: wish(want.reopenEntrance) },
        'task.unknown': { guard: about('screen'), target: 'over' },
        'visit.merged': { target: 'over', actions: wish(want.cancelScreen) },
        'visit.ended': { target: 'over', actions: wish(want.cancelScreen) },
        'visit.checked-in': {
          guard: 'isPersonal',
          target: 'receiving',
          actions: [wish(want.cancelScreen), 'considerCheckIn'],
        },
        'behaviour.performed': {
          guard: 'isGreetedByDevice',
          target: 'over',
          actions: [wish(want.yieldToDevice), wish(want.cancelScreen)],
        },
      },
      after: { giveUp: { target: 'over', actions: wish(want.cancelScreen) } },
    },
    /** What the visitor said decides what comes next. */
    answering: {
      always: [
        { guard: 'wantsStaff', target: 'over' },
        { guard: 'leads', target: 'leading' },
        { guard: 'hasSaidWhat', target: 'over' },
        { guard: 'wasAsked', target: 'listening' },
        { target: 'over' },
      ],
    },
    listening: {
      on: {
        'intent.stated': { target: 'answering', actions: 'hear' },
        'visit.checked-in': { guard: 'isPersonal', target: 'receiving', actions: 'considerCheckIn' },
        'ticket.called': { target: 'over' },
        'visit.ended': { target: 'over' },
        'visit.merged': { target: 'over' },
      },
      after: { intentWait: { target: 'over' } },
    },
    leading: {
      entry: wish(want.lead),
      on: {
        'task.done': { guard: about('lead'), target: 'over' },
        'task.refused': { guard: about('lead'), target: 'over' },
        'task.failed': { guard: about('lead'), target: 'over' },
        'task.expired': { guard: about('lead'), target: 'over' },
        'task.cancelled': { guard: about('lead'), target: 'over' },
        'task.unknown': { guard: about('lead'), target: 'over' },
        'ticket.called': { target: 'over', actions: wish(want.cancelLead) },
        'visit.ended': { target: 'over', actions: wish(want.cancelLead) },
        'visit.merged': { target: 'over', actions: wish(want.cancelLead) },
        'visit.checked-in': {
          guard: 'isPersonal',
          target: 'receiving',
          actions: [wish(want.cancelLead), 'considerCheckIn'],
        },
      },
      after: { giveUp: { target: 'over', actions: wish(want.cancelLead) } },
    },
    /** A person was asked to receive the visitor. */
    receiving: {
      entry: wish(want.receive),
      on: {
        'task.done': { guard: about('receive'), target: 'over' },
        'task.started': { guard: about('receive'), target: 'over' },
        'task.refused': { guard: about('receive'), target: 'over' },
        'task.failed': { guard: about('receive'), target: 'over' },
        'task.expired': { guard: about('receive'), target: 'over' },
        'task.cancelled': { guard: about('receive'), target: 'over' },
        'task.unknown': { guard: about('receive'), target: 'over' },
        'visit.ended': { target: 'over', actions: wish(want.cancelReceive) },
      },
      after: { giveUp: { target: 'over' } },
    },
    over: { type: 'final' },
  },
})
