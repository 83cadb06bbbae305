import { beforeEach, describe, expect, test } from 'vitest'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createTestBranch, deviceRow, guideIntent, staffRow, type TestBranch, taskIntent } from './support.ts'

let branch: TestBranch
beforeEach(() => {
  branch = createTestBranch()
  branch.state.meta.put('file', { file: { devices: [] } })
  branch.state.devices.put('robot-1', deviceRow('robot-1'))
  branch.state.staff.put('li', staffRow('li'))
  branch.state.staff.put('wang', staffRow('wang'))
})

const by = 'zhao'
const addRobot = (change: Parameters<typeof deviceRow>[1] = {}) =>
  branch.state.devices.put('robot-2', deviceRow('robot-2', change))
const ask = (command: Command) => {
  const body = { kind: 'command', command } as const
  const refusal = refuse(branch.state, { body }, { at: branch.now(), settings: defaultSettings })
  if (refusal === undefined) branch.decide(body)
  return refusal
}
const reassign = (task: string, to: string) => ask({ name: 'task.reassign', task, to, by })
const guided = () => {
  const task = branch.want(guideIntent())
  if (task === undefined) throw new Error('no task')
  return task.id
}
const last = (id: string) => branch.task(id)?.attempts.at(-1)

describe('a task is given to another', () => {
  test('before it has begun: the first is told to stop, the other is offered it, alone', () => {
    const id = guided()
    expect(last(id)?.member).toBe('robot-1')
    addRobot()
    expect(reassign(id, 'robot-2')).toBeUndefined()
    expect(branch.task(id)).toMatchObject({ phase: 'offered', attempts: [{ end: 'refused' }, { end: null }] })
    expect(last(id)?.member).toBe('robot-2')
    expect(branch.messages('robot-1').map(({ kind }) => kind)).toContain('cancel')
    expect(branch.decisions.find(({ code }) => code === 'reassigned')?.params).toEqual({ by, to: 'robot-2' })
    // It alone was wanted: when it cannot, the task has failed, and does not wander back.
    branch.report('robot-2', id, 'refused')
    expect(branch.task(id)?.phase).toBe('failed')
  })

  test('while it is under way, where it may be done again', () => {
    const id = guided()
    branch.report('robot-1', id, 'accepted')
    branch.report('robot-1', id, 'started')
    addRobot()
    expect(reassign(id, 'robot-2')).toBeUndefined()
    expect(branch.task(id)?.attempts[0]?.end).toBe('cancelled')
    expect(last(id)?.member).toBe('robot-2')
  })

  test('not once it has begun and may not happen twice', () => {
    const id = branch.want(taskIntent())?.id ?? ''
    branch.report('robot-1', id, 'accepted')
    addRobot()
    expect(reassign(id, 'robot-2')?.code).toBe('task.begun')
    expect(ask({ name: 'task.take', task: id, by: 'li' })?.code).toBe('task.begun')
    expect(branch.task(id)?.attempts).toHaveLength(1)
  })

  test('also while nobody could be found, with time to begin anew', () => {
    branch.state.devices.put('robot-1', deviceRow('robot-1', { willingness: 'held' }))
    const id = guided()
    expect(branch.task(id)?.phase).toBe('queued')
    branch.pass(9_000)
    addRobot()
    expect(reassign(id, 'robot-2')).toBeUndefined()
    branch.report('robot-2', id, 'accepted')
    branch.pass(3_000)
    expect(branch.task(id)?.phase).toBe('accepted')
  })

  test.each([
    [{ willingness: 'held' }, 'held'],
    [{ link: 'lost' }, 'link-lost'],
    [{ battery: { percent: 1, charging: false } }, 'battery-low'],
    [{ manifest: { kind: 'robot', vendor: 't', model: 't', capabilities: { greet: {} } } }, 'capability'],
  ] as const)('not to one that cannot do it now: %o', (change, reason) => {
    const id = guided()
    addRobot(change)
    const refusal = reassign(id, 'robot-2')
    expect(refusal?.code).toBe('task.not-eligible')
    expect(refusal?.detail).toBe(`robot-2: ${reason}`)
    expect(last(id)?.member).toBe('robot-1')
  })

  test('not to who is unknown, off duty or serving, and not what only a machine can do', () => {
    const id = guided()
    expect(reassign(id, 'robot-9')?.code).toBe('device.unknown')
    expect(reassign(id, 'person/nobody')?.code).toBe('person.unknown')
    branch.state.staff.put('li', staffRow('li', { onDuty: false }))
    expect(reassign(id, 'person/li')?.detail).toBe('person/li: off-duty')
    branch.state.staff.put('li', staffRow('li', { serving: 'c1' }))
    expect(reassign(id, 'person/li')?.detail).toBe('person/li: serving')
    const docks = branch.want(taskIntent({ capability: 'dock', command: { to: {}, charge: true } }))?.id ?? ''
    expect(reassign(docks, 'person/wang')?.detail).toBe('person/wang: capability')
    expect(reassign('task-1-99-0', 'robot-1')?.code).toBe('task.ended')
  })

  test('a person is asked as always, and may say no', () => {
    const id = guided()
    expect(reassign(id, 'person/li')).toBeUndefined()
    expect(branch.task(id)?.phase).toBe('offered')
    branch.decide({
      kind: 'command',
      command: { name: 'task.report', task: id, by: 'li', status: 'refused', note: null },
    })
    expect(branch.task(id)?.phase).toBe('failed')
  })
})

