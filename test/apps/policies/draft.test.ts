/** Two people change the same flow: nothing is overwritten that nobody has seen, and nothing that somebody typed is lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  autonomyKey,
  change,
  clashesIn,
  type Draft,
  decide,
  delivered,
  differences,
  emptyDraft,
  orderOf,
  type Standing,
  settle,
  standingOf,
  takeNote,
  theirsIn,
  valueIn,
} from '#apps/lobby/pages/policies/model/draft.ts'
import { valuesAt } from '#apps/lobby/pages/policies/model/versions.ts'

const standing = (revision: number, values: Standing['values']): Standing => ({ revision, values })
const first = standing(3, { enterLength: 8, leaveLength: 5, silent: true, [autonomyKey]: 'automatic' })

const edited = (values: Standing['values'], draft: Draft = emptyDraft(first)) =>
  Object.entries(values).reduce((so, [name, value]) => change(so, first, { name, value }), draft)

it('sends only what is different, from the revision that was seen', () => {
  const draft = edited({ enterLength: 12, leaveLength: 6 })
  const back = change(draft, first, { name: 'leaveLength', value: 5 })
  expect(orderOf(back, first)).toEqual({ autonomy: null, policy: { enterLength: 12 }, revision: 3 })
  expect(orderOf(emptyDraft(first), first)).toBeUndefined()
  expect(orderOf(edited({ [autonomyKey]: 'off' }), first)).toEqual({
    autonomy: 'off',
    policy: {},
    revision: 3,
  })
})

it('keeps mine and shows theirs where both changed the same, until it is decided', () => {
  const now = standing(4, { ...first.values, enterLength: 20 })
  const draft = settle(edited({ enterLength: 12 }), now)
  expect(clashesIn(draft, now)).toEqual([{ name: 'enterLength', was: 8, theirs: 20, mine: 12 }])
  expect(orderOf(draft, now)).toBeUndefined()
  expect(valueIn(draft, now, 'enterLength')).toBe(12)

  const mine = decide(draft, now, { name: 'enterLength', keep: 'mine' })
  expect(orderOf(mine, now)).toEqual({ autonomy: null, policy: { enterLength: 12 }, revision: 4 })
  const theirs = settle(decide(draft, now, { name: 'enterLength', keep: 'theirs' }), now)
  expect(theirs).toEqual({ seen: now, changes: {} })
})

it('asks again when theirs changes once more after it was decided', () => {
  const now = standing(4, { ...first.values, enterLength: 20 })
  const mine = decide(edited({ enterLength: 12 }), now, { name: 'enterLength', keep: 'mine' })
  const later = standing(5, { ...first.values, enterLength: 30 })
  expect(clashesIn(settle(mine, later), later)).toEqual([
    { name: 'enterLength', was: 20, theirs: 30, mine: 12 },
  ])
})

it('tells what only the other changed before anything of mine is sent', () => {
  const now = standing(4, { ...first.values, leaveLength: 2 })
  const draft = settle(edited({ enterLength: 12 }), now)
  expect(clashesIn(draft, now)).toEqual([])
  expect(theirsIn(draft, now)).toEqual([{ name: 'leaveLength', was: 5, is: 2 }])
  expect(orderOf(draft, now)).toBeUndefined()
  const noted = settle(takeNote(draft, now), now)
  expect(orderOf(noted, now)).toEqual({ autonomy: null, policy: { enterLength: 12 }, revision: 4 })
})

it('is done once what was sent is in force, and follows others silently while nothing is at stake', () => {
  const sent = standing(4, { ...first.values, enterLength: 12 })
  expect(settle(edited({ enterLength: 12 }), sent)).toEqual({ seen: sent, changes: {} })
  const theirs = standing(9, { ...first.values, silent: false })
  expect(settle(emptyDraft(first), theirs)).toEqual(emptyDraft(theirs))
})

it('waits no longer for what was sent, also where somebody changed it again before this page saw it', () => {
  const draft = edited({ enterLength: 12, leaveLength: 6 })
  const later = standing(5, { ...first.values, enterLength: 20 })
  const left = settle(delivered(draft, { enterLength: 12 }), later)
  expect(left.changes).toEqual({ leaveLength: 6 })
  expect(clashesIn(left, later)).toEqual([])
})

it('never sends over what was not seen, and never drops what was typed', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const values = fc.record({ a: fc.nat(3), b: fc.nat(3), c: fc.nat(3) })
  const edits = fc.array(fc.record({ name, value: fc.nat(3) }), { maxLength: 6 })
  fc.assert(
    fc.property(values, edits, values, (begun, mine, other) => {
      const before = standing(1, begun)
      const now = standing(2, other)
      const typed = mine.reduce((draft, edit) => change(draft, before, edit), emptyDraft(before))
      const draft = settle(typed, now)
      for (const { name: one } of differences(typed, before))
        expect(valueIn(draft, now, one)).toEqual(typed.changes[one])
      const order = orderOf(draft, now)
      for (const one of Object.keys(order?.policy ?? {})) expect(begun).toHaveProperty(one, other[one as 'a'])
      // Whoever decides each and reads the rest gets exactly what he decided.
      const decided = clashesIn(draft, now).reduce(
        (so, { name: one }) => decide(so, now, { name: one, keep: 'mine' }),
        draft,
      )
      const last = orderOf(settle(takeNote(decided, now), now), now)
      expect({ ...other, ...last?.policy }).toEqual({ ...other, ...typed.changes })
    }),
  )
})

it('finds the way back to each version', () => {
  const change_ = { at: 0, by: 'a', byTitle: 'A', reason: null, approvedBy: null, approvedByTitle: null }
  const flow = {
    revision: 3,
    policy: { x: 4, y: 2 },
    autonomy: 'suggest',
    defaults: { x: 1, y: 1 },
    history: [
      {
        ...change_,
        revision: 3,
        autonomy: 'suggest',
        autonomyWas: 'automatic',
        differs: [{ name: 'x', label: 'X', was: 3, is: 4 }],
      },
      {
        ...change_,
        revision: 2,
        autonomy: 'automatic',
        autonomyWas: null,
        differs: [{ name: 'y', label: 'Y', was: 1, is: 2 }],
      },
      {
        ...change_,
        revision: 1,
        autonomy: 'automatic',
        autonomyWas: null,
        differs: [{ name: 'x', label: 'X', was: 1, is: 3 }],
      },
    ],
  } as const
  const told = { ...flow, history: flow.history.map((one) => ({ ...one, differs: [...one.differs] })) }
  expect(valuesAt(told, 3)).toEqual(standingOf(told).values)
  expect(valuesAt(told, 2)).toEqual({ x: 3, y: 2, [autonomyKey]: 'automatic' })
  expect(valuesAt(told, 1)).toEqual({ x: 3, y: 1, [autonomyKey]: 'automatic' })
})
