/** A small branch with screens, and what editors ask of its library. */
import type { ContentCommand } from '#hub/branch/content-commands.ts'
import { refuse } from '#hub/branch/refusals.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { Media } from '#protocol/content.ts'
import type { ErrorCode } from '#protocol/errors.ts'
import { Programme } from '#protocol/programme.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

export const yaml = branchYaml.replace(
  'devices:\n',
  `devices:
  - { id: screen-1, kind: screen, zone: waiting, settings: { volume: 2 } }
  - { id: screen-2, kind: screen, zone: entrance }
`,
)
export const open = () => createTestBranch({ yaml })
export const media: Media = { sha256: 'a'.repeat(64), type: 'image/png', bytes: 100, width: 2, height: 1 }
export type Of<Name extends ContentCommand['name']> = Extract<ContentCommand, { name: Name }>

export const add = (item: string, more: Partial<Of<'content.add'>> = {}): Of<'content.add'> => ({
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
export const approve = (item: string, version = 1, by = 'bob'): ContentCommand => ({
  name: 'content.approve',
  item,
  version,
  by,
})
export const playlist = (more: Partial<Of<'playlist.set'>['playlist']> = {}): ContentCommand => ({
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
export const campaign = (more: Partial<Of<'campaign.put'>['campaign']> = {}): ContentCommand => ({
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

export const refusal = (branch: TestBranch, command: ContentCommand): ErrorCode | undefined =>
  refuse(branch.state, { body: { kind: 'command', command } }, { at: branch.at(), settings: defaultSettings })
    ?.code

/** As the sequencer does it. */
export const ask = (branch: TestBranch, command: ContentCommand): ErrorCode | undefined => {
  const code = refusal(branch, command)
  if (code === undefined) branch.command(command)
  return code
}

/** As its screen has it, or will have it next. */
export const programme = ({ state }: TestBranch, device = 'screen-1'): Programme | undefined => {
  const payload = state.outbox.get(`config/${device}`)?.payload
  const { settings } = JSON.parse(payload ?? '{"settings":{}}') as { settings: Record<string, unknown> }
  return settings['programme'] === undefined ? undefined : Programme.parse(settings['programme'])
}
export const items = (branch: TestBranch, device?: string) =>
  programme(branch, device)?.entries.map(
    ({ item, version, loops }) => `${item} ${version}${loops ? '' : ' ahead'}`,
  )
