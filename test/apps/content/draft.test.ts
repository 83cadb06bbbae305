/** From what was typed to what the hub is asked for: nothing is sent that the hub would have to refuse for its form. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { campaignFormOf, campaignIn, forWhom } from '#apps/lobby/pages/content/model/campaign-form.ts'
import {
  alreadyThere,
  type Draft,
  draftOfItem,
  newDraft,
  troublesOf,
  versionIn,
  withMandatory,
} from '#apps/lobby/pages/content/model/draft.ts'
import { newName, productOf, titleOfFile } from '#apps/lobby/pages/content/model/names.ts'
import {
  moved,
  placeAt,
  playlistFormOf,
  playlistIn,
  withEntry,
} from '#apps/lobby/pages/content/model/playlist-form.ts'
import { runsFormOf, runsIn } from '#apps/lobby/pages/content/model/runs-form.ts'
import { NewPlaylist, NewVersion } from '#protocol/content.ts'
import { NewCampaign } from '#protocol/desk/content-routes.ts'
import { campaign, playlist, sha, version } from './rows.ts'

const today = '2026-11-23'
const media = { sha256: sha, type: 'image/png', bytes: 10 } as const

const whole = (more: Partial<Draft> = {}): Draft => {
  const draft = newDraft(today)
  return {
    ...draft,
    item: 'poster-1',
    media,
    title: '秋季海报',
    words: { zh: ' 秋季储蓄 ', en: ' ' },
    productCode: 'LC-2026',
    campaign: {
      ...draft.campaign,
      zones: ['waiting'],
      segments: ['personal'],
      languages: ['zh'],
      runs: { ...draft.campaign.runs, hoursFrom: '09:00', hoursTo: '11:00' },
    },
    ...more,
  }
}

it('a poster for personal customers in Chinese is what the routes take', () => {
  const draft = whole()
  expect(troublesOf(draft, today)).toEqual({})
  expect(NewVersion.parse(versionIn(draft, 'zh'))).toMatchObject({
    item: 'poster-1',
    title: { zh: '秋季海报' },
    sha256: sha,
    template: null,
    words: { zh: '秋季储蓄' },
    productCode: 'LC-2026',
    expiresOn: '2026-12-23',
  })
  const asked = campaignIn(draft.campaign, {
    campaign: 'poster-1',
    title: { zh: '秋季海报' },
    item: 'poster-1',
    productCode: draft.productCode,
    revision: 0,
  })
  expect(NewCampaign.parse(asked)).toMatchObject({
    product: 'lc-2026',
    zones: ['waiting'],
    segments: ['personal'],
    languages: ['zh'],
    runs: { from: null, to: null, hours: { from: '09:00', to: '11:00' }, weekdays: [] },
    perVisit: 1,
    holdoutShare: 0.1,
  })
})

it('says what is missing, field by field', () => {
  expect(troublesOf(newDraft(today), today)).toEqual({
    file: 'file-missing',
    title: 'title-missing',
    words: 'words-missing',
    productCode: 'code-missing',
  })
  // What is on its way is not missing, nor is the title that it will bring.
  expect(troublesOf(newDraft(today), today, true)).toEqual({
    words: 'words-missing',
    productCode: 'code-missing',
  })
  expect(troublesOf(whole({ expiresOn: '2026-11-22' }), today)).toEqual({ expiresOn: 'expired' })
  const { campaign: set } = whole()
  expect(troublesOf(whole({ campaign: { ...set, languages: ['zh', 'en'] } }), today)).toEqual({
    words: 'words-language',
  })
  const runs = (more: object) => whole({ campaign: { ...set, runs: { ...set.runs, ...more } } })
  expect(troublesOf(runs({ hoursTo: '' }), today)).toEqual({ hours: 'hours-half' })
  expect(troublesOf(runs({ hoursTo: '09:00' }), today)).toEqual({ hours: 'hours-same' })
  expect(troublesOf(runs({ from: '2026-12-02', to: '2026-12-01' }), today)).toEqual({ days: 'days-order' })
  expect(troublesOf(runs({ to: '2026-11-01' }), today)).toEqual({ days: 'days-over' })
})

it('a picture in the loop needs neither words nor a code', () => {
  expect(troublesOf(whole({ way: 'loop', words: {}, productCode: '' }), today)).toEqual({})
  expect(troublesOf(whole({ way: 'later', source: 'words', words: {} }), today)).toEqual({
    words: 'words-missing',
  })
})

it('what has to be shown needs no place of its own, and its last day is nobody’s guess', () => {
  const must = withMandatory(whole(), 'fraud-warning')
  expect([must.way, must.expiresOn]).toEqual(['later', ''])
  expect(troublesOf({ ...must, productCode: '' }, today)).toEqual({})
  expect(withMandatory(must, null)).toMatchObject({ way: 'campaign', expiresOn: '2026-12-23' })
  expect(withMandatory(whole({ expiresOn: '2027-01-31' }), 'rates').expiresOn).toBe('2027-01-31')
})

it('one more version begins as the one before it, and keeps the title', () => {
  const next = draftOfItem({ id: 'poster', title: '海报', mandatory: null, version: version(1) }, today)
  expect(next).toMatchObject({ item: 'poster', source: 'file', words: { zh: '秋季储蓄' }, way: 'later' })
  expect(versionIn(next, 'zh')).not.toHaveProperty('title')
  const words = version(1, { media: null, template: 'notice' })
  expect(draftOfItem({ id: 'n', title: 'n', mandatory: null, version: words }, today).source).toBe('template')
})

it('does not add again what the hub has already, when only the answer was lost', () => {
  const asked = versionIn(whole({ expiresOn: '2026-12-31', productCode: 'LC-2026' }), 'zh')
  const there = version(4, { words: { zh: '秋季储蓄' }, mandatory: null })
  expect(alreadyThere(asked, [there], 'manager-1')).toBe(4)
  expect(alreadyThere(asked, [there], 'manager-2')).toBeUndefined()
  expect(alreadyThere(asked, [{ ...there, state: 'declined' }], 'manager-1')).toBeUndefined()
  expect(alreadyThere({ ...asked, productCode: null }, [there], 'manager-1')).toBeUndefined()
})

it('names are what the hub takes, whatever the title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (title, code) => {
      const name = newName(title, 'k3x9ab')
      expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/)
      expect(productOf(code, name)).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/)
    }),
  )
  expect(titleOfFile('autumn_poster-v2.final.PNG')).toBe('autumn poster v2 final')
  expect(titleOfFile('秋季海报.jpg')).toBe('秋季海报')
})

it('what is read into the fields and sent again is the same', () => {
  const runs = { from: '2026-12-01', to: null, hours: { from: '22:00', to: '02:00' }, weekdays: [1, 2] }
  expect(runsIn(runsFormOf(runs))).toEqual(runs)
  const told = campaign({ runs, segments: ['personal'], languages: ['en'] })
  const sent = campaignIn(campaignFormOf(told, 'zh'), {
    campaign: told.id,
    title: told.title,
    item: 'poster',
    productCode: '',
    revision: told.revision,
  })
  const { origin: _, playsToday: __, id: ___, ...rest } = told
  expect(sent).toEqual({ ...rest, campaign: 'autumn', product: 'lc-2026' })
  expect(forWhom(campaignFormOf(campaign(), 'zh')).segments).toHaveLength(3)
  const list = playlist({ runs })
  const again = playlistIn(playlistFormOf(list, 'en'), { playlist: 'loop', title: list.title, revision: 3 })
  expect(NewPlaylist.parse(again)).toMatchObject({ entries: list.entries, runs, priority: 5, on: true })
})

it('puts an item at the end of a playlist once', () => {
  const entry = { item: 'poster', showForMs: 10_000 }
  const once = withEntry(playlist(), entry)
  expect(once.entries).toEqual([{ item: 'rates', showForMs: 8_000 }, entry])
  expect(withEntry(playlist({ entries: once.entries }), entry).entries).toEqual(once.entries)
  expect(once.revision).toBe(3)
})

it('moving one keeps all of them, and the order of the others', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { maxLength: 12 }),
      fc.integer({ min: -2, max: 13 }),
      fc.integer({ min: -2, max: 13 }),
      (list, from, to) => {
        const after = moved(list, from, to)
        expect(new Set(after)).toEqual(new Set(list))
        const one = list[from]
        const without = (all: readonly number[]) => all.filter((other) => other !== one)
        expect(without(after)).toEqual(without(list))
        if (one !== undefined && to >= 0 && to < list.length) expect(after[to]).toBe(one)
      },
    ),
  )
  expect([placeAt([10, 30], 0), placeAt([10, 30], 20), placeAt([10, 30], 99)]).toEqual([0, 1, 2])
})
