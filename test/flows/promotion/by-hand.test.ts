/** Promotions that people ask for by hand, by the real engine. */
import { describe, expect, it } from 'vitest'
import { refuse } from '#hub/branch/refusals.ts'
import { retryOf } from '#hub/dispatch/retry.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Command } from '#hub/engine/entry.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { AskedWork } from '#protocol/desk/live/ask.ts'
import { campaigns, LivedBranch, today } from './lived-branch.ts'

/** Nothing is promoted but by hand. */
const opened = () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  branch.command({
    name: 'flow.set',
    flow: 'promotion',
    autonomy: 'off',
    policy: null,
    revision: 0,
    by: 'ann',
  } as never)
  return branch
}

let asks = 0
const askFor = (wish: Partial<AskedWork>): Command => ({
  name: 'ask',
  ask: { what: 'promote', zone: 'waiting', ...wish },
  request: `ann.page0001.${++asks}`,
  by: 'ann',
})

const refusal = ({ state, at }: LivedBranch, command: Command) => {
  const error = refuse(state, { body: { kind: 'command', command } }, { at, settings: defaultSettings })
  return error && [error.code, error.detail]
}
const byHand = (branch: LivedBranch): TaskRow[] =>
  [...branch.tasks.values()].filter(({ flow }) => flow === 'request')
const last = (branch: LivedBranch) => byHand(branch).at(-1) as TaskRow

/** As the hub does it: what is refused is no entry. */
const ask = (branch: LivedBranch, wish: Partial<AskedWork>) => {
  const command = askFor(wish)
  const refused = refusal(branch, command)
  if (refused === undefined) branch.command(command)
  return refused
}
const finish = (branch: LivedBranch) => branch.report(last(branch), 1, { status: 'done' })

it('is refused for content whose last day is past, also after midnight, and breaks nothing where it is decided all the same', () => {
  const branch = opened()
  branch.add('poster-a', today)
  branch.judge('poster-a', 'content.approve', 'ben')
  expect(refusal(branch, askFor({ campaign: 'deposit' }))).toBeUndefined()
  branch.wait(700_000)
  expect(refusal(branch, askFor({ campaign: 'deposit' }))?.[0]).toBe('campaign.no-content')
  branch.command(askFor({ campaign: 'deposit' }))
  expect(byHand(branch)).toEqual([])
})

describe('beyond a cap', () => {
  const capped = () => {
    const branch = opened()
    for (let nth = 0; nth < 2; nth++) {
      expect(ask(branch, { campaign: 'morning' })).toBeUndefined()
      finish(branch)
    }
    return branch
  }

  it('of the day nothing is shown by hand either, what is under way counted', () => {
    const branch = capped()
    expect(ask(branch, { campaign: 'morning' })).toEqual(['campaign.capped', 'morning: cap-day'])
    branch.command(askFor({ campaign: 'morning' }))
    expect(byHand(branch)).toHaveLength(2)
    branch.wait(700_000)
    expect(ask(branch, { campaign: 'morning' })).toBeUndefined()
    expect(ask(branch, { campaign: 'morning' })).toBeUndefined()
    expect(ask(branch, { campaign: 'morning' })?.[0]).toBe('campaign.capped')
  })

  it('of the visit neither, from the moment on in which it is wanted', () => {
    const branch = opened()
    branch.event('camera-1', 'visitor.detected', { track: 't1', zone: 'waiting' })
    const visit = branch.state.tracks.get('camera-1/t1') ?? ''
    expect(ask(branch, { campaign: 'morning', visit })).toBeUndefined()
    expect(ask(branch, { campaign: 'morning', visit })).toEqual(['campaign.capped', 'morning: cap-visit'])
    finish(branch)
    expect(ask(branch, { campaign: 'morning', visit })?.[0]).toBe('campaign.capped')
    expect(ask(branch, { campaign: 'morning' })).toBeUndefined()
  })

  it('something is shown for a reason, which goes on record; a reason that nothing needed does not', () => {
    const branch = capped()
    expect(ask(branch, { campaign: 'morning', beyondCap: 'asked for it' })).toBeUndefined()
    expect(last(branch).intent.because).toEqual({
      code: 'asked-beyond-cap',
      params: { by: 'ann', why: 'asked for it' },
    })
    const other = opened()
    ask(other, { campaign: 'morning', beyondCap: 'asked for it' })
    expect(last(other).intent.because).toEqual({ code: 'asked-by-hand', params: { by: 'ann' } })
  })

  it('nothing is wanted once more, but for the reason that it was wanted for', () => {
    const again = (branch: LivedBranch, n: string) =>
      retryOf(branch.tasks.get(last(branch).id) as TaskRow, { request: `ann.page0002.${n}`, by: 'ann' })
    const branch = opened()
    ask(branch, { campaign: 'morning' })
    branch.report(last(branch), 1, { status: 'refused' })
    branch.report(last(branch), 2, { status: 'refused' })
    branch.report(last(branch), 3, { status: 'refused' })
    const failed = again(branch, '1')
    expect(refusal(branch, failed)).toBeUndefined()
    for (let nth = 0; nth < 2; nth++) {
      ask(branch, { campaign: 'morning' })
      finish(branch)
    }
    expect(refusal(branch, failed)?.[0]).toBe('campaign.capped')
    const before = byHand(branch).length
    branch.command(failed)
    expect(byHand(branch)).toHaveLength(before)
    ask(branch, { campaign: 'morning', beyondCap: 'asked for it' })
    for (const number of [1, 2, 3]) branch.report(last(branch), number, { status: 'refused' })
    expect(refusal(branch, again(branch, '2'))).toBeUndefined()
  })
})

it('knows nothing of campaigns that are off or not there', () => {
  const branch = opened()
  for (const { id } of campaigns) branch.command({ name: 'campaign.set', campaign: id, on: false, by: 'ann' })
  expect(ask(branch, { campaign: 'morning' })).toEqual(['campaign.off', 'morning'])
  expect(ask(branch, { campaign: 'night' })).toEqual(['campaign.unknown', 'night'])
})
