/** The life of a task through the dispatcher, step by step. */
import { describe, expect, it } from 'vitest'
import { TaskMessage } from '#protocol/messages.ts'
import { createTestTurn } from '../support/turn.ts'
import { createTestBranch, deviceRow, guideIntent, originOf, staffRow, taskIntent } from './support.ts'

const withRobots = (...ids: string[]) => {
  const branch = createTestBranch()
  for (const id of ids) branch.state.devices.put(id, deviceRow(id))
  return branch
}

const kinds = (branch: ReturnType<typeof withRobots>, device: string) =>
  branch.messages(device).map((message) => message.kind)

describe('a task', () => {
  it('is offered, started on acceptance, and done', () => {
    const branch = withRobots('robot-1')
    const task = branch.want(taskIntent({ claims: [{ key: 'greet:visit:v-1', kind: 'once' }] }))
    const id = task?.id ?? ''
    expect(task?.phase).toBe('offered')
    expect(kinds(branch, 'robot-1')).toEqual(['offer'])
    expect(branch.state.claims.has('greet:visit:v-1')).toBe(false)
    branch.report('robot-1', id, 'accepted')
    expect(kinds(branch, 'robot-1')).toEqual(['start'])
    expect(branch.state.claims.get('greet:visit:v-1')?.kind).toBe('once')
    branch.report('robot-1', id, 'started')
    expect(branch.task(id)?.phase).toBe('started')
    branch.report('robot-1', id, { status: 'done', result: { said: [] } })
    expect(branch.task(id)?.phase).toBe('done')
    expect(branch.answerTypes(id)).toEqual(['task.accepted', 'task.started', 'task.done'])
    expect(branch.state.outbox.size).toBe(0)
    expect(branch.state.timers.size).toBe(0)
    expect(branch.state.claims.keys()).toEqual(['greet:visit:v-1'])
  })

  it('sends messages that fit the contract', () => {
    const branch = withRobots('robot-1')
    const id = branch.want(taskIntent({ onCancel: { capability: 'announce', command: {} } }))?.id ?? ''
    const seen = [...branch.messages('robot-1')]
    branch.report('robot-1', id, 'accepted')
    seen.push(...branch.messages('robot-1'))
    branch.decide({ kind: 'command', command: { name: 'task.cancel', task: id, by: 'li', reason: 'asked' } })
    seen.push(...branch.messages('robot-1'))
    expect(seen.map((message) => TaskMessage.parse(message).kind)).toEqual(['offer', 'start', 'cancel'])
    expect(seen.at(-1)).toMatchObject({ reason: 'asked', onCancel: { capability: 'announce' } })
  })

  it('goes to the next member when one does not answer, and fails when all are spent', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(taskIntent())?.id ?? ''
    const first = branch.task(id)?.attempts[0]?.member
    branch.pass(1_000)
    const second = branch.task(id)?.attempts[1]?.member
    expect(new Set([first, second])).toEqual(new Set(['robot-1', 'robot-2']))
    branch.pass(1_000)
    expect(branch.task(id)).toMatchObject({ phase: 'failed', endReason: 'no-answer' })
    expect(branch.facts.map((fact) => fact.type)).toEqual(['task.unserved'])
  })

  it('that must not happen twice ends as unknown when its device falls silent after the start', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(taskIntent({ claims: [{ key: 'greet:visit:v-1', kind: 'once' }] }))?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    branch.report(member, id, 'accepted')
    branch.pass(60_000)
    expect(branch.task(id)?.phase).toBe('unknown')
    expect(branch.answerTypes(id)).toEqual(['task.accepted', 'task.unknown'])
    expect(branch.state.claims.has('greet:visit:v-1')).toBe(true)
    expect(branch.task(id)?.attempts).toHaveLength(1)
  })

  it('that must not happen twice is moved when its device says that it did not begin', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(taskIntent({ claims: [{ key: 'greet:visit:v-1', kind: 'once' }] }))?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    branch.report(member, id, 'accepted')
    branch.report(member, id, { status: 'not-started', code: 'blocked' })
    const other = branch.task(id)?.attempts[1]?.member ?? ''
    expect(other).not.toBe(member)
    branch.report(other, id, 'accepted')
    branch.report(other, id, 'done')
    expect(branch.task(id)?.phase).toBe('done')
  })

  it('that is until-done is moved when its run takes too long, and the first device is told to stop', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(guideIntent({ expiresInMs: 100_000 }), originOf('diversion'))?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    branch.report(member, id, 'accepted')
    branch.report(member, id, 'started')
    branch.pass(22_000)
    expect(branch.task(id)?.attempts).toHaveLength(2)
    expect(kinds(branch, member)).toEqual(['cancel'])
    expect(branch.state.claims.has(`occupied/${member}`)).toBe(true)
    branch.report(member, id, { status: 'cancelled', attempt: 1 })
    expect(branch.state.claims.has(`occupied/${member}`)).toBe(false)
  })

  it('waits for a member until it expires, and is offered when one comes', () => {
    const branch = withRobots()
    branch.state.devices.put('robot-1', deviceRow('robot-1', { link: 'lost' }))
    const early = branch.want(taskIntent())?.id ?? ''
    const late = branch.want(taskIntent({ expiresInMs: 60_000 }))?.id ?? ''
    expect(branch.task(early)).toMatchObject({ phase: 'queued', waitingFor: 'link-lost' })
    branch.pass(10_000)
    expect(branch.task(early)).toMatchObject({ phase: 'expired', endReason: 'link-lost' })
    branch.state.devices.put('robot-1', deviceRow('robot-1'))
    branch.decide({ kind: 'link', device: 'robot-1', link: 'online' }, [], (turn) => turn.stir())
    expect(branch.task(late)?.phase).toBe('offered')
  })

  it('neither waits for what a screen shows nor ends it, where the screen does something to itself', () => {
    const branch = withRobots()
    const capabilities = { display: {}, 'x-usher-screenshot': {} }
    const manifest = { kind: 'screen', vendor: 'Acme', model: 'S1', capabilities } as const
    branch.state.devices.put('screen-1', deviceRow('screen-1', { kind: 'screen', manifest }))
    const shown = branch.want(taskIntent({ capability: 'display', priority: 2 }))?.id ?? ''
    branch.report('screen-1', shown, 'accepted')
    branch.report('screen-1', shown, 'started')
    const asked = branch.want(taskIntent({ capability: 'x-usher-screenshot', command: {}, priority: 6 }))
    expect(asked?.phase).toBe('offered')
    expect(branch.task(shown)?.phase).toBe('started')
  })

  it('is refused at once when nobody could ever do it', () => {
    const branch = withRobots('robot-1')
    const id = branch.want(taskIntent({ capability: 'manage-ticket' }))?.id ?? ''
    expect(branch.task(id)).toMatchObject({ phase: 'refused', endReason: 'capability' })
    expect(branch.answerTypes(id)).toEqual(['task.refused'])
  })
})

