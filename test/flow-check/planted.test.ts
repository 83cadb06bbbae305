/** For each finding a small flow with that fault planted, which the check must find, and a sound one in which it finds nothing. */
import { describe, expect, it } from 'vitest'
import { fromPromise, raise, sendTo, spawnChild } from 'xstate'
import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { checkFlow, type FlowReport } from '#hub/flow-check/check-flow.ts'
import { type FindingCode, findingRows, isFatal } from '#hub/flow-check/finding.ts'
import type { Claimed } from '#hub/flow-check/shared-claims.ts'
import { announcement, ended, type Plant, plant, samples, task, waiting, wants } from './planted.ts'

const check = (flow: AnyFlow, rest: Partial<Parameters<typeof checkFlow>[0]> = {}) =>
  checkFlow({ flow, samples, ...rest })
const codes = ({ findings }: FlowReport) => [...new Set(findings.map(({ code }) => code))].sort()
const first = ({ findings }: FlowReport, code: FindingCode) => findings.find((one) => one.code === code)

const lease = (key: string) => ({ key, kind: 'lease' as const })

/** Each with the state or part it is in, and the last step of its path. */
const planted: readonly (readonly [FindingCode, Plant, string, string?])[] = [
  ['state.unreachable', { states: { attic: { after: { patience: 'over' } } } }, 'attic'],
  [
    'state.unreached',
    {
      states: {
        waiting: waiting({ after: { patience: [{ guard: 'never', target: 'far' }, { target: 'over' }] } }),
        far: { after: { patience: 'over' } },
      },
      guards: { never: () => false },
    },
    'far',
    'after patience [never] → far',
  ],
  [
    'state.dead-end',
    { states: { waiting: waiting({ on: ended('stuck') }), stuck: {} } },
    'stuck',
    'task.done [about call] → stuck',
  ],
  [
    'state.dead-end',
    {
      states: {
        waiting: waiting({ on: ended('parts') }),
        parts: { initial: 'one', states: { one: { after: { patience: 'end' } }, end: { type: 'final' } } },
      },
    },
    'parts.end',
    'after patience → parts.end',
  ],
  [
    'state.dead-end',
    {
      states: {
        waiting: waiting({ on: ended('round') }),
        round: { after: { patience: { target: 'round', reenter: true } } },
      },
    },
    'round',
  ],
  [
    'state.no-deadline',
    { states: { waiting: waiting({ after: {} }) } },
    'waiting',
    'help.requested → waiting',
  ],
  [
    'task.unhandled',
    { states: { waiting: waiting({ on: { ...ended('over'), 'task.failed': undefined } }) } },
    'waiting: call',
    'help.requested → waiting',
  ],
  [
    'task.unhandled',
    { states: { waiting: waiting({ on: ended('over', 'other') }) } },
    'waiting: call',
    'help.requested → waiting',
  ],
  [
    'task.unheard',
    {
      states: {
        waiting: waiting({ after: { patience: { target: 'over', actions: wants(task({ ref: 'late' })) } } }),
      },
    },
    'over: late',
    'after patience → over',
  ],
  [
    'loop.always',
    {
      states: {
        waiting: waiting({ on: ended('one') }),
        one: { always: [{ guard: 'ready', target: 'two' }], after: { patience: 'over' } },
        two: { always: 'one' },
      },
      guards: { ready: () => true },
    },
    'one',
    'at once → one',
  ],
  [
    'loop.retry',
    {
      states: {
        waiting: waiting({ on: { ...ended('over'), 'task.failed': { target: 'waiting', reenter: true } } }),
      },
    },
    'waiting: call',
  ],
  [
    'loop.retry',
    {
      states: {
        waiting: waiting({ on: { ...ended('over'), 'task.expired': 'resting' } }),
        resting: { after: { again: 'waiting' } },
      },
    },
    'waiting: call',
  ],
  [
    'effect.no-claim',
    { states: { waiting: waiting({ entry: wants(announcement([])), on: ended('over', 'say') }) } },
    'waiting: say',
    'help.requested → waiting',
  ],
  [
    'effect.no-key',
    {
      states: {
        waiting: waiting({
          entry: wants({
            type: 'alert',
            key: `bell:${String(undefined)}`,
            priority: 'high',
            because: { code: 'bell' },
            subject: {},
          }),
          on: {},
        }),
      },
    },
    'waiting: alert',
  ],
  [
    'effect.no-key',
    {
      states: {
        waiting: waiting({ entry: wants({ type: 'escalate', reason: 'bell', subject: {} }), on: {} }),
      },
    },
    'waiting: escalate',
  ],
  [
    'intent.invalid',
    { states: { waiting: waiting({ entry: wants(task({ attemptsMax: 0 })) }) } },
    'waiting: call',
  ],
  [
    'intent.invalid',
    { states: { waiting: waiting({ entry: wants(task({ command: { reason: 3 } })) }) } },
    'waiting: call',
  ],
  [
    'forbidden.actor',
    {
      states: { waiting: waiting({ invoke: { src: 'ask' } }) },
      actors: { ask: fromPromise(() => Promise.resolve()) },
    },
    'waiting',
  ],
  [
    'forbidden.actor',
    { actions: { begin: spawnChild('ask' as never) }, states: { waiting: waiting({ exit: 'begin' }) } },
    'waiting',
  ],
  [
    'forbidden.action',
    { actions: { shout: () => undefined }, states: { waiting: waiting({ exit: 'shout' }) } },
    'waiting',
  ],
  [
    'forbidden.action',
    {
      actions: { tell: sendTo(({ self }) => self, { type: 'x' }) },
      states: { waiting: waiting({ exit: 'tell' }) },
    },
    'waiting',
  ],
  ['forbidden.action', { states: { waiting: waiting({ exit: () => undefined }) } }, 'waiting'],
  ['forbidden.delay', { states: { waiting: waiting({ after: { 5_000: 'over' } }) } }, 'waiting'],
  [
    'forbidden.delay',
    {
      actions: { later: raise({ type: 'task.done' }, { delay: 5 }) },
      states: { waiting: waiting({ exit: 'later' }) },
    },
    'waiting',
  ],
  ['forbidden.context', { context: () => ({ since: new Date(0) }) }, 'begin'],
  ['policy.no-default', { flow: { policy: z.strictObject({ waitMs: z.int() }) } }, 'policy'],
  ['policy.no-words', { flow: { policy: z.strictObject({ waitMs: z.int().default(1) }) } }, 'waitMs'],
  ['mode.missing', { flow: { modes: { open: 'run' } as never } }, 'closed'],
  [
    'fact.not-listened',
    { states: { waiting: waiting({ on: { ...ended('over'), 'visit.ended': 'over' } }) } },
    'visit.ended',
  ],
  ['fact.unused', { flow: { listens: ['help.requested', 'minute.passed'] } }, 'minute.passed'],
  [
    'start.ignored',
    { flow: { listens: ['help.requested'], starts: ['help.requested', 'minute.passed'] } },
    'minute.passed',
  ],
  ['delay.unknown', { flow: { gracedDelays: ['patience', 'nap'] } }, 'nap'],
  [
    'throws',
    {
      states: {
        waiting: waiting({
          entry: {
            type: 'intend',
            params: () => {
              throw new Error('planted')
            },
          },
        }),
      },
    },
    'begin',
    'help.requested → ',
  ],
  // A copy of an event has no view: it is made when a step first looks at the event itself.
  [
    'throws',
    {
      states: {
        waiting: waiting({
          entry: {
            type: 'intend',
            params: ({ event }: { event: { view: object } }) => {
              const copy = { ...event }
              return Object.keys(copy.view).length === 0 ? [task()] : []
            },
          },
        }),
      },
    },
    'begin',
    'help.requested → ',
  ],
  [
    'excuse.unused',
    { flow: { excuses: [{ finding: 'throws', at: '*', because: 'There is nothing of the kind.' }] } },
    'throws at *',
  ],
]

