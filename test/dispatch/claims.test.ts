/** Once means once, a lease has one holder, attention follows priority, and merged visits share what they claimed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvitationPolicy } from '#flows/diversion-invitation/policy.ts'
import { GreetingPolicy } from '#flows/greeting/policy.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { ReportStatus } from '#protocol/messages.ts'
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

  describe('held by what has begun and may not be repeated', () => {
    const begin = (branch: TestBranch, id: string, ...words: readonly ReportStatus[]) => {
      const member = branch.task(id)?.attempts.at(-1)?.member ?? ''
      for (const status of words) branch.report(member, id, status)
    }
    const holding = (claim: string, change: Partial<TaskIntent>) =>
      taskIntent({ claims: [{ key: claim, kind: 'lease' }], ...change })
    const key = 'attention:visit:v-1'
    const invite = { capability: 'guide', command: { to: { zone: 'kiosks' } }, priority: 5 } as const

    it('is waited for by the next rank, and had at once when it is over', () => {
      const branch = branchWith('robot-1', 'robot-2')
      const greeting = branch.want(holding(key, { priority: 4 }))?.id ?? ''
      begin(branch, greeting, 'accepted', 'started')
      const invitation = branch.want(holding(key, { ...invite, expiresInMs: 60_000 }))?.id ?? ''
      expect(branch.task(invitation)).toMatchObject({ phase: 'queued', waitingFor: `claim:${key}` })
      begin(branch, greeting, 'done')
      expect(branch.task(greeting)?.phase).toBe('done')
      expect(branch.task(invitation)?.phase).toBe('offered')
    })

    it('is taken by a call to a counter, by whatever would be too late, and before the beginning', () => {
      for (const [change, words] of [
        [{ ...invite, priority: 8, expiresInMs: 60_000 }, ['accepted', 'started']],
        [{ ...invite, expiresInMs: 20_000 }, ['accepted', 'started']],
        [{ ...invite, expiresInMs: 60_000 }, []],
      ] as const) {
        const branch = branchWith('robot-1', 'robot-2')
        const greeting = branch.want(holding(key, { priority: 4 }))?.id ?? ''
        begin(branch, greeting, ...words)
        const other = branch.want(holding(key, change))?.id ?? ''
        expect(branch.task(greeting)).toMatchObject({ phase: 'cancelled', endReason: 'preempted' })
        expect(branch.task(other)?.phase).toBe('offered')
      }
    })

    it('is a greeting that no invitation cuts short, with the settings as shipped', () => {
      const branch = branchWith('robot-1', 'robot-2')
      const { greetForMs } = GreetingPolicy.parse({})
      const { offerWithinMs } = InvitationPolicy.parse({})
      const slow = holding(key, { priority: 4, startWithinMs: 5_000, runWithinMs: greetForMs })
      const greeting = branch.want(slow)?.id ?? ''
      begin(branch, greeting, 'accepted')
      const invitation = branch.want(holding(key, { ...invite, expiresInMs: offerWithinMs }))?.id ?? ''
      expect(branch.task(invitation)?.phase).toBe('queued')
      branch.pass(4_000)
      begin(branch, greeting, 'started')
      branch.pass(greetForMs - 1)
      expect(branch.task(greeting)?.phase).toBe('started')
      begin(branch, greeting, 'done')
      expect(branch.task(invitation)?.phase).toBe('offered')
    })

    it('is never cut short by the next rank that has the time, and never keeps a higher one until it is too late', () => {
      const reached = new Set<string>()
      fc.assert(
        fc.property(
          fc.record({
            held: fc.integer({ min: 1, max: 7 }),
            above: fc.integer({ min: 1, max: 3 }),
            capability: fc.constantFrom('greet', 'guide'),
            words: fc.constantFrom<readonly ReportStatus[]>([], ['accepted'], ['accepted', 'started']),
            runWithinMs: fc.integer({ min: 1_000, max: 60_000 }),
            expiresInMs: fc.integer({ min: 1_000, max: 90_000 }),
            agedMs: fc.integer({ min: 0, max: 3_000 }),
            endsAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
          }),
          ({ held, above, capability, words, runWithinMs, expiresInMs, agedMs, endsAfterMs }) => {
            const branch = branchWith('robot-1', 'robot-2', 'robot-3')
            const command = capability === 'guide' ? invite.command : taskIntent().command
            const holder =
              branch.want(holding(key, { priority: held, capability, command, runWithinMs }))?.id ?? ''
            begin(branch, holder, ...words)
            branch.pass(agedMs)
            const mayHaveBegun = branch.task(holder)?.attempts.at(-1)?.startSentAt !== null
            const isOpen = branch.state.tasks.has(holder)
            const waiter =
              branch.want(holding(key, { ...invite, priority: held + above, expiresInMs }))?.id ?? ''
            const waits = branch.task(waiter)?.phase === 'queued'
            // A run of 60 s and a start of 4 s that is sent again.
            const hasTime = expiresInMs > runWithinMs + 12_000
            if (isOpen && mayHaveBegun && capability === 'greet' && above === 1 && hasTime)
              expect(waits).toBe(true)
            if (!mayHaveBegun || capability === 'guide' || above > 1) expect(waits).toBe(false)
            if (waits) {
              reached.add('waited')
              if (endsAfterMs !== null) {
                branch.pass(Math.min(endsAfterMs, expiresInMs - 1))
                begin(branch, holder, 'done')
              }
              branch.pass(Math.max(0, (branch.task(waiter)?.expiresAt ?? 0) - 1 - branch.now()))
              expect(branch.task(holder)?.endReason).not.toBe('preempted')
            } else reached.add('at once')
            expect(branch.task(waiter)?.attempts.length).toBeGreaterThan(0)
          },
        ),
      )
      expect([...reached].sort()).toEqual(['at once', 'waited'])
    })
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