describe('a cancel', () => {
  it('succeeds at the hub at once; the device is occupied until it confirms', () => {
    const branch = withRobots('robot-1')
    const id = branch.want(taskIntent())?.id ?? ''
    branch.report('robot-1', id, 'accepted')
    branch.report('robot-1', id, 'started')
    branch.decide({ kind: 'command', command: { name: 'task.cancel', task: id, by: 'li', reason: 'asked' } })
    expect(branch.task(id)?.phase).toBe('cancelled')
    const next = branch.want(taskIntent())?.id ?? ''
    expect(branch.task(next)).toMatchObject({ phase: 'queued', waitingFor: 'clearing' })
    branch.report('robot-1', id, 'cancelled')
    expect(branch.task(next)?.phase).toBe('offered')
    branch.report('robot-1', id, 'done')
    expect(branch.task(id)?.phase).toBe('cancelled')
  })

  it('leaves the device occupied no longer than its work could have taken', () => {
    const branch = withRobots('robot-1')
    const id = branch.want(taskIntent())?.id ?? ''
    branch.report('robot-1', id, 'accepted')
    branch.decide({ kind: 'command', command: { name: 'task.cancel', task: id, by: 'li', reason: 'asked' } })
    branch.pass(60_000)
    expect(branch.state.claims.size).toBe(0)
    expect(branch.state.outbox.size).toBe(0)
  })
})

