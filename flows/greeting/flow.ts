/** Greeting: whoever comes in is welcomed, once, in time, and in words they understand. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import { defineFlow } from '../define.ts'
import { greetingMachine } from './machine.ts'
import { GreetingPolicy } from './policy.ts'
import { greetingView } from './view.ts'

/** A counted visit is told by `arrivals.counted`; what nobody can be named for belongs to the entrance. */
const keyOf = (event: FlowEvent): string | undefined => {
  switch (event.type) {
    case 'visit.started':
      return event.grade === 'counted' ? undefined : event.visit
    case 'behaviour.performed':
      return event.visit ?? `zone:${event.zone}`
    case 'visit.checked-in':
      return event.visit ?? (event.ticket === null ? undefined : `ticket:${event.ticket}`)
    case 'arrivals.counted':
    case 'visit.moved':
    case 'visit.ended':
    case 'visit.merged':
      return event.visit
    case 'intent.stated':
    case 'ticket.called':
      return event.visit ?? undefined
    default:
      return undefined
  }
}

export const greeting = defineFlow({
  id: 'greeting',
  version: 1,
  title: { en: 'Greeting', zh: '迎宾' },
  purpose: {
    en: 'Welcomes whoever comes in, at most once a visit, asks what brings them here, and leads them on.',
    zh: '来客进门时问候，每次来访至多一次；询问来意，并引导前往。',
  },
  policy: GreetingPolicy,
  listens: [
    'visit.started',
    'arrivals.counted',
    'visit.moved',
    'visit.ended',
    'visit.merged',
    'visit.checked-in',
    'intent.stated',
    'ticket.called',
    'behaviour.performed',
  ],
  starts: ['visit.started', 'arrivals.counted', 'visit.checked-in', 'behaviour.performed'],
  key: keyOf,
  view: greetingView,
  machine: greetingMachine,
  modes: {
    closed: 'stop',
    opening: 'quiet',
    open: 'run',
    closing: 'quiet',
    'cash-delivery': 'run',
    emergency: 'stop',
  },
  pausable: true,
  resting: { notes: ['behaviour.performed'] },
  gracedDelays: ['screenAfter', 'intentWait', 'giveUp'],
  migrations: {},
  excuses: [
    {
      finding: 'task.unhandled',
      at: 'receiving: greet',
      because: 'A person receives the visitor now; how the greeting by a device ended changes nothing.',
    },
    {
      finding: 'claim.collides',
      at: 'greet:visit: request',
      because:
        'On purpose: whoever was greeted by hand is not greeted by itself as well, and the other way round.',
    },
  ],
})
