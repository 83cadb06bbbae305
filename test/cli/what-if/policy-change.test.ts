/** A changed policy rules the simulated day: what people did to the same flows that day gives way to it. */
import { expect, test } from 'vitest'
import { createPolicyChange } from '#cli/what-if/policy-change.ts'
import { flows } from '#flows/index.ts'
import type { Command } from '#hub/engine/entry.ts'

test('what one person set that day gives way, and what a second one agreed to', () => {
  const change = createPolicyChange({ promotion: {} }, flows)
  const replaces = (command: Command) => change.replaces({ kind: 'command', command })
  const set = { name: 'flow.set', autonomy: 'off', policy: null, revision: 1, by: 'li' } as const
  const approve = { name: 'flow.approve', proposal: 'proposal-1', by: 'wang' } as const
  expect([replaces({ ...set, flow: 'promotion' }), replaces({ ...approve, flow: 'promotion' })]).toEqual([
    true,
    true,
  ])
  expect([replaces({ ...set, flow: 'greeting' }), replaces({ ...approve, flow: 'greeting' })]).toEqual([
    false,
    false,
  ])
  expect(replaces({ name: 'resume', by: 'li' })).toBe(false)
})
