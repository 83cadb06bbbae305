/** The situations in which diversion must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { FlowProof } from '../kit/describe-flow.ts'
import { lobbyWith, minute, minutePassed, queueChanged } from './worlds.ts'

const facts: FlowEvent[] = [
  queueChanged,
  { type: 'ticket.issued', ticket: 'A001', service: 'transfer', visit: null },
  { type: 'ticket.called', ticket: 'A001', service: 'transfer', visit: null, counter: 'c1' },
  { type: 'ticket.ended', ticket: 'A001', service: 'transfer', visit: null, outcome: 'served' },
  { type: 'counter.changed', counter: 'c1' },
  {
    type: 'kiosk.session',
    device: 'kiosk-1',
    state: 'finished',
    ticket: null,
    visit: null,
    service: 'transfer',
  },
  { type: 'duty.changed', person: 'li' },
  minutePassed,
]

export const diversionProof: FlowProof = {
  lives: 150,
  resident: ['calm', 'pressed', 'unknown'],
  scenarios: [
    {
      name: 'a queue that fills and empties',
      key: 'transfer',
      worlds: [
        lobbyWith({ waiting: 12, waitMs: 20 * minute }),
        lobbyWith({ waiting: 6, waitMs: 7 * minute }),
        lobbyWith({ waiting: 1, waitMs: minute }),
        lobbyWith({ waiting: null }),
      ],
      facts,
      refs: { 'counter-1': [] },
    },
  ],
}
