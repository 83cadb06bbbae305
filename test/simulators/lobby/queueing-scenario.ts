/** A branch that is nothing but a queue: one service, one point, no way to walk, as the textbooks have it. */
import { parseScenario, type Scenario } from '#simulators/lobby/scenario.ts'

export interface Queueing {
  readonly servers: number
  readonly perHour: number
  readonly serviceMinutes: number
  /** Mean of an exponential patience; absent: nobody leaves. */
  readonly patienceMinutes?: number
  readonly shape?: 'exponential' | 'lognormal' | 'constant'
}

/** The table of assumptions without everything that textbooks leave out. */
export const queueingScenario = (queueing: Queueing): Scenario =>
  parseScenario(
    JSON.stringify({
      title: 'A queue',
      branch: {
        branch: 'queue',
        zones: [{ id: 'hall', kind: 'waiting', at: { x: 0, y: 0 } }],
        services: [{ id: 'service' }],
        counters: Array.from({ length: queueing.servers }, (_, index) => ({
          id: `counter-${index + 1}`,
          services: ['service'],
          state: 'open',
        })),
      },
      day: { date: '2026-03-02', open: '00:00', close: '24:00' },
      arrivals: {
        times: ['00:00'],
        perHour: { service: [queueing.perHour] },
        groupShare: 0,
        priorityShare: 0,
      },
      customers: {
        lookAroundSeconds: 0,
        handsBackShare: 1,
        leavesAtOnceShare: 0,
        patienceShape: 'exponential',
      },
      services: {
        service: {
          counterMinutes: queueing.serviceMinutes,
          counterShape: queueing.shape ?? 'exponential',
          patienceMinutes: queueing.patienceMinutes ?? 1e9,
        },
      },
      counters: { papersSeconds: 0, noShowSeconds: 0, overtimeMinutes: 600 },
      floor: { zoneMetres: 0.000_001 },
    }),
    'a-queue.yaml',
  )
