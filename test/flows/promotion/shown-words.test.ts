/** What stands beside a picture, by the real engine: the words that two people agreed to, else the campaign's own. */
import { expect, it } from 'vitest'
import { campaigns, LivedBranch } from './lived-branch.ts'

/** None of the branch file's campaigns runs. */
const opened = () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  for (const { id } of campaigns) branch.command({ name: 'campaign.set', campaign: id, on: false, by: 'ann' })
  return branch
}

it('shows a picture that says nothing beside the words of its campaign, or beside its name', () => {
  const branch = opened()
  branch.command({
    name: 'content.add',
    item: 'picture',
    title: { zh: '图片' },
    media: { sha256: 'c'.repeat(64), type: 'image/png', bytes: 1 },
    template: null,
    words: {},
    productCode: 'P-1',
    expiresOn: null,
    by: 'ann',
  })
  branch.judge('picture', 'content.approve', 'ben')
  branch.command({
    name: 'campaign.put',
    campaign: {
      campaign: 'summer',
      title: { zh: '夏日' },
      product: 'deposit',
      item: 'picture',
      needsPerson: false,
      segments: ['personal'],
      languages: [],
      zones: [],
      runs: { from: null, to: null, hours: null, weekdays: [] },
      perVisit: 1,
      perDay: 10,
      holdoutShare: 0,
      priority: 5,
      on: true,
      revision: 0,
    },
    by: 'ann',
  })
  branch.event('camera-1', 'visitor.detected', { track: 't1', zone: 'waiting' })
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track: 't1', dwellMs: 9_000 })
  const shown = [...branch.tasks.values()]
  expect(shown.map(({ phase, endReason }) => [phase, endReason])).toEqual([['offered', null]])
  expect(shown[0]?.intent.command['content']).toMatchObject({
    item: 'picture',
    words: [{ language: 'zh', text: '夏日' }],
  })
})
