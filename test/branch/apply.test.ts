import { describe, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const apply = (branch: TestBranch, yaml: string, revision = branch.view().branch.revision) =>
  branch.send({ kind: 'config', file: parseBranchFile(yaml), revision, by: 'head-office' })

describe('a branch file changed while the branch runs', () => {
  test('the same file again changes nothing but the revision', () => {
    const branch = createTestBranch()
    branch.send({ kind: 'presence', device: 'robot-1', presence: { status: 'online' } })
    branch.send({ kind: 'state', device: 'robot-1', state: { spot: { zone: 'waiting' }, busy: true } })
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 3 })
    branch.event('camera-1', 'zone.count', { zone: 'waiting', count: 5 })
    branch.event('tickets-1', 'counter.changed', { counter: 'c2', state: 'paused' })
    branch.command({ name: 'duty', person: 'li', onDuty: false, by: 'li' })
    branch.command({ name: 'mode', mode: 'closing', by: 'li' })
    const model = () =>
      (['zones', 'places', 'services', 'counters', 'devices', 'staff', 'campaigns', 'outbox'] as const).map(
        (name) => branch.state[name].values(),
      )
    const before = structuredClone(model())
    const told = branch.facts.length
    apply(branch, branchYaml)
    expect(model()).toEqual(before)
    expect(branch.facts).toHaveLength(told)
    expect(branch.view().branch).toMatchObject({ revision: 2, mode: 'closing' })
    expect(branch.decisions.at(-1)).toMatchObject({
      code: 'config.applied',
      params: { by: 'head-office', revision: 2 },
    })
  })

  test('declared fields change, what was sensed stays, running visits and tickets go on', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' })
    const act = { ticket: 'A1', service: 'cash', track: 't1', camera: 'camera-1' }
    branch.event('tickets-1', 'ticket.issued', act)
    branch.event('camera-1', 'zone.count', { zone: 'waiting', count: 5 })
    apply(
      branch,
      branchYaml.replace('limit: 20', 'limit: 8').replace('serviceMs: 240000', 'serviceMs: 60000'),
    )
    expect(branch.view().zone('waiting')).toMatchObject({ limit: 8, count: { value: 5 } })
    expect(branch.view().service('cash')).toMatchObject({ serviceMs: 60_000, waiting: { value: 1 } })
    expect(branch.view().visits()).toHaveLength(1)
    expect(branch.view().ticket('A1')?.state).toBe('waiting')
  })

  test('a removed device is out of service, a removed person off duty; declared again they are back', () => {
    const branch = createTestBranch()
    const without = branchYaml
      .split('\n')
      .filter((line) => !line.includes('id: robot-1') && !line.includes('id: li'))
      .join('\n')
    apply(branch, without)
    expect(branch.view().device('robot-1')).toMatchObject({
      willingness: 'out-of-service',
      willingnessBy: 'branch-file',
    })
    expect(
      branch
        .view()
        .staff()
        .find((person) => person.id === 'li')?.onDuty,
    ).toBe(false)
    expect(branch.told('device.willingness')).toHaveLength(1)
    expect(branch.state.outbox.has('config/robot-1')).toBe(false)
    branch.command({ name: 'stop-movement', by: 'li' })
    expect(branch.state.outbox.has('config/robot-1')).toBe(false)
    apply(branch, branchYaml)
    expect(branch.state.outbox.get('config/robot-1')?.payload).toContain('"revision":2')
    expect(branch.view().device('robot-1')).toMatchObject({ willingness: 'open', willingnessBy: null })
  })

  test('a device a person took out of service stays so', () => {
    const branch = createTestBranch()
    branch.command({ name: 'device.out-of-service', device: 'robot-1', by: 'li' })
    apply(branch, branchYaml)
    expect(branch.view().device('robot-1')).toMatchObject({
      willingness: 'out-of-service',
      willingnessBy: 'li',
    })
  })

  test('a manager’s policy outlives edits of other parts, and yields to an edit of its own', () => {
    const flows = (cooldownMs: number) =>
      `${branchYaml}\nflows: { greeting: { policy: { cooldownMs: ${cooldownMs} } } }\n`
    const branch = createTestBranch({ yaml: flows(5) })
    const greeting = () => branch.state.flowSettings.get('greeting')
    expect(greeting()).toMatchObject({ revision: 1, policy: { cooldownMs: 5 }, setBy: 'operator' })
    const set = { name: 'flow.set', flow: 'greeting', revision: 1, by: 'li' } as const
    branch.command({ ...set, autonomy: 'suggest', policy: { quiet: true } })
    expect(greeting()).toMatchObject({
      revision: 2,
      autonomy: 'suggest',
      policy: { cooldownMs: 5, quiet: true },
      setBy: 'li',
    })
    apply(branch, flows(5).replace('limit: 20', 'limit: 8'))
    expect(greeting()).toMatchObject({ revision: 2, setBy: 'li' })
    apply(branch, flows(7))
    expect(greeting()).toMatchObject({
      revision: 3,
      autonomy: 'automatic',
      policy: { cooldownMs: 7 },
      setBy: 'head-office',
    })
    expect(greeting()?.policy).not.toHaveProperty('quiet')
    expect(
      branch.decisions.filter((one) => one.code === 'policy.set').map((one) => one.params?.['by']),
    ).toEqual(['operator', 'li', 'head-office'])
  })

  test('a visit in a zone that is no more is somewhere unknown, not lost', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'kiosks', track: 't1' })
    const without = branchYaml
      .replace('  - { id: kiosks, kind: kiosks }\n', '')
      .replace('zone: kiosks', 'zone: waiting')
    apply(branch, without)
    expect(branch.view().visits()[0]?.zone).toBeNull()
  })
})
