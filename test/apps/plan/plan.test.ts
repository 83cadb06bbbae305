/** What is done to a plan, taken back, found wrong, compared, and put on top of what another did. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clashesIn, differences, onTop, wayOf } from '#apps/lobby/pages/plan/model/differences.ts'
import { draftOf, isOvertaken, putOnTop, settle, takeTheirs } from '#apps/lobby/pages/plan/model/draft.ts'
import {
  addCorner,
  addPlace,
  addZone,
  moveCorner,
  movePlace,
  moveZone,
  placeDevice,
  removeCorner,
  removePlace,
  removeZone,
  renamePlace,
  renameZone,
  setCorners,
  setLimit,
  setTitle,
  setZone,
} from '#apps/lobby/pages/plan/model/edits.ts'
import { faultsIn } from '#apps/lobby/pages/plan/model/faults.ts'
import { rectangle } from '#apps/lobby/pages/plan/model/grid.ts'
import { begun, done, type History, redone, undone } from '#apps/lobby/pages/plan/model/history.ts'
import { broughtBack, changeOf, isSame, type Plan, type Zone } from '#apps/lobby/pages/plan/model/plan.ts'

const zone = (id: string, left: number): Zone => ({
  id,
  kind: 'other',
  title: { en: id },
  keepClear: [],
  staffOnly: false,
  at: { x: left + 2, y: 2 },
  area: [...rectangle({ x: left, y: 0 }, { x: left + 4, y: 4 })],
})

const plan: Plan = {
  zones: [{ ...zone('hall', 0), keepClear: ['door'] }, zone('vip', 4)],
  places: [
    { id: 'door', zone: 'hall', kind: 'door', at: { x: 0, y: 2, theta: 1.5 } },
    { id: 'sofa', zone: 'vip', kind: 'rest', at: { x: 6, y: 1 } },
  ],
  devices: [
    { id: 'robot', zone: 'hall', place: 'door' },
    { id: 'screen', zone: 'vip', place: null },
  ],
}

const answer = (revision: number, of: Plan) => ({
  revision,
  zones: [...of.zones],
  places: [...of.places],
  devices: of.devices.map((one) => ({ ...one, kind: 'robot', title: {} })),
})

const codes = (of: Plan) => faultsIn(of).map(({ code, of: what }) => `${code} ${what?.id ?? ''}`)

test('a zone takes along what stands in it, and leaves the rest', () => {
  const moved = moveZone(plan, 'hall', { x: 0.5, y: -2 })
  expect(moved.zones[0]?.area?.[0]).toEqual({ x: 0.5, y: -2 })
  expect(moved.zones[0]?.at).toEqual({ x: 2.5, y: 0 })
  expect(moved.places).toEqual([
    { id: 'door', zone: 'hall', kind: 'door', at: { x: 0.5, y: 0, theta: 1.5 } },
    plan.places[1],
  ])
  expect(moved.zones[1]).toBe(plan.zones[1])
  expect(plan.zones[0]?.at).toEqual({ x: 2, y: 2 })
})

test('the middle of a zone stays within it', () => {
  const narrow = setCorners(plan, 'hall', rectangle({ x: 0, y: 0 }, { x: 1, y: 4 }))
  expect(narrow.zones[0]?.at).toEqual({ x: 0.5, y: 2 })
  expect(moveCorner(plan, { id: 'hall', nth: 0 }, { x: -1, y: -1 }).zones[0]?.at).toEqual({ x: 2, y: 2 })
})

test('corners come in the middle of a wall, and go as long as three are left', () => {
  const five = addCorner(plan, 'hall', 0)
  expect(five.zones[0]?.area).toHaveLength(5)
  expect(five.zones[0]?.area?.[1]).toEqual({ x: 2, y: 0 })
  const three = removeCorner(plan, 'hall', 0)
  expect(three.zones[0]?.area).toHaveLength(3)
  expect(removeCorner(three, 'hall', 0).zones[0]?.area).toHaveLength(3)
})

test('who goes takes along what is nothing without it', () => {
  const left = removeZone(plan, 'hall')
  expect(left).toEqual({
    zones: [plan.zones[1]],
    places: [plan.places[1]],
    devices: [{ id: 'robot', zone: null, place: null }, plan.devices[1]],
  })
  expect(removePlace(plan, 'door').zones[0]?.keepClear).toEqual([])
})

test('names change everywhere at once, and new ones are free', () => {
  const renamed = renamePlace(renameZone(plan, 'hall', 'lobby'), 'door', 'gate')
  expect(renamed.places[0]).toMatchObject({ id: 'gate', zone: 'lobby' })
  expect(renamed.zones[0]).toMatchObject({ id: 'lobby', keepClear: ['gate'] })
  expect(renamed.devices[0]).toEqual({ id: 'robot', zone: 'lobby', place: 'gate' })
  const one = addZone(plan, { x: 0, y: 5 }, { x: 2, y: 7 })
  const two = addZone(one.plan, { x: 3, y: 5 }, { x: 5, y: 7 })
  expect([one.id, two.id]).toEqual(['zone-1', 'zone-2'])
  const spot = addPlace(two.plan, plan.zones[1] as Zone)
  expect(codes(spot.plan)).toEqual([])
})

test('a title without words and a limit without number are none', () => {
  const named = setZone(plan, 'hall', (one) => setLimit(setTitle(one, 'zh', '大厅'), 12))
  expect(named.zones[0]).toMatchObject({ title: { en: 'hall', zh: '大厅' }, limit: 12 })
  const bare = setZone(named, 'hall', (one) => setLimit(setTitle(one, 'en', ''), undefined))
  expect(bare.zones[0]?.title).toEqual({ zh: '大厅' })
  expect(bare.zones[0]).not.toHaveProperty('limit')
})

const edits: readonly ((of: Plan) => Plan)[] = [
  (of) => moveZone(of, 'hall', { x: 0.5, y: 0 }),
  (of) => moveCorner(of, { id: 'vip', nth: 1 }, { x: 9, y: 0 }),
  (of) => addZone(of, { x: 0, y: 5 }, { x: 2, y: 7 }).plan,
  (of) => removeZone(of, 'vip'),
  (of) => movePlace(of, 'sofa', { x: 7, y: 2 }),
  (of) => placeDevice(of, { id: 'screen', zone: 'hall', place: 'door' }),
]
const steps = fc.array(fc.constantFrom(...edits), { minLength: 1, maxLength: 12 })
const walked = (all: readonly ((of: Plan) => Plan)[]): History<Plan> =>
  all.reduce((so, edit) => done(so, edit(so.present)), begun(plan))

test('taken back and done again is as if nothing had been, at every step', () => {
  fc.assert(
    fc.property(steps, fc.nat({ max: 12 }), (all, back) => {
      const end = walked(all)
      const times = Math.min(back, end.past.length)
      const there = Array.from({ length: times }).reduce<History<Plan>>(undone, end)
      const again = Array.from({ length: times }).reduce<History<Plan>>(redone, there)
      expect(again.present).toEqual(end.present)
      expect(again.past).toEqual(end.past)
      const start = Array.from({ length: end.past.length }).reduce<History<Plan>>(undone, end)
      expect(start.present).toEqual(plan)
      expect(undone(start)).toEqual(start)
    }),
  )
})

test('letters of one word are one step; what comes after undoing forgets what was undone', () => {
  const typed = ['a', 'ab', 'abc'].reduce((so, word) => done(so, word, 'title'), begun(''))
  expect(undone(typed).present).toBe('')
  expect(redone(undone(typed)).present).toBe('abc')
  const other = done(undone(typed), 'x', 'title')
  expect(redone(other)).toEqual(other)
  expect(undone(other).present).toBe('')
})

test('what is wrong is found, each with what it is about', () => {
  expect(codes(plan)).toEqual([])
  expect(codes({ zones: [], places: [], devices: [] })).toEqual(['no-zones '])
  const [hall, vip] = plan.zones as [Zone, Zone]
  const named = (id: string) => ({ ...plan, zones: [hall, vip, zone(id, 20)] })
  expect(codes(named('Hall'))).toEqual(['bad-id Hall'])
  expect(codes(named('vip'))).toEqual(['id-twice vip'])
  const shaped = (area: Zone['area']) => ({ ...plan, zones: [hall, vip, { ...zone('odd', 20), area }] })
  expect(
    codes(
      shaped([
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ]),
    ),
  ).toEqual(['few-corners odd'])
  const [a, b, c, d] = rectangle({ x: 20, y: 0 }, { x: 24, y: 4 })
  expect(codes(shaped([a, c, b, d] as Zone['area']))).toEqual(['crossed odd'])
  expect(codes(movePlace(plan, 'sofa', { x: 9, y: 1 }))).toEqual(['place-outside sofa'])
  expect(codes(movePlace(plan, 'sofa', { x: 8, y: 4 }))).toEqual([])
  const placed = (at: { zone: string | null; place: string | null }) =>
    codes(placeDevice(plan, { id: 'robot', ...at }))
  expect(placed({ zone: 'gone', place: null })).toEqual(['device-zone robot'])
  expect(placed({ zone: 'hall', place: 'gone' })).toEqual(['device-place robot'])
  expect(placed({ zone: 'vip', place: 'door' })).toEqual(['device-apart robot'])
  expect(placed({ zone: null, place: null })).toEqual(['device-nowhere robot'])
  expect(faultsIn(removeZone(plan, 'vip')).filter(({ isWrong }) => isWrong)).toEqual([])
})

test('only what differs is told, and only devices that move are sent', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { present } = walked(all)
      expect(differences(plan, present).length === 0).toBe(isSame(plan, present))
      const moved = changeOf(present, { base: plan, revision: 4 })
      const told = differences(plan, present).filter(({ kind }) => kind === 'device')
      expect(moved.devices.map(({ id }) => id)).toEqual(told.map(({ id }) => id))
    }),
  )
  expect(
    wayOf(plan.zones[0]?.area ?? [], moveZone(plan, 'hall', { x: 1, y: 2 }).zones[0]?.area ?? []),
  ).toEqual({
    x: 1,
    y: 2,
  })
})

test('one’s own on top of another’s: nothing of either is lost but where both changed the same', () => {
  fc.assert(
    fc.property(steps, steps, (one, other) => {
      const [mine, theirs] = [walked(one).present, walked(other).present]
      const three = { base: plan, mine, theirs }
      const both = onTop(three)
      for (const { kind, id } of differences(plan, mine))
        expect(differences(mine, both).filter((it) => it.kind === kind && it.id === id)).toEqual([])
      const own = differences(plan, mine).map(({ kind, id }) => `${kind}/${id}`)
      const lost = differences(theirs, both).filter(({ kind, id }) => !own.includes(`${kind}/${id}`))
      expect(lost).toEqual([])
      expect(onTop({ base: plan, mine: plan, theirs })).toEqual(theirs)
      expect(clashesIn({ base: plan, mine, theirs: mine })).toEqual([])
    }),
  )
})

test('what another saved is told only where something of one’s own is at stake', () => {
  const draft = draftOf(answer(3, plan))
  const theirs = moveZone(plan, 'vip', { x: 1, y: 0 })
  const mine = { ...draft, history: done(draft.history, moveZone(plan, 'hall', { x: -1, y: 0 })) }
  // Nothing of one's own: theirs is taken.
  expect(settle(draft, answer(4, theirs)).base).toEqual(theirs)
  // Another part of the file: the draft goes on from there.
  expect(settle(mine, answer(4, plan))).toEqual({ ...mine, revision: 4 })
  expect(isOvertaken(mine, answer(4, plan))).toBe(false)
  // An older answer changes nothing.
  expect(settle(mine, answer(2, theirs))).toBe(mine)
  expect(isOvertaken(mine, answer(4, theirs))).toBe(true)
  expect(settle(mine, answer(4, theirs))).toBe(mine)

  const onTheirs = putOnTop(mine, answer(4, theirs))
  expect(onTheirs.revision).toBe(4)
  expect(onTheirs.history.present).toEqual(moveZone(theirs, 'hall', { x: -1, y: 0 }))
  expect(isOvertaken(onTheirs, answer(4, theirs))).toBe(false)
  const given = takeTheirs(mine, answer(4, theirs))
  expect(given.history.present).toEqual(theirs)
  expect(undone(given.history).present).toEqual(onTheirs.history.present)
})

test('an earlier plan knows nothing of a device that came since: it stays where it is', () => {
  const earlier: Plan = {
    ...moveZone(plan, 'hall', { x: 2, y: 0 }),
    devices: [
      { id: 'robot', zone: 'vip', place: null },
      { id: 'screen', zone: null, place: null },
    ],
  }
  expect(broughtBack(earlier, plan).devices).toEqual([
    { id: 'robot', zone: 'vip', place: null },
    { id: 'screen', zone: 'vip', place: null },
  ])
  const gone = broughtBack({ ...earlier, zones: [zone('hall', 0)] }, plan)
  expect(gone.devices[1]).toEqual({ id: 'screen', zone: null, place: null })
})
