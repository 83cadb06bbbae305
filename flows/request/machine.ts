/** The life of one request: it becomes one task, and ends with it. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { about, isAbout, onEach, undone, wish } from '../wish.ts'
import {
  isForExpert,
  lastMs,
  newRequest,
  type RequestContext,
  type RequestEvent,
  remember,
  workRef,
} from './decide.ts'
import * as want from './wishes.ts'

const guard = about(workRef)

export const requestMachine = setup({
  types: {
    context: {} as RequestContext,
    events: {} as RequestEvent,
    input: {} as { key: string; at: number },
  },
  actions: { intend, remember: assign(remember) },
  guards: { about: isAbout, isForExpert },
  delays: { giveUp: lastMs },
}).createMachine({
  id: 'request',
  initial: 'asked',
  context: newRequest,
  states: {
    asked: {
      on: {
        'work.asked': [
          { guard: 'isForExpert', target: 'over', actions: wish(want.escalate) },
          { target: 'working', actions: ['remember', wish(want.work)] },
        ],
        'work.asked-again': { target: 'working', actions: wish(want.work) },
      },
    },
    working: {
      after: { giveUp: { target: 'over', actions: wish(want.withdraw) } },
      on: {
        'task.done': { guard, target: 'over', actions: wish(want.recordPlay) },
        ...onEach(undone, { guard, target: 'over' } as const),
      },
    },
    over: { type: 'final' },
  },
})
