/** What stands beside a picture, by the real engine: the words that two people agreed to, else the campaign's own. */
import { expect, it } from 'vitest'
import { campaigns, LivedBranch } from './lived-branch.ts'
import { addSummer } from './summer.ts'

/** None of the branch file's campaigns runs. */
const opened = () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  for (const { id } of campaigns) branch.command({ name: 'campaign.set', campaign: id, on: false, by: 'ann' })
  addSummer(branch)
  return branch
}
const beside = [{ language: 'zh', text: '夏日' }]

it('shows a picture that says nothing beside the name of its campaign, to a visitor and on an idle screen', () => {
  const branch = opened()
  branch.event('camera-1', 'visitor.detected', { track: 't1', zone: 'waiting' })
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track: 't1', dwellMs: 9_000 })
  branch.wait(60_000)
  const shown = [...branch.tasks.values()]
  expect(shown.map(({ intent }) => intent.because.code)).toEqual(['visitor-lingers', 'screen-idle'])
  for (const { intent, attempts } of shown) {
    expect(attempts).toHaveLength(1)
    expect(intent.command['content']).toMatchObject({ item: 'picture', words: beside })
  }
})

it('and by hand; not any more when the campaign is called otherwise', () => {
  const branch = opened()
  const ask = { what: 'promote', campaign: 'summer', zone: 'waiting' } as const
  branch.command({ name: 'ask', ask, request: 'ann.page0001.1', by: 'ann' })
  const [shown] = [...branch.tasks.values()]
  expect(shown?.intent.command['content']).toMatchObject({ item: 'picture', words: beside })
  expect(shown?.attempts).toHaveLength(1)
  addSummer(branch, { title: { zh: '秋日' }, revision: 1 })
  expect(branch.tasks.get(shown?.id ?? '')?.attempts.at(-1)?.end).not.toBeNull()
})
