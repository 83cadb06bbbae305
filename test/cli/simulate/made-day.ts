/** A day made by hand, small enough to know every figure of it. */
import type { DayRecord, VisitorRecord } from '#simulators/lobby/record.ts'

const minute = 60_000
export const openMs = 9 * 3_600_000

const blank: VisitorRecord = {
  id: 'v1',
  arrivedAtMs: openMs,
  service: 'cash',
  party: 1,
  language: 'zh',
  priority: false,
  elderly: false,
  booked: false,
  eligible: false,
  patienceMs: 60 * minute,
  serviceMs: 5 * minute,
  kioskMs: 2 * minute,
  ticket: null,
  ticketAtMs: null,
  announcedWaitMs: null,
  waitedMs: 0,
  calledAtMs: null,
  servedFromMs: null,
  servedUntilMs: null,
  counter: null,
  kiosk: null,
  kioskFromMs: null,
  kioskUntilMs: null,
  kioskOutcome: null,
  invited: [],
  greeted: [],
  promoted: [],
  returnedToCounter: false,
  leftAtMs: null,
  outcome: 'still-inside',
}

/** Minutes after the opening. */
const at = (minutes: number) => openMs + minutes * minute

export const visitor = (some: Partial<VisitorRecord>): VisitorRecord => ({ ...blank, ...some })

export const served: VisitorRecord = visitor({
  id: 'v1',
  ticket: 'A1',
  ticketAtMs: at(1),
  announcedWaitMs: 4 * minute,
  calledAtMs: at(11),
  servedFromMs: at(12),
  servedUntilMs: at(17),
  counter: 'counter-1',
  leftAtMs: at(18),
  greeted: [{ atMs: openMs + 2_000, device: 'robot-1' }],
  promoted: [{ atMs: at(3), device: 'screen-1', product: 'fund', response: 'interested' }],
  outcome: 'served',
})

export const diverted: VisitorRecord = visitor({
  id: 'v2',
  arrivedAtMs: at(1),
  eligible: true,
  ticket: 'A2',
  ticketAtMs: at(2),
  announcedWaitMs: 10 * minute,
  invited: [{ atMs: at(4), device: 'screen-1', accepted: true }],
  kiosk: 'kiosk-1',
  kioskFromMs: at(6),
  kioskUntilMs: at(8),
  kioskOutcome: 'finished',
  leftAtMs: at(9),
  outcome: 'self-served',
})

export const returned: VisitorRecord = visitor({
  id: 'v3',
  arrivedAtMs: at(2),
  eligible: true,
  ticket: 'A3',
  ticketAtMs: at(3),
  announcedWaitMs: 10 * minute,
  invited: [{ atMs: at(5), device: 'robot-1', accepted: true }],
  kiosk: 'kiosk-1',
  kioskFromMs: at(9),
  kioskUntilMs: at(10),
  kioskOutcome: 'abandoned',
  returnedToCounter: true,
  calledAtMs: at(17),
  servedFromMs: at(18),
  servedUntilMs: at(20),
  counter: 'counter-1',
  leftAtMs: at(21),
  outcome: 'served',
})

export const gaveUp: VisitorRecord = visitor({
  id: 'v4',
  arrivedAtMs: at(3),
  ticket: 'A4',
  ticketAtMs: at(4),
  leftAtMs: at(34),
  outcome: 'abandoned',
})

export const madeDay: DayRecord = {
  scenario: 'made',
  branch: 'made',
  date: '2026-03-02',
  seed: '1',
  fromMs: openMs,
  untilMs: at(60),
  visitors: [served, diverted, returned, gaveUp],
  queueLengths: [
    { atMs: at(1), service: 'cash', waiting: 1 },
    { atMs: at(2), service: 'cash', waiting: 2 },
    { atMs: at(3), service: 'card', waiting: 1 },
    { atMs: at(11), service: 'cash', waiting: 1 },
  ],
  counters: [
    { counter: 'counter-1', fromMs: openMs, untilMs: at(12), state: 'open', ticket: null },
    { counter: 'counter-1', fromMs: at(12), untilMs: at(17), state: 'serving', ticket: 'A1' },
    { counter: 'counter-1', fromMs: at(17), untilMs: at(18), state: 'open', ticket: null },
    { counter: 'counter-1', fromMs: at(18), untilMs: at(20), state: 'serving', ticket: 'A3' },
    { counter: 'counter-1', fromMs: at(20), untilMs: at(60), state: 'paused', ticket: null },
  ],
  devices: [
    { device: 'robot-1', fromMs: openMs, untilMs: at(6), state: 'busy', doing: 'greet' },
    { device: 'robot-1', fromMs: at(30), untilMs: at(50), state: 'charging', doing: null },
  ],
  heat: { x: 0, y: 0, cellMetres: 1, columns: 2, rows: 2, personSeconds: [0, 60, 600, 6_000] },
  sensed: 42,
  streamed: 7,
}
