/** A day of the simulated branch as its hub would have recorded it: a whole day with a queue that works. */
import type { RecordedDay } from '#cli/journal/read-day.ts'
import { readDay } from '#cli/journal/read-day.ts'
import { liveDay, type SimulatedDay } from '#cli/simulate/day.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { recordedDay } from '#hub/ops/recorded-day.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import { here } from '../journal/recorded.ts'

export interface RecordedSimulation {
  readonly simulated: SimulatedDay
  readonly day: RecordedDay
}

export const recordSimulation = async (scenario: Scenario, seed: string): Promise<RecordedSimulation> => {
  const simulated = await liveDay({ scenario, seed, policy: { title: 'on', flows: {} } })
  const entries = simulated.entries()
  const bySeq = Map.groupBy(simulated.decisions, ({ seq }) => seq)
  const lines = recordedDay(
    {
      branch: simulated.branch.branch,
      store: {
        entries: async (_, { from, to = Number.MAX_SAFE_INTEGER, limit = 500 }) =>
          entries.slice(from - 1, Math.min(to, from - 1 + limit)),
        decisions: async (_, { from = 0, to = Number.MAX_SAFE_INTEGER }) =>
          entries
            .filter(({ at }) => at >= from && at <= to)
            .flatMap(({ seq, at }) =>
              (bySeq.get(seq) ?? []).map(({ record }, ord) => ({ seq, at, ord, record })),
            ),
        checkpoint: () => Promise.reject(new Error('none is made')),
        checkpoints: async () => [],
        loadCheckpoint: async () => null,
      },
      settings: { ...defaultSettings, seed },
      timeZone: simulated.branch.timeZone,
      nowMs: 0,
      headSeq: entries.length,
    },
    scenario.day.date,
  )
  return { simulated, day: await readDay(lines, 'simulated', here) }
}
