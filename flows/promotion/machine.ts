/** The life of one promotion to a visitor, or of one round over the idle screens. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { about, isAbout, onEach, undone, wish } from '../wish.ts'
import {
  becomeOther,
  consider,
  forgetFill,
  hasWalkedOn,
  isAllAnswered,
  isInterested,
  isKioskBegun,
  newPromotion,
  type Plan,
  type PromotionContext,
  type PromotionEvent,
  rememberFills,
} from './decide.ts'
import * as want from './intents.ts'

const planned = (plan: Plan) => ({ type: 'planned', params: { plan } }) as const
const forgotten = { actions: 'forgetFill' } as const

const over = { target: 'over' } as const
const withdraw = { target: 'over', actions: wish(want.withdraw) } as const
const withdrawPerson = { target: 'over', actions: wish(want.withdrawPerson) } as const
const fillMore = {
  target: 'filling',
  reenter: true,
  actions: [wish(want.fillMore), 'rememberFills'],
} as const

export const promotionMachine = setup({
  types: {
    context: {} as PromotionContext,
    events: {} as PromotionEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    consider: assign(consider),
    rememberFills: assign(rememberFills),
    forgetFill: assign(forgetFill),
    becomeOther: assign(becomeOther),
  },
  guards: {
    about: isAbout,
    planned: ({ context }, { plan }: { plan: Plan }) => context.plan === plan,
    isInterested: (step) =>
      step.event.type === 'task.done' && step.event.ref === 'promotion' && isInterested(step),
    isKioskBegun,
    hasWalkedOn,
    isAllAnswered,
  },
  delays: { giveUp: ({ context }) => context.giveUpMs },
}).createMachine({
  id: 'promotion',
  initial: 'noticing',
  context: newPromotion,
  states: {
    noticing: {
      on: {
        'zone.dwelled': { target: 'choosing', actions: 'consider' },
        'minute.passed': { target: 'choosing', actions: 'consider' },
        'ticket.issued': { target: 'choosing', actions: 'consider' },
      },
    },
    choosing: {
      always: [
        { guard: planned('show'), target: 'offering' },
        { guard: planned('fill'), target: 'filling', actions: wish(want.fill) },
        { guard: planned('held-out'), target: 'over', actions: wish(want.holdOut) },
        { guard: planned('hold'), target: 'over', actions: wish(want.passOver) },
        { target: 'over' },
      ],
    },
    /** A device or a person was asked and has not begun. */
    offering: {
      entry: wish(want.offer),
      on: {
        'task.started': { guard: about('promotion'), target: 'showing' },
        'task.done': [
          { guard: 'isInterested', target: 'following', actions: wish(want.recordOutcome) },
          { guard: about('promotion'), target: 'over', actions: wish(want.recordOutcome) },
        ],
        ...onEach(undone, over),
        ...onEach(['visit.ended', 'visit.merged', 'ticket.called'], withdraw),
        'visit.moved': { guard: 'hasWalkedOn', ...withdraw },
        'kiosk.session': { guard: 'isKioskBegun', ...withdraw },
      },
      after: { giveUp: withdraw },
    },
    showing: {
      on: {
        'task.done': [
          { guard: 'isInterested', target: 'following', actions: wish(want.recordOutcome) },
          { guard: about('promotion'), target: 'over', actions: wish(want.recordOutcome) },
        ],
        ...onEach(['task.unknown', 'task.failed', 'task.cancelled', 'task.expired'], over),
        'visit.merged': { actions: 'becomeOther' },
        ...onEach(['visit.ended', 'ticket.called'], withdraw),
        'kiosk.session': { guard: 'isKioskBegun', ...withdraw },
      },
      after: { giveUp: withdraw },
    },
    /** The visitor is interested: a person takes over. */
    following: {
      entry: wish(want.callPerson),
      on: {
        ...onEach(['task.started', 'task.done', ...undone], { guard: about('person'), ...over }),
        ...onEach(['visit.ended', 'ticket.called'], withdrawPerson),
      },
      after: { giveUp: withdrawPerson },
    },
    /** Screens that stood idle play something. */
    filling: {
      on: {
        // Entered anew, so that what was just added has its time too.
        ...onEach(['minute.passed', 'zone.dwelled'], fillMore),
        'task.done': { actions: [wish(want.recordPlay), 'forgetFill'] },
        ...onEach(undone, forgotten),
      },
      always: { guard: 'isAllAnswered', target: 'over' },
      after: { giveUp: { target: 'over', actions: wish(want.withdrawFills) } },
    },
    over: { type: 'final' },
  },
})
