/**
 * Nothing is on a screen, and nothing is there to be promoted, that a second person did not approve, or whose last day is
 * past: whoever asks for what in whatever order, and whatever slips past the door.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentCommand } from '#hub/branch/content-commands.ts'
import { programmeBytesMax } from '#hub/branch/content-programme.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { refuse } from '#hub/branch/refusals.ts'
import { branchDay } from '#hub/branch/view.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { Media } from '#protocol/content.ts'
import type { ErrorCode } from '#protocol/errors.ts'
import { Programme } from '#protocol/programme.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const yaml = branchYaml.replace(
  'devices:\n',
  `devices:
  - { id: screen-1, kind: screen, zone: waiting, settings: { volume: 2 } }
  - { id: screen-2, kind: screen, zone: entrance }
`,
)
const open = () => createTestBranch({ yaml })
const day = 86_400_000

const media: Media = { sha256: 'a'.repeat(64), type: 'image/png', bytes: 100, width: 2, height: 1 }
type Of<Name extends ContentCommand['name']> = Extract<ContentCommand, { name: Name }>

const add = (item: string, more: Partial<Of<'content.add'>> = {}): Of<'content.add'> => ({
  name: 'content.add',
  item,
  title: { zh: '利率' },
  media,
  template: null,
  words: { zh: '存款利率' },
  productCode: 'DEP-1',
  expiresOn: null,
  by: 'ann',
  ...more,
})
const approve = (item: string, version = 1, by = 'bob'): ContentCommand => ({
  name: 'content.approve',
  item,
  version,
  by,
})
const playlist = (more: Partial<Of<'playlist.set'>['playlist']> = {}): ContentCommand => ({
  name: 'playlist.set',
  by: 'ann',
  playlist: {
    playlist: 'morning',
    title: { en: 'Morning' },
    zones: [],
    entries: [{ item: 'rates', showForMs: 8_000 }],
    runs: { from: null, to: null, hours: null, weekdays: [] },
    priority: 5,
    on: true,
    revision: 0,
    ...more,
  },
})
const campaign = (more: Partial<Of<'campaign.put'>['campaign']> = {}): ContentCommand => ({
  name: 'campaign.put',
  by: 'ann',
  campaign: {
    campaign: 'spring',
    title: { en: 'Spring' },
    product: 'deposit',
    item: 'rates',
    needsPerson: false,
    segments: ['personal'],
    languages: [],
    zones: ['waiting'],
    runs: { from: null, to: null, hours: { from: '09:00', to: '11:00' }, weekdays: [] },
    perVisit: 1,
    perDay: 100,
    holdoutShare: 0.1,
    priority: 5,
    on: true,
    revision: 0,
    ...more,
  },
})

const refusal = (branch: TestBranch, command: ContentCommand): ErrorCode | undefined =>
  refuse(
    branch.state,
    { body: { kind: 'command', command } },
    { at: branch.at(), settings: branch.send({ kind: 'clock', stepMs: 0 }).settings },
  )?.code

/** As the sequencer does it. */
const ask = (branch: TestBranch, command: ContentCommand): ErrorCode | undefined => {
  const code = refusal(branch, command)
  if (code === undefined) branch.command(command)
  return code
}

/** As its screen has it, or will have it next. */
const programme = ({ state }: TestBranch, device = 'screen-1'): Programme | undefined => {
  const payload = state.outbox.get(`config/${device}`)?.payload
  const { settings } = JSON.parse(payload ?? '{"settings":{}}') as { settings: Record<string, unknown> }
  return settings['programme'] === undefined ? undefined : Programme.parse(settings['programme'])
}
const items = (branch: TestBranch, device?: string) =>
  programme(branch, device)?.entries.map(
    ({ item, version, loops }) => `${item} ${version}${loops ? '' : ' ahead'}`,
  )

const text = fc.constantFrom('rates', 'fraud', 'gold')
const who = fc.constantFrom('ann', 'bob', 'operator')
/** 0: the newest there is. */
const version = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 }))
/** -1: as it is now. */
const revision = fc.oneof({ weight: 3, arbitrary: fc.constant(-1) }, fc.integer({ min: 0, max: 9 }))
const of = fc.record({ item: text, version, by: who })
const step: fc.Arbitrary<ContentCommand | number> = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((hours) => hours * 3_600_000),
  {
    weight: 3,
    arbitrary: fc
      .record({
        item: text,
        by: who,
        expiresOn: fc.constantFrom(null, '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-05'),
        productCode: fc.constantFrom(null, 'P-1'),
        mandatory: fc.constantFrom('rates' as const, null),
      })
      .map(({ item, ...more }) => add(item, more)),
  },
  { weight: 4, arbitrary: of.map(({ item, version: number, by }) => approve(item, number, by)) },
  of.map((which) => ({ name: 'content.decline' as const, reason: 'no', ...which })),
  of.map((which) => ({ name: 'content.withdraw' as const, ...which })),
  fc
    .record({ item: text, version: fc.option(version, { freq: 4 }), revision, by: who })
    .map((which) => ({ name: 'content.put-in-force' as const, ...which })),
  fc
    .tuple(text, revision)
    .map(([item, seen]) => playlist({ entries: [{ item, showForMs: 5_000 }], revision: seen })),
  fc.tuple(text, revision).map(([item, seen]) => campaign({ item, revision: seen })),
)