describe('reports', () => {
  it('of another attempt, device or epoch are recorded and change nothing', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(taskIntent())?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    const other = member === 'robot-1' ? 'robot-2' : 'robot-1'
    branch.report(other, id, 'done')
    branch.report(member, id, { status: 'done', attempt: 2 })
    branch.report(member, id, { status: 'done', epoch: 7 })
    expect(branch.task(id)?.phase).toBe('offered')
    expect(branch.decisions.filter((decision) => decision.code === 'report.foreign')).toHaveLength(3)
  })

  it('that come twice are answered once', () => {
    const branch = withRobots('robot-1')
    const id = branch.want(taskIntent())?.id ?? ''
    for (const status of ['accepted', 'accepted', 'started', 'started', 'done', 'done'] as const)
      branch.report('robot-1', id, status)
    expect(branch.answerTypes(id)).toEqual(['task.accepted', 'task.started', 'task.done'])
  })
})

describe('people', () => {
  it('are asked, reminded of the deadline, and then the next one', () => {
    const branch = withRobots()
    branch.state.staff.put('li', staffRow('li'))
    branch.state.staff.put('wang', staffRow('wang'))
    const intent = taskIntent({
      capability: 'call-staff',
      command: { at: { zone: 'entrance' }, reason: 'help' },
      who: { members: 'people' },
      priority: 7,
    })
    const id = branch.want(intent, originOf('assistance'))?.id ?? ''
    const first = branch.task(id)?.attempts[0]?.member
    branch.pass(1_000)
    const second = branch.task(id)?.attempts[1]?.member ?? ''
    expect(second).not.toBe(first)
    const by = second.slice('person/'.length)
    for (const status of ['accepted', 'done'] as const)
      branch.decide({
        kind: 'command',
        command: { name: 'task.report', task: id, by, status, note: null },
      })
    expect(branch.answerTypes(id)).toEqual(['task.accepted', 'task.started', 'task.done'])
    expect(branch.state.outbox.size).toBe(0)
  })

  it('are not interrupted more often than their budget, nor while serving', () => {
    const branch = createTestBranch({ interruptionsMax: 1 })
    branch.state.staff.put('li', staffRow('li'))
    branch.state.staff.put('wang', staffRow('wang', { serving: 'counter-1' }))
    const intent = () =>
      taskIntent({ capability: 'call-staff', who: { members: 'people' }, priority: 7, attemptsMax: 1 })
    branch.want(intent(), originOf('assistance'))
    branch.pass(1_000)
    const id = branch.want(intent(), originOf('assistance'))?.id ?? ''
    expect(branch.task(id)?.phase).toBe('queued')
    const nobody = branch.decisions.findLast((decision) => decision.code === 'nobody')
    expect(nobody?.candidates?.map(({ member, out }) => [member, out])).toEqual([
      ['person/li', 'interrupted-enough'],
      ['person/wang', 'serving'],
    ])
  })

  it('may take up what somebody else was asked, and hand it on by going off duty', () => {
    const branch = withRobots()
    for (const id of ['li', 'wang', 'zhao']) branch.state.staff.put(id, staffRow(id))
    const intent = taskIntent({ capability: 'call-staff', command: {}, who: { members: 'people' } })
    const id = branch.want(intent, originOf('assistance'))?.id ?? ''
    const asked = branch.task(id)?.attempts[0]?.member ?? ''
    const by = ['li', 'wang', 'zhao'].find((name) => asked !== `person/${name}`) ?? ''
    const say = (status: 'accepted' | 'done') =>
      branch.decide({
        kind: 'command',
        command: { name: 'task.report', task: id, by, status, note: null },
      })
    say('done')
    expect(branch.task(id)?.phase).toBe('offered')
    say('accepted')
    expect(branch.task(id)).toMatchObject({ phase: 'started' })
    expect(branch.task(id)?.attempts.at(-1)?.member).toBe(`person/${by}`)
    branch.state.staff.put(by, staffRow(by, { onDuty: false }))
    branch.decide({ kind: 'command', command: { name: 'duty', person: by, onDuty: false, by } })
    expect(branch.task(id)?.attempts).toHaveLength(3)
    expect(branch.task(id)?.attempts.at(-1)).toMatchObject({ endedAt: null })
  })
})

