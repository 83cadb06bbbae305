/** What holds in zones: who is heard where, and what is kept clear; and what is saved while somebody goes on drawing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterSave, draftOf, putOnTop } from '#apps/lobby/pages/plan/model/draft.ts'
import {
  addZone,
  movePlace,
  moveZone,
  placeDevice,
  putPlace,
  removePlace,
  removeZone,
  renameZone,
  setKeptClear,
} from '#apps/lobby/pages/plan/model/edits.ts'
import { faultsIn } from '#apps/lobby/pages/plan/model/faults.ts'
import { done } from '#apps/lobby/pages/plan/model/history.ts'
import { changeOf, holds, type Plan, type Zone } from '#apps/lobby/pages/plan/model/plan.ts'
import { heardWith, setSound, sharedSound, soundsBeside } from '#apps/lobby/pages/plan/model/sound.ts'

const zone = (id: string, sound?: string): Zone => ({
  id,
  kind: 'other',
  title: {},
  keepClear: [],
  staffOnly: false,
  ...(sound !== undefined && { sound }),
})

const planOf = (zones: readonly Zone[]): Plan => ({ zones, places: [], devices: [] })
const zoneIn = (plan: Plan, id: string) => plan.zones.find((one) => one.id === id) as Zone
const ids = (zones: readonly Zone[]) => zones.map(({ id }) => id)

const ids4 = ['hall', 'vip', 'exit', 'lift'] as const
const sounds = fc.option(fc.constantFrom(...ids4, 'front', 'hall-1'), { nil: undefined })
const plans = fc
  .tuple(sounds, sounds, sounds, sounds)
  .map((all) => planOf(ids4.map((id, nth) => zone(id, all[nth]))))

test('a zone is heard with those that it is put with and with nobody else, or alone; the others as before', () => {
  fc.assert(
    fc.property(plans, fc.constantFrom(...ids4), fc.nat(), (plan, id, nth) => {
      const here = zoneIn(plan, id)
      const others = plan.zones.filter((one) => one.id !== id)
      const between = (of: Plan) =>
        others.map((one) => ids(heardWith(of, zoneIn(of, one.id))).filter((other) => other !== id))
      const groups = soundsBeside(plan, here)
      const group = groups[nth % groups.length]
      const joined = setSound(plan, here, group?.sound)
      expect(ids(heardWith(joined, zoneIn(joined, id)))).toEqual(ids(group?.zones ?? []))
      expect(sharedSound(joined, zoneIn(joined, id))).toBe(group?.sound)
      const alone = setSound(joined, zoneIn(joined, id), undefined)
      expect(heardWith(alone, zoneIn(alone, id))).toEqual([])
      expect(sharedSound(alone, zoneIn(alone, id))).toBeUndefined()
      for (const of of [joined, alone]) expect(between(of)).toEqual(between(plan))
    }),
  )
})

test('a zone keeps its company under another name', () => {
  fc.assert(
    // Names of sound zones are names as well: whoever is called so is not heard there.
    fc.property(
      plans,
      fc.constantFrom(...ids4),
      fc.constantFrom('other-name', 'front', 'hall-1'),
      (plan, id, name) => {
        const renamed = renameZone(plan, id, name)
        for (const { id: one } of plan.zones) {
          const company = ids(heardWith(plan, zoneIn(plan, one))).map((other) =>
            other === id ? name : other,
          )
          expect(ids(heardWith(renamed, zoneIn(renamed, one === id ? name : one)))).toEqual(company)
        }
      },
    ),
  )
})

const drawn: Plan = {
  zones: [{ ...zone('hall'), at: { x: 2, y: 2 } }, zone('vip')],
  places: [
    { id: 'door', zone: 'hall', kind: 'door' },
    { id: 'sofa', zone: 'vip', kind: 'rest' },
  ],
  devices: [{ id: 'robot', zone: 'hall', place: null }],
}
const clear = (plan: Plan) => plan.zones.map(({ keepClear }) => keepClear)
const codes = (plan: Plan) => faultsIn(plan).map(({ code, of }) => `${code} ${of?.id ?? ''}`)

test('what is kept clear stays so in the zone it is moved to, and is forgotten with the place', () => {
  const kept = setKeptClear(drawn, { zone: 'hall', place: 'door' }, true)
  expect(clear(kept)).toEqual([['door'], []])
  expect(clear(setKeptClear(kept, { zone: 'hall', place: 'door' }, true))).toEqual([['door'], []])
  expect(clear(setKeptClear(kept, { zone: 'hall', place: 'door' }, false))).toEqual([[], []])
  const moved = putPlace(kept, 'door', 'vip')
  expect(clear(moved)).toEqual([[], ['door']])
  expect(codes(moved)).toEqual([])
  expect(clear(putPlace(kept, 'sofa', 'hall'))).toEqual([['door'], []])
  expect(putPlace(kept, 'door', 'hall')).toEqual(kept)
  expect(clear(removePlace(kept, 'door'))).toEqual([[], []])
})

test('what a zone keeps clear must be there, and should be its own', () => {
  expect(codes(setKeptClear(drawn, { zone: 'hall', place: 'gate' }, true))).toEqual(['clear-gone hall'])
  const elsewhere = setKeptClear(drawn, { zone: 'hall', place: 'sofa' }, true)
  expect(faultsIn(elsewhere)).toEqual([
    { code: 'clear-elsewhere', of: { kind: 'zone', id: 'hall' }, isWrong: false },
  ])
})

const answer = (revision: number, of: Plan) => ({
  revision,
  zones: [...of.zones],
  places: [...of.places],
  devices: of.devices.map((one) => ({ ...one, kind: 'robot', title: {} })),
})

const edits: readonly ((of: Plan) => Plan)[] = [
  (of) => addZone(of, { x: 0, y: 5 }, { x: 2, y: 7 }).plan,
  (of) => moveZone(of, 'hall', { x: 1, y: 0 }),
  (of) => movePlace(of, 'sofa', { x: 3, y: 3 }),
  (of) => removeZone(of, 'vip'),
  (of) => placeDevice(of, { id: 'robot', zone: 'vip', place: null }),
]
const steps = fc.array(fc.constantFrom(...edits), { minLength: 1, maxLength: 6 })
const walked = (from: Plan, all: readonly ((of: Plan) => Plan)[]) => all.reduce((so, edit) => edit(so), from)

test('what is done while a save is under way is still there when it is answered, and nothing else is', () => {
  fc.assert(
    fc.property(steps, steps, (before, meanwhile) => {
      const sent = walked(drawn, before)
      const draft = draftOf(answer(3, drawn))
      const atSave = { ...draft, history: done(draft.history, sent) }
      expect(afterSave(atSave, sent, answer(4, sent))).toBeUndefined()
      const present = walked(sent, meanwhile)
      const after = afterSave({ ...atSave, history: done(atSave.history, present) }, sent, answer(4, sent))
      const isNews = JSON.stringify(present) !== JSON.stringify(sent)
      expect(after?.history.present).toEqual(isNews ? present : undefined)
      expect(after?.base).toEqual(isNews ? sent : undefined)
    }),
  )
})

test('a change is known to be in force by what is there, not by an answer', () => {
  const moved = walked(drawn, [edits[1], edits[4]] as (typeof edits)[number][])
  const change = changeOf(moved, { base: drawn, revision: 3 })
  expect(change.devices).toEqual([{ id: 'robot', zone: 'vip', place: null }])
  expect(holds(moved, change)).toBe(true)
  expect(holds(drawn, change)).toBe(false)
  expect(holds({ ...moved, devices: drawn.devices }, change)).toBe(false)
  expect(holds({ ...moved, zones: drawn.zones }, change)).toBe(false)
})

test('a device that is gone since does not come back with what was drawn: nothing could be saved with it', () => {
  const withRobot = placeDevice(drawn, { id: 'robot', zone: 'vip', place: null })
  const draft = draftOf(answer(3, drawn))
  const mine = { ...draft, history: done(draft.history, moveZone(withRobot, 'hall', { x: 1, y: 0 })) }
  const theirs = answer(4, { ...drawn, devices: [{ id: 'kiosk', zone: 'hall', place: null }] })
  const plan = putOnTop(mine, theirs).history.present
  expect(plan.devices).toEqual([{ id: 'kiosk', zone: 'hall', place: null }])
  expect(plan.zones[0]?.at).toEqual({ x: 3, y: 2 })
})
