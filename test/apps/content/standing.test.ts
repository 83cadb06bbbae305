/** How an item stands is said by one word, on the branch's own day; what waits is never hidden. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  faceOf,
  found,
  runsOf,
  shelves,
  standingOf,
  waitingIn,
  waitingVersion,
} from '#apps/lobby/pages/content/model/standing.ts'
import { campaign, item, playlist, version } from './rows.ts'

const today = '2026-11-23'

it('is in force until the end of its last day', () => {
  const shown = item({ inForce: 1, versions: [version(1, { state: 'approved', expiresOn: today })] })
  expect(standingOf(shown, today)).toBe('in-force')
  expect(standingOf(shown, '2026-11-24')).toBe('expired')
  const forever = item({ inForce: 1, versions: [version(1, { state: 'approved', expiresOn: null })] })
  expect(standingOf(forever, '2099-01-01')).toBe('in-force')
})

it('waits, was declined, was withdrawn or taken off', () => {
  expect(standingOf(item(), today)).toBe('waits')
  expect(standingOf(item({ versions: [version(1, { state: 'declined' })] }), today)).toBe('declined')
  expect(standingOf(item({ versions: [version(1, { state: 'withdrawn' })] }), today)).toBe('withdrawn')
  expect(standingOf(item({ versions: [version(1, { state: 'approved' })] }), today)).toBe('taken-off')
})

it('shows what is on the screens while a newer version waits, and says that one does', () => {
  const both = item({ inForce: 1, versions: [version(1, { state: 'approved' }), version(2)] })
  expect(standingOf(both, today)).toBe('in-force')
  expect(faceOf(both)?.version).toBe(1)
  expect(waitingVersion(both)?.version).toBe(2)
  expect(found([both], { shelf: 'waits', search: '', today })).toEqual([both])
})

it('finds by title, code and words, and puts what waits for somebody first', () => {
  const old = item({
    id: 'old',
    title: { en: 'Rates' },
    inForce: 1,
    versions: [version(1, { state: 'approved', productCode: 'R7', addedAt: 99 })],
  })
  const waits = item({ id: 'waits', versions: [version(1, { addedAt: 5, productCode: null })] })
  const look = (search: string) => found([old, waits], { shelf: 'all', search, today }).map(({ id }) => id)
  expect(look('')).toEqual(['waits', 'old'])
  expect(look(' rAtes ')).toEqual(['old'])
  expect(look('r7')).toEqual(['old'])
  expect(look('秋季')).toEqual(['waits', 'old'])
  expect(look('nothing')).toEqual([])
})

it('lists what waits, the longest waiting first', () => {
  const items = [
    item({ id: 'b', versions: [version(1, { addedAt: 9 }), version(2, { addedAt: 4 })] }),
    item({ id: 'a' }),
  ]
  expect(waitingIn(items).map((one) => `${one.item.id}${one.version.version}`)).toEqual(['a1', 'b2', 'b1'])
})

it('knows where an item runs', () => {
  const runs = runsOf('poster', {
    playlists: [playlist(), playlist({ id: 'own', entries: [{ item: 'poster', showForMs: 1_000 }] })],
    campaigns: [campaign(), campaign({ id: 'words', item: null })],
  })
  expect([runs.playlists.map(({ id }) => id), runs.campaigns.map(({ id }) => id)]).toEqual([
    ['own'],
    ['autumn'],
  ])
})

it('every item stands on exactly one of the shelves, and also among what waits if something of it does', () => {
  const state = fc.constantFrom('proposed', 'approved', 'declined', 'withdrawn')
  fc.assert(
    fc.property(
      fc.array(state, { minLength: 1, maxLength: 5 }),
      fc.nat(5),
      fc.constantFrom(null, '2026-01-01', '2027-01-01'),
      (states, inForce, expiresOn) => {
        const versions = states.map((one, index) => version(index + 1, { state: one, expiresOn }))
        const one = item({ versions, inForce: states[inForce - 1] === 'approved' ? inForce : null })
        const on = shelves.filter((shelf) => found([one], { shelf, search: '', today }).length === 1)
        const others = on.filter((shelf) => shelf !== 'all' && shelf !== 'waits')
        expect(on).toContain('all')
        expect(others.length + Number(standingOf(one, today) === 'waits')).toBe(1)
        expect(on.includes('waits')).toBe(states.includes('proposed'))
      },
    ),
  )
})