/** What the arbitraries leave open, as it stands now. */
const resolved = ({ state }: TestBranch, command: ContentCommand): ContentCommand => {
  const newest = (item: string) => state.contentItems.get(item)?.versions.at(-1)?.version ?? 1
  switch (command.name) {
    case 'content.approve':
    case 'content.decline':
    case 'content.withdraw':
      return { ...command, version: command.version || newest(command.item) }
    case 'content.put-in-force': {
      const { item, version: number, revision: seen } = command
      const now = state.contentItems.get(item)?.revision ?? 0
      return { ...command, version: number === 0 ? newest(item) : number, revision: seen < 0 ? now : seen }
    }
    case 'playlist.set': {
      const now = state.playlists.get('morning')?.revision ?? 0
      const { revision: seen } = command.playlist
      return { ...command, playlist: { ...command.playlist, revision: seen < 0 ? now : seen } }
    }
    case 'campaign.put': {
      const now = state.campaigns.get('spring')?.revision ?? 0
      const { revision: seen } = command.campaign
      return { ...command, campaign: { ...command.campaign, revision: seen < 0 ? now : seen } }
    }
    default:
      return command
  }
}

/** Kept beside the hub: which version was added by whom until when, and who approved it. */
interface Noted {
  readonly by: string
  readonly expiresOn: string | null
  readonly productCode: string | null
  approvedBy?: string
}

describe('whatever is asked in whatever order', () => {
  test('only what two people agreed to is shown, and only until its last day', () => {
    let shown = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const branch = open()
        const known = new Map<string, Noted>()
        const look = () => {
          const today = branchDay(branch.state, branch.at())
          const view = branch.view()
          const campaigns = view.campaigns().filter(({ origin }) => origin === 'desk')
          const check = (item: string, number: number) => {
            const noted = known.get(`${item} ${number}`)
            expect(noted?.approvedBy).toBeDefined()
            expect(noted?.approvedBy).not.toBe(noted?.by)
            expect((noted?.expiresOn ?? today) >= today).toBe(true)
            if (campaigns.some((one) => one.item === item)) expect(noted?.productCode).toBe('P-1')
            shown += 1
          }
          for (const item of ['rates', 'fraud', 'gold']) {
            const inForce = view.content(item)
            if (inForce !== undefined) check(item, inForce.version)
          }
          for (const device of ['screen-1', 'screen-2', 'kiosk-1'])
            for (const entry of programme(branch, device)?.entries ?? []) {
              check(entry.item, entry.version)
              expect(view.content(entry.item)?.version).toBe(entry.version)
            }
        }
        for (const next of steps) {
          if (typeof next === 'number') {
            branch.advance(next)
            look()
            continue
          }
          const made = resolved(branch, next)
          const code = refusal(branch, made)
          const before = canonicalJson(branch.state.contentItems.values())
          // Also what would be refused: a recorded day may be lived again with it in it.
          branch.command(made)
          if (code !== undefined) expect(canonicalJson(branch.state.contentItems.values())).toBe(before)
          else if (made.name === 'content.add') {
            const { by, expiresOn, productCode } = made
            const number = branch.state.contentItems.get(made.item)?.versions.at(-1)?.version ?? 0
            known.set(`${made.item} ${number}`, { by, expiresOn, productCode })
          } else if (made.name === 'content.approve') {
            const noted = known.get(`${made.item} ${made.version}`)
            if (noted !== undefined) noted.approvedBy = made.by
          }
          look()
        }
      }),
      { numRuns: 200 },
    )
    expect(shown).toBeGreaterThan(500)
  })
})

