/** The page's copy of the branch keeps up with the hub, and draws nothing anew that did not change. */
import { expect, test, vi } from 'vitest'
import { createTables } from '#apps/lobby/live/tables.ts'
import type { LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import { type LiveRows, liveTableNames } from '#protocol/desk/live/tables.ts'

const zone = (id: string, limit: number | null = null): LiveRows['zones'][number] => ({
  id,
  kind: 'waiting',
  title: { zh: id },
  limit,
  staffOnly: false,
  count: null,
  at: null,
  area: null,
})

const noRows = () => Object.fromEntries(liveTableNames.map((name) => [name, []])) as unknown as LiveRows
const snapshot = (n: number, zones: LiveRows['zones'], run = 'a'): LiveSnapshot => ({
  run,
  n,
  at: 0,
  rows: { ...noRows(), zones },
})
const delta = (n: number, put: LiveRows['zones'], drop: string[] = []): LiveDelta => ({
  run: 'a',
  n,
  at: 0,
  changes: { zones: { put, drop } },
})

test('rows stand by id, and an unchanged one stays the same object', () => {
  const tables = createTables()
  tables.takeSnapshot(snapshot(4, [zone('b'), zone('a')]))
  const before = tables.rows('zones')
  expect(before.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(tables.takeDelta(delta(5, [zone('b', 3), zone('a')]))).toBe('applied')
  expect(tables.rows('zones')[0]).toBe(before[0])
  expect(tables.row('zones', 'b')?.limit).toBe(3)
  expect(tables.takeDelta(delta(6, [], ['a']))).toBe('applied')
  expect(tables.rows('zones').map(({ id }) => id)).toEqual(['b'])
})

test('a new snapshot drops what it does not have and keeps what is the same', () => {
  const tables = createTables()
  tables.takeSnapshot(snapshot(4, [zone('a'), zone('b')]))
  const a = tables.row('zones', 'a')
  tables.takeSnapshot(snapshot(1, [zone('a'), zone('c')], 'b'))
  expect(tables.row('zones', 'a')).toBe(a)
  expect(tables.row('zones', 'b')).toBeUndefined()
  expect(tables.have()).toEqual({ run: 'b', n: 1 })
})

test('who listens hears of changes alone, and the array changes with them alone', () => {
  const tables = createTables()
  tables.takeSnapshot(snapshot(4, [zone('a')]))
  const heard = vi.fn<() => void>()
  const stop = tables.subscribe('zones', heard)
  const rows = tables.rows('zones')
  tables.takeDelta(delta(5, [zone('a')]))
  expect(heard).not.toHaveBeenCalled()
  expect(tables.rows('zones')).toBe(rows)
  tables.takeDelta(delta(6, [zone('a', 1)]))
  expect(heard).toHaveBeenCalledTimes(1)
  expect(tables.rows('zones')).not.toBe(rows)
  stop()
  tables.takeDelta(delta(7, [zone('a', 2)]))
  expect(heard).toHaveBeenCalledTimes(1)
})

test('a delta that came before is passed by; one behind a gap, or of another run, is not applied', () => {
  const tables = createTables()
  expect(tables.takeDelta(delta(1, [zone('a')]))).toBe('gap')
  tables.takeSnapshot(snapshot(4, [zone('a')]))
  expect(tables.takeDelta(delta(4, [zone('a', 9)]))).toBe('known')
  expect(tables.takeDelta(delta(6, [zone('a', 9)]))).toBe('gap')
  expect(tables.takeDelta({ ...delta(5, [zone('a', 9)]), run: 'b' })).toBe('gap')
  expect(tables.row('zones', 'a')?.limit).toBeNull()
  expect(tables.have()).toEqual({ run: 'a', n: 4 })
})