describe('a lost link', () => {
  const lose = (branch: ReturnType<typeof withRobots>, id: string, link: 'lost' | 'online') => {
    branch.state.devices.put(id, deviceRow(id, { link }))
    branch.decide({ kind: 'link', device: id, link })
  }

  it('moves what has not begun after the grace, and nothing when it comes back in time', () => {
    for (const [backAfterMs, attempts] of [
      [4_000, 1],
      [6_000, 2],
    ] as const) {
      const branch = withRobots('robot-1', 'robot-2')
      const id = branch.want(taskIntent({ ackWithinMs: 60_000, expiresInMs: 60_000 }))?.id ?? ''
      const member = branch.task(id)?.attempts[0]?.member ?? ''
      lose(branch, member, 'lost')
      branch.pass(backAfterMs)
      lose(branch, member, 'online')
      branch.pass(10_000)
      expect(branch.task(id)?.attempts).toHaveLength(attempts)
    }
  })

  it('leaves a greeting its time: the device may come back and say that it was done', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const id = branch.want(taskIntent())?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    branch.report(member, id, 'accepted')
    branch.report(member, id, 'started')
    lose(branch, member, 'lost')
    branch.pass(18_000)
    lose(branch, member, 'online')
    branch.report(member, id, 'done')
    expect(branch.task(id)?.phase).toBe('done')
  })
})

describe('after a restore', () => {
  const restore = (branch: ReturnType<typeof withRobots>) => {
    const versions = { hub: '1', xstate: '5', flows: {} }
    const turn = createTestTurn({
      state: branch.state,
      at: branch.now(),
      seq: 99,
      body: { kind: 'start', versions, reason: 'restore' },
    })
    const restored = { ...turn, entry: { ...turn.entry, epoch: 2 } }
    branch.dispatcher.beforeFlows(restored)
    branch.dispatcher.afterFlows(restored, true)
  }

  it('what may be repeated and was only offered is offered anew; what was started is left to its deadline', () => {
    const branch = withRobots('robot-1', 'robot-2')
    const offered = branch.want(guideIntent(), originOf('greeting'))?.id ?? ''
    const started = branch.want(guideIntent(), originOf('diversion'))?.id ?? ''
    branch.report(branch.task(started)?.attempts[0]?.member ?? '', started, 'accepted')
    restore(branch)
    expect(branch.task(offered)?.attempts.map(({ epoch, end }) => [epoch, end])).toEqual([
      [1, 'lost'],
      [2, null],
    ])
    expect(branch.task(started)?.attempts).toHaveLength(1)
    const again = branch.task(offered)?.attempts[1]?.member ?? ''
    expect(again).toBe(branch.task(offered)?.attempts[0]?.member)
    branch.report(again, offered, { status: 'cancelled', attempt: 1 })
    expect(branch.state.claims.get(`occupied/${again}`)?.task).toBe(offered)
    branch.report(branch.task(started)?.attempts[0]?.member ?? '', started, 'done')
    expect(branch.task(started)?.phase).toBe('done')
  })

  it('what must not happen twice and may have been done since the backup ends as unknown', () => {
    const branch = withRobots('robot-1')
    const offered = branch.want(taskIntent())?.id ?? ''
    const queued = branch.want(taskIntent({ ref: 'second' }))?.id ?? ''
    expect([offered, queued].map((id) => branch.task(id)?.phase)).toEqual(['offered', 'queued'])
    restore(branch)
    expect([offered, queued].map((id) => branch.task(id)?.phase)).toEqual(['unknown', 'unknown'])
  })
})
