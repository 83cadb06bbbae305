/** Documents of the library in a call: what may be shown, by whom, for how long, and what of it goes on record. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { documentsIn } from '#hub/branch/call-documents.ts'
import { documentOn } from '#hub/calls/shared.ts'
import { useOf } from '#hub/content/used.ts'
import type { Command } from '#hub/engine/entry.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { type Lab, openLab } from '../engine/support.ts'
import { simBranch } from '../sim/branch.ts'

const experts = ExpertDesk.parse({
  people: [
    { id: 'ann', title: { en: 'Ann' }, languages: ['en'] },
    { id: 'ben', title: { en: 'Ben' }, languages: ['en'] },
  ],
})
const picture = { sha256: 'a'.repeat(64), type: 'image/png', bytes: 10 } as const
const film = { sha256: 'b'.repeat(64), type: 'video/mp4', bytes: 10 } as const

let lab: Lab
const state = () => lab.engine().state
const call = () => state().calls.values()[0] as CallRow
const command = (what: Command) => lab.send({ kind: 'command', command: what })
const refusal = (what: Command) =>
  command(what).then(
    () => null,
    (error: { code: string }) => error.code,
  )
const toldDocument = () => {
  const { settings } = JSON.parse(state().outbox.get('config/kiosk-1')?.payload ?? '{}') as {
    settings: { call?: unknown }
  }
  return KioskCall.parse(settings.call).document
}
const notes = () =>
  lab.decisions.flatMap(({ code, params }) =>
    /document|page-|proposal/.test(code) ? [{ code, params }] : [],
  )

const comes = async (expert: string) => {
  await command({ name: 'expert.line', expert, here: true, by: 'hub' })
  await command({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
}
const adds = async (item: string, more: object = {}, isApproved = true) => {
  await command({
    name: 'content.add',
    item,
    title: { en: item },
    media: picture,
    template: null,
    words: {},
    productCode: null,
    expiresOn: null,
    by: 'ann',
    ...more,
  })
  if (isApproved) await command({ name: 'content.approve', item, version: 1, by: 'bob' })
}
const shows = (item: string, by = 'ann'): Command => ({ name: 'call.show', call: call().id, item, by })

beforeEach(async () => {
  lab = await openLab(flows)
  await lab.send({ kind: 'config', file: { ...simBranch(), experts }, revision: 1, by: 'test' })
  await comes('ann')
  await lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
  await command({ name: 'call.accept', call: call().id, ring: call().ring?.id ?? '', by: 'ann' })
  await command({ name: 'call.joined', call: call().id, participant: 'expert:ann', by: 'hub' })
})

describe('what may be shown', () => {
  it('is a still picture or words that two people agreed to, in force and not expired', async () => {
    await adds('fees')
    await adds('rule', { media: null, words: { en: 'Bring your passport.' } })
    await adds('proposed', {}, false)
    await adds('film', { media: film })
    await adds('board', { media: null, template: 'queues' })
    await adds('old', { expiresOn: '2026-10-12' })
    const { at } = lab.engine().position()
    expect(documentsIn(state(), at)('old')).toBeDefined()
    expect(documentsIn(state(), at + 2 * 86_400_000)('old')).toBeUndefined()
    for (const item of ['proposed', 'film', 'board', 'nothing'])
      expect(await refusal(shows(item)), item).toBe('document.unknown')
    expect(toldDocument()).toBeNull()
    await command(shows('fees'))
    expect(toldDocument()).toMatchObject({ item: 'fees', version: 1, picture: picture.sha256 })
    await command(shows('rule'))
    expect(toldDocument()).toMatchObject({
      item: 'rule',
      picture: null,
      words: { en: 'Bring your passport.' },
    })
  })

  it('by the expert who has the call, while it goes on', async () => {
    await adds('fees')
    expect(await refusal(shows('fees', 'ben'))).toBe('call.not-yours')
    expect(await refusal({ ...shows('fees'), call: 'call-0' } as Command)).toBe('call.unknown')
    await command({ name: 'call.hang-up', call: call().id, participant: 'expert:ann', by: 'ann' })
    expect(await refusal(shows('fees'))).toBe('call.state')
  })
})

describe('its file', () => {
  const isShown = () => useOf(state(), lab.engine().position().at, picture.sha256).isShown

  it('is for anybody only while it is shown', async () => {
    await adds('fees')
    expect(isShown()).toBe(false)
    await command(shows('fees'))
    expect(isShown()).toBe(true)
    await command({ name: 'call.put-away', call: call().id, by: 'ann' })
    expect(isShown()).toBe(false)
  })
})

describe('it goes', () => {
  beforeEach(async () => {
    await adds('fees')
    await command(shows('fees'))
  })

  it('when the customer puts it away, and not by a press that was meant for another', async () => {
    const putAway = (about: string): Command => ({
      name: 'call.browsed',
      call: call().id,
      fact: 'document-put-away',
      about,
      by: 'kiosk:kiosk-1',
    })
    await command(putAway('rates'))
    expect(toldDocument()).not.toBeNull()
    await command(putAway('fees'))
    await command(putAway('fees'))
    expect(toldDocument()).toBeNull()
    expect(notes()).toEqual([
      expect.objectContaining({
        code: 'call.document-shown',
        params: expect.objectContaining({ item: 'fees', version: 1, expert: 'ann' }),
      }),
      expect.objectContaining({
        code: 'call.document-put-away',
        params: expect.objectContaining({ item: 'fees', by: 'kiosk:kiosk-1' }),
      }),
    ])
  })

  it('with the expert who showed it, and with the call', async () => {
    await comes('ben')
    await command({
      name: 'call.hand-over',
      call: call().id,
      group: null,
      expert: 'ben',
      note: '',
      by: 'ann',
    })
    expect(documentOn(call())).toBeNull()
    await command({ name: 'call.accept', call: call().id, ring: call().ring?.id ?? '', by: 'ben' })
    expect(toldDocument()).toBeNull()
  })

  it('and does not come back with an expert who has the call once more', async () => {
    await command({ name: 'call.left', call: call().id, participant: 'expert:ann', by: 'hub' })
    await lab.wait(experts.lostMs + 1)
    expect(call().segments).toMatchObject([{ expert: 'ann', why: 'lost' }])
    await command({ name: 'call.accept', call: call().id, ring: call().ring?.id ?? '', by: 'ann' })
    await command({ name: 'call.joined', call: call().id, participant: 'expert:ann', by: 'hub' })
    expect(call()).toMatchObject({ state: 'in-call', expert: 'ann' })
    expect(toldDocument()).toBeNull()
  })

  it('with whom a guest takes the call over from, also where that one comes back as the guest', async () => {
    const asksIn = async (by: string, expert: string) => {
      const asked = { group: null, expert, mode: 'invite', why: '', by } as const
      await command({ name: 'call.invite', call: call().id, ...asked })
      const ring = call().guest?.ring?.id ?? ''
      await command({ name: 'call.accept', call: call().id, ring, by: expert })
      await command({ name: 'call.joined', call: call().id, participant: `expert:${expert}`, by: 'hub' })
      expect(toldDocument()?.item ?? null).toBe(by === 'ann' ? 'fees' : null)
      const to = { group: null, expert, note: '' }
      await command({ name: 'call.hand-over', call: call().id, ...to, by })
      expect([call().expert, toldDocument()]).toEqual([expert, null])
    }
    await comes('ben')
    await asksIn('ann', 'ben')
    await asksIn('ben', 'ann')
  })
})

it('what was done about the page is noted with the field and the expert, and the journal lives through it again', async () => {
  const fact = (of: 'page-shown' | 'page-hidden' | 'proposal-taken', about: string | null): Command => ({
    name: 'call.browsed',
    call: call().id,
    fact: of,
    about,
    by: 'kiosk:kiosk-1',
  })
  await adds('fees')
  await command(fact('page-shown', null))
  await command(fact('proposal-taken', 'city'))
  await command(shows('fees'))
  expect(notes().map(({ code }) => code)).toEqual([
    'call.page-shown',
    'call.proposal-taken',
    'call.document-shown',
  ])
  expect(notes()[1]?.params).toEqual({ call: call().id, expert: 'ann', field: 'city' })
  await lab.reopen(flows)
  expect(documentOn(call())).toMatchObject({ item: 'fees' })
  const codes = () => notes().map(({ code }) => code)
  // The kiosk says anew how things stand, to a line that knows nothing of before.
  await command(fact('page-shown', null))
  expect(codes().filter((code) => code === 'call.page-shown')).toHaveLength(1)
  await command(fact('page-hidden', null))
  await command(fact('page-hidden', null))
  await command(fact('page-shown', null))
  expect(codes().slice(3)).toEqual(['call.page-hidden', 'call.page-shown'])
  expect(await refusal({ ...fact('page-shown', null), call: 'call-0' } as Command)).toBe('call.unknown')
})
