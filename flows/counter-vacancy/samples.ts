/** The situations in which counter vacancy must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { CounterRow } from '#protocol/model.ts'
import type { Rows } from '../samples/model.ts'
import { counterRow, monday, sensed, serviceRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const minute = 60_000
export const lobby = (counter: Partial<CounterRow> = {}, waitMs = 10 * minute, rows: Rows = {}): Rows => ({
  counters: [counterRow({ id: 'c1', ...counter })],
  services: [
    serviceRow({ id: 'cash', waiting: sensed(3, monday, null), longestWaitMs: sensed(waitMs, monday, null) }),
  ],
  ...rows,
})
export const unstaffed = lobby({ staffed: false })
export const idle = lobby()
export const busy = lobby({ serving: 'A001' })
export const changed: FlowEvent = { type: 'counter.changed', counter: 'c1' }
const facts: FlowEvent[] = [
  changed,
  { type: 'ticket.called', ticket: 'A001', service: 'cash', visit: null, counter: 'c1' },
  { type: 'ticket.ended', ticket: 'A001', service: 'cash', visit: null, outcome: 'served' },
  { type: 'queue.changed', service: 'cash' },
  { type: 'mode.changed', mode: 'closed', was: 'open', by: 'li' },
  { type: 'minute.passed' },
]

export const samples: readonly Scenario[] = [
  {
    name: 'a counter',
    key: 'c1',
    worlds: [unstaffed, idle, busy, lobby({}, 0)],
    facts,
    refs: { call: [] },
  },
]
