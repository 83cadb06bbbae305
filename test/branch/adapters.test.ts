/** What the watcher over an adapter tells becomes an alert for people, and a record of each thing that was wrong. */
import { describe, expect, test } from 'vitest'
import { refuse } from '#hub/branch/refusals.ts'
import { createTestBranch, type TestBranch } from '../support/branch.ts'

const tell = (branch: TestBranch, code: string | null, about: 'process' | 'messages' = 'process') =>
  branch.command({
    name: 'adapter.health',
    device: 'robot-1',
    about,
    code,
    params: { crashes: 5 },
    by: 'hub',
  })

const open = (branch: TestBranch) =>
  branch.state.alerts
    .values()
    .filter(({ clearedAt }) => clearedAt === null)
    .map(({ key, code, count, priority }) => [key, code, count, priority])

describe('an adapter in trouble', () => {
  test('is one alert that counts, and is urgent to somebody once nothing else will help', () => {
    const branch = createTestBranch()
    tell(branch, 'adapter.crashed')
    tell(branch, 'adapter.crashed')
    expect(open(branch)).toEqual([['adapter/robot-1', 'adapter.crashed', 2, 'normal']])
    tell(branch, 'adapter.crash-loop')
    expect(open(branch)).toEqual([['adapter/robot-1', 'adapter.crash-loop', 1, 'high']])
    expect(branch.state.alerts.values()[0]).toMatchObject({
      flow: 'adapters',
      params: { device: 'robot-1', crashes: 5 },
    })
  })

  test('is over when it runs well again, apart from what it sends', () => {
    const branch = createTestBranch()
    tell(branch, 'adapter.crashed')
    tell(branch, 'adapter.flood', 'messages')
    tell(branch, null)
    expect(open(branch)).toEqual([['adapter/robot-1/messages', 'adapter.flood', 1, 'normal']])
    tell(branch, null, 'messages')
    expect(open(branch)).toEqual([])
  })

  test('that nobody has declared is refused', () => {
    const branch = createTestBranch()
    const command = {
      name: 'adapter.health',
      device: 'ghost',
      about: 'process',
      code: null,
      params: {},
      by: 'hub',
    } as const
    expect(refuse(branch.state, { body: { kind: 'command', command } })?.code).toBe('device.unknown')
  })
})
