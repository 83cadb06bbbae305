/** One device that may ail: watched within what is tolerated, alerted when it lasts, well again. Runs only while needed. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import { onEach, undone, wish } from '../wish.ts'
import type { CareContext, CareEvent } from './decide.ts'
import * as decide from './decide.ts'
import { care, passTurn } from './wishes.ts'

/** Everything that may say something new about a device. */
export const looks = [
  'device.link',
  'device.health',
  'device.state',
  'device.stuck',
  'device.willingness',
  'minute.passed',
] as const

const onLook = <const T>(transitions: T) =>
  Object.fromEntries(looks.map((name) => [name, transitions])) as Record<(typeof looks)[number], T>

const look = [wish(care), 'look'] as const
const toOver = { guard: 'isWellAndUntold', target: 'over', actions: wish(care) } as const
const toRecovered = { guard: 'isWell', target: 'recovered', actions: look } as const
const toAlerted = { guard: 'isTold', target: 'alerted', reenter: true, actions: look } as const
const toWatching = { target: 'watching', reenter: true, actions: look } as const

/** The way to the charger ended, well or not: the next look is timed afresh. */
const onDockEnded = <const T extends string>(target: T) => {
  const ended = { guard: 'isDock', target, reenter: true } as const
  return {
    'task.done': { ...ended, actions: 'dockEnded' } as const,
    ...onEach(undone, { ...ended, actions: [wish(passTurn), 'dockEnded'] } as const),
  }
}

/** The same, where no look is timed by it: a relapse may send it again. */
const dockEndedHere = {
  'task.done': { guard: 'isDock', actions: 'dockEnded' },
  ...onEach(undone, { guard: 'isDock', actions: [wish(passTurn), 'dockEnded'] } as const),
} as const

export const careMachine = setup({
  types: {
    context: {} as CareContext,
    events: {} as CareEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    look: assign(({ context, event }) => decide.afterLook(context, event)),
    dockEnded: assign({ docking: false }),
  },
  guards: {
    isWell: ({ event }) => decide.isWell(event),
    isWellAndUntold: ({ context, event }) => decide.isWell(event) && !decide.remembers(context, event),
    isTold: ({ context, event }) => decide.hasOpenAlert(decide.afterLook(context, event)),
    isDock: decide.isDock,
  },
  delays: {
    check: ({ context, event }) => decide.nextCheckMs(context, event),
    throttle: ({ event }) => event.policy.throttleMs,
  },
}).createMachine({
  id: 'device-care',
  initial: 'assessing',
  context: ({ input }) => ({ device: input.key, told: [], docks: 0, docking: false, dockedAt: null }),
  states: {
    assessing: { on: onLook([toOver, toAlerted, toWatching]) },
    watching: {
      after: { check: [toOver, toRecovered, toAlerted, toWatching] },
      on: { ...onLook([toOver, toRecovered, toAlerted, toWatching]), ...onDockEnded('watching') },
    },
    alerted: {
      after: { check: [toRecovered, toAlerted, toWatching] },
      on: { ...onLook([toRecovered, toAlerted, toWatching]), ...onDockEnded('alerted') },
    },
    /** Remembers what was told, so that a device that comes and goes is not told of each time. */
    recovered: {
      after: { throttle: [{ guard: 'isWell', target: 'over' }, toAlerted, toWatching] },
      on: { ...onLook([{ guard: 'isWell' }, toAlerted, toWatching]), ...dockEndedHere },
    },
    over: { type: 'final' },
  },
})
