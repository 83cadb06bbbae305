import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DiversionContext,
  forecastMs,
  handOver,
  invitationsFor,
  type Look,
  pressureOf,
  withHanded,
  withReading,
} from '#flows/diversion/decide.ts'
import { DiversionPolicy } from '#flows/diversion/policy.ts'
import type { DiversionView } from '#flows/diversion/view.ts'

const start = 1_772_416_800_000
const context: DiversionContext = {
  service: 'transfer',
  readings: [],
  handed: [],
  calls: 0,
  calledAt: null,
  calling: false,
}
const policy = DiversionPolicy.parse({})

const view: DiversionView = {
  mayInvite: true,
  service: { id: 'transfer', selfService: true, kioskMs: 180_000 },
  waiting: 12,
  waitMs: null,
  kiosks: [],
  tickets: [],
  openable: [],
  openers: [],
}
const look = (part: Partial<DiversionView>, at = start): Look => ({ at, policy, view: { ...view, ...part } })

const point = fc.option(fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }) }))
const tickets = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 999 }).map((number) => `A${number}`),
    remainingMs: fc.integer({ min: 0, max: 3_600_000 }),
    at: point,
    invitations: fc.nat(3),
    invitedAt: fc.integer({ min: start - 1_200_000, max: start }),
  }),
  { selector: (ticket) => ticket.id, maxLength: 30 },
)
const kiosks = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 99 }).map((n) => `kiosk-${n}`), at: point }),
  {
    selector: (kiosk) => kiosk.id,
    maxLength: 8,
  },
)

describe('whom to invite', () => {
  it('never exceeds the free kiosks, uses each once, and invites only who gains and may be asked', () => {
    fc.assert(
      fc.property(tickets, kiosks, fc.nat(3), (some, free, spareKiosks) => {
        const now: Look = { ...look({ tickets: some, kiosks: free }), policy: { ...policy, spareKiosks } }
        const made = invitationsFor(context, now)
        expect(made.length).toBeLessThanOrEqual(Math.max(0, free.length - spareKiosks))
        expect(new Set(made.map((one) => one.kiosk)).size).toBe(made.length)
        expect(new Set(made.map((one) => one.ticket.id)).size).toBe(made.length)
        for (const { ticket, walkMs } of made) {
          expect(ticket.remainingMs).toBeGreaterThan(walkMs + 180_000 + policy.marginMs)
          expect(ticket.invitations).toBeLessThan(policy.invitationsMax)
        }
      }),
    )
  })

  it('never invites a ticket or fills a kiosk twice, however often it looks before the model shows it', () => {
    fc.assert(
      fc.property(
        tickets,
        kiosks,
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 8 }),
        (some, free, waits) => {
          let now = start
          let remembered = context
          const asked: string[] = []
          const filled: string[] = []
          for (const wait of waits) {
            const seen = look({ tickets: some, kiosks: free }, now)
            for (const one of invitationsFor(remembered, seen)) {
              asked.push(one.ticket.id)
              filled.push(one.kiosk)
            }
            remembered = { ...remembered, handed: withHanded(remembered, seen) }
            now += wait
          }
          expect(new Set(asked).size).toBe(asked.length)
          expect(new Set(filled).size).toBe(filled.length)
        },
      ),
    )
  })

  it('hands over by marks, the one that starts the invitation last', () => {
    const ticket = { id: 'A1', remainingMs: 3_600_000, at: null, invitations: 1, invitedAt: 0 }
    const marks = handOver(context, look({ tickets: [ticket], kiosks: [{ id: 'kiosk-1', at: null }] }))
    expect(marks.map((mark) => (mark.type === 'mark' ? [mark.name, mark.value] : []))).toEqual([
      ['diversion.open', true],
      ['diversion.invitations', 2],
      ['diversion.invitedAt', start],
      ['diversion.kiosk', 'kiosk-1'],
    ])
  })

  it('invites nobody from a queue that no kiosk can serve', () => {
    const ticket = { id: 'A1', remainingMs: 3_600_000, at: null, invitations: 0, invitedAt: 0 }
    const kiosk = { id: 'kiosk-1', at: null }
    const service = { id: 'cash', selfService: false, kioskMs: 1 }
    expect(invitationsFor(context, look({ tickets: [ticket], kiosks: [kiosk], service }))).toEqual([])
    expect(invitationsFor(context, look({ tickets: [ticket], kiosks: [kiosk], service: null }))).toEqual([])
  })
})

describe('pressure', () => {
  it('is one of four, and never both high and low', () => {
    const maybe = (max: number) => fc.option(fc.nat(max))
    fc.assert(
      fc.property(maybe(50), maybe(3_600_000), (waiting, waitMs) => {
        const pressure = pressureOf(look({ waiting, waitMs }))
        if (waiting === null && waitMs === null) expect(pressure).toBe('unknown')
        else if ((waiting ?? 0) >= 8 || (waitMs ?? 0) >= 600_000) expect(pressure).toBe('high')
        else expect(pressure).toBe((waiting ?? 0) <= 5 && (waitMs ?? 0) <= 360_000 ? 'low' : 'between')
      }),
    )
  })

  it('cannot be set to flicker', () => {
    expect(DiversionPolicy.safeParse({ enterLength: 5, leaveLength: 5 }).success).toBe(false)
    expect(DiversionPolicy.safeParse({ enterWaitMs: 60_000, leaveWaitMs: 60_000 }).success).toBe(false)
  })
})

describe('the forecast', () => {
  const feed = (waits: readonly number[], everyMs: number) => {
    let readings: DiversionContext['readings'] = []
    waits.forEach((waitMs, index) => {
      readings = withReading(readings, look({ waitMs }, start + index * everyMs))
    })
    return readings
  }

  it('carries a steady rise on for as long as opening takes, and a fall not at all', () => {
    const rising = feed([60_000, 90_000, 120_000, 150_000], 30_000)
    expect(forecastMs(rising, look({ waitMs: 180_000 }, start + 120_000))).toBe(
      180_000 + policy.openingLeadMs,
    )
    const falling = feed([180_000, 150_000, 120_000, 90_000], 30_000)
    expect(forecastMs(falling, look({ waitMs: 60_000 }, start + 120_000))).toBe(60_000)
  })

  it('is the wait itself while there is no trend, and nothing while nobody knows', () => {
    expect(forecastMs([], look({ waitMs: 120_000 }))).toBe(120_000)
    expect(forecastMs(feed([60_000, 600_000], 20_000), look({ waitMs: 900_000 }, start + 40_000))).toBe(
      900_000,
    )
    expect(forecastMs([], look({ waitMs: null }))).toBeNull()
  })

  it('keeps a bounded number of recent readings, whatever comes', () => {
    const step = fc.record({ ms: fc.integer({ min: 0, max: 120_000 }), wait: fc.option(fc.nat(3_600_000)) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let at = start
        let readings: DiversionContext['readings'] = []
        for (const { ms, wait } of steps) {
          at += ms
          const seen = look({ waitMs: wait }, at)
          readings = withReading(readings, seen)
          const forecast = forecastMs(readings, seen)
          if (wait === null) expect(forecast).toBeNull()
          else expect(forecast).toBeGreaterThanOrEqual(wait)
        }
        expect(readings.length).toBeLessThanOrEqual(40)
        expect(readings.every((one) => at - one.at <= policy.trendWindowMs)).toBe(true)
      }),
    )
  })
})
