/** A campaign that a person switches off, or deletes, leaves the screens at once, whoever wanted it. */
import { expect, it } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import { campaigns, LivedBranch } from './lived-branch.ts'
import { addSummer, putSummer } from './summer.ts'

const off: Command = { name: 'campaign.set', campaign: 'summer', on: false, by: 'ann' }
const gone: Command = { name: 'campaign.drop', campaign: 'summer', revision: 1, by: 'ann' }
const ask = { what: 'promote', campaign: 'summer', zone: 'waiting', forMs: 600_000 } as const
const byHand: Command = { name: 'ask', ask, request: 'ann.page0001.1', by: 'ann' }

const opened = () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  for (const { id } of campaigns) branch.command({ name: 'campaign.set', campaign: id, on: false, by: 'ann' })
  addSummer(branch, {}, { zh: '夏日优惠' })
  return branch
}

it.each<[string, (branch: LivedBranch) => void]>([
  ['switched off', (branch) => branch.command(off)],
  ['switched off where it is edited', (branch) => putSummer(branch, { on: false, revision: 1 })],
  ['deleted', (branch) => branch.command(gone)],
])('what is %s is taken back where it is shown, from a visitor and by hand', (_, end) => {
  const branch = opened()
  branch.command(byHand)
  branch.event('camera-1', 'visitor.detected', { track: 't1', zone: 'waiting' })
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track: 't1', dwellMs: 9_000 })
  const shown = [...branch.tasks.values()]
  expect(shown.map(({ flow }) => flow)).toEqual(['request', 'promotion'])
  for (const task of shown) branch.report(task, 1, { status: 'started' })
  end(branch)
  for (const { id } of shown) expect(branch.tasks.get(id)?.cancelReason).toBe('campaign-off')
})

it('and nothing of it begins that waited', () => {
  const branch = opened()
  for (const device of ['screen-1', 'screen-2', 'robot-1', 'kiosk-1']) branch.link(device, false)
  branch.command(byHand)
  const [waiting] = [...branch.tasks.values()]
  expect([waiting?.phase, waiting?.attempts]).toEqual(['queued', []])
  branch.command(off)
  branch.link('screen-1', true)
  expect(branch.tasks.get(waiting?.id ?? '')).toMatchObject({ phase: 'cancelled', attempts: [] })
})
