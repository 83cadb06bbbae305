/** A person has the last word: pause, modes, stopped movement, suggestions, taking a device over. */
import { describe, expect, it } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import type { BranchRow, FlowSettingRow } from '#protocol/model.ts'
import {
  branchRow,
  createTestBranch,
  deviceRow,
  guideIntent,
  originOf,
  type TestBranch,
  taskIntent,
} from './support.ts'

const branchWith = (...ids: string[]): TestBranch => {
  const branch = createTestBranch()
  for (const id of ids) branch.state.devices.put(id, deviceRow(id))
  return branch
}

const command = (branch: TestBranch, body: Command) => branch.decide({ kind: 'command', command: body })

const change = (branch: TestBranch, changes: Partial<BranchRow>) => {
  branch.state.branch.put('branch', branchRow(changes))
  command(branch, { name: 'resume', by: 'li' })
}

const setFlow = (branch: TestBranch, id: string, autonomy: FlowSettingRow['autonomy']) =>
  branch.state.flowSettings.put(id, { id, autonomy, policy: {}, revision: 2, setBy: 'li', setAt: 0 })

const pausedAt = (branch: TestBranch) => ({ paused: { by: 'li', at: branch.now(), until: null } })

describe('a pause', () => {
  it('lets what runs finish, expires what waits, refuses what is new, and never bursts afterwards', () => {
    const branch = branchWith('robot-1')
    const running = branch.want(taskIntent())?.id ?? ''
    branch.report('robot-1', running, 'accepted')
    const waiting = branch.want(taskIntent({ expiresInMs: 600_000 }))?.id ?? ''
    change(branch, pausedAt(branch))
    expect(branch.task(waiting)).toMatchObject({ phase: 'expired', endReason: 'paused' })
    expect(branch.want(taskIntent())).toMatchObject({ phase: 'refused', endReason: 'paused' })
    branch.report('robot-1', running, 'done')
    expect(branch.task(running)?.phase).toBe('done')
    change(branch, {})
    expect(branch.state.tasks.size).toBe(0)
    expect(branch.facts).toEqual([])
  })

  it('does not hold up what is never paused', () => {
    const branch = branchWith('robot-1')
    change(branch, pausedAt(branch))
    expect(branch.want(taskIntent(), originOf('assistance'))?.phase).toBe('offered')
  })
})

describe('the mode', () => {
  it('passes over what a flow does not do in it, and cancels what it stops', () => {
    const branch = branchWith('robot-1')
    const running = branch.want(taskIntent())?.id ?? ''
    change(branch, { mode: 'closed', modeAt: branch.now() })
    expect(branch.task(running)?.phase).toBe('offered')
    expect(branch.want(taskIntent())).toMatchObject({ phase: 'refused', endReason: 'mode.closed' })
    change(branch, { mode: 'emergency', modeAt: branch.now() })
    expect(branch.task(running)).toMatchObject({ phase: 'cancelled', endReason: 'mode.emergency' })
  })

  it('lets the emergency flow clear everything that is not its own', () => {
    const branch = branchWith('robot-1', 'robot-2')
    const other = branch.want(taskIntent())?.id ?? ''
    const own = branch.want(taskIntent(), originOf('assistance'))?.id ?? ''
    branch.decide({ kind: 'clock', stepMs: 0 }, [
      [originOf('assistance'), { type: 'cancel-others', reason: 'emergency' }],
    ])
    expect([branch.task(other)?.phase, branch.task(own)?.phase]).toEqual(['cancelled', 'offered'])
  })
})

describe('stopped movement', () => {
  it('cancels and refuses what moves, and nothing else', () => {
    const branch = branchWith('robot-1')
    branch.state.devices.put('screen-1', deviceRow('screen-1', { kind: 'screen' }))
    const moving = branch.want(guideIntent(), originOf('diversion'))?.id ?? ''
    const still = branch.want(taskIntent({ capability: 'display', command: {} }))?.id ?? ''
    change(branch, { stopped: { by: 'li', at: branch.now() } })
    expect(branch.task(moving)).toMatchObject({ phase: 'cancelled', endReason: 'movement-stopped' })
    expect(branch.task(still)?.phase).toBe('offered')
    expect(branch.want(guideIntent(), originOf('diversion'))?.phase).toBe('refused')
    const busy = branch.want(taskIntent())
    expect(busy?.attempts.some(({ member }) => member === 'robot-1')).toBe(false)
  })
})

describe('autonomy', () => {
  it('off: nothing is done, and what waits is dropped', () => {
    const branch = branchWith()
    branch.state.devices.put('robot-1', deviceRow('robot-1', { link: 'lost' }))
    const waiting = branch.want(taskIntent())?.id ?? ''
    setFlow(branch, 'greeting', 'off')
    const body = { flow: 'greeting', autonomy: 'off', policy: null, revision: 1, by: 'li' } as const
    command(branch, { name: 'flow.set', ...body })
    expect(branch.task(waiting)).toMatchObject({ phase: 'cancelled', endReason: 'flow-off' })
    expect(branch.want(taskIntent())).toMatchObject({ phase: 'refused', endReason: 'flow-off' })
  })

  it('suggest: waits for a person, who confirms or turns it down, until it is too late', () => {
    const branch = branchWith('robot-1', 'robot-2')
    setFlow(branch, 'greeting', 'suggest')
    const [yes, no, never] = [taskIntent(), taskIntent(), taskIntent()].map(
      (intent) => branch.want(intent)?.id ?? '',
    )
    expect(branch.task(yes ?? '')).toMatchObject({ phase: 'queued', waitingFor: 'confirmation' })
    command(branch, { name: 'task.confirm', task: yes ?? '', by: 'li' })
    expect(branch.task(yes ?? '')?.phase).toBe('offered')
    command(branch, { name: 'task.dismiss', task: no ?? '', by: 'li' })
    expect(branch.task(no ?? '')).toMatchObject({ phase: 'cancelled', endReason: 'dismissed' })
    branch.pass(10_000)
    expect(branch.task(never ?? '')).toMatchObject({ phase: 'expired', endReason: 'confirmation' })
    expect(branch.messages('robot-1').length + branch.messages('robot-2').length).toBeLessThan(2)
  })
})

describe('a person takes a device', () => {
  it('and its work ends, or goes to another where that is allowed', () => {
    for (const [intent, flow, phase] of [
      [guideIntent({ expiresInMs: 60_000 }), 'diversion', 'offered'],
      [taskIntent(), 'greeting', 'cancelled'],
    ] as const) {
      const branch = branchWith('robot-1', 'robot-2')
      const id = branch.want(intent, originOf(flow))?.id ?? ''
      const member = branch.task(id)?.attempts[0]?.member ?? ''
      branch.report(member, id, 'accepted')
      command(branch, { name: 'device.hold', device: member, by: 'li', untilMs: null })
      expect(branch.task(id)?.phase).toBe(phase)
      expect(branch.messages(member).map(({ kind }) => kind)).toEqual(['cancel'])
    }
  })
})
