/** What is looked for: in the address of the page, as bounds in time, and as the question about what was found. */
import { describe, expect, it } from 'vitest'
import { aboutOf, evidenceAddress } from '#apps/lobby/pages/look-back/about.ts'
import {
  type Asked,
  addressFor,
  boundsOf,
  nothingAsked,
  readAsked,
} from '#apps/lobby/pages/look-back/asked.ts'
import { ExplainAsked } from '#protocol/desk/look/explain.ts'

const clock = { now: Date.parse('2026-03-02T09:30:00+08:00'), utcOffsetMinutes: 480 }
const asked = (change: Partial<Asked>): Asked => ({ ...nothingAsked, ...change })

describe('the address', () => {
  it('is bare while nothing is asked, and leads back to what was', () => {
    expect(addressFor(nothingAsked)).toBe('/look-back')
    const all = asked({ q: 'A 1&2', when: 'between', from: '2026-03-02T09:00', zone: 'hall', kind: 'ticket' })
    const [, query] = addressFor(all).split('?')
    expect(readAsked(new URLSearchParams(query))).toEqual(all)
  })

  it('is read as nothing where it says what there is not', () => {
    expect(readAsked(new URLSearchParams('when=ever&kind=people'))).toEqual(nothingAsked)
  })
})

describe('the time', () => {
  const text = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())

  it.each([
    ['hour', '2026-03-02T00:30:00.000Z'],
    ['today', '2026-03-01T16:00:00.000Z'],
    ['week', '2026-02-23T01:30:00.000Z'],
  ] as const)('of %s begins at %s in the time of the branch', (when, from) => {
    const bounds = boundsOf(asked({ when }), clock)
    expect(text(bounds.from)).toBe(from)
    expect(bounds.to).toBeUndefined()
  })

  it('between two minutes holds both of them; an open end stays open', () => {
    const both = boundsOf(asked({ when: 'between', from: '2026-03-02T09:00', to: '2026-03-02T09:05' }), clock)
    expect([text(both.from), text(both.to)]).toEqual(['2026-03-02T01:00:00.000Z', '2026-03-02T01:05:59.999Z'])
    expect(boundsOf(asked({ when: 'between', from: 'soon' }), clock)).toEqual({})
  })
})

describe('what was found', () => {
  const at = clock.now

  it('is explained by what it is, and by its time and place where it has no story of its own', () => {
    expect(aboutOf({ ask: { what: 'ticket', id: 'A001' }, at, zone: null })).toEqual({ ticket: 'A001' })
    expect(aboutOf({ ask: { what: 'task', id: 't-1' }, at, zone: null })).toEqual({ task: 't-1' })
    expect(aboutOf({ ask: null, at, zone: { id: 'hall', title: 'Hall' } })).toEqual({
      from: at - 60_000,
      to: at + 60_000,
      zone: 'hall',
    })
  })

  it('has evidence at an address that the hub takes', () => {
    for (const ask of [null, { what: 'visit', id: 'v-1' }, { what: 'device', id: 'r1' }] as const) {
      const address = new URL(evidenceAddress(aboutOf({ ask, at, zone: null })), 'http://hub')
      expect(address.pathname).toBe('/api/evidence')
      expect(ExplainAsked.safeParse(Object.fromEntries(address.searchParams)).success).toBe(true)
    }
  })
})
