/** A small branch for the dispatcher's tests: entries in, what it decided out, timers run by hand. */
import { inEveryMode } from '#flows/define.ts'
import * as rows from '#flows/samples/rows.ts'
import { createDispatcher, type Dispatcher } from '#hub/dispatch/dispatcher.ts'
import type { FlowTraits } from '#hub/dispatch/gates.ts'
import type { Origin } from '#hub/dispatch/origin.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { HubSettings } from '#hub/engine/settings.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { Fact, TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { Manifest, Report, ReportStatus, TaskMessage } from '#protocol/messages.ts'
import type { BranchRow, DeviceRow, StaffRow, ZoneRow } from '#protocol/model.ts'
import { createTestState, createTestTurn, type TestTurn } from '../support/turn.ts'

export const start = 1_000_000

export const branchRow = (change: Partial<BranchRow> = {}): BranchRow =>
  rows.branchRow({ modeBy: 'start', modeAt: 0, ...change })

export const zoneRow = (id: string, change: Partial<ZoneRow> = {}): ZoneRow => rows.zoneRow({ id, ...change })

const manifest = (kind: DeviceRow['kind'], capabilities: Manifest['capabilities']): Manifest => ({
  kind,
  vendor: 'test',
  model: 'test',
  capabilities,
})

export const robotManifest = manifest('robot', { greet: {}, guide: {}, announce: {}, dock: {} })
export const screenManifest = manifest('screen', {
  display: { immediate: true },
  promote: { immediate: true },
  greet: { immediate: true },
})

/** A robot at the entrance that has said nothing yet but what it can do, unless the test says otherwise. */
export const deviceRow = (id: string, change: Partial<DeviceRow> = {}): DeviceRow =>
  rows.deviceRow({
    id,
    kind: 'robot',
    zone: 'entrance',
    boot: null,
    linkAt: 0,
    healthAt: 0,
    heardAt: null,
    manifest: change.kind === 'screen' ? screenManifest : robotManifest,
    ...change,
  })

export const staffRow = (id: string, change: Partial<StaffRow> = {}): StaffRow =>
  rows.personRow({ id, ...change })

let refs = 0
export const taskIntent = (change: Partial<TaskIntent> = {}): TaskIntent => ({
  type: 'task',
  ref: `ref-${refs++}`,
  capability: 'greet',
  command: {
    at: { zone: 'entrance' },
    words: [{ language: 'en', text: 'Welcome' }],
    party: 1,
    askIntent: false,
  },
  subject: { zone: 'entrance' },
  who: { members: 'devices' },
  priority: 4,
  claims: [],
  ackWithinMs: 1_000,
  startWithinMs: 4_000,
  runWithinMs: 20_000,
  expiresInMs: 10_000,
  attemptsMax: 3,
  because: { code: 'test' },
  ...change,
})

export const guideIntent = (change: Partial<TaskIntent> = {}): TaskIntent =>
  taskIntent({ capability: 'guide', command: { to: { zone: 'kiosks' } }, priority: 5, ...change })

export const originOf = (flow: string, key = '1'): Origin => ({
  flow,
  instance: `${flow}/${key}`,
  version: 1,
  policyRevision: 1,
  policySetBy: 'default',
})

export const run = inEveryMode('run')

export const flowTable: ReadonlyMap<string, FlowTraits> = new Map([
  ['greeting', { pausable: true, modes: { ...run, emergency: 'stop', closed: 'quiet' } }],
  ['diversion', { pausable: true, modes: run }],
  ['assistance', { pausable: false, modes: run }],
])

export interface TestBranch {
  readonly state: BranchState
  readonly dispatcher: Dispatcher
  readonly facts: Fact[]
  readonly answers: { readonly instance: string; readonly answer: TaskAnswer }[]
  readonly decisions: DecisionRecord[]
  readonly now: () => number
  /** One entry: what it says, then what flows want because of it. */
  decide(
    body: EntryBody,
    wishes?: readonly (readonly [Origin, Intent])[],
    change?: (turn: TestTurn) => void,
  ): TestTurn
  want(intent: Intent, origin?: Origin): TaskRow | undefined
  report(device: string, task: string, said: ReportStatus | Partial<Report>): void
  /** Lets time pass; timers that come due are entries, in order. */
  pass(ms: number): void
  tasks(): readonly TaskRow[]
  task(id: string): TaskRow | undefined
  messages(device: string): readonly TaskMessage[]
  answerTypes(task: string): readonly string[]
}

const idle: EntryBody = { kind: 'clock', stepMs: 0 }

export const createTestBranch = (settings: Partial<HubSettings> = {}): TestBranch => {
  const state = createTestState()
  const dispatcher = createDispatcher({ flows: flowTable })
  const facts: Fact[] = []
  const answers: TestBranch['answers'] = []
  const decisions: DecisionRecord[] = []
  let at = start
  let seq = 0
  state.branch.put('branch', branchRow())
  for (const zone of ['entrance', 'kiosks', 'counters']) state.zones.put(zone, zoneRow(zone))

  const decide: TestBranch['decide'] = (body, wishes = [], change = () => undefined) => {
    seq += 1
    if (body.kind === 'timer') state.timers.drop(`${body.owner}#${body.name}`)
    const turn = createTestTurn({ state, at, body, seq, settings })
    change(turn)
    dispatcher.beforeFlows(turn)
    for (const [origin, intent] of wishes) dispatcher.intend(turn, origin, intent)
    let told = -1
    while (told !== turn.answers.length) {
      told = turn.answers.length
      dispatcher.afterFlows(turn, turn.stirred())
    }
    facts.push(...turn.facts)
    answers.push(...turn.answers)
    decisions.push(...turn.decisions)
    return turn
  }

  const fireDue = (until: number) => {
    for (;;) {
      const [due] = state.timers
        .values()
        .filter((timer) => timer.deadline <= until)
        .sort((a, b) => a.deadline - b.deadline || (a.id < b.id ? -1 : 1))
      if (due === undefined) return
      at = Math.max(at, due.deadline)
      decide({ kind: 'timer', owner: due.owner, name: due.name, deadline: due.deadline })
    }
  }

  const task = (id: string) => state.tasks.get(id) ?? state.endedTasks.get(id)
  return {
    state,
    dispatcher,
    facts,
    answers,
    decisions,
    now: () => at,
    decide,
    want: (intent, origin = originOf('greeting')) => {
      const before = new Set([...state.tasks.keys(), ...state.endedTasks.keys()])
      decide(idle, [[origin, intent]])
      const made = [...state.tasks.keys(), ...state.endedTasks.keys()].find((id) => !before.has(id))
      return made === undefined ? undefined : task(made)
    },
    report: (device, id, said) => {
      const attempt = task(id)?.attempts.at(-1)?.number ?? 1
      const words = typeof said === 'string' ? { status: said } : said
      const report: Report = { attempt, epoch: 1, status: 'progress', ...words }
      decide({ kind: 'report', device, task: id, report })
    },
    pass: (ms) => {
      const until = at + ms
      fireDue(until)
      at = until
    },
    tasks: () => [...state.tasks.values(), ...state.endedTasks.values()],
    task,
    messages: (device) =>
      state.outbox
        .values()
        .filter((row) => row.device === device)
        .map((row) => JSON.parse(row.payload) as TaskMessage),
    answerTypes: (id) => answers.filter(({ answer }) => answer.task === id).map(({ answer }) => answer.type),
  }
}
