/** The life of one greeting: from coming in, over being greeted and asked, to being led on. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { about, isAbout, onEach, undone, wish } from '../wish.ts'
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

const over = { target: 'over' } as const
/** Nobody was greeted: whoever comes in next is not taken for one of a greeted group. */
const reopen = { target: 'over', actions: wish(want.reopenEntrance) } as const
const showInstead = [{ guard: 'canStillShow', target: 'showing' }, reopen] as const
/** A booked or priority visitor is received by a person instead of what is under way. */
const receive = <const A>(...before: readonly A[]) =>
  ({ guard: 'isPersonal', target: 'receiving', actions: [...before, 'considerCheckIn'] }) as const
/** A device greeted by itself. */
const yieldAnd = <const A>(cancel: A) =>
  ({ guard: 'isGreetedByDevice', target: 'over', actions: [wish(want.yieldToDevice), cancel] }) as const

const cancelGreet = { target: 'over', actions: wish(want.cancelGreet) } as const
const cancelScreen = { target: 'over', actions: wish(want.cancelScreen) } as const
const cancelLead = { target: 'over', actions: wish(want.cancelLead) } as const

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
        ...onEach(['task.refused', 'task.failed'], showInstead),
        ...onEach(['task.expired', 'task.cancelled'], reopen),
        'task.unknown': over,
        'visit.moved': { guard: 'hasMovedOn', ...cancelGreet },
        ...onEach(['visit.ended', 'visit.merged', 'ticket.called'], cancelGreet),
        'visit.checked-in': receive(wish(want.cancelGreet)),
        'behaviour.performed': yieldAnd(wish(want.cancelGreet)),
      },
      after: { giveUp: cancelGreet },
    },
    /** A device is greeting now. It is not interrupted for a visitor who walks on. */
    welcoming: {
      on: {
        'task.done': { guard: about('greet'), target: 'answering', actions: 'hear' },
        ...onEach(['task.failed', 'task.cancelled', 'task.expired', 'task.unknown', 'visit.merged'], over),
        ...onEach(['visit.ended', 'ticket.called'], cancelGreet),
        'visit.checked-in': receive(),
      },
      after: { giveUp: cancelGreet },
    },
    /** A screen greets: nobody could speak, or nobody should. */
    showing: {
      entry: wish(want.showGreeting),
      on: {
        ...onEach(['task.done', 'task.unknown'], { guard: about('screen'), ...over }),
        ...onEach(['task.refused', 'task.failed', 'task.expired', 'task.cancelled'], {
          guard: about('screen'),
          ...reopen,
        }),
        ...onEach(['visit.merged', 'visit.ended'], cancelScreen),
        'visit.checked-in': receive(wish(want.cancelScreen)),
        'behaviour.performed': yieldAnd(wish(want.cancelScreen)),
      },
      after: { giveUp: cancelScreen },
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
        'visit.checked-in': receive(),
        ...onEach(['ticket.called', 'visit.ended', 'visit.merged'], over),
      },
      after: { intentWait: { target: 'over' } },
    },
    leading: {
      entry: wish(want.lead),
      on: {
        ...onEach(['task.done', ...undone], { guard: about('lead'), ...over }),
        ...onEach(['ticket.called', 'visit.ended', 'visit.merged'], cancelLead),
        'visit.checked-in': receive(wish(want.cancelLead)),
      },
      after: { giveUp: cancelLead },
    },
    /** A person was asked to receive the visitor. */
    receiving: {
      entry: wish(want.receive),
      on: {
        ...onEach(['task.started', 'task.done', ...undone], { guard: about('receive'), ...over }),
        'visit.ended': { target: 'over', actions: wish(want.cancelReceive) },
      },
      after: { giveUp: { target: 'over' } },
    },
    over: { type: 'final' },
  },
})
