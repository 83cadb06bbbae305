/** Once means once, a lease has one holder, attention follows priority, and merged visits share what they claimed. */
import { describe, expect, it } from 'vitest'
import { createTestBranch, deviceRow, originOf, type TestBranch, taskIntent } from './support.ts'

const branchWith = (...ids: string[]): TestBranch => {
  const branch = createTestBranch()
  for (const id of ids) branch.state.devices.put(id, deviceRow(id))
  return branch
}

const greet = (visit: string) => taskIntent({ claims: [{ key: `greet:visit:${visit}`, kind: 'once' }] })
const finish = (branch: TestBranch, id: string) => {
  const member = branch.task(id)?.attempts.at(-1)?.member ?? ''
  for (const status of ['accepted', 'started', 'done'] as const) branch.report(member, id, status)
}
const merge = (branch: TestBranch, from: string, into: string) =>
  branch.decide({ kind: 'clock', stepMs: 0 }, [], (turn) => branch.dispatcher.visitMerged(turn, from, into))

describe('a once-claim', () => {
  it('refuses the second of its kind', () => {
    const branch = branchWith('robot-1', 'robot-2')
    finish(branch, branch.want(greet('v-1'))?.id ?? '')
    const again = branch.want(greet('v-1'))
    expect(again).toMatchObject({ phase: 'refused', endReason: 'already-claimed' })
  })

  it('is not used up by a greeting that nobody began', () => {
    const branch = branchWith('robot-1')
    const id = branch.want(taskIntent({ ...greet('v-1'), attemptsMax: 1 }))?.id ?? ''
    branch.pass(1_000)
    expect(branch.task(id)?.phase).toBe('failed')
    finish(branch, branch.want(greet('v-1'))?.id ?? '')
    expect(branch.state.claims.get('greet:visit:v-1')?.kind).toBe('once')
  })

  it('is reserved while another is being offered, so that one of two waits', () => {
    const branch = branchWith('robot-1', 'robot-2')
    const first = branch.want(greet('v-1'))?.id ?? ''
    const second = branch.want(greet('v-1'))?.id ?? ''
    expect(branch.task(second)).toMatchObject({ phase: 'queued', waitingFor: 'claim:greet:visit:v-1' })
    finish(branch, first)
    expect(branch.task(second)).toMatchObject({ phase: 'refused', endReason: 'already-claimed' })
  })

  it('is taken by a device that did it by itself, and is never released', () => {
    const branch = branchWith('robot-1')
    const greeting = originOf('greeting')
    const claim = { key: 'greet:visit:v-1', kind: 'once' } as const
    branch.decide({ kind: 'clock', stepMs: 0 }, [
      [greeting, { type: 'claim', claim, because: { code: 'by-itself' } }],
      [greeting, { type: 'claim', claim, because: { code: 'by-itself' } }],
      [greeting, { type: 'release', claim: claim.key }],
    ])
    expect(branch.decisions.map(({ code }) => code)).toEqual([
      'claim.taken',
      'claim.exists',
      'release.refused',
    ])
    expect(branch.want(greet('v-1'))?.phase).toBe('refused')
  })

  it('holds for both visits that turn out to be one, whichever was greeted', () => {
    for (const greeted of ['v-1', 'v-2']) {
      const branch = branchWith('robot-1', 'robot-2')
      finish(branch, branch.want(greet(greeted))?.id ?? '')
      const other = greeted === 'v-1' ? 'v-2' : 'v-1'
      const offered = branch.want(greet(other))?.id ?? ''
      merge(branch, 'v-2', 'v-1')
      branch.report(branch.task(offered)?.attempts[0]?.member ?? '', offered, 'accepted')
      expect(branch.task(offered)).toMatchObject({ phase: 'cancelled', endReason: 'already-claimed' })
      expect(branch.want(greet('v-1'))?.phase).toBe('refused')
    }
  })

  it('of two visits that were both greeted lets neither greeting be tried again', () => {
    const branch = branchWith('robot-1', 'robot-2', 'robot-3')
    finish(branch, branch.want(greet('v-2'))?.id ?? '')
    const id = branch.want(greet('v-1'))?.id ?? ''
    const member = branch.task(id)?.attempts[0]?.member ?? ''
    branch.report(member, id, 'accepted')
    merge(branch, 'v-2', 'v-1')
    branch.report(member, id, 'not-started')
    expect(branch.task(id)).toMatchObject({ phase: 'failed' })
    expect(branch.task(id)?.attempts).toHaveLength(1)
  })
})

