/** On its way to the hub any answer may be lost, and others change things meanwhile: nothing is added twice, nothing lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Ask, deliver } from '#apps/lobby/pages/content/model/deliver.ts'
import { type Draft, newDraft } from '#apps/lobby/pages/content/model/draft.ts'
import { sizeSaid } from '#apps/lobby/pages/content/model/size.ts'
import type { Library } from '#protocol/desk/content-routes.ts'
import { campaign, item, playlist, sha, version, zones } from './rows.ts'

const lost = new Error('lost')
const conflict = new Error('conflict')

/** A hub in small, whose answers are lost where the list says so; `meddle` is another editor. */
const madeHub = (isLost: (call: number) => boolean, meddle: (library: Library) => void = () => undefined) => {
  const library: Library = {
    items: [],
    playlists: [playlist()],
    campaigns: [],
    mandatoryShare: 0.1,
    zones: [...zones],
    languages: ['zh', 'en'],
  }
  let calls = 0
  const answered = <Answer>(answer: Answer): Promise<Answer> =>
    isLost((calls += 1)) ? Promise.reject(lost) : Promise.resolve(answer)
  const ask: Ask = {
    library: () => answered(structuredClone(library)),
    addVersion: (asked) => {
      const found = library.items.find(({ id }) => id === asked.item)
      const number = (found?.versions.length ?? 0) + 1
      const { words, productCode, expiresOn, template, mandatory } = asked
      const next = version(number, {
        words,
        productCode,
        expiresOn,
        template,
        ...(mandatory !== undefined && { mandatory }),
      })
      if (found === undefined) library.items.push(item({ id: asked.item, versions: [next] }))
      else found.versions.push(next)
      return answered({ version: number })
    },
    setCampaign: (asked) => {
      const at = library.campaigns.findIndex(({ id }) => id === asked.campaign)
      if ((library.campaigns[at]?.revision ?? 0) !== asked.revision) return Promise.reject(conflict)
      const row = campaign({ id: asked.campaign, item: asked.item, revision: asked.revision + 1 })
      library.campaigns.splice(at === -1 ? 0 : at, at === -1 ? 0 : 1, row)
      return answered({})
    },
    setPlaylist: (asked) => {
      meddle(library)
      const at = library.playlists.findIndex(({ id }) => id === asked.playlist)
      if ((library.playlists[at]?.revision ?? 0) !== asked.revision) return Promise.reject(conflict)
      const { entries, revision } = asked
      const row = playlist({ id: asked.playlist, entries, revision: revision + 1 })
      library.playlists.splice(at === -1 ? 0 : at, at === -1 ? 0 : 1, row)
      return answered({})
    },
    isConflict: (error) => error === conflict,
  }
  return { library, ask }
}

const draft = (more: Partial<Draft>): Draft => ({
  ...newDraft('2026-11-23'),
  media: { sha256: sha, type: 'image/png', bytes: 10 },
  title: 'Autumn',
  words: { zh: '秋季' },
  productCode: 'LC',
  ...more,
})

/** Presses again whenever it failed, from what was kept. */
const untilDone = async (begin: Draft, ask: Ask): Promise<Draft> => {
  let kept = begin
  for (let presses = 0; presses < 40; presses += 1) {
    const done = await deliver(kept, {
      ask,
      tongue: 'zh',
      who: 'manager-1',
      random: () => 'abc234',
      onStep: (next) => {
        kept = structuredClone(next)
      },
    }).catch(() => undefined)
    if (done !== undefined) return done
  }
  throw new Error('never done')
}

it('adds one version and one place to show it, whichever answers are lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
      fc.constantFrom('campaign', 'loop', 'later'),
      fc.constantFrom('', 'loop'),
      async (drops, way, into) => {
        const { library, ask } = madeHub((call) => drops.includes(call))
        const asked = draft({ way })
        const done = await untilDone({ ...asked, loop: { ...asked.loop, playlist: into } }, ask)
        expect(done.item).toBe('autumn-abc234')
        expect(library.items.map(({ id, versions }) => [id, versions.length])).toEqual([[done.item, 1]])
        expect(library.campaigns).toHaveLength(Number(way === 'campaign'))
        const runs = library.playlists
          .flatMap(({ entries }) => entries)
          .filter((one) => one.item === done.item)
        expect(runs).toHaveLength(Number(way === 'loop'))
        expect(library.playlists).toHaveLength(way === 'loop' && into === '' ? 2 : 1)
      },
    ),
  )
})

it('puts it at the end of a loop that somebody changed meanwhile, and keeps what they did', async () => {
  let meddled = 0
  const { library, ask } = madeHub(
    () => false,
    ({ playlists }) => {
      const [loop] = playlists
      if (loop === undefined || (meddled += 1) > 2) return
      loop.entries.push({ item: `theirs-${meddled}`, showForMs: 5_000 })
      loop.revision += 1
    },
  )
  const asked = draft({ way: 'loop' })
  await untilDone({ ...asked, loop: { ...asked.loop, playlist: 'loop' } }, ask)
  expect(library.playlists[0]?.entries.map((one) => one.item)).toEqual([
    'rates',
    'theirs-1',
    'theirs-2',
    'autumn-abc234',
  ])
})

it('says how large a file is', () => {
  expect([0, 999, 1_000, 130_900, 2_400_000, 5_000_000_000].map(sizeSaid)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '131 KB',
    '2.4 MB',
    '5.0 GB',
  ])
})
