/** The last versions of flows and of the plan stay with the state, also of what was set before they were kept. */
import { describe, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { keptFlows, keptPlans } from '#hub/branch/versions-kept.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const apply = (branch: TestBranch, change: (yaml: string) => string) =>
  branch.send({
    kind: 'config',
    file: parseBranchFile(change(branchYaml)),
    revision: branch.state.branch.get('branch')?.revision ?? 0,
    by: 'wang',
  })

const wider = (yaml: string) => yaml.replace('limit: 20', 'limit: 25')
const set = (branch: TestBranch, revision: number, autonomy: 'off' | 'automatic') =>
  branch.command({ name: 'flow.set', flow: 'greeting', autonomy, policy: null, revision, by: 'li' })

describe('the plan', () => {
  test('has a new version only where something moved', () => {
    const branch = createTestBranch()
    apply(branch, (yaml) => yaml.replace('Test branch', 'Another name'))
    expect(keptPlans(branch.state).map(({ revision }) => revision)).toEqual([1])
    apply(branch, wider)
    expect(keptPlans(branch.state).map(({ revision, by }) => [revision, by])).toEqual([
      [1, 'operator'],
      [3, 'wang'],
    ])
  })

  test('has its way back also where none was kept when it came', () => {
    const branch = createTestBranch()
    branch.state.meta.drop('versions-of-plan')
    apply(branch, wider)
    const [was, is] = keptPlans(branch.state)
    expect([was?.revision, is?.revision]).toEqual([1, 2])
    expect([was, is].map((plan) => plan?.zones.find(({ id }) => id === 'waiting')?.limit)).toEqual([20, 25])
    expect(was?.at).toBe(0)
  })

  test('keeps no more than twenty', () => {
    const branch = createTestBranch()
    for (let limit = 30; limit < 60; limit++)
      apply(branch, (yaml) => yaml.replace('limit: 20', `limit: ${limit}`))
    expect(keptPlans(branch.state)).toHaveLength(20)
    expect(
      keptPlans(branch.state)
        .at(-1)
        ?.zones.find(({ id }) => id === 'waiting')?.limit,
    ).toBe(59)
  })
})

describe('a flow', () => {
  test('has each version, and the one before the first that was kept', () => {
    const branch = createTestBranch()
    set(branch, 0, 'off')
    branch.state.meta.drop('versions-of-flow/greeting')
    set(branch, 1, 'automatic')
    expect(keptFlows(branch.state, 'greeting').map(({ revision, autonomy }) => [revision, autonomy])).toEqual(
      [
        [1, 'off'],
        [2, 'automatic'],
      ],
    )
  })
})