describe('a version', () => {
  test('is never judged by who added it, and only once', () => {
    const branch = open()
    ask(branch, add('rates'))
    expect(ask(branch, approve('rates', 1, 'ann'))).toBe('content.own')
    expect(ask(branch, { name: 'content.decline', item: 'rates', version: 1, reason: 'x', by: 'ann' })).toBe(
      'content.own',
    )
    expect(ask(branch, { name: 'content.withdraw', item: 'rates', version: 1, by: 'bob' })).toBe(
      'content.others',
    )
    expect(ask(branch, approve('rates', 2))).toBe('content.unknown')
    expect(ask(branch, approve('rates'))).toBeUndefined()
    expect(ask(branch, approve('rates'))).toBe('content.judged')
    expect(branch.decisions.map(({ code, params }) => [code, params?.['by']])).toEqual([
      ['config.applied', 'operator'],
      ['content.added', 'ann'],
      ['content.approved', 'bob'],
    ])
  })

  test('that is newer takes the place of one that waits', () => {
    const branch = open()
    ask(branch, add('rates'))
    ask(branch, add('rates', { by: 'bob' }))
    expect(branch.state.contentItems.get('rates')?.versions.map(({ state }) => state)).toEqual([
      'withdrawn',
      'proposed',
    ])
    expect(ask(branch, approve('rates', 1))).toBe('content.judged')
    expect(ask(branch, approve('rates', 2))).toBe('content.own')
  })

  test('comes back, and is taken off, by who saw how things stand', () => {
    const branch = open()
    for (const number of [1, 2]) {
      ask(branch, add('rates'))
      ask(branch, approve('rates', number))
    }
    ask(branch, playlist())
    expect(items(branch)).toEqual(['rates 2'])
    const put = (number: number | null, seen: number) =>
      ask(branch, { name: 'content.put-in-force', item: 'rates', version: number, revision: seen, by: 'ann' })
    expect(put(1, 0)).toBe('config.conflict')
    expect(put(1, 4)).toBeUndefined()
    expect(items(branch)).toEqual(['rates 1'])
    expect(put(null, 4)).toBe('config.conflict')
    expect(put(null, 5)).toBeUndefined()
    expect([items(branch), branch.view().content('rates')]).toEqual([[], undefined])
    ask(branch, add('rates'))
    expect(put(3, 7)).toBe('content.not-approved')
  })

  test('keeps what is in force among the last thirty', () => {
    const branch = open()
    ask(branch, add('rates'))
    ask(branch, approve('rates'))
    for (let number = 2; number < 50; number++) expect(ask(branch, add('rates'))).toBeUndefined()
    const row = branch.state.contentItems.get('rates')
    expect([row?.versions.length, row?.versions[0]?.version, row?.versions.at(-1)?.version]).toEqual([
      30, 1, 49,
    ])
    expect(branch.view().content('rates')?.version).toBe(1)
  })

  test('becomes what must be shown, or is no longer, only with the approval', () => {
    const branch = open()
    ask(branch, add('fraud', { mandatory: 'fraud-warning' }))
    ask(branch, approve('fraud'))
    ask(branch, add('fraud', { mandatory: null }))
    expect(programme(branch)?.entries).toMatchObject([{ item: 'fraud', mandatory: true }])
    ask(branch, approve('fraud', 2))
    expect(programme(branch)?.entries).toEqual([])
  })

  test.each<[Partial<Of<'content.add'>>, ErrorCode]>([
    [{ media: null, words: { zh: ' ' } }, 'content.empty'],
    [{ title: null }, 'content.title'],
    [{ expiresOn: '2026-03-01' }, 'content.expired'],
  ])('is refused with %o', (more, code) => {
    expect(ask(open(), add('rates', more))).toBe(code)
  })
})

