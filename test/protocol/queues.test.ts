import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf, type Rows } from '#flows/samples/model.ts'
import { counterRow, deviceRow, monday, sensed, serviceRow, ticketRow } from '#flows/samples/rows.ts'
import { freeKiosks, isKioskFit } from '#protocol/kiosks.ts'
import { countersWorking, remainingWaitMs, ticketsAhead } from '#protocol/queues.ts'

const queue = (count: number, rows: Rows = {}) =>
  modelOf({
    services: [serviceRow({ id: 'cash', serviceMs: 60_000 })],
    counters: [counterRow({ id: 'c1' }), counterRow({ id: 'c2', staffed: null })],
    tickets: Array.from({ length: count }, (_, index) =>
      ticketRow({ id: `A${String(index).padStart(3, '0')}`, issuedAt: monday + index }),
    ),
    ...rows,
  })

describe('the remaining wait', () => {
  it('grows with the tickets ahead and shrinks with the counters that work', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 }), (count, open) => {
        const counters = Array.from({ length: open }, (_, index) => counterRow({ id: `c${index}` }))
        const view = queue(count, { counters })
        const waits = view.tickets().map((ticket) => remainingWaitMs(view, ticket))
        expect(waits).toEqual(waits.map((_, index) => Math.round(((index + 1) * 60_000) / open)))
      }),
    )
  })

  it('takes the measured service time and the counters that the queue system reports', () => {
    const services = [
      serviceRow({ id: 'cash', serviceMs: 60_000, measuredServiceMs: 90_000, countersOpen: sensed(3) }),
    ]
    const view = queue(3, { services })
    expect(remainingWaitMs(view, view.ticket('A002')!)).toBe(90_000)
  })

  it('is the announced wait where no counter works, and unknown where nobody knows', () => {
    const counters = [counterRow({ id: 'c1', staffed: false }), counterRow({ id: 'c2', state: 'paused' })]
    const none = queue(1, { counters })
    expect(countersWorking(none, 'cash')).toBe(0)
    expect(remainingWaitMs(none, none.ticket('A000')!)).toBeUndefined()
    const services = [serviceRow({ id: 'cash', announcedWaitMs: sensed(420_000) })]
    const announced = queue(1, { counters, services })
    expect(remainingWaitMs(announced, announced.ticket('A000')!)).toBe(420_000)
    expect(remainingWaitMs(announced, ticketRow({ id: 'B001', service: 'gone' }))).toBeUndefined()
  })

  it('of a held ticket is that of its old position', () => {
    const view = queue(3)
    const held = { ...view.ticket('A001')!, state: 'held' as const }
    expect(ticketsAhead(view, held)).toBe(1)
  })
})

describe('a kiosk', () => {
  const kiosk = deviceRow({ id: 'k1', kind: 'kiosk' })

  it('is free when it is fit, unused and promised to nobody', () => {
    const free = (rows: Rows) => freeKiosks(modelOf({ devices: [kiosk], ...rows })).map((row) => row.id)
    expect(free({})).toEqual(['k1'])
    expect(free({ claims: ['kiosk:k1'] })).toEqual([])
    expect(free({ occupied: ['k1'] })).toEqual([])
    const used = { ...kiosk, session: { since: monday, ticket: null, service: null } }
    expect(free({ devices: [used] })).toEqual([])
  })

  it('is fit only well, open to dispatch, and there as far as anybody knows', () => {
    expect(isKioskFit(kiosk)).toBe(true)
    expect(isKioskFit({ ...kiosk, link: 'unknown' })).toBe(true)
    expect(isKioskFit({ ...kiosk, link: 'offline' })).toBe(false)
    expect(isKioskFit({ ...kiosk, link: 'lost' })).toBe(false)
    expect(isKioskFit({ ...kiosk, health: 'degraded' })).toBe(false)
    expect(isKioskFit({ ...kiosk, willingness: 'held' })).toBe(false)
    expect(isKioskFit({ ...kiosk, kind: 'screen' })).toBe(false)
  })
})
