import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRows } from '#hub/engine/rows.ts'

const key = fc.constantFrom('a', 'b', 'c', 'd')
const change = fc.record({
  table: fc.constantFrom('x', 'y'),
  key,
  row: fc.option(fc.integer(), { nil: undefined }),
})

const apply = (
  rows: ReturnType<typeof createRows>,
  list: readonly { table: string; key: string; row: number | undefined }[],
) => {
  for (const { table, key, row } of list) {
    if (row === undefined) rows.table(table).drop(key)
    else rows.table(table).put(key, row)
  }
}

describe('rows', () => {
  it('puts back exactly what was there when a batch is undone', () => {
    fc.assert(
      fc.property(fc.array(change), fc.array(change), (kept, undone) => {
        const rows = createRows()
        apply(rows, kept)
        rows.settle()
        const before = rows.all()
        apply(rows, undone)
        rows.undo()
        expect(rows.all()).toEqual(before)
        expect(rows.changes()).toEqual([])
      }),
    )
  })

  it('takes back one entry and keeps the rest of the batch', () => {
    fc.assert(
      fc.property(fc.array(change), fc.array(change), fc.array(change), (first, failed, second) => {
        const rows = createRows()
        apply(rows, first)
        const savepoint = rows.savepoint()
        apply(rows, failed)
        rows.rollback(savepoint)
        apply(rows, second)
        const expected = createRows()
        apply(expected, [...first, ...second])
        expect(rows.all()).toEqual(expected.all())
      }),
    )
  })

  it('reports changes that, applied to a copy, give the same tables', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change)), (batches) => {
        const rows = createRows()
        const copy = createRows()
        for (const batch of batches) {
          apply(rows, batch)
          for (const { table, rows: changed } of rows.changes()) {
            apply(
              copy,
              [...changed].map(([key, row]) => ({ table, key, row: row as number | undefined })),
            )
          }
          rows.settle()
        }
        expect(copy.all()).toEqual(rows.all())
      }),
    )
  })

  it('keeps a long table in order of key, whatever comes and goes between two looks', () => {
    const name = fc.integer({ min: 0, max: 99 }).map((number) => `k${number}`)
    const step = fc.record({ key: name, gone: fc.boolean(), look: fc.boolean() })
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 40 }), fc.array(step), (first, steps) => {
        const table = createRows().table<string>('x')
        for (const key of first) table.put(key, key)
        const expected = new Set(first)
        for (const { key, gone, look } of steps) {
          if (gone) table.drop(key)
          else table.put(key, key)
          if (gone) expected.delete(key)
          else expected.add(key)
          if (look) expect(table.keys()).toEqual([...expected].sort())
        }
        expect(table.values()).toEqual([...expected].sort())
      }),
    )
  })

  it('lists of a table of any size what stands in it now, and never changes a list it has given away', () => {
    const name = fc.integer({ min: 0, max: 60 }).map((number) => `k${number}`)
    const step = fc.record({
      key: name,
      row: fc.option(fc.nat(9), { nil: undefined }),
      look: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.array(step, { maxLength: 120 }), (first, steps) => {
        const table = createRows().table<number>('x')
        const expected = new Map<string, number>()
        const given: { list: readonly unknown[]; copy: readonly unknown[] }[] = []
        const change = (key: string, row: number | undefined) => {
          if (row === undefined) table.drop(key)
          else table.put(key, row)
          if (row === undefined) expected.delete(key)
          else expected.set(key, row)
        }
        const look = () => {
          const keys = [...expected.keys()].sort()
          expect(table.values()).toEqual(keys.map((key) => expected.get(key)))
          expect(table.keys()).toEqual(keys)
          for (const list of [table.values(), table.keys()]) given.push({ list, copy: [...list] })
        }
        for (const key of first) change(key, 0)
        look()
        for (const { key, row, look: looks } of steps) {
          change(key, row)
          if (looks) look()
        }
        look()
        for (const { list, copy } of given) expect(list).toEqual(copy)
      }),
    )
  })

  it('tells of a batch what a comparison of before and after would, whatever was undone in between', () => {
    fc.assert(
      fc.property(
        fc.array(change),
        fc.array(fc.array(change)),
        fc.infiniteStream(fc.boolean()),
        (kept, entries, fails) => {
          const rows = createRows()
          for (const name of ['x', 'y']) rows.table(name)
          apply(rows, kept)
          rows.settle()
          const before = new Map(rows.all().map(([table, name, row]) => [`${table}/${name}`, row]))
          for (const entry of entries) {
            const savepoint = rows.savepoint()
            apply(rows, entry)
            if (fails.next().value === true) rows.rollback(savepoint)
          }
          const after = new Map(rows.all().map(([table, name, row]) => [`${table}/${name}`, row]))
          const told = rows
            .changes()
            .flatMap(({ table, rows: changed, added }) =>
              [...changed].map(([name, row]) => ({ place: `${table}/${name}`, row, added: added.has(name) })),
            )
          const places = [...new Set([...before.keys(), ...after.keys()])]
          const expected = places
            .filter((place) => before.get(place) !== after.get(place))
            .map((place) => ({ place, row: after.get(place), added: !before.has(place) }))
          const inOrder = (list: typeof told) => list.toSorted((a, b) => (a.place < b.place ? -1 : 1))
          expect(inOrder(told)).toEqual(inOrder(expected))
          expect(rows.changes().map(({ table }) => table)).toEqual(
            rows
              .changes()
              .map(({ table }) => table)
              .sort(),
          )
        },
      ),
    )
  })

  it('lists values in order of key, also after changes', () => {
    const rows = createRows()
    const table = rows.table<number>('t')
    table.put('b', 2)
    table.put('a', 1)
    expect(table.values()).toEqual([1, 2])
    table.put('a', 3)
    expect(table.values()).toEqual([3, 2])
    table.drop('b')
    expect(table.values()).toEqual([3])
  })

  it('keeps rows of a write-only table only until they are committed', () => {
    const rows = createRows(['ended'])
    rows.table('ended').put('t', 1)
    expect(rows.changes()).toHaveLength(1)
    rows.settle()
    expect(rows.table('ended').size).toBe(0)
    expect(rows.changes()).toEqual([])
  })
})
