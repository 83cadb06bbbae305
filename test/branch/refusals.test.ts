import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import { branchYaml, createTestBranch } from '../support/branch.ts'
import { createTestState } from '../support/turn.ts'

const by = 'li'

describe('what is refused before it becomes an entry', () => {
  test.each<[Command, string]>([
    [{ name: 'device.hold', device: 'robot-9', by, untilMs: null }, 'device.unknown'],
    [{ name: 'device.release', device: 'robot-9', by }, 'device.unknown'],
    [{ name: 'duty', person: 'nobody', onDuty: true, by }, 'person.unknown'],
    [{ name: 'visit.role', visit: 'v-0-0-0', role: 'staff', by }, 'visit.unknown'],
    [{ name: 'visit.known', visit: 'v-0-0-0', ticket: null, by }, 'visit.unknown'],
    [{ name: 'end-emergency', by }, 'mode.no-emergency'],
    [{ name: 'escalation.take', escalation: 'e-1', by }, 'escalation.unknown'],
    [{ name: 'alert.claim', alert: 'a-1', by }, 'alert.unknown'],
    [
      { name: 'flow.set', flow: 'greeting', autonomy: 'off', policy: null, revision: 3, by },
      'config.conflict',
    ],
  ])('%o', (command, code) => {
    const branch = createTestBranch()
    const refusal = refuse(branch.state, { body: { kind: 'command', command } })
    expect(refusal?.code).toBe(code)
    expect(refusal?.message.length).toBeGreaterThan(20)
  })

  test('a ticket that is not there, a mode in an emergency, an escalation someone has', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' })
    const visit = branch.view().visits()[0]?.id ?? ''
    const refused = (command: Command) => refuse(branch.state, { body: { kind: 'command', command } })?.code
    expect(refused({ name: 'visit.known', visit, ticket: 'A9', by })).toBe('ticket.unknown')
    expect(refused({ name: 'visit.known', visit, ticket: null, by })).toBeUndefined()
    expect(refused({ name: 'mode', mode: 'closed', by })).toBeUndefined()
    branch.command({ name: 'mode', mode: 'emergency', by })
    expect(refused({ name: 'mode', mode: 'closed', by })).toBe('mode.emergency')
    expect(refused({ name: 'end-emergency', by })).toBeUndefined()
  })

  test('of two who take the same device the second is told who has it; the first may change his mind', () => {
    const branch = createTestBranch()
    const refused = (command: Command) => refuse(branch.state, { body: { kind: 'command', command } })
    const hold = (who: string): Command => ({
      name: 'device.hold',
      device: 'robot-1',
      by: who,
      untilMs: 60_000,
    })
    branch.command(hold('li'))
    expect(refused(hold('wang'))?.code).toBe('device.held')
    expect(refused(hold('wang'))?.detail).toContain('li')
    expect(refused(hold('li'))).toBeUndefined()
    branch.command({ name: 'device.release', device: 'robot-1', by: 'wang' })
    expect(refused(hold('wang'))).toBeUndefined()
  })

  test.each(['task.cancel', 'task.confirm', 'task.dismiss'] as const)(
    '%s of a task that ended meanwhile',
    (name) => {
      const branch = createTestBranch()
      const command: Command = { name, task: 't-0', by, reason: 'asked' }
      expect(refuse(branch.state, { body: { kind: 'command', command } })?.code).toBe('task.ended')
    },
  )

  test('of two editors of the branch file or of a flow the second is told', () => {
    const branch = createTestBranch()
    const file = parseBranchFile(branchYaml)
    const config = { kind: 'config', file, revision: 1, by } as const
    expect(refuse(branch.state, { body: config })).toBeUndefined()
    branch.send(config)
    const refusal = refuse(branch.state, { body: config })
    expect(refusal?.code).toBe('config.conflict')
    expect(refusal?.detail).toContain('revision 1; in force is 2')
    const command: Command = {
      name: 'flow.set',
      flow: 'greeting',
      autonomy: 'off',
      policy: null,
      revision: 0,
      by,
    }
    expect(refuse(branch.state, { body: { kind: 'command', command } })).toBeUndefined()
    branch.command(command)
    expect(refuse(branch.state, { body: { kind: 'command', command } })?.code).toBe('config.conflict')
  })

  test('before the first branch file there is nothing to command; events and timers are never refused here', () => {
    const state = createTestState()
    const refusal = refuse(state, { body: { kind: 'command', command: { name: 'resume', by } } })
    expect(refusal?.code).toBe('branch.no-file')
    expect(refuse(state, { body: { kind: 'link', device: 'x', link: 'lost' } })).toBeUndefined()
  })
})

test('a policy is whole, or refused with the setting that does not fit', () => {
  const flow = {
    id: 'greeting',
    policy: z.strictObject({ cooldownMs: z.int().min(0).default(10) }),
  } as unknown as AnyFlow
  const parse = createPolicyParser([flow])
  expect(parse('greeting', {})).toEqual({ cooldownMs: 10 })
  expect(() => parse('greeting', { cooldownMs: -1 })).toThrow(/cooldownMs/)
  expect(() => parse('dancing', {})).toThrow(/No flow/)
})
