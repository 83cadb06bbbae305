import { describe, expect, it } from 'vitest'
import { recordFigures, waitOf } from '#cli/figures/record-figures.ts'
import { staffFigures } from '#cli/figures/staff-figures.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { quantile, spreadOf } from '#hub/figures/spread.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { diverted, gaveUp, madeDay, returned, served, visitor } from '../simulate/made-day.ts'

const minute = 60_000
const none = { tasks: [], decisions: [], campaignCaps: new Map(), midnight: 0 }
const kinds = new Map([['robot-1', 'robot']])
const begun = (capability: string, task: string, visit?: string): JournalEntry => ({
  kind: 'begun',
  at: 1,
  device: 'robot-1',
  boot: 'b',
  task,
  attempt: 1,
  epoch: 1,
  capability,
  ...(visit !== undefined && { visit }),
})
const figures = (logs: readonly JournalEntry[] = []) =>
  recordFigures({ record: madeDay, logs, kinds, ...none })

describe('the figures of a simulated day', () => {
  it('measure each wait until service began or somebody gave up', () => {
    expect([served, diverted, returned, gaveUp].map(waitOf)).toEqual(
      [10, 4, 14, 30].map((min) => min * minute),
    )
    expect(waitOf(visitor({ outcome: 'turned-away' }))).toBeNull()
    const { ms, sinceArrivalMs, byService } = figures().wait
    expect(ms).toMatchObject({ count: 4, mean: 14.5 * minute, p50: 10 * minute, max: 30 * minute })
    expect(sinceArrivalMs?.mean).toBe(((12 + 5 + 16 + 31) / 4) * minute)
    expect(Object.keys(byService)).toEqual(['cash'])
  })

  it('count who was served where, and who left', () => {
    expect(figures().visitors).toEqual({
      came: 4,
      tickets: 4,
      served: 2,
      selfServed: 1,
      abandoned: 1,
      abandonedShare: 0.25,
    })
    expect(figures().counters).toEqual({
      'counter-1': { openMs: 20 * minute, servingMs: 7 * minute, served: 2 },
    })
    expect(figures().devices).toEqual({ 'robot-1': { kind: 'robot', busyShare: 0.1, tasks: 1 } })
  })

  it('hold the announced wait against the real one of those who were called', () => {
    // 10 instead of 4 minutes, and 14 instead of 10.
    expect(figures().announced).toEqual({
      count: 2,
      meanErrorMs: 5 * minute,
      meanAbsErrorMs: 5 * minute,
      exceededShare: 1,
    })
  })

  it('count a return to the counter as no success', () => {
    expect(figures().diversion).toEqual({
      eligible: 2,
      invited: 2,
      accepted: 2,
      finished: 1,
      returned: 1,
      finishedShare: 0.5,
    })
  })

  it('take greetings from the people, and doubles from the logs of the devices', () => {
    const { greeting } = figures([
      begun('greet', 't1', 'v1'),
      begun('greet', 't2', 'v1'),
      begun('greet', 't3', 'v2'),
    ])
    expect(greeting).toMatchObject({ greeted: 1, share: 0.25, duplicates: 1, mistaken: 0 })
    expect(greeting.heardMs?.p50).toBe(2_000)
  })

  it('count promotions to visits, not those on idle screens', () => {
    const { promotion } = figures([
      begun('promote', 't1', 'v1'),
      begun('promote', 't2', 'v1'),
      begun('promote', 't3', 'v2'),
      begun('promote', 't4'),
    ])
    expect(promotion).toMatchObject({ shown: 3, visits: 2, perVisit: 0.75, perVisitMax: 2, interested: 1 })
  })

  it('say null and not zero where there is nothing to judge by', () => {
    const empty = recordFigures({ record: { ...madeDay, visitors: [] }, logs: [], kinds, ...none })
    expect(empty.wait.ms).toBeNull()
    expect(empty.announced).toBeNull()
    expect(empty.visitors.abandonedShare).toBeNull()
    expect(empty.diversion.finishedShare).toBeNull()
  })
})

describe('what was asked of people', () => {
  const attempt = (member: string, offeredAt: number, acceptedAt: number | null) => ({
    member,
    offeredAt,
    acceptedAt,
  })
  const task = (...attempts: ReturnType<typeof attempt>[]) => ({ attempts }) as unknown as TaskRow

  it('is measured from the first person asked to the first who took it', () => {
    const figures = staffFigures(
      [
        task(attempt('person/a', 100, null), attempt('person/b', 300, 900)),
        task(attempt('person/a', 0, null)),
        task(attempt('robot-1', 0, 5)),
      ],
      [
        { at: 1, record: { kind: 'alert', code: 'crowded', params: { count: 1 } } },
        { at: 2, record: { kind: 'alert', code: 'crowded', params: { count: 2 } } },
        { at: 3, record: { kind: 'alert', code: 'alert.claimed', params: {} } },
      ],
    )
    expect(figures).toMatchObject({ alerts: 1, asked: 2, taken: 1, claimMs: { mean: 800, count: 1 } })
  })
})

describe('quantiles', () => {
  it('are values that occurred, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
    expect(spreadOf(hundred.toReversed())).toMatchObject({ mean: 50.5, p50: 50, p90: 90, p99: 99, max: 100 })
    expect(quantile([7], 0.99)).toBe(7)
    expect(spreadOf([])).toBeNull()
  })
})
