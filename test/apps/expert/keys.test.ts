/** Keys: each press does one thing or none, and never in the middle of a word. */
import { describe, expect, test, vi } from 'vitest'
import { type Action, actionFor, createActions, matching, opensPalette } from '#apps/expert/keys/actions.ts'
import { keyOf, nthKey } from '#apps/expert/keys/key-of.ts'

const action = (id: string, key: string | null): Action => ({
  id,
  key,
  title: { zh: `做 ${id}`, en: `Do ${id}` },
  run: () => undefined,
})
const press = (key: string, more: Partial<Parameters<typeof opensPalette>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...more,
})
const actions = [action('accept', 'a'), action('keys', '?'), action('hidden', null)]

describe('a single key', () => {
  test('is its action, also with capitals on', () => {
    expect(actionFor(press('a'), actions)?.id).toBe('accept')
    expect(actionFor(press('A'), actions)?.id).toBe('accept')
    expect(actionFor(press('?'), actions)?.id).toBe('keys')
  })

  test.each([
    press('a', { ctrlKey: true }),
    press('a', { metaKey: true }),
    press('a', { altKey: true }),
    press('a', { repeat: true }),
    press('a', { isComposing: true }),
    press('z'),
    press('Enter'),
  ])('and nothing otherwise, case %#', (given) => {
    expect(actionFor(given, actions)).toBeUndefined()
  })
})

test('the palette opens with Ctrl or Cmd and K', () => {
  expect(opensPalette(press('k', { ctrlKey: true }))).toBe(true)
  expect(opensPalette(press('K', { metaKey: true }))).toBe(true)
  expect(opensPalette(press('k'))).toBe(false)
  expect(opensPalette(press('k', { ctrlKey: true, altKey: true }))).toBe(false)
})

test('an action is found by a word of either language, or its key', () => {
  const found = (typed: string) => matching(actions, typed).map(({ id }) => id)
  expect(found('')).toEqual(['accept', 'keys', 'hidden'])
  expect(found(' ACC ')).toEqual(['accept'])
  expect(found('做 hid')).toEqual(['hidden'])
  expect(found('?')).toEqual(['keys'])
})

test('what a part of the page offers goes with it, and keeps its place while it is drawn anew', () => {
  const store = createActions()
  const told = vi.fn<() => void>()
  const ids = () => store.all().map(({ id }) => id)
  store.subscribe(told)
  store.put('ring', [action('accept', 'a')])
  store.put('presence', [action('break', 'b')])
  expect(ids()).toEqual(['accept', 'break'])
  expect(store.all()).toBe(store.all())
  store.put('ring', [action('decline', 'd')])
  expect(ids()).toEqual(['decline', 'break'])
  store.drop('ring')
  expect(ids()).toEqual(['break'])
  expect(told).toHaveBeenCalledTimes(4)
})

describe('no two things that can be done at the same moment share a key', () => {
  const row = Object.fromEntries(Array.from({ length: 12 }, (_, nth) => [`${nth}`, nthKey(nth)]))
  const { console, presence, come, ring, tiles, switches, notes, identity, together } = keyOf
  const { sale, noSale, hangUp, noGuest, host, guest, listening, wrapUp } = keyOf
  const always = [console, presence]
  const inCall = [...always, tiles, row, switches, notes]
  const whole = [...inCall, identity, together, hangUp]
  const moments = {
    'nobody calls': [...always, come],
    'it rings': [...always, ring],
    'in a call': [...whole, noSale, noGuest],
    'in a recorded sale': [...whole, sale, noGuest],
    'in a call with a guest': [...whole, noSale, host],
    'in a recorded sale with a guest': [...whole, sale, host],
    'as a guest': [...inCall, guest],
    'listening to a call': [...always, come, tiles, row, listening],
    'writing it up': [...always, row, notes, wrapUp],
  }

  test.each(Object.entries(moments))('%s', (_, offered) => {
    const keys = offered.flatMap((one) => Object.values<string | null>(one)).filter((key) => key !== null)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    expect(keys.filter((key) => actionFor(press(key), [action('it', key)]) === undefined)).toEqual([])
  })

  test('and each key belongs to a moment', () => {
    const named = Object.values(moments).flat()
    const left = Object.entries(keyOf).filter(([, one]) => !named.some((other) => other === one))
    expect(left).toEqual([])
  })
})