describe('a task is taken', () => {
  test('and is then accepted, by whoever says so, even while serving', () => {
    branch.state.staff.put('li', staffRow('li', { serving: 'c1', doNotDisturb: true }))
    const id = guided()
    expect(ask({ name: 'task.take', task: id, by: 'li' })).toBeUndefined()
    expect(branch.task(id)).toMatchObject({ phase: 'started' })
    expect(last(id)?.member).toBe('person/li')
    branch.decide({
      kind: 'command',
      command: { name: 'task.report', task: id, by: 'li', status: 'done', note: null },
    })
    expect(branch.task(id)?.phase).toBe('done')
    expect(branch.answerTypes(id).filter((type) => type === 'task.done')).toHaveLength(1)
  })

  test('uses up what may happen once, as anybody would', () => {
    const claims = [{ key: 'greet:visit:v1', kind: 'once' }] as const
    const id = branch.want(taskIntent({ claims }))?.id ?? ''
    ask({ name: 'task.take', task: id, by: 'li' })
    expect(branch.state.claims.get('greet:visit:v1')?.task).toBe(id)
    const again = branch.want(taskIntent({ claims }))
    expect(again).toMatchObject({ phase: 'refused', endReason: 'already-claimed' })
  })

  test('by one person only: the second has it no more, and who is off duty or busy cannot', () => {
    const id = guided()
    branch.state.staff.put('wang', staffRow('wang', { onDuty: false }))
    expect(ask({ name: 'task.take', task: id, by: 'wang' })?.detail).toBe('person/wang: off-duty')
    expect(ask({ name: 'task.take', task: id, by: 'nobody' })?.code).toBe('person.unknown')
    ask({ name: 'task.take', task: id, by: 'li' })
    expect(ask({ name: 'task.take', task: id, by: 'li' })?.detail).toBe('person/li: has-it')
    const second = branch.want(guideIntent())?.id ?? ''
    expect(ask({ name: 'task.take', task: second, by: 'li' })?.detail).toBe('person/li: busy')
  })

  test('of a suggestion needs no further yes', () => {
    branch.state.flowSettings.put('greeting', {
      id: 'greeting',
      autonomy: 'suggest',
      policy: {},
      revision: 1,
      setBy: by,
      setAt: 0,
    })
    const id = guided()
    expect(branch.task(id)?.suggested).toBe(true)
    ask({ name: 'task.take', task: id, by: 'li' })
    expect(branch.task(id)).toMatchObject({ suggested: false, phase: 'started' })
  })
})
