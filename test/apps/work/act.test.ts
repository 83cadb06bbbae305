/** Acting by hand: what is sent is what the hub takes, and what somebody does often is kept without whom it was for. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CommandLife } from '#apps/lobby/live/lives.ts'
import {
  favouriteOf,
  favouritesMax,
  isFavourite,
  readFavourites,
  toggled,
} from '#apps/lobby/pages/act/favourites.ts'
import {
  askOf,
  type Draft,
  draftOf,
  forms,
  kindsFor,
  missing,
  put,
  shownForMs,
} from '#apps/lobby/pages/act/forms.ts'
import { type OptionParts, optionsFor, search } from '#apps/lobby/pages/act/options.ts'
import { inLanguages, phrases } from '#apps/lobby/pages/act/phrases.ts'
import { taskOf } from '#apps/lobby/pages/act/task-of.ts'
import { choicesOf, withoutMember } from '#apps/lobby/pages/act/would-do.ts'
import { createNames } from '#apps/lobby/said/names.ts'
import { Ask, askable } from '#protocol/desk/live/ask.ts'

it('sends nothing while something is missing, and then only what belongs to it', () => {
  const guide: Draft = { what: 'guide', visit: 'v-1' }
  expect(missing(guide)).toEqual(['destination'])
  expect(askOf(guide)).toBeUndefined()
  const there = put(guide, 'destination', { counter: 'counter-2' })
  expect(askOf(there)).toEqual({ what: 'guide', visit: 'v-1', counter: 'counter-2' })
  // Instead of the counter, not besides it.
  expect(askOf(put(there, 'destination', { zone: 'kiosks' }))).toEqual({
    what: 'guide',
    visit: 'v-1',
    zone: 'kiosks',
  })
  expect(askOf({ ...there, campaign: 'autumn', note: 'x', member: 'robot-1' })).toEqual({
    what: 'guide',
    visit: 'v-1',
    counter: 'counter-2',
    member: 'robot-1',
  })
})

it('sends the reason for what was shown often enough, and keeps none for the next time', () => {
  const promote: Draft = { what: 'promote', campaign: 'autumn', zone: 'waiting' }
  const asked = askOf(put(promote, 'beyondCap', { beyondCap: ' they asked for it ' }))
  expect(asked).toEqual({ ...promote, beyondCap: 'they asked for it' })
  expect(askOf({ ...promote, beyondCap: ' ' })).toEqual(promote)
  expect(favouriteOf({ ...promote, beyondCap: 'x' })).toEqual(promote)
})

it('says only the languages in which something was typed', () => {
  const announce: Draft = { what: 'announce', zone: 'waiting', words: { zh: '', en: '  ' } }
  expect(missing(announce)).toEqual(['words'])
  const said = askOf(put(announce, 'words', { words: { zh: ' 请稍候 ', en: '' } }))
  expect(said).toEqual({ what: 'announce', zone: 'waiting', words: { zh: '请稍候' } })
})

it('shows on a screen for as long as the form says, also where nobody touched it', () => {
  const display: Draft = { what: 'display', zone: 'waiting', words: { en: 'Hello' } }
  expect(askOf(display)?.forMs).toBe(shownForMs)
  expect(askOf({ ...display, forMs: 600_000 })?.forMs).toBe(600_000)
  expect(askOf({ ...display, what: 'announce' })?.forMs).toBeUndefined()
})

it('makes of whatever was filled in something that the hub can read', () => {
  const draft = fc.record(
    {
      what: fc.constantFrom(...askable),
      visit: fc.constant('v-1'),
      zone: fc.constant('waiting'),
      counter: fc.constant('counter-1'),
      campaign: fc.constant('autumn'),
      member: fc.constant('robot-1'),
      words: fc.dictionary(fc.constantFrom('zh', 'en'), fc.string({ maxLength: 40, unit: 'grapheme-ascii' })),
      forMs: fc.constantFrom(30_000, 600_000),
      note: fc.string({ maxLength: 40, unit: 'grapheme-ascii' }),
    },
    { requiredKeys: ['what'] },
  )
  fc.assert(
    fc.property(draft, (given) => {
      const ask = askOf(given)
      expect(ask === undefined).toBe(missing(given).length > 0)
      if (ask !== undefined) expect(Ask.safeParse(ask).success).toBe(true)
    }),
  )
})

it('offers for a person, a zone or nothing what makes sense there', () => {
  expect(kindsFor({})).toEqual(askable)
  expect(kindsFor({ visit: 'v-1' })).toEqual(['greet', 'guide', 'expert'])
  expect(kindsFor({ zone: 'waiting' })).toContain('announce')
  expect(draftOf({ zone: 'waiting' })).toBeUndefined()
  expect(draftOf({ what: 'dock', member: 'robot-1' })).toEqual({ what: 'dock', member: 'robot-1' })
  for (const { slots, needs } of Object.values(forms)) for (const need of needs) expect(slots).toContain(need)
})

const names = createNames({ row: () => undefined }, { tongue: 'en', revision: 1 })
const visit = (id: string, more: object = {}) =>
  ({ id, since: 10, wantsStaff: false, priority: false, beingServed: false, tickets: [], ...more }) as never
const parts: OptionParts = {
  rows: {
    visits: [
      visit('served', { beingServed: true }),
      visit('b'),
      visit('a', { since: 5 }),
      visit('c', { wantsStaff: true }),
    ],
    zones: [{ id: 'hall', staffOnly: false } as never, { id: 'vault', staffOnly: true } as never],
    counters: [
      { id: 'counter-1', state: 'open', services: ['cash'] } as never,
      { id: 'counter-2', state: 'closed', services: [] } as never,
    ],
    devices: [{ id: 'kiosk-1', kind: 'kiosk' } as never, { id: 'robot-1', kind: 'robot' } as never],
    campaigns: [
      { id: 'on', on: true, words: { en: 'Save: a little' } } as never,
      { id: 'off', on: false, words: {} } as never,
    ],
  },
  names,
  since: () => '5 min',
  state: () => '',
}

it('puts first who wants help, then who waits longest, and never leads to a closed counter or behind it', () => {
  const ids = (slot: Parameters<typeof optionsFor>[0]) => optionsFor(slot, parts).map(({ id }) => id)
  expect(ids('visitor')).toEqual(['c', 'a', 'b', 'served'])
  expect(ids('destination')).toEqual(['counter-1', 'kiosk-1', 'hall'])
  expect(ids('robot')).toEqual(['robot-1'])
  expect(ids('campaign')).toEqual(['on'])
  expect(optionsFor('campaign', parts)[0]).toMatchObject({ title: 'Save', note: 'a little' })
  expect(search(optionsFor('destination', parts), ' COUNTER ').map(({ id }) => id)).toEqual(['counter-1'])
})

it('keeps what is done often, and never for whom', () => {
  const announce: Ask = { what: 'announce', zone: 'waiting', words: { zh: '请稍候', en: 'Please wait' } }
  const guide: Ask = { what: 'guide', counter: 'counter-1', visit: 'v-1', ticket: 'A1', note: 'private' }
  expect(favouriteOf(guide)).toEqual({ what: 'guide', counter: 'counter-1' })
  const kept = toggled(toggled([], announce), guide)
  expect(readFavourites(JSON.stringify(kept))).toEqual(kept)
  expect(isFavourite(kept, { ...guide, visit: 'v-2' })).toBe(true)
  expect(
    isFavourite(kept, { words: { en: 'Please wait', zh: '请稍候' }, zone: 'waiting', what: 'announce' }),
  ).toBe(true)
  expect(toggled(kept, guide)).toEqual([announce])
  const many = Array.from(
    { length: 12 },
    (_, index): Ask => ({
      what: 'dock',
      member: `robot-${index}`,
    }),
  )
  expect(many.reduce<readonly Ask[]>(toggled, [])).toEqual(many.slice(-favouritesMax))
  for (const broken of [null, '', '{', '[{"what":"fly"}]', '7']) expect(readFavourites(broken)).toEqual([])
})

it('has its sentences in both languages, for whatever languages the branch has', () => {
  for (const { words } of phrases) {
    expect(Object.keys(words).toSorted()).toEqual(['en', 'zh'])
    expect(Ask.safeParse({ what: 'announce', words }).success).toBe(true)
  }
  expect(inLanguages({ zh: '好', en: 'Good' }, ['zh-CN', 'en', 'fr'])).toEqual({
    'zh-CN': '好',
    en: 'Good',
    fr: '',
  })
})

it('finds the task that came of it, the newest where it was passed on', () => {
  const task = (id: string, createdAt: number, request?: string) => ({ id, createdAt, request }) as never
  const tasks = [task('other', 9, 'request/x'), task('first', 1, 'request/a'), task('again', 5, 'request/a')]
  const life = { request: 'request/a' } as CommandLife
  expect(taskOf(tasks, life)?.id).toBe('again')
  expect(taskOf(tasks, {} as CommandLife)).toBeUndefined()
  expect(taskOf(tasks, undefined)).toBeUndefined()
})

it('offers the others as the hub judged them: the chosen one first, and with why not last', () => {
  const candidate = (member: string, score: number | null) => ({
    member,
    score,
    parts: null,
    out: score === null ? 'busy' : null,
  })
  const would = {
    what: 'guide' as const,
    member: 'near',
    why: null,
    waits: false,
    preempts: null,
    wayMs: null,
    beginsInMs: null,
    words: [],
    candidates: [
      candidate('busy', null),
      candidate('far', 20),
      candidate('person/li', 90),
      candidate('near', 70),
      { ...candidate('camera', null), out: 'kind' },
    ],
  }
  const said = { names, reason: (code: string) => `is ${code}` }
  expect(choicesOf(would, said).map(({ id, out }) => [id, out])).toEqual([
    ['near', null],
    ['person/li', null],
    ['far', null],
    ['busy', 'is busy'],
  ])
  expect(choicesOf(would, said).filter(({ isSpared }) => isSpared)).toMatchObject([{ id: 'person/li' }])
  expect(choicesOf(undefined, said)).toEqual([])
  expect(withoutMember({ what: 'guide', member: 'far' })).toEqual({ what: 'guide' })
})
