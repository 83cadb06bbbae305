/**
 * The dispatcher's promises under anything: random wishes, reports (late, repeated, foreign, lying), lost links,
 * cancels, pauses, merged visits and time. After every single entry the invariants are looked at.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFinal } from '#hub/dispatch/life.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { type Report, reportStatuses, type TaskMessage } from '#protocol/messages.ts'
import {
  branchRow,
  createTestBranch,
  deviceRow,
  originOf,
  staffRow,
  type TestBranch,
  taskIntent,
} from './support.ts'

const devices = ['robot-1', 'robot-2', 'screen-1', 'screen-2'] as const
const visits = ['v-1', 'v-2', 'v-3'] as const
const flows = ['greeting', 'diversion', 'assistance'] as const

type Op =
  | {
      op: 'want'
      capability: string
      visit: string
      priority: number
      flow: string
      keep: boolean
      attemptsMax: number
    }
  | { op: 'report'; pick: number; status: Report['status']; foreign: 'no' | 'device' | 'attempt' | 'epoch' }
  | { op: 'follow'; pick: number; status: Report['status'] }
  | { op: 'person'; pick: number; status: 'accepted' | 'refused' | 'done' | 'failed' }
  | { op: 'pass'; ms: number }
  | { op: 'cancel'; pick: number }
  | { op: 'link'; device: string; online: boolean }
  | { op: 'branch'; what: 'pause' | 'resume' | 'stop' | 'go' | 'emergency' | 'open' }
  | { op: 'merge'; from: string; into: string }
  | { op: 'hold'; device: string; hold: boolean }
  | { op: 'others' }

const pick = fc.nat(1_000)
const status = fc.constantFrom(...reportStatuses)
/** As lives mostly go, so that many get beyond their first step. */
const likely = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('accepted' as const) },
  { weight: 4, arbitrary: fc.constantFrom('started' as const, 'done' as const) },
  { weight: 3, arbitrary: status },
)
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant('want' as const),
      capability: fc.constantFrom('greet', 'guide', 'display', 'promote', 'call-staff'),
      visit: fc.constantFrom(...visits),
      priority: fc.integer({ min: 0, max: 9 }),
      flow: fc.constantFrom(...flows),
      keep: fc.boolean(),
      attemptsMax: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 14, arbitrary: fc.record({ op: fc.constant('follow' as const), pick, status: likely }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('report' as const),
      pick,
      status,
      foreign: fc.constantFrom('no' as const, 'device' as const, 'attempt' as const, 'epoch' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('person' as const),
      pick,
      status: fc.constantFrom('accepted' as const, 'refused' as const, 'done' as const, 'failed' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 9_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('cancel' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('link' as const),
      device: fc.constantFrom(...devices),
      online: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('branch' as const),
      what: fc.constantFrom('pause', 'resume', 'stop', 'go', 'emergency', 'open'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('merge' as const),
      from: fc.constantFrom(...visits),
      into: fc.constantFrom(...visits),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('hold' as const),
      device: fc.constantFrom(...devices),
      hold: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('others' as const) }) },
)

const whoFor = (capability: string): { members: 'people' | 'devices' } => ({
  members: capability === 'call-staff' ? 'people' : 'devices',
})

interface Watch {
  readonly branch: TestBranch
  /** Final rows as they were when they ended. */
  readonly ended: Map<string, string>
  readonly onceSeen: Set<string>
  /** `task/attempt` the hub sent a start for. */
  readonly started: Map<string, TaskRow>
  /** Visits that turned out to be one. */
  readonly group: Map<string, string>
}

const groupOf = (watch: Watch, visit: string): string => {
  const into = watch.group.get(visit)
  return into === undefined || into === visit ? visit : groupOf(watch, into)
}

const onceGroup = (watch: Watch, task: TaskRow): string | undefined => {
  const wish = task.intent.claims.find(({ kind }) => kind === 'once')
  if (wish === undefined) return undefined
  const [what, , visit] = wish.key.split(':')
  return `${what}/${groupOf(watch, visit ?? '')}`
}

/** Whether this attempt may have happened: it was started and its member did not say that it did not begin. */
const mayHaveHappened = (watch: Watch, name: string) => {
  const [id, number] = name.split('/')
  const attempt = watch.branch.task(id ?? '')?.attempts.find((one) => one.number === Number(number))
  return attempt?.startedAt !== null || (attempt.end !== 'not-started' && attempt.end !== 'refused')
}

const checkStarts = (watch: Watch) => {
  for (const row of watch.branch.state.outbox.values()) {
    const message = JSON.parse(row.payload) as TaskMessage
    if (message.kind === 'cancel' || (message.kind === 'offer' && !message.start)) continue
    const name = `${row.task}/${row.attempt}`
    const task = watch.branch.task(row.task ?? '')
    if (task === undefined || watch.started.has(name)) continue
    const once = onceGroup(watch, task)
    if (once !== undefined)
      for (const [other, before] of watch.started)
        if (onceGroup(watch, before) === once && other !== name)
          expect([other, mayHaveHappened(watch, other)]).toEqual([other, false])
    watch.started.set(name, task)
  }
}

const checkTasks = ({ branch, ended }: Watch) => {
  const finals = new Set([
    'task.done',
    'task.failed',
    'task.refused',
    'task.cancelled',
    'task.expired',
    'task.unknown',
  ])
  for (const task of branch.tasks()) {
    const types = branch.answerTypes(task.id)
    const final = types.filter((type) => finals.has(type))
    if (isFinal(task.phase)) {
      expect(final).toEqual([`task.${task.phase}`])
      expect(types.at(-1)).toBe(`task.${task.phase}`)
      const text = JSON.stringify(task)
      expect(text).toBe(ended.get(task.id) ?? text)
      ended.set(task.id, text)
      expect(branch.state.tasks.has(task.id)).toBe(false)
    } else expect(final).toEqual([])
  }
}

const checkClaims = ({ branch, onceSeen }: Watch) => {
  for (const key of onceSeen) expect(branch.state.claims.get(key)?.kind).toBe('once')
  const open = branch.state.tasks
  for (const claim of branch.state.claims.values()) {
    if (claim.kind === 'once') onceSeen.add(claim.key)
    else if (!claim.keep) expect([claim.key, open.has(claim.task)]).toEqual([claim.key, true])
    else if (!open.has(claim.task)) expect(claim.until).not.toBeNull()
  }
  for (const member of [...devices, 'person/li', 'person/wang']) {
    const carried = open.values().filter((task) => {
      const last = task.attempts.at(-1)
      return last?.member === member && last.endedAt === null
    })
    expect(carried.length).toBeLessThanOrEqual(1)
    const holder = branch.state.claims.get(`occupied/${member}`)?.task
    if (carried[0] !== undefined) expect(holder).toBe(carried[0].id)
  }
}

const check = (watch: Watch) => {
  checkStarts(watch)
  checkTasks(watch)
  checkClaims(watch)
}

const change = (watch: Watch, what: Extract<Op, { op: 'branch' }>['what']) => {
  const { branch } = watch
  const at = branch.now()
  const row = branch.state.branch.get('branch') ?? branchRow()
  const changes = {
    pause: { paused: { by: 'li', at, until: null } },
    resume: { paused: null },
    stop: { stopped: { by: 'li', at } },
    go: { stopped: null },
    emergency: { mode: 'emergency', modeAt: at },
    open: { mode: 'open', modeAt: at },
  } as const
  branch.state.branch.put('branch', { ...row, ...changes[what] })
  branch.decide({ kind: 'command', command: { name: 'resume', by: 'li' } }, [], (turn) => turn.stir())
}

const report = (watch: Watch, op: Extract<Op, { op: 'report' | 'follow' }>) => {
  const { branch } = watch
  // `follow` keeps to open attempts, so that lives go on; `report` names anything that ever was.
  const tasks =
    op.op === 'follow'
      ? branch.state.tasks.values().filter((task) => task.attempts.at(-1)?.endedAt === null)
      : branch.tasks().filter((task) => task.attempts.length > 0)
  const task = tasks[op.pick % Math.max(1, tasks.length)]
  const attempt = op.op === 'follow' ? task?.attempts.at(-1) : task?.attempts[op.pick % task.attempts.length]
  if (task === undefined || attempt === undefined || attempt.member.startsWith('person/')) return
  const foreign = op.op === 'follow' ? 'no' : op.foreign
  branch.report(foreign === 'device' ? (devices[op.pick % 4] ?? '') : attempt.member, task.id, {
    status: op.status,
    attempt: attempt.number + (foreign === 'attempt' ? 1 : 0),
    epoch: foreign === 'epoch' ? 9 : 1,
  })
}

const want = (watch: Watch, op: Extract<Op, { op: 'want' }>) => {
  const onceless = op.capability === 'display' || op.capability === 'call-staff' || op.capability === 'guide'
  watch.branch.want(
    taskIntent({
      capability: op.capability,
      who: whoFor(op.capability),
      priority: op.priority,
      attemptsMax: op.attemptsMax,
      claims: [
        ...(onceless
          ? []
          : [{ key: `${op.capability}:visit:${groupOf(watch, op.visit)}`, kind: 'once' as const }]),
        { key: `attention:visit:${groupOf(watch, op.visit)}`, kind: 'lease' as const, keep: op.keep },
      ],
    }),
    originOf(op.flow),
  )
}

const merge = (watch: Watch, op: Extract<Op, { op: 'merge' }>) => {
  const from = groupOf(watch, op.from)
  const into = groupOf(watch, op.into)
  if (from === into) return
  watch.group.set(from, into)
  const { branch } = watch
  branch.decide({ kind: 'clock', stepMs: 0 }, [], (turn) => branch.dispatcher.visitMerged(turn, from, into))
}

const setDevice = (watch: Watch, id: string, changes: Parameters<typeof deviceRow>[1]) => {
  const row = watch.branch.state.devices.get(id)
  if (row !== undefined) watch.branch.state.devices.put(id, { ...row, ...changes })
}

const apply = (watch: Watch, op: Op) => {
  const { branch } = watch
  const open = branch.state.tasks.values()
  switch (op.op) {
    case 'want':
      return want(watch, op)
    case 'report':
    case 'follow':
      return report(watch, op)
    case 'person': {
      const tasks = open.filter((task) => task.attempts.at(-1)?.member.startsWith('person/'))
      const task = tasks[op.pick % Math.max(1, tasks.length)]
      const by = task?.attempts.at(-1)?.member.slice('person/'.length) ?? 'li'
      if (task !== undefined)
        branch.decide({
          kind: 'command',
          command: { name: 'task.report', task: task.id, by, status: op.status, note: null },
        })
      return
    }
    case 'pass':
      return branch.pass(op.ms)
    case 'cancel': {
      const task = open[op.pick % Math.max(1, open.length)]
      if (task !== undefined)
        branch.decide({
          kind: 'command',
          command: { name: 'task.cancel', task: task.id, by: 'li', reason: 'asked' },
        })
      return
    }
    case 'link':
      setDevice(watch, op.device, { link: op.online ? 'online' : 'lost' })
      branch.decide({ kind: 'link', device: op.device, link: op.online ? 'online' : 'lost' }, [], (turn) =>
        turn.stir(),
      )
      return
    case 'branch':
      return change(watch, op.what)
    case 'merge':
      return merge(watch, op)
    case 'hold':
      setDevice(watch, op.device, { willingness: op.hold ? 'held' : 'open' })
      branch.decide(
        {
          kind: 'command',
          command: op.hold
            ? { name: 'device.hold', device: op.device, by: 'li', untilMs: null }
            : { name: 'device.release', device: op.device, by: 'li' },
        },
        [],
        (turn) => turn.stir(),
      )
      return
    case 'others':
      branch.decide({ kind: 'clock', stepMs: 0 }, [
        [originOf('assistance'), { type: 'cancel-others', reason: 'emergency' }],
      ])
      return
    default:
      return op satisfies never
  }
}

const openWatch = (): Watch => {
  const branch = createTestBranch()
  branch.state.devices.put('robot-1', deviceRow('robot-1'))
  branch.state.devices.put('robot-2', deviceRow('robot-2'))
  branch.state.devices.put('screen-1', deviceRow('screen-1', { kind: 'screen' }))
  branch.state.devices.put('screen-2', deviceRow('screen-2', { kind: 'screen', zone: 'kiosks' }))
  branch.state.staff.put('li', staffRow('li'))
  branch.state.staff.put('wang', staffRow('wang'))
  return { branch, ended: new Map(), onceSeen: new Set(), started: new Map(), group: new Map() }
}

describe('whatever happens', () => {
  it('starts nothing twice, answers once, occupies a member once, and ends everything in time', () => {
    const phases = new Set<string>()
    fc.assert(
      fc.property(fc.array(anyOp, { minLength: 20, maxLength: 80, size: 'max' }), (ops) => {
        const watch = openWatch()
        for (const op of ops) {
          apply(watch, op)
          check(watch)
        }
        watch.branch.pass(7_200_000)
        check(watch)
        const { state } = watch.branch
        expect(state.tasks.keys()).toEqual([])
        expect(state.timers.keys()).toEqual([])
        expect(state.outbox.keys()).toEqual([])
        expect(state.claims.values().filter((claim) => claim.kind === 'lease')).toEqual([])
        for (const task of watch.branch.tasks()) phases.add(task.phase)
      }),
      { numRuns: 400 },
    )
    // The dice reach every end; otherwise the above would say little.
    expect([...phases].sort()).toEqual(['cancelled', 'done', 'expired', 'failed', 'refused', 'unknown'])
  })
})
