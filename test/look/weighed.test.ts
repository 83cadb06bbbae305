/** Why this campaign and not another: told from what the flow put on record, in sentences. */
import { expect, it } from 'vitest'
import { promotion } from '#flows/promotion/flow.ts'
import { explainVisit } from '#hub/dispatch/explain.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { explainText } from '#hub/look/explain-text.ts'
import { sayCode } from '#hub/look/say.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import { ExplainAnswer } from '#protocol/desk/look/explain.ts'
import { type Decided, LivedBranch } from '../flows/promotion/lived-branch.ts'

const lived = (play: (branch: LivedBranch) => void) => {
  const decided: Decided[] = []
  const branch = new LivedBranch((one) => decided.push(one))
  branch.open()
  branch.event('camera-1', 'visitor.detected', { track: 't1', zone: 'waiting' })
  play(branch)
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track: 't1', dwellMs: 9_000 })
  const [visit] = branch.state.visits.values()
  const decisions = decided.flatMap(({ at, decisions: records }, seq) =>
    records.map((record, ord) => ({ seq, ord, at, record })),
  )
  const tasks: readonly TaskRow[] = [...branch.tasks.values()]
  const mine = decisions.filter(({ record }) => record.visit === visit?.id)
  const explained = explainVisit(visit?.id ?? '', { decisions: mine, tasks, entries: [] })
  const answer = tell(explained, {
    titles: createTitles(branch.state, 'en'),
    flows: new Map([[promotion.id, promotion]]),
    timeZone: 'UTC',
  })
  expect(ExplainAnswer.parse(answer)).toEqual(answer)
  return explainText(answer, 'en')
}

it('tells what was chosen with its points, and of the others the first rule that they broke', () => {
  const lines = lived(() => undefined)
  const from = lines.indexOf('What there was to choose from:')
  expect(lines.slice(from, from + 6)).toEqual([
    'What there was to choose from:',
    '    - fund: score 7122 (value to the bank 1000, priority 2222, not seen too often 2000, free to show it 1000, little effort for the customer 900)',
    '    - morning: score 7122 (value to the bank 1000, priority 2222, not seen too often 2000, free to show it 1000, little effort for the customer 900)',
    '    - loan: is not for this kind of customer',
    '    - card: nothing of its content is approved now',
    '    - deposit: nothing of its content is approved now',
  ])
})

it('tells what was measured in the words of whoever reads it', () => {
  const branch = new LivedBranch(() => undefined)
  branch.open()
  const said = (code: string, params: Record<string, string>) =>
    (['zh', 'en'] as const).map((tongue) =>
      sayCode(code, { campaign: 'morning', ...params }, createTitles(branch.state, tongue)),
    )
  expect(said('promotion.drawn', { arm: 'held-out' })).toEqual([
    '纳入早安的效果对比：对照组，不予展示',
    'compared for morning: is shown nothing, for comparison',
  ])
  expect(said('promotion.drawn', { arm: 'shown' })[0]).toBe('纳入早安的效果对比：可展示组')
  expect(said('promotion.ended', { phase: 'done' })).toEqual([
    '早安的推荐：已完成',
    'promotion of morning: done',
  ])
})

it('tells it of nothing shown as well', () => {
  const lines = lived((branch) => {
    for (const campaign of ['fund', 'morning'])
      branch.command({ name: 'campaign.set', campaign, on: false, by: 'ann' })
  })
  expect(lines.join('\n')).toContain('no campaign fits')
  expect(lines).toContain('    - morning: the campaign was switched off')
})