describe('the programme', () => {
  test('says nothing new to a branch without a library', () => {
    const plain = createTestBranch({ yaml })
    const payload = plain.state.outbox.get('config/screen-1')?.payload
    expect(JSON.parse(payload ?? '').settings).toEqual({ volume: 2 })
    plain.advance(3 * day)
    expect(plain.state.outbox.get('config/screen-1')?.payload).toBe(payload)
  })

  test('has what must be shown on every screen, the playlists of the zone, and what campaigns may ask for', () => {
    const branch = open()
    for (const [item, more] of [
      ['fraud', { mandatory: 'fraud-warning' as const }],
      ['rates', {}],
      ['gold', {}],
      ['never', {}],
    ] as const) {
      ask(branch, add(item, more))
      ask(branch, approve(item))
    }
    ask(
      branch,
      playlist({
        zones: ['waiting'],
        entries: [
          { item: 'rates', showForMs: 8_000 },
          { item: 'fraud', showForMs: 6_000 },
        ],
      }),
    )
    ask(branch, playlist({ playlist: 'all-day', priority: 2 }))
    ask(branch, campaign({ item: 'gold' }))
    expect(items(branch)).toEqual(['fraud 1', 'rates 1', 'rates 1', 'gold 1 ahead'])
    expect(items(branch, 'screen-2')).toEqual(['fraud 1', 'rates 1'])
    expect(items(branch, 'kiosk-1')).toEqual(['fraud 1', 'rates 1'])
    expect(programme(branch)).toMatchObject({
      timeZone: 'Asia/Shanghai',
      languages: ['zh', 'en'],
      mandatoryShare: 0.1,
      entries: [
        {
          mandatory: true,
          loops: true,
          showForMs: 6_000,
          words: [{ language: 'zh', text: '存款利率' }],
          media,
        },
        { priority: 5, showForMs: 8_000 },
        { priority: 2 },
        { loops: false },
      ],
    })
    expect(branch.state.outbox.has('config/robot-1')).toBe(true)
    expect(branch.state.outbox.get('config/robot-1')?.payload).not.toContain('programme')
    ask(branch, { name: 'playlist.drop', playlist: 'morning', revision: 1, by: 'ann' })
    branch.command({ name: 'campaign.set', campaign: 'spring', on: false, by: 'ann' })
    expect(items(branch)).toEqual(['fraud 1', 'rates 1'])
  })

  test('lets go of what had its last day, at midnight in the branch and after a night without power', () => {
    for (const pass of [
      (branch: TestBranch) => branch.advance(15 * 3_600_000),
      (branch: TestBranch) => branch.restart(15 * 3_600_000),
    ]) {
      const branch = open()
      ask(branch, add('rates', { expiresOn: '2026-03-02' }))
      ask(branch, approve('rates'))
      ask(branch, playlist())
      branch.advance(14 * 3_600_000)
      expect(programme(branch)?.entries).toMatchObject([{ item: 'rates', expiresOn: '2026-03-02' }])
      pass(branch)
      expect([items(branch), branch.view().content('rates')]).toEqual([[], undefined])
    }
  })

  test('never grows past what a device takes: what would make it is refused', () => {
    const branch = open()
    const long = { zh: '利'.repeat(300), en: 'x'.repeat(300) }
    let code: ErrorCode | undefined
    let made = 0
    for (; made < 400 && code === undefined; made++) {
      ask(branch, add(`item-${made}`, { words: long, mandatory: 'other' }))
      code = ask(branch, approve(`item-${made}`))
    }
    expect([code, made > 20]).toEqual(['content.too-many', true])
    const payload = branch.state.outbox.get('config/screen-1')?.payload ?? ''
    expect(Buffer.byteLength(payload)).toBeLessThan(programmeBytesMax + 1_000)
    expect(items(branch)?.length).toBe(made - 1)
  })
})

describe('a campaign made in the app', () => {
  test('outlives the branch file being read again, and takes no name that stands in it', () => {
    const branch = open()
    ask(branch, add('rates'))
    expect(ask(branch, campaign())).toBeUndefined()
    expect(ask(branch, campaign({ campaign: 'gold' }))).toBe('campaign.of-file')
    expect(ask(branch, { name: 'campaign.drop', campaign: 'gold', revision: 0, by: 'ann' })).toBe(
      'campaign.of-file',
    )
    const read = (text: string) =>
      branch.send({ kind: 'config', file: parseBranchFile(text), revision: 1, by: 'operator' })
    read(yaml)
    expect(branch.state.campaigns.get('spring')).toMatchObject({ origin: 'desk', item: 'rates', revision: 1 })
    expect(ask(branch, campaign({ revision: 0 }))).toBe('config.conflict')
    expect(ask(branch, campaign({ revision: 1, priority: 8 }))).toBeUndefined()
    read(yaml.replace('id: gold', 'id: spring'))
    expect(branch.state.campaigns.keys()).toEqual(['spring'])
    expect(branch.state.campaigns.get('spring')?.origin).toBeUndefined()
    expect(branch.decisions.map(({ code }) => code)).toContain('campaign.replaced')
  })

  test('shows nothing without a product code', () => {
    const branch = open()
    ask(branch, add('rates', { productCode: null }))
    ask(branch, campaign())
    expect(ask(branch, approve('rates'))).toBe('content.product-code')
    ask(branch, { name: 'campaign.drop', campaign: 'spring', revision: 1, by: 'ann' })
    expect(ask(branch, approve('rates'))).toBeUndefined()
    expect(ask(branch, campaign())).toBe('content.product-code')
  })

  test.each<[Parameters<typeof campaign>[0], ErrorCode]>([
    [{ item: 'no-such' }, 'content.unknown'],
    [{ zones: ['moon'] }, 'zone.unknown'],
    [{ runs: { from: '2026-04-02', to: '2026-04-01', hours: null, weekdays: [] } }, 'content.dates'],
    [{ revision: 3 }, 'config.conflict'],
  ])('is refused with %o', (more, code) => {
    const branch = open()
    ask(branch, add('rates'))
    expect(ask(branch, campaign(more))).toBe(code)
  })
})
