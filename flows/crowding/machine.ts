/** The life of a crowd in one zone, and of one robot that stands in a part to be kept clear. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { wish } from '../wish.ts'
import {
  type CrowdingContext,
  type CrowdingEvent,
  consider,
  hasEased,
  hearAnswer,
  isCountUnknown,
  isCrowded,
  newCrowding,
  rememberTended,
  rememberWayOut,
  standsInTheWay,
  staysFull,
} from './decide.ts'
import * as want from './intents.ts'

export const crowdingMachine = setup({
  types: {
    context: {} as CrowdingContext,
    events: {} as CrowdingEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    consider: assign(consider),
    hearAnswer: assign(hearAnswer),
    rememberTended: assign(rememberTended),
    rememberWayOut: assign(rememberWayOut),
  },
  guards: { isCrowded, isCountUnknown, hasEased, staysFull, standsInTheWay },
  delays: {
    hold: ({ context }) => context.holdMs,
    ease: ({ context }) => context.easeMs,
    lookAgain: ({ context }) => context.lookAgainMs,
    keepClear: ({ context }) => context.keepClearMs,
  },
}).createMachine({
  id: 'crowding',
  initial: 'watching',
  context: newCrowding,
  states: {
    watching: {
      on: {
        'zone.counted': [{ guard: 'isCrowded', target: 'filling', actions: 'consider' }, { target: 'over' }],
        'device.stuck': [
          { guard: 'standsInTheWay', target: 'passing', actions: 'consider' },
          { target: 'over' },
        ],
      },
    },
    /** Above the limit, but not yet for long. */
    filling: {
      on: { 'zone.counted': [{ guard: 'isCrowded' }, { target: 'over' }] },
      after: {
        hold: [
          {
            guard: 'isCrowded',
            target: 'relieving',
            actions: [wish(want.raiseCrowded), wish(want.tend), 'rememberTended'],
          },
          { target: 'over' },
        ],
      },
    },
    relieving: {
      initial: 'crowded',
      on: {
        'task.done': { actions: 'hearAnswer' },
        'task.refused': { actions: 'hearAnswer' },
        'task.failed': { actions: 'hearAnswer' },
        'task.cancelled': { actions: 'hearAnswer' },
        'task.expired': { actions: 'hearAnswer' },
        'task.unknown': { actions: 'hearAnswer' },
      },
      states: {
        crowded: {
          on: {
            'zone.counted': [
              { guard: 'hasEased', target: 'easing' },
              { actions: [wish(want.tend), 'rememberTended'] },
            ],
          },
          after: {
            lookAgain: [
              { guard: 'isCountUnknown', target: 'easing' },
              {
                target: 'crowded',
                reenter: true,
                actions: [wish(want.tend), 'rememberTended'],
              },
            ],
          },
        },
        /** Few enough again, or nobody knows: over when it stays so. */
        easing: {
          on: { 'zone.counted': { guard: 'staysFull', target: 'crowded' } },
          after: {
            ease: [
              { guard: 'hasEased', target: '#crowding.over', actions: wish(want.endCrowded) },
              { target: 'crowded' },
            ],
          },
        },
      },
    },
    /** A robot in a keep-clear part: it may pass, but not wait. */
    passing: {
      on: { 'device.stuck': [{ guard: 'standsInTheWay' }, { target: 'over' }] },
      after: {
        keepClear: [
          {
            guard: 'standsInTheWay',
            target: 'blocking',
            actions: [wish(want.raiseKeepClear), 'rememberWayOut'],
          },
          { target: 'over' },
        ],
      },
    },
    blocking: {
      on: {
        'device.stuck': [{ guard: 'standsInTheWay' }, { target: 'over', actions: wish(want.clearKeepClear) }],
      },
      after: {
        lookAgain: [
          { guard: 'standsInTheWay', target: 'blocking', reenter: true },
          { target: 'over', actions: wish(want.clearKeepClear) },
        ],
      },
    },
    over: { type: 'final' },
  },
})
