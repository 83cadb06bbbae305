/** What the hub tells each screen to play, and when it tells it anew. */
import { describe, expect, test } from 'vitest'
import { programmeBytesMax } from '#hub/branch/content-programme.ts'
import type { ErrorCode } from '#protocol/errors.ts'
import { createTestBranch, type TestBranch } from '../support/branch.ts'
import { add, approve, ask, campaign, items, media, open, playlist, programme, yaml } from './orders.ts'

const day = 86_400_000

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

  test('is kept once in the message of each screen, and sent to none for what changes nothing', () => {
    const branch = open()
    ask(branch, add('rates', { mandatory: 'rates', words: { zh: '利'.repeat(300) } }))
    ask(branch, approve('rates'))
    const payload = branch.state.outbox.get('config/screen-1')?.payload
    expect(payload).toContain('利'.repeat(300))
    expect(JSON.stringify(branch.state.meta.get('config/screen-1'))).not.toContain('利')
    ask(branch, add('rates', { words: { zh: '明天' } }))
    expect(branch.state.outbox.get('config/screen-1')?.payload).toBe(payload)
    ask(branch, approve('rates', 2))
    const { revision } = JSON.parse(payload ?? '') as { revision: number }
    expect(JSON.parse(branch.state.outbox.get('config/screen-1')?.payload ?? '')).toMatchObject({
      revision: revision + 1,
      settings: { volume: 2, programme: { entries: [{ version: 2 }] } },
    })
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
