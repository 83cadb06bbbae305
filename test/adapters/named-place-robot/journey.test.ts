/** The robot has no ids for its journeys: what may end one, and what may not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WayNews } from '#adapters/named-place-robot/dialects/dialect.ts'
import { createJourney, type Look } from '#adapters/named-place-robot/journey.ts'

const beginWithinMs = 5_000
const stuckMs = 45_000

const journeyTo = (to: string) => {
  const journey = createJourney({ to, orderedAtMs: 0, beginWithinMs, stuckMs })
  let now = 0
  return {
    journey,
    pass(ms: number) {
      now += ms
    },
    says(phase: WayNews['phase'], place = to, more: Partial<WayNews> = {}) {
      journey.news({ kind: 'way', place, phase, ...more }, now)
    },
    seen: (look: Omit<Look, 'askedAtMs'>, askedAtMs = now) => journey.look({ ...look, askedAtMs }, now),
  }
}

test('it has arrived when that was reported and it stands there', () => {
  const trip = journeyTo('Desk')
  trip.says('moving', 'desk', { first: true })
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  trip.says('arrived', 'desk')
  expect(trip.seen({ moving: false, at: 'Desk' })).toEqual({ arrived: true })
})

test('a late report of an earlier journey to the same place ends nothing', () => {
  const trip = journeyTo('Desk')
  trip.says('arrived')
  expect(trip.seen({ moving: false, at: 'Sofa' })).toBeUndefined()
  trip.says('moving', 'Desk', { first: true })
  trip.says('arrived')
  expect(trip.seen({ moving: false, at: 'Sofa' })).toBeUndefined()
  trip.says('moving')
  trip.says('arrived')
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  trip.pass(2_000)
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  expect(trip.seen({ moving: false, at: null })).toBeUndefined()
  trip.says('arrived')
  expect(trip.seen({ moving: false, at: 'Desk' })).toEqual({ arrived: true })
})

test('a late abort of an earlier journey to the same place ends nothing either', () => {
  const trip = journeyTo('Desk')
  trip.says('ended')
  expect(trip.seen({ moving: false, at: 'Sofa' })).toBeUndefined()
  trip.says('moving', 'Desk', { first: true })
  trip.says('ended')
  trip.pass(2_000)
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  expect(trip.seen({ moving: false, at: null })).toBeUndefined()
})

test('a look that was asked for before the report does not confirm it', () => {
  const trip = journeyTo('Desk')
  trip.says('moving')
  trip.pass(1_000)
  trip.says('arrived')
  expect(trip.seen({ moving: false, at: 'Desk' }, 500)).toBeUndefined()
  expect(trip.seen({ moving: false, at: 'Desk' }, 1_000)).toEqual({ arrived: true })
})

test('news of other places are not about it, unless it sets out for one', () => {
  const trip = journeyTo('Desk')
  trip.says('arrived', 'Sofa')
  trip.says('ended', 'Sofa')
  trip.says('moving', 'Sofa', { first: true })
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  trip.says('moving')
  trip.says('moving', 'home base')
  expect(trip.seen({ moving: true, at: null })).toBeUndefined()
  trip.says('moving', 'home base', { first: true })
  expect(trip.seen({ moving: true, at: null })).toEqual({ arrived: false, code: 'diverted' })
})

test('where the report of the arrival is lost, standing there is enough', () => {
  const trip = journeyTo('Desk')
  trip.says('moving')
  expect(trip.seen({ moving: false, at: 'Desk' })).toBeUndefined()
  expect(trip.seen({ moving: false, at: 'Desk' })).toBeUndefined()
  expect(trip.seen({ moving: false, at: 'Desk' })).toEqual({ arrived: true })
})

test('it says blocked when it stands on the way for too long, and not-begun when nothing happened', () => {
  const stuck = journeyTo('Desk')
  stuck.says('moving')
  expect(stuck.seen({ moving: false, at: null })).toBeUndefined()
  stuck.pass(stuckMs)
  expect(stuck.seen({ moving: false, at: null })).toEqual({ arrived: false, code: 'blocked' })
  const idle = journeyTo('Desk')
  idle.pass(beginWithinMs - 1)
  expect(idle.seen({ moving: false, at: 'Sofa' })).toBeUndefined()
  idle.pass(1)
  expect(idle.seen({ moving: false, at: 'Sofa' })).toEqual({ arrived: false, code: 'not-begun' })
  const there = journeyTo('Desk')
  there.pass(beginWithinMs)
  expect(there.seen({ moving: false, at: 'Desk' })).toEqual({ arrived: true })
})

test('the only word about a journey that never began is why', () => {
  const trip = journeyTo('Desk')
  trip.says('ended', 'Desk', { code: 'not-localised' })
  trip.pass(beginWithinMs)
  expect(trip.seen({ moving: false, at: 'Sofa' })).toEqual({ arrived: false, code: 'not-localised' })
})

test('a robot that cannot say where it is must have been seen to go', () => {
  const trip = journeyTo('Desk')
  trip.says('moving')
  trip.says('arrived')
  expect(trip.seen({ moving: false })).toBeUndefined()
  trip.says('moving')
  expect(trip.seen({ moving: true })).toBeUndefined()
  trip.says('arrived')
  expect(trip.seen({ moving: false })).toEqual({ arrived: true })
})

const places = ['Desk', 'Sofa', 'home base']
const step = fc.oneof(
  fc.record({
    does: fc.constant('says' as const),
    place: fc.constantFrom(...places),
    phase: fc.constantFrom('moving' as const, 'arrived' as const, 'ended' as const),
    first: fc.boolean(),
  }),
  fc.record({
    does: fc.constant('seen' as const),
    moving: fc.boolean(),
    at: fc.constantFrom(null, ...places),
  }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 60_000 }) }),
)

test('whatever is reported: it never counts as arrived unless it was just seen to stand there', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const trip = journeyTo('Desk')
      for (const one of steps) {
        if (one.does === 'pass') trip.pass(one.ms)
        else if (one.does === 'says') trip.says(one.phase, one.place, { first: one.first })
        else {
          const at = one.moving ? null : one.at
          const verdict = trip.seen({ moving: one.moving, at })
          if (verdict?.arrived === true)
            expect({ moving: one.moving, at }).toEqual({ moving: false, at: 'Desk' })
          if (verdict !== undefined) return
        }
      }
    }),
    { numRuns: 500 },
  )
})