describe('a planted fault is found', () => {
  it.each(planted.map(([code, parts, at, lastStep]) => ({ code, parts, at, lastStep })))(
    '$code, case %#',
    ({ code, parts, at, lastStep }) => {
      const report = check(plant(parts))
      const found = first(report, code)
      expect(found, `only ${codes(report).join(', ')}`).toBeDefined()
      expect(report.findings.filter((one) => one.code === code).map((one) => one.at)).toContain(at)
      if (lastStep !== undefined) expect(found?.path.at(-1)).toBe(lastStep)
      expect(found?.severity).toBe(findingRows[code].severity)
    },
  )

  it('and every finding there is has its planted flow', () => {
    const elsewhere: FindingCode[] = [
      'claim.collides',
      'claim.no-order',
      'forbidden.global',
      'migration.missing',
      'readme.stale',
      'resting.dropped',
      'search.cut',
    ]
    const here = planted.map(([code]) => code)
    expect([...new Set([...here, ...elsewhere])].sort()).toEqual(Object.keys(findingRows).sort())
  })
})

it('a search that would be endless says so', () => {
  expect(first(check(plant(), { stepsMax: 3 }), 'search.cut')?.at).toBe('help at a kiosk')
})

describe('nothing is found', () => {
  it('in a sound flow', () => {
    const report = check(plant())
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ flow: 'bell', version: 1, states: 3, samples: 'own' })
  })

  it('in a sound flow that brings no samples', () => {
    expect(checkFlow({ flow: plant() })).toMatchObject({ findings: [], samples: 'made up' })
  })

  it('where events are taken by their kind, and two parts run side by side', () => {
    const side = { initial: 'on', states: { on: { after: { patience: 'off' } }, off: { type: 'final' } } }
    const states = {
      new: { on: { 'help.*': 'waiting' } },
      waiting: {
        type: 'parallel',
        onDone: 'over',
        states: {
          left: { ...side, entry: wants(task()), on: { 'task.*': { actions: 'count' } } },
          right: side,
        },
      },
    }
    expect(check(plant({ states })).findings).toEqual([])
  })

  it('where a retry has its counter', () => {
    const again = { guard: 'mayAgain', target: 'waiting', reenter: true, actions: 'count' }
    const states = {
      waiting: waiting({ on: { ...ended('over'), 'task.failed': [again, { target: 'over' }] } }),
    }
    const guards = { mayAgain: ({ context }: { context: { calls: number } }) => context.calls < 3 }
    expect(codes(check(plant({ states, guards })))).toEqual([])
  })

  it('where what must not be repeated is claimed', () => {
    const entry = wants(announcement([lease('announce:device:kiosk-1')]))
    expect(
      codes(check(plant({ states: { waiting: waiting({ entry, on: ended('over', 'say') }) } }))),
    ).toEqual([])
  })
})

