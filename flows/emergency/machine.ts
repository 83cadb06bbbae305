/** The life of an emergency: from the change of mode until a person ends it. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { wish } from '../wish.ts'
import {
  begin,
  type EmergencyContext,
  type EmergencyEvent,
  end,
  hearAnswer,
  isEmergency,
  newEmergency,
  rememberTended,
  tend,
} from './decide.ts'

export const emergencyMachine = setup({
  types: {
    context: {} as EmergencyContext,
    events: {} as EmergencyEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    hearAnswer: assign(hearAnswer),
    rememberTended: assign(rememberTended),
  },
  guards: { isEmergency },
  delays: { lookAgain: ({ context }) => context.lookAgainMs },
}).createMachine({
  id: 'emergency',
  initial: 'watching',
  context: newEmergency,
  states: {
    watching: {
      on: {
        'mode.changed': [
          {
            guard: 'isEmergency',
            target: 'leading',
            actions: [wish(begin), wish(tend), 'rememberTended'],
          },
          { target: 'over' },
        ],
      },
    },
    /** Everybody is being led out: what could not be reached is tried again until a person ends it. */
    leading: {
      on: {
        'mode.changed': [{ guard: 'isEmergency' }, { target: 'over', actions: wish(end) }],
        'movement.changed': { actions: [wish(tend), 'rememberTended'] },
        'device.link': { actions: [wish(tend), 'rememberTended'] },
        'task.done': { actions: 'hearAnswer' },
        'task.refused': { actions: 'hearAnswer' },
        'task.failed': { actions: 'hearAnswer' },
        'task.cancelled': { actions: 'hearAnswer' },
        'task.expired': { actions: 'hearAnswer' },
        'task.unknown': { actions: 'hearAnswer' },
      },
      after: {
        lookAgain: { target: 'leading', reenter: true, actions: [wish(tend), 'rememberTended'] },
      },
    },
    over: { type: 'final' },
  },
})
