/** A campaign made in the app, of a picture that says nothing itself unless it is given words. */
import type { NewCampaign } from '#protocol/desk/content-routes.ts'
import type { LivedBranch } from './lived-branch.ts'

const summer: NewCampaign = {
  campaign: 'summer',
  title: { zh: '夏日' },
  product: 'coffee',
  item: 'picture',
  needsPerson: false,
  segments: ['personal'],
  languages: [],
  zones: [],
  runs: { from: null, to: null, hours: null, weekdays: [] },
  perVisit: 1,
  perDay: 100_000,
  holdoutShare: 0,
  priority: 5,
  on: true,
  revision: 0,
}

export const putSummer = (branch: LivedBranch, more: Partial<NewCampaign>): void =>
  branch.command({ name: 'campaign.put', campaign: { ...summer, ...more }, by: 'ann' })

export const addSummer = (branch: LivedBranch, more: Partial<NewCampaign> = {}, words = {}): void => {
  branch.command({
    name: 'content.add',
    item: 'picture',
    title: { zh: '图片' },
    media: { sha256: 'c'.repeat(64), type: 'image/png', bytes: 1 },
    template: null,
    words,
    productCode: 'P-1',
    expiresOn: null,
    by: 'ann',
  })
  branch.judge('picture', 'content.approve', 'ben')
  putSummer(branch, more)
}
