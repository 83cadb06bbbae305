/** Campaigns that are made in the app, beside those of the branch file. */
import { describe, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { libraryOf } from '#hub/content/library.ts'
import { NewCampaign } from '#protocol/desk/content-routes.ts'
import type { ErrorCode } from '#protocol/errors.ts'
import { add, approve, ask, campaign, type Of, open, yaml } from './orders.ts'

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
    ask(branch, add('rates', { productCode: ' ' }))
    ask(branch, campaign())
    expect(ask(branch, approve('rates'))).toBe('content.product-code')
    ask(branch, { name: 'campaign.drop', campaign: 'spring', revision: 1, by: 'ann' })
    expect(ask(branch, approve('rates'))).toBeUndefined()
    expect(ask(branch, campaign())).toBe('content.product-code')
  })

  test('keeps what it weighs and how it reaches visitors, also when a page saves it that does not know of that', () => {
    const branch = open()
    ask(branch, add('rates'))
    const chosen = {
      value: 80,
      burden: 0,
      conflicts: ['gold'],
      channels: ['ticket-slip', 'person'],
      service: 'cash',
    } satisfies Parameters<typeof campaign>[0]
    ask(branch, campaign(chosen))
    expect(branch.state.campaigns.get('spring')).toMatchObject(chosen)
    ask(branch, campaign({ revision: 1, priority: 8, burden: 30, service: null }))
    const { service: _, ...kept } = chosen
    expect(branch.state.campaigns.get('spring')).toMatchObject({ ...kept, priority: 8, burden: 30 })
    expect(branch.state.campaigns.get('spring')).not.toHaveProperty('service')
    const told = libraryOf(branch.state, branch.at(), (name) => name).campaigns.find(
      ({ id }) => id === 'spring',
    )
    expect(told).toMatchObject({ ...kept, burden: 30 })
    expect(told).not.toHaveProperty('service')
  })

  test('is held to what each of that can be', () => {
    const { campaign: wish } = campaign() as Of<'campaign.put'>
    for (const wrong of [
      { value: 101 },
      { burden: -1 },
      { burden: 0.5 },
      { conflicts: ['no name'] },
      { channels: ['radio'] },
      { service: '' },
    ])
      expect(NewCampaign.safeParse({ ...wish, ...wrong }).success, JSON.stringify(wrong)).toBe(false)
    expect(NewCampaign.safeParse({ ...wish, value: 0, conflicts: [], channels: null }).success).toBe(true)
  })

  test.each<[Parameters<typeof campaign>[0], ErrorCode]>([
    [{ item: 'no-such' }, 'content.unknown'],
    [{ zones: ['moon'] }, 'zone.unknown'],
    [{ service: 'mint' }, 'service.unknown'],
    [{ runs: { from: '2026-04-02', to: '2026-04-01', hours: null, weekdays: [] } }, 'content.dates'],
    [{ revision: 3 }, 'config.conflict'],
  ])('is refused with %o', (more, code) => {
    const branch = open()
    ask(branch, add('rates'))
    expect(ask(branch, campaign(more))).toBe(code)
  })
})