describe('what a flow declares to be meant so', () => {
  const excuses = [
    { finding: 'state.no-deadline', at: 'wait*', because: 'A person ends it, and nobody else can.' },
  ]
  it('is shown with its reason, and no longer counts', () => {
    const report = check(plant({ states: { waiting: waiting({ after: {} }) }, flow: { excuses } }))
    expect(first(report, 'state.no-deadline')?.excused).toBe('A person ends it, and nobody else can.')
    expect(report.findings.filter(isFatal)).toEqual([])
  })

  it('counts for nothing else', () => {
    const report = check(
      plant({
        states: { waiting: waiting({ on: ended('stuck'), after: {} }), stuck: {} },
        flow: { excuses },
      }),
    )
    expect(report.findings.filter(isFatal).map(({ code }) => code)).toContain('state.dead-end')
  })
})

describe('two flows', () => {
  const claiming = (id: string, { kind, priority }: { kind: 'once' | 'lease'; priority: number }) => {
    const entry = wants({ ...announcement([{ key: 'greet:visit:v1', kind }]), priority })
    return plant({ id, states: { waiting: waiting({ entry, on: ended('over', 'say') }) } })
  }
  const against = (mine: AnyFlow, theirs: AnyFlow): FlowReport => {
    const others: readonly Claimed[] = check(theirs).claims
    return check(mine, { others })
  }

  it('may not both claim the same for ever', () => {
    const once = { kind: 'once', priority: 4 } as const
    const report = against(claiming('bell', once), claiming('gong', once))
    expect(first(report, 'claim.collides')?.at).toBe('greet:visit: gong')
    expect(codes(against(claiming('bell', once), claiming('gong', { kind: 'lease', priority: 2 })))).toEqual([
      'claim.collides',
    ])
  })

  it('may share a lease where their priorities have an order', () => {
    const low = { kind: 'lease', priority: 2 } as const
    const high = { kind: 'lease', priority: 5 } as const
    expect(codes(against(claiming('bell', low), claiming('gong', high)))).toEqual([])
    expect(codes(against(claiming('bell', low), claiming('gong', low)))).toEqual(['claim.no-order'])
  })

  it('are one where they are two versions of it', () => {
    const once = { kind: 'once', priority: 4 } as const
    expect(codes(against(claiming('bell', once), claiming('bell', once)))).toEqual([])
  })
})
