/** One queue: calm, rising, pressed, easing or unknown; and, beside it, whether another counter has been asked for. */
import { assign, setup } from 'xstate'
import { intend } from '#flows/define.ts'
import type { Seen } from '#protocol/flow-events.ts'
import {
  type DiversionContext,
  handOver,
  pressureOf,
  stillHanded,
  wantsCounter,
  withHanded,
  withReading,
} from './decide.ts'
import type { DiversionPolicy } from './policy.ts'
import type { DiversionView } from './view.ts'
import { askForCounter, counterCall, noteCounterUnserved, noteNobody, noteUnknown } from './wishes.ts'

type Event = Seen<DiversionView, DiversionPolicy>
interface Given {
  readonly context: DiversionContext
  readonly event: Event
}

const invitations = ({ context, event }: Given) => handOver(context, event)
const minuteOfPressure = ({ context, event }: Given) => [
  ...handOver(context, event),
  ...noteNobody(context, event),
]
const unknownQueue = ({ context, event }: Given) => noteUnknown(context, event)
const callForCounter = ({ context, event }: Given) => askForCounter(context, event)
const unservedCall = ({ context, event }: Given) => noteCounterUnserved(context, event)
const callOff = ({ context }: Given) => ({
  type: 'cancel' as const,
  ref: counterCall(context),
  reason: 'queue-eased',
})

export const diversionMachine = setup({
  types: {
    context: {} as DiversionContext,
    events: {} as Event,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    read: assign(({ context, event }) => ({ readings: withReading(context.readings, event) })),
    remember: assign(({ context, event }) => ({ handed: withHanded(context, event) })),
    forget: assign(({ context, event }) => ({ handed: stillHanded(context, event) })),
    nextCall: assign(({ context }) => ({ calls: context.calls + 1 })),
  },
  guards: {
    isHigh: ({ event }) => pressureOf(event) === 'high',
    isNotHigh: ({ event }) => pressureOf(event) !== 'high',
    isLow: ({ event }) => pressureOf(event) === 'low',
    isUnknown: ({ event }) => pressureOf(event) === 'unknown',
    isBetween: ({ event }) => pressureOf(event) === 'between',
    wantsCounter: ({ context, event }) => wantsCounter(context, event),
    isCounterCall: ({ context, event }) => 'ref' in event && event.ref === counterCall(context),
  },
  delays: {
    hold: ({ event }) => event.policy.holdMs,
    ease: ({ event }) => event.policy.easeMs,
    askAgain: ({ event }) => event.policy.askAgainMs,
  },
}).createMachine({
  id: 'diversion',
  type: 'parallel',
  context: ({ input }) => ({ service: input.key, readings: [], handed: [], calls: 1 }),
  states: {
    trend: { on: { '*': { actions: 'read' } } },
    pressure: {
      initial: 'calm',
      states: {
        calm: {
          entry: 'forget',
          on: { '*': { guard: 'isHigh', target: 'rising' } },
        },
        rising: {
          after: { hold: 'pressed' },
          on: { '*': { guard: 'isNotHigh', target: 'calm' } },
        },
        pressed: {
          entry: [{ type: 'intend', params: invitations }, 'remember'],
          on: {
            'minute.passed': [
              { guard: 'isUnknown', target: 'unknown' },
              { guard: 'isLow', target: 'easing' },
              { actions: [{ type: 'intend', params: minuteOfPressure }, 'remember'] },
            ],
            '*': [
              { guard: 'isUnknown', target: 'unknown' },
              { guard: 'isLow', target: 'easing' },
              { actions: [{ type: 'intend', params: invitations }, 'remember'] },
            ],
          },
        },
        easing: {
          after: { ease: 'calm' },
          on: {
            '*': [
              { guard: 'isUnknown', target: 'unknown' },
              { guard: 'isHigh', target: 'pressed' },
            ],
          },
        },
        unknown: {
          entry: { type: 'intend', params: unknownQueue },
          on: {
            '*': [
              { guard: 'isHigh', target: 'pressed' },
              { guard: 'isBetween', target: 'pressed' },
              { guard: 'isLow', target: 'easing' },
            ],
          },
        },
      },
    },
    counters: {
      initial: 'enough',
      states: {
        enough: {
          on: {
            '*': {
              guard: 'wantsCounter',
              target: 'asking',
              actions: { type: 'intend', params: callForCounter },
            },
          },
        },
        asking: {
          exit: 'nextCall',
          on: {
            'task.done': { guard: 'isCounterCall', target: 'asked' },
            'task.refused': {
              guard: 'isCounterCall',
              target: 'asked',
              actions: { type: 'intend', params: unservedCall },
            },
            'task.failed': {
              guard: 'isCounterCall',
              target: 'asked',
              actions: { type: 'intend', params: unservedCall },
            },
            'task.expired': {
              guard: 'isCounterCall',
              target: 'asked',
              actions: { type: 'intend', params: unservedCall },
            },
            'task.cancelled': { guard: 'isCounterCall', target: 'asked' },
            'task.unknown': { guard: 'isCounterCall', target: 'asked' },
            '*': { guard: 'isLow', target: 'asked', actions: { type: 'intend', params: callOff } },
          },
        },
        asked: { after: { askAgain: 'enough' } },
      },
    },
  },
})
