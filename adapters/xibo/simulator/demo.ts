/** A small CMS with two screens, and the adapter's settings that belong to it. */
import type { CmsSettings } from './cms.ts'

export const demoCms: CmsSettings = {
  clientId: 'usher-client',
  clientSecret: 'a-secret-that-nobody-may-read',
  timeZone: 'Asia/Shanghai',
  tokenLivesS: 3_600,
  reportsAfterMs: 30,
  displays: { 1: 10, 2: 10, 3: 10 },
  groups: { 50: [2, 3] },
  layouts: [10, 20, 21, 22, 23],
  commands: { 5: 'showStatusWindow|30' },
  schedule: { 'queue=long': 23 },
  criteriaBody: 'wrapped',
}

export const demoSettings = (url: string) => ({
  cms: {
    url,
    clientId: demoCms.clientId,
    clientSecret: demoCms.clientSecret,
    timeZone: demoCms.timeZone,
  },
  screens: [
    { device: 'screen-1', displayGroupId: 101 },
    { device: 'screen-2', displayGroupId: 50 },
  ],
  layouts: [
    { when: { capability: 'promote' }, campaignId: 1_020 },
    {
      when: { template: 'diversion' },
      layoutId: 21,
      text: { dataSetId: 4, rowId: 1, columns: { zh: 7, en: 8 } },
      downloadRequired: true,
    },
    {
      when: { template: 'crowding' },
      as: 'criteria',
      layoutId: 23,
      metrics: [{ metric: 'queue', value: 'long', afterwards: 'normal' }],
    },
    { when: { template: 'announcement' }, as: 'overlay', layoutId: 22, believe: 'accepted' },
    { layoutId: 21 },
  ],
  commands: { 'status-window': 5, gone: 6 },
  modeMetric: 'usher_mode',
  showForMs: 1_500,
  seeWithinMs: 3_000,
  lookEveryMs: 300,
  lookWhileShowingMs: 50,
  proofEveryMs: 500,
})