describe('the attention of a visitor', () => {
  const attend = (priority: number, key: string, keep = false) =>
    [
      taskIntent({ priority, claims: [{ key: 'attention:visit:v-1', kind: 'lease', keep }] }),
      originOf('greeting', key),
    ] as const

  it('goes to what is more important; what is less waits', () => {
    const branch = branchWith('robot-1', 'robot-2', 'robot-3')
    const promotion = branch.want(...attend(2, 'a'))?.id ?? ''
    const lower = branch.want(...attend(1, 'b'))?.id ?? ''
    expect(branch.task(lower)?.waitingFor).toBe('claim:attention:visit:v-1')
    const call = branch.want(...attend(8, 'c'))?.id ?? ''
    expect(branch.task(promotion)).toMatchObject({ phase: 'cancelled', endReason: 'preempted' })
    expect(branch.state.claims.get('attention:visit:v-1')?.task).toBe(call)
  })

  it('that an instance kept goes on to its next task, and ends by itself', () => {
    const branch = branchWith('robot-1')
    finish(branch, branch.want(...attend(4, 'a', true))?.id ?? '')
    expect(branch.state.claims.has('attention:visit:v-1')).toBe(true)
    expect(branch.want(...attend(4, 'b'))?.phase).toBe('queued')
    const next = branch.want(...attend(4, 'a', true))?.id ?? ''
    expect(branch.task(next)?.phase).toBe('offered')
    branch.pass(4_000_000)
    expect(branch.state.claims.size).toBe(0)
  })

  it('of two visits that turn out to be one stays with the more important task', () => {
    const branch = branchWith('robot-1', 'robot-2')
    const attention = (visit: string, priority: number) =>
      branch.want(
        taskIntent({ priority, command: {}, claims: [{ key: `attention:visit:${visit}`, kind: 'lease' }] }),
      )?.id ?? ''
    const low = attention('v-1', 2)
    const high = attention('v-2', 5)
    merge(branch, 'v-2', 'v-1')
    expect(branch.task(low)).toMatchObject({ phase: 'cancelled', endReason: 'visit-merged' })
    expect(branch.state.claims.get('attention:visit:v-1')?.task).toBe(high)
    expect(branch.state.claims.has('attention:visit:v-2')).toBe(false)
    finish(branch, high)
    expect(branch.state.claims.size).toBe(0)
  })
})

describe('a sound zone', () => {
  const announce = (priority: number) =>
    taskIntent({
      capability: 'announce',
      priority,
      command: { at: { zone: 'entrance' }, words: [{ language: 'en', text: 'Hello' }] },
    })

  it('has one voice at a time, unless something much more important must be said', () => {
    const branch = branchWith('robot-1', 'robot-2', 'robot-3')
    const first = branch.want(announce(4))?.id ?? ''
    const second = branch.want(announce(5))?.id ?? ''
    expect(branch.task(second)).toMatchObject({ phase: 'queued', waitingFor: 'sound-zone' })
    const urgent = branch.want(announce(6))?.id ?? ''
    expect(branch.task(first)).toMatchObject({ phase: 'cancelled', endReason: 'preempted' })
    expect(branch.state.claims.get('sound/entrance')?.task).toBe(urgent)
    finish(branch, urgent)
    expect(branch.task(second)?.phase).toBe('offered')
  })
})
