/** Keys: each press does one thing or none, and never in the middle of a word. */
import { describe, expect, test, vi } from 'vitest'
import { type Action, actionFor, createActions, matching, opensPalette } from '#apps/expert/keys/actions.ts'

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
