import { expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import { branchYaml, createTestBranch } from '../support/branch.ts'

const yaml = (bounds: string) =>
  `${branchYaml}flows:\n  promotion: { policy: { dwellMs: 9000 }, bounds: ${bounds} }\n`
const set = (policy: Record<string, unknown>, revision = 1): Command => ({
  name: 'flow.set',
  flow: 'promotion',
  autonomy: null,
  policy,
  revision,
  by: 'li',
  reason: 'a quiet week',
})

test('a setting stays within head office’s bounds, and the reason for a change is on record', () => {
  const branch = createTestBranch({
    yaml: yaml('{ dwellMs: { min: 5000, max: 20000 }, showForMs: { max: 60000 } }'),
  })
  const refusal = (command: Command) => refuse(branch.state, { body: { kind: 'command', command } })
  expect(refusal(set({ dwellMs: 4_999 }))?.code).toBe('policy.out-of-bounds')
  expect(refusal(set({ dwellMs: 20_001 }))?.detail).toContain('dwellMs: 20001')
  expect(refusal(set({ showForMs: 60_001 }))?.code).toBe('policy.out-of-bounds')
  expect(refusal(set({ dwellMs: 5_000, showForMs: 60_000, perVisitMax: 99 }))).toBeUndefined()
  branch.command(set({ dwellMs: 5_000 }))
  expect(branch.decisions.at(-1)).toMatchObject({
    code: 'policy.set',
    params: { by: 'li', reason: 'a quiet week' },
  })
})

test('bounds drawn later leave what is set as it is, and another change need not move it', () => {
  const branch = createTestBranch({ yaml: yaml('{ dwellMs: { min: 5000 } }') })
  branch.command(set({ dwellMs: 6_000 }))
  const file = parseBranchFile(yaml('{ dwellMs: { min: 8000 } }'))
  branch.send({ kind: 'config', file, revision: 1, by: 'operator' })
  expect(branch.state.flowSettings.get('promotion')).toMatchObject({
    revision: 2,
    policy: { dwellMs: 6_000 },
  })
  const refusal = (policy: Record<string, unknown>) =>
    refuse(branch.state, { body: { kind: 'command', command: set(policy, 2) } })?.code
  expect(refusal({ dwellMs: 6_000, showForMs: 1 })).toBeUndefined()
  expect(refusal({ dwellMs: 7_000 })).toBe('policy.out-of-bounds')
})
