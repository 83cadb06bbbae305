import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueTimers } from '#hub/engine/due.ts'
import { createRows } from '#hub/engine/rows.ts'
import type { TimerRow } from '#hub/engine/state.ts'

const timer = (owner: string, name: string, deadline: number): TimerRow => ({
  id: `${owner}#${name}`,
  owner,
  name,
  deadline,
  graced: false,
  event: null,
})
const action = fc.oneof(
  fc.record({
    do: fc.constant('set' as const),
    owner: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('x', 'y', 'z'),
    deadline: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({
    do: fc.constant('clear' as const),
    owner: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('x', 'y', 'z'),
  }),
)

describe('due timers', () => {
  it('gives every timer of the table once, in the order deadline, owner, name', () => {
    fc.assert(
      fc.property(fc.array(action), fc.integer({ min: 0, max: 25 }), (actions, at) => {
        const table = createRows().table<TimerRow>('timers')
        const due = createDueTimers(table)
        for (const one of actions) {
          if (one.do === 'clear') table.drop(`${one.owner}#${one.name}`)
          else {
            const row = timer(one.owner, one.name, one.deadline)
            table.put(row.id, row)
            due.add(row)
          }
        }
        const expected = table
          .values()
          .filter((row) => row.deadline <= at)
          .toSorted(
            (a, b) =>
              a.deadline - b.deadline ||
              (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : a.name < b.name ? -1 : 1),
          )
          .map((row) => row.id)
        const taken: string[] = []
        for (let next = due.next(at); next !== undefined; next = due.next(at)) {
          taken.push(next.id)
          table.drop(next.id)
        }
        expect(taken).toEqual(expected)
      }),
    )
  })

  it('finds timers again that an undo put back', () => {
    const rows = createRows()
    const table = rows.table<TimerRow>('timers')
    const due = createDueTimers(table)
    const row = timer('a', 'x', 5)
    table.put(row.id, row)
    due.add(row)
    rows.settle()
    table.drop(row.id)
    expect(due.next(10)).toBeUndefined()
    rows.undo()
    due.rebuild()
    expect(due.next(10)).toEqual(row)
  })
})
