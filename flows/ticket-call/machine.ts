/** The life of one call: shown on every screen that can, until it is answered everywhere, or overtaken. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { onEach, undone, wish } from '../wish.ts'
import {
  call,
  hearAnswer,
  isAllAnswered,
  isElsewhere,
  isShownElsewhere,
  isToBeShown,
  newCall,
  type TicketCallContext,
  type TicketCallEvent,
} from './decide.ts'
import * as want from './wishes.ts'

const shown = { target: 'showing', actions: ['call', wish(want.show)] } as const

export const ticketCallMachine = setup({
  types: {
    context: {} as TicketCallContext,
    events: {} as TicketCallEvent,
    input: {} as { key: string; at: number },
  },
  actions: { intend, call: assign(call), hearAnswer: assign(hearAnswer) },
  guards: { isToBeShown, isElsewhere, isShownElsewhere, isAllAnswered },
  delays: { giveUp: ({ context }) => context.giveUpMs },
}).createMachine({
  id: 'ticket-call',
  initial: 'called',
  context: newCall,
  states: {
    called: {
      on: { 'ticket.called': [{ guard: 'isToBeShown', ...shown }, { target: 'over' }] },
    },
    showing: {
      on: {
        ...onEach(['task.done', ...undone], { actions: 'hearAnswer' } as const),
        'ticket.called': [
          {
            guard: 'isShownElsewhere',
            target: 'showing',
            reenter: true,
            actions: [wish(want.withdraw), 'call', wish(want.show)],
          },
          { guard: 'isElsewhere', target: 'over', actions: wish(want.withdraw) },
        ],
        'ticket.ended': { target: 'over', actions: wish(want.withdraw) },
      },
      always: { guard: 'isAllAnswered', target: 'over' },
      after: { giveUp: { target: 'over', actions: wish(want.withdraw) } },
    },
    over: { type: 'final' },
  },
})
