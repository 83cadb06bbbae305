/** The life of one promotion to a visitor, or of one round over the idle screens. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { about, isAbout, wish } from '../wish.ts'
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
        'task.started': { guard: about('promotion'), target: 'showing', actions: wish(want.countShown) },
        'task.done': [
          {
            guard: 'isInterested',
            target: 'following',
            actions: [wish(want.countShown), wish(want.recordOutcome)],
          },
          {
            guard: about('promotion'),
            target: 'over',
            actions: [wish(want.countShown), wish(want.recordOutcome)],
          },
        ],
        'task.unknown': { guard: about('promotion'), target: 'over', actions: wish(want.countShown) },
        'task.refused': { target: 'over' },
        'task.failed': { target: 'over' },
        'task.cancelled': { target: 'over' },
        'task.expired': { target: 'over' },
        'visit.ended': { target: 'over', actions: wish(want.withdraw) },
        'visit.merged': { target: 'over', actions: wish(want.withdraw) },
        'visit.moved': { guard: 'hasWalkedOn', target: 'over', actions: wish(want.withdraw) },
        'ticket.called': { target: 'over', actions: wish(want.withdraw) },
        'kiosk.session': { guard: 'isKioskBegun', target: 'over', actions: wish(want.withdraw) },
      },
      after: { giveUp: { target: 'over', actions: wish(want.withdraw) } },
    },
    showing: {
      on: {
        'task.done': [
          { guard: 'isInterested', target: 'following', actions: wish(want.recordOutcome) },
          { guard: about('promotion'), target: 'over', actions: wish(want.recordOutcome) },
        ],
        'task.unknown': { target: 'over' },
        'task.failed': { target: 'over' },
        'task.cancelled': { target: 'over' },
        'task.expired': { target: 'over' },
        'visit.merged': { actions: 'becomeOther' },
        'visit.ended': { target: 'over', actions: wish(want.withdraw) },
        'ticket.called': { target: 'over', actions: wish(want.withdraw) },
        'kiosk.session': { guard: 'isKioskBegun', target: 'over', actions: wish(want.withdraw) },
      },
      after: { giveUp: { target: 'over', actions: wish(want.withdraw) } },
    },
    /** The visitor is interested: a person takes over. */
    following: {
      entry: wish(want.callPerson),
      on: {
        'task.started': { guard: about('person'), target: 'over' },
        'task.done': { guard: about('person'), target: 'over' },
        'task.refused': { guard: about('person'), target: 'over' },
        'task.failed': { guard: about('person'), target: 'over' },
        'task.cancelled': { guard: about('person'), target: 'over' },
        'task.expired': { guard: about('person'), target: 'over' },
        'task.unknown': { guard: about('person'), target: 'over' },
        'visit.ended': { target: 'over', actions: wish(want.withdrawPerson) },
        'ticket.called': { target: 'over', actions: wish(want.withdrawPerson) },
      },
      after: { giveUp: { target: 'over', actions: wish(want.withdrawPerson) } },
    },
    /** Screens that stood idle play something. */
    filling: {
      on: {
        // Entered anew, so that what was just added has its time too.
        'minute.passed': {
          target: 'filling',
          reenter: true,
          actions: [wish(want.fillMore), 'rememberFills'],
        },
        'zone.dwelled': { target: 'filling', reenter: true, actions: [wish(want.fillMore), 'rememberFills'] },
        'task.done': { actions: [wish(want.recordPlay), 'forgetFill'] },
        'task.refused': forgotten,
        'task.failed': forgotten,
        'task.cancelled': forgotten,
        'task.expired': forgotten,
        'task.unknown': forgotten,
      },
      always: { guard: 'isAllAnswered', target: 'over' },
      after: { giveUp: { target: 'over', actions: wish(want.withdrawFills) } },
    },
    over: { type: 'final' },
  },
})
