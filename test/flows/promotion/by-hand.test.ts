/** Promotions that people ask for by hand, by the real engine. */
import { expect, it } from 'vitest'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { LivedBranch } from './lived-branch.ts'

const opened = () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  return branch
}

const refusal = ({ state, at }: LivedBranch, command: Command) =>
  refuse(state, { body: { kind: 'command', command } }, { at, settings: defaultSettings })

const askFor = (campaign: string): Command => ({
  name: 'ask',
  ask: { what: 'promote', campaign, zone: 'waiting' },
  request: 'ann.page0001.1',
  by: 'ann',
})

it('refuses content whose last day is past, also after midnight, and nothing breaks where it is decided all the same', () => {
  const branch = opened()
  branch.add('poster-a', '2026-03-02')
  branch.judge('poster-a', 'content.approve', 'ben')
  const codeNow = () => refusal(branch, askFor('deposit'))?.code
  expect(codeNow()).toBeUndefined()
  branch.wait(700_000)
  expect(codeNow()).toBe('campaign.no-content')
  branch.command(askFor('deposit'))
  expect([...branch.tasks.values()].filter(({ flow }) => flow === 'request')).toEqual([])
})
