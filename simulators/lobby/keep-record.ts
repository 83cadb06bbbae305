/** Writes down what really happens while it happens, and hands it out as the record of the day. */
import type { Arrival } from './arrival-source.ts'
import type { Heat } from './heat.ts'
import type { CounterInterval, DayRecord, DeviceInterval, QueueLength, VisitorRecord } from './record.ts'
import type { Scenario } from './scenario.ts'

export interface RecordKeeper {
  comes(arrival: Arrival): VisitorRecord
  waiting(service: string, waiting: number): void
  counter(counter: string, state: CounterInterval['state'], ticket: string | null): void
  /** A device begins something; `doing: undefined`: it ends. */
  device(device: string, state: DeviceInterval['state'], doing: string | null | undefined): void
  sensed(): void
  streamed(): void
  record(untilMs: number): DayRecord
}

type Open<T> = Omit<T, 'untilMs'>

export const createRecordKeeper = (deps: {
  scenario: Scenario
  seed: string
  startMs: number
  now: () => number
  heat: Heat
}): RecordKeeper => {
  const { scenario, seed, startMs, heat, now } = deps
  const visitors: VisitorRecord[] = []
  const queueLengths: QueueLength[] = []
  const counters: CounterInterval[] = []
  const devices: DeviceInterval[] = []
  const openCounters = new Map<string, Open<CounterInterval>>()
  const openDevices = new Map<string, Open<DeviceInterval>>()
  let sensed = 0
  let streamed = 0
  return {
    comes(arrival) {
      const visitor = newVisitor(arrival, now())
      visitors.push(visitor)
      return visitor
    },
    waiting: (service, waiting) => void queueLengths.push({ atMs: now(), service, waiting }),
    counter(counter, state, ticket) {
      const atMs = now()
      const before = openCounters.get(counter)
      if (before !== undefined && before.fromMs < atMs) counters.push({ ...before, untilMs: atMs })
      openCounters.set(counter, { counter, state, ticket, fromMs: atMs })
    },
    device(device, state, doing) {
      const atMs = now()
      const key = `${device} ${state}`
      const before = openDevices.get(key)
      if (before !== undefined) devices.push({ ...before, untilMs: atMs })
      openDevices.delete(key)
      if (doing !== undefined) openDevices.set(key, { device, state, doing, fromMs: atMs })
    },
    sensed() {
      sensed += 1
    },
    streamed() {
      streamed += 1
    },
    record: (untilMs) => ({
      scenario: scenario.name,
      branch: scenario.branch.branch,
      date: scenario.day.date,
      seed,
      fromMs: startMs,
      untilMs,
      visitors: [...visitors],
      queueLengths: [...queueLengths],
      counters: [...counters, ...[...openCounters.values()].map((open) => ({ ...open, untilMs }))],
      devices: [...devices, ...[...openDevices.values()].map((open) => ({ ...open, untilMs }))],
      heat: heat.grid(),
      sensed,
      streamed,
    }),
  }
}

const newVisitor = (arrival: Arrival, atMs: number): VisitorRecord => ({
  id: arrival.key,
  arrivedAtMs: atMs,
  service: arrival.service,
  party: arrival.party,
  language: arrival.language,
  priority: arrival.priority,
  elderly: arrival.elderly,
  booked: arrival.booked,
  eligible: arrival.eligible,
  patienceMs: arrival.patienceMs,
  serviceMs: arrival.serviceMs,
  kioskMs: arrival.kioskMs,
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
})
