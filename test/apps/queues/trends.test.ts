/** The last hour of a queue: what is kept of it, and the line that it becomes. */
import { describe, expect, it } from 'vitest'
import { createTables } from '#apps/lobby/live/tables.ts'
import { addSample, createTrends, type Sample, trendMs } from '#apps/lobby/live/trends.ts'
import { scaleTop, sparkOf } from '#apps/lobby/pages/queues/model/spark.ts'
import { at, minute, sensed, service } from './rows.ts'

describe('what is kept', () => {
  const all = (samples: readonly Sample[]) => samples.reduce<readonly Sample[]>(addSample, [])

  it('is one sample for each change', () => {
    const kept = all([
      { at: 0, value: 1 },
      { at: minute, value: 1 },
      { at: 2 * minute, value: 3 },
    ])
    expect(kept).toEqual([
      { at: 0, value: 1 },
      { at: 2 * minute, value: 3 },
    ])
  })

  it('is an hour, with what was so before it', () => {
    const kept = all(Array.from({ length: 121 }, (_, index) => ({ at: index * minute, value: index })))
    expect(kept[0]).toEqual({ at: 120 * minute - trendMs, value: 60 })
    expect(kept.at(-1)).toEqual({ at: 120 * minute, value: 120 })
  })

  it('stays small however often a queue changes', () => {
    const kept = all(Array.from({ length: 7_200 }, (_, index) => ({ at: index * 500, value: index })))
    expect(kept.length).toBeLessThan(trendMs / 10_000 + 10)
    expect(kept.at(-1)?.value).toBe(7_199)
  })

  it('comes from the rows as they change, and from nothing else', () => {
    const tables = createTables()
    const trends = createTrends(tables, { now: () => at + minute })
    let told = 0
    trends.subscribe(() => {
      told += 1
    })
    const put = (waiting: number, ageMs: number, n: number) =>
      tables.takeDelta({
        run: 'r',
        n,
        at,
        changes: { services: { put: [service('cash', { waiting: sensed(waiting, ageMs) })], drop: [] } },
      })
    tables.takeSnapshot({
      run: 'r',
      n: 0,
      at,
      rows: {
        branch: [],
        zones: [],
        places: [],
        counters: [],
        services: [service('cash', { waiting: sensed(2, 5 * minute) }), service('cards')],
        tickets: [],
        visits: [],
        devices: [],
        people: [],
        tasks: [],
        alerts: [],
        escalations: [],
        flows: [],
        campaigns: [],
        experts: [],
        calls: [],
        sales: [],
      },
    })
    put(2, minute, 1)
    put(6, 0, 2)
    expect(told).toBe(2)
    expect(trends.of('cash')).toEqual([
      { at: at - 5 * minute, value: 2 },
      { at, value: 6 },
    ])
    expect(trends.of('cards')).toEqual([])
  })
})

describe('the line', () => {
  const size = { width: 100, height: 40, now: 60 * minute, windowMs: 60 * minute, limit: 8 }

  it('steps from change to change up to now, with the limit in the same scale', () => {
    const samples = [
      { at: -minute, value: 0 },
      { at: 30 * minute, value: 5 },
      { at: 45 * minute, value: 10 },
    ]
    expect(sparkOf(samples, size)).toEqual({ path: 'M0 40H50V20H75V0H100', limitY: 8, lastY: 0 })
  })

  it('is no line where nothing is known', () => {
    expect(sparkOf([], size).path).toBe('')
  })

  it('keeps its scale while a queue grows by one', () => {
    expect([0, 4, 5, 6, 7, 10, 700].map(scaleTop)).toEqual([4, 4, 6, 6, 10, 10, 700])
  })
})
