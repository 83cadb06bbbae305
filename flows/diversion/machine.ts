/** One queue: calm, rising, pressed, easing or unknown; each look may also ask for another counter. */
import { assign, setup } from 'xstate'
import type { Seen } from '#protocol/flow-events.ts'
import { intend } from '../define.ts'
import {
  callIsOver,
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
import { counterCall, mindCounters, noteCounterUnserved, noteNobody, noteUnknown } from './wishes.ts'

interface Given {
  readonly context: DiversionContext
  readonly event: Seen<DiversionView, DiversionPolicy>
}

const invitations = ({ context, event }: Given) => handOver(context, event)
const whyNobody = ({ context, event }: Given) => noteNobody(context, event)
const unknownQueue = ({ context, event }: Given) => noteUnknown(context, event)
const counters = ({ context, event }: Given) => mindCounters(context, event)
const unservedCall = ({ context, event }: Given) => noteCounterUnserved(context, event)

const wish = <const P>(params: P) => ({ type: 'intend' as const, params })

/** Everything that may say something new about the queue. */
export const looks = [
  'queue.changed',
  'ticket.issued',
  'ticket.called',
  'ticket.ended',
  'counter.changed',
  'kiosk.session',
  'duty.changed',
  'minute.passed',
] as const

const onLook = <const T>(transitions: T) =>
  Object.fromEntries(looks.map((name) => [name, transitions])) as Record<(typeof looks)[number], T>

/** At each look, wherever it leads. */
const mind = [wish(counters), 'mind'] as const
const stay = { actions: mind } as const
const toUnknown = { guard: 'isUnknown', target: 'unknown', actions: [...mind, wish(unknownQueue)] } as const
const toEasing = { guard: 'isLow', target: 'easing', actions: mind } as const
const invite = { actions: [...mind, wish(invitations), 'remember'] } as const
const toPressed = { target: 'pressed', ...invite } as const
const callEnded = { guard: 'isCounterCall', actions: 'callEnded' } as const
const callFailed = { guard: 'isCounterCall', actions: [wish(unservedCall), 'callEnded'] } as const

export const diversionMachine = setup({
  types: {
    context: {} as DiversionContext,
    events: {} as Seen<DiversionView, DiversionPolicy>,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    mind: assign(({ context, event }) => {
      const asks = wantsCounter(context, event)
      return {
        readings: withReading(context.readings, event),
        handed: stillHanded(context, event),
        calls: context.calls + (asks ? 1 : 0),
        calledAt: asks ? event.at : context.calledAt,
        calling: asks || (context.calling && !callIsOver(context, event)),
      }
    }),
    remember: assign(({ context, event }) => ({ handed: withHanded(context, event) })),
    callEnded: assign({ calling: false }),
  },
  guards: {
    isHigh: ({ event }) => pressureOf(event) === 'high',
    isNotHigh: ({ event }) => pressureOf(event) !== 'high',
    isLow: ({ event }) => pressureOf(event) === 'low',
    isUnknown: ({ event }) => pressureOf(event) === 'unknown',
    isCounterCall: ({ context, event }) => 'ref' in event && event.ref === counterCall(context),
  },
  delays: {
    hold: ({ event }) => event.policy.holdMs,
    ease: ({ event }) => event.policy.easeMs,
  },
}).createMachine({
  id: 'diversion',
  initial: 'calm',
  context: ({ input }) => ({
    service: input.key,
    readings: [],
    handed: [],
    calls: 0,
    calledAt: null,
    calling: false,
  }),
  on: {
    'task.done': callEnded,
    'task.cancelled': callEnded,
    'task.unknown': callEnded,
    'task.refused': callFailed,
    'task.failed': callFailed,
    'task.expired': callFailed,
  },
  states: {
    calm: {
      on: onLook([{ guard: 'isHigh', target: 'rising', actions: mind }, stay]),
    },
    rising: {
      after: { hold: [{ guard: 'isHigh', ...toPressed }, { target: 'calm' }] },
      on: onLook([{ guard: 'isNotHigh', target: 'calm', actions: mind }, stay]),
    },
    pressed: {
      on: {
        ...onLook([toUnknown, toEasing, invite]),
        'minute.passed': [
          toUnknown,
          toEasing,
          { actions: [...mind, wish(whyNobody), wish(invitations), 'remember'] },
        ],
      },
    },
    easing: {
      after: { ease: 'calm' },
      on: onLook([toUnknown, { guard: 'isHigh', ...toPressed }, stay]),
    },
    unknown: {
      on: onLook([{ guard: 'isUnknown', ...stay }, toEasing, toPressed]),
    },
  },
})
