/** Recorded days score as the hub that recorded them does, with a checkpoint and without. */
import { describe, expect, it } from 'vitest'
import { type RecordedDay, readDay } from '#cli/journal/read-day.ts'
import { scoreDays } from '#cli/score/score-days.ts'
import { readEntries } from '#hub/ops/score/read.ts'
import { createScorecard, type ScoreRow } from '#hub/ops/score/scorecard.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { createDice } from '../../sim/chance.ts'
import { startCrowd } from '../../sim/people.ts'
import type { Stage } from '../../sim/stage.ts'
import { here, hourMs, type Recording, record } from '../journal/recorded.ts'

interface Recorded {
  readonly day: RecordedDay
  readonly stage: Stage
}

/** A day on which robots lose their line, refuse, and one of them is updated; the screens are updated before it. */
const recordDay = async (checkpointAtMs: Recording['checkpointAtMs']): Promise<Recorded> => {
  const stages: Stage[] = []
  const usual = { pace: 0.5, stateEveryMs: 60_000 }
  const lines = await record({
    checkpointAtMs: checkpointAtMs ?? null,
    behaviour: { ...usual, drops: { everyMs: 90_000, forMs: 2_000 }, refuses: { share: 0.3 } },
    play: (stage) => {
      stages.push(stage)
      const { device, hub } = stage
      const clock = {
        ...stage.clock,
        at: (ms: number, call: () => void) => stage.clock.at(hourMs + ms, call),
      }
      startCrowd({ clock, dice: createDice('scored'), device, hub, untilMs: 240_000 }, 20)
      clock.at(-60_000, () => device('screen-1').update(5_000, { ...usual, firmware: '1.5.0' }))
      clock.at(120_000, () => device('robot-1').update(20_000, { ...usual, firmware: '2.0.0' }))
    },
  })
  const [stage] = stages
  if (stage === undefined) throw new Error('nothing was played')
  return { day: await readDay(lines, 'day', here), stage }
}

/** What the hub itself answers for the same span. */
const ofHub = async ({ day, stage }: Recorded): Promise<readonly ScoreRow[]> => {
  const store = createMemoryStore({ disk: stage.disk })
  const { seq } = await store.open('sim')
  const devices = stage.hub()?.engine.state.devices.values() ?? []
  const first = day.entries.find(({ at }) => at >= day.fromMs)
  const card = createScorecard(
    first?.at ?? 0,
    devices.map(({ id }) => id),
  )
  const { signal } = new AbortController()
  const range = { from: first?.seq ?? 1, to: seq }
  let at = 0
  for await (const entry of readEntries({ branch: 'sim', store, signal }, range)) {
    card.take(entry)
    at = entry.at
  }
  return card.end(devices, at)
}

describe.each([
  ['with the copy of the state before it', -5_000],
  ['with the copy made before an update', -90_000],
  ['without one, from the beginning of the journal', null],
])('a recorded day %s', (_, checkpointAtMs) => {
  it('scores like the hub that recorded it', async () => {
    const recorded = await recordDay(checkpointAtMs)
    const { rows, entries, erased } = scoreDays([recorded.day])
    expect(rows).toEqual(await ofHub(recorded))
    expect({ enough: entries > 200, erased }).toEqual({ enough: true, erased: 0 })
    const walkers = rows.filter(({ model }) => model === 'Walker')
    expect(walkers.map(({ firmware, onProbation }) => [firmware, onProbation])).toEqual([
      ['1.0.0', false],
      ['2.0.0', true],
    ])
    expect(walkers[0]?.counts.falseOffline).toBeGreaterThan(2)
    expect(scoreDays([recorded.day], 'Walker').rows).toEqual(walkers)
    expect(() => scoreDays([recorded.day], 'Runner')).toThrow(
      expect.objectContaining({ code: 'firmware.no-model' }) as Error,
    )
  })
})

it('what lies between two days is nobody’s time', async () => {
  const { day } = await recordDay(null)
  const later = { ...day, fromMs: day.fromMs + 10 * 24 * hourMs, toMs: day.toMs + 10 * 24 * hourMs }
  const entries = day.entries.map((entry) => ({ ...entry, at: entry.at + 10 * 24 * hourMs }))
  const upMs = (days: readonly RecordedDay[]) =>
    scoreDays(days).rows.reduce((sum, { counts }) => sum + counts.upMs + counts.downMs + counts.awayMs, 0)
  expect(upMs([day, { ...later, entries }])).toBeLessThanOrEqual(2 * upMs([day]))
})
