/** Whatever the network does, and whoever starts again: both sides end up with the same, and nothing rings that is over. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOver } from '#hub/calls/find.ts'
import { TwoSides } from './two-sides.ts'

type Step = (sides: TwoSides) => void

const nth = fc.nat({ max: 20 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('k-1', 'k-2', 'k-3').map(
      (device): Step =>
        (sides) =>
          sides.request(device),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(nth, fc.constantFrom('withdraw', 'to-staff', 'hang-up', 'join', 'leave' as const))
      .map(
        ([which, what]): Step =>
          (sides) =>
            sides.act(which, what),
      ),
  },
  {
    weight: 5,
    arbitrary: nth.map(
      (which): Step =>
        (sides) =>
          sides.work(which),
    ),
  },
  { weight: 6, arbitrary: fc.constant<Step>((sides) => sides.send()) },
  {
    weight: 8,
    arbitrary: fc.tuple(nth, fc.boolean()).map(
      ([which, stays]): Step =>
        (sides) =>
          sides.deliver(which, stays),
    ),
  },
  {
    weight: 3,
    arbitrary: nth.map(
      (which): Step =>
        (sides) =>
          sides.drop(which),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('k-1', 'k-2', 'k-3'), fc.boolean()).map(
      ([device, isAway]): Step =>
        (sides) =>
          sides.kiosk(device, isAway),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((sides) => sides.giveUpKiosks()) },
  { weight: 1, arbitrary: fc.constant<Step>((sides) => sides.cut()) },
  { weight: 2, arbitrary: fc.constant<Step>((sides) => sides.open()) },
  {
    weight: 2,
    arbitrary: nth.map(
      (which): Step =>
        (sides) =>
          sides.time(which),
    ),
  },
)

/** What must hold at any moment. */
const checkAlways = ({ branch, desk: { desk: open, rings }, over, ended }: TwoSides) => {
  const here = branch.desk()
  for (const call of here.calls.values()) {
    // What the branch has ended, or hung up, stays so.
    if (isOver(call)) ended.add(call.id)
    else expect(ended.has(call.id)).toBe(false)
    // Nobody is called without an end for a kiosk that is gone.
    const isCalled = ['waiting', 'ringing', 'accepted'].includes(call.state)
    if (isCalled && call.awaySince != null && !call.participants.includes(`kiosk:${call.device}`))
      expect([...branch.timers.keys()]).toContain(`branch/call/${call.id}#gone`)
    if (isOver(call)) expect([...branch.timers.keys()]).not.toContain(`branch/call/${call.id}#gone`)
    const row = here.links.asked.get(call.escalation)
    if (row?.hungUp != null) expect(['wrap-up', 'ended']).toContain(call.state)
  }
  const desk = open()
  const calls = desk.calls.values()
  // One call for one escalation.
  expect(new Set(calls.map(({ escalation }) => escalation)).size).toBe(calls.length)
  // What the branch has taken back rings for nobody, and never again.
  for (const [escalation, before] of over) {
    expect(rings.get(escalation) ?? 0).toBe(before)
    const call = calls.find((one) => one.escalation === escalation)
    expect(['waiting', 'ringing']).not.toContain(call?.state)
  }
  // Nobody is held by what is over.
  for (const { call } of desk.experts.values())
    if (call !== null) expect(desk.calls.get(call)?.state).not.toBe('ended')
}

const checkSettled = (sides: TwoSides) => {
  const branch = sides.branch.desk()
  const desk = sides.desk.desk()
  for (const row of branch.links.asked.values()) {
    const here = branch.calls.get(row.call)
    const there = desk.calls.values().find(({ escalation }) => escalation === row.escalation)
    if (here === undefined) continue
    if (there === undefined) {
      expect(isOver(here)).toBe(true)
      continue
    }
    // What the branch ended, an expert may still write up; everything else is the same on both sides.
    if (isOver(here)) expect(['wrap-up', 'ended']).toContain(there.state)
    else {
      expect(here.state).toBe(there.state)
      expect(here.expert).toBe(there.expert)
      expect(desk.links.served.get(`north/${row.escalation}`)?.present).toEqual(row.present)
      expect([...here.participants].sort()).toEqual([...there.participants].sort())
    }
    if (isOver(there)) {
      expect(isOver(here)).toBe(true)
      expect(desk.links.served.get(`north/${row.escalation}`)?.settled).toBe(true)
    }
  }
}

describe('a side that was restored from a backup', () => {
  it.each(['branch', 'desk'] as const)(
    'the %s: both agree once it is quiet, and nobody is left over',
    (who) => {
      const steps = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' })
      let lost = 0
      fc.assert(
        fc.property(steps, steps, (before, after) => {
          const sides = new TwoSides()
          for (const one of before) one(sides)
          const restore = sides[who].backUp()
          for (const one of after) one(sides)
          const known = sides[who].desk().calls.size
          restore()
          lost += known - sides[who].desk().calls.size
          sides.cut()
          sides.open()
          sides.settle()
          checkSettled(sides)
          const { asked } = sides.branch.desk().links
          for (const { escalation, state } of sides.desk.desk().calls.values())
            if (!asked.has(escalation)) expect(['wrap-up', 'ended']).toContain(state)
        }),
        { numRuns: 600 },
      )
      expect(lost).toBeGreaterThan(100)
    },
  )
})

it('a branch that was restored is believed: who stands in the call is its own to say', () => {
  const sides = new TwoSides()
  sides.request('k-1')
  sides.settle()
  sides.work(0)
  sides.act(0, 'join')
  sides.settle()
  const restore = sides.branch.backUp()
  sides.act(0, 'leave')
  sides.settle()
  restore()
  sides.cut()
  sides.open()
  sides.settle()
  expect(sides.desk.desk().calls.values()[0]?.participants).toEqual(['kiosk:k-1'])
})

it.each(['kiosk', 'expert'] as const)(
  'how long they spoke is known at the branch too, whoever hangs up: the %s',
  (who) => {
    const sides = new TwoSides()
    sides.request('k-1')
    sides.settle()
    for (const _ of ['accept', 'join']) {
      sides.work(0)
      sides.settle()
    }
    if (who === 'kiosk') sides.act(0, 'hang-up')
    else sides.work(0)
    sides.settle()
    sides.work(0)
    sides.settle()
    const steps = ['call.requested', 'call.accepted', 'call.hung-up', 'call.ended']
    expect(sides.branch.codes.filter((code) => steps.includes(code))).toEqual(steps)
  },
)

describe('the durable line', () => {
  it('loses nothing, does nothing twice, and agrees once it is quiet', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 160, size: 'max' }), (steps) => {
        const sides = new TwoSides()
        for (const one of steps) {
          one(sides)
          checkAlways(sides)
        }
        // On the line that there is, then on a new one.
        for (const isNew of [!sides.isUp, true]) {
          if (isNew) sides.open()
          sides.settle()
          checkAlways(sides)
          checkSettled(sides)
        }
        for (const { state } of sides.desk.desk().calls.values()) seen.add(state)
      }),
      { numRuns: 400 },
    )
    expect([...seen].sort()).toEqual(['accepted', 'ended', 'in-call', 'ringing', 'waiting', 'wrap-up'])
  })
})
