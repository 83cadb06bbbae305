import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { needsName } from '#hub/branch/alert-turns.ts'
import { applyIntent } from '#hub/branch/intents.ts'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import type { AlertRow } from '#protocol/model.ts'
import { createTestBranch, type TestBranch } from '../support/branch.ts'
import { createTestTurn } from '../support/turn.ts'

const origin = {
  flow: 'care',
  instance: 'care/robot-1',
  version: 1,
  policyRevision: 0,
  policySetBy: 'default',
}
const key = 'stuck/robot-1'
const minute = 60_000

const staffed = (staff: string) =>
  `branch: lobby-1\nzones: [{ id: entrance, kind: entrance }]\nstaff:\n${staff}`
const four = staffed(`
  - { id: guo, roles: [guard] }
  - { id: li, roles: [lobby] }
  - { id: wang, roles: [teller] }
  - { id: zhao, roles: [manager] }
`)

let seq = 20_000
const want = (branch: TestBranch, intent: Parameters<typeof applyIntent>[2]) => {
  seq += 1
  const body = { kind: 'clock', stepMs: 0 } as const
  applyIntent(createTestTurn({ state: branch.state, at: branch.at(), seq, body }), origin, intent)
}
const raise = (branch: TestBranch, priority: AlertRow['priority'] = 'urgent') =>
  want(branch, {
    type: 'alert',
    key,
    priority,
    because: { code: 'care.stuck' },
    subject: { device: 'robot-1' },
  })
const clear = (branch: TestBranch) => want(branch, { type: 'alert.clear', key })

const row = (branch: TestBranch) => branch.state.alerts.get(key)
/** As at the hub: what is refused makes no entry. */
const ask = (branch: TestBranch, command: Command) => {
  const refusal = refuse(branch.state, { body: { kind: 'command', command } })
  if (refusal === undefined) branch.command(command)
  return refusal
}
const claim = (by: string): Command => ({ name: 'alert.claim', alert: key, by })
const codes = (branch: TestBranch) =>
  branch.decisions.filter(({ kind }) => kind === 'alert').map(({ code }) => code)

describe('a claim', () => {
  test('is one person’s: a second one is told who has it, the same one is not told off', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    const { id } = row(branch) ?? { id: '' }
    expect(ask(branch, { name: 'alert.claim', alert: id, by: 'li' })).toBeUndefined()
    const at = branch.at()
    branch.advance(5_000)
    expect(ask(branch, claim('li'))).toBeUndefined()
    const refusal = ask(branch, claim('wang'))
    expect(refusal?.code).toBe('alert.taken')
    expect(refusal?.detail).toContain('li')
    expect(row(branch)).toMatchObject({ claimedBy: 'li', claimedAt: at, turnOf: null })
    expect(codes(branch)).toEqual(['alert.claimed'])
  })

  test('is given back by who has it, and by nobody else', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    ask(branch, claim('li'))
    expect(ask(branch, { name: 'alert.release', alert: key, by: 'wang' })?.code).toBe('alert.taken')
    expect(ask(branch, { name: 'alert.release', alert: key, by: 'li' })).toBeUndefined()
    expect(row(branch)).toMatchObject({ claimedBy: null, claimedAt: null })
    expect(ask(branch, claim('wang'))).toBeUndefined()
  })

  test('of somebody who goes off duty is open again, and waits for the next name', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    ask(branch, claim('li'))
    branch.advance(10 * minute)
    branch.command({ name: 'duty', person: 'li', onDuty: false, by: 'li' })
    expect(row(branch)).toMatchObject({ claimedBy: null, turnOf: null })
    branch.advance(minute)
    expect(row(branch)?.turnOf).toBe('zhao')
    expect(codes(branch)).toEqual(['alert.claimed', 'alert.released', 'alert.turn'])
  })

  test('of what is over is refused', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    clear(branch)
    for (const name of ['alert.claim', 'alert.release', 'alert.acknowledge', 'alert.unshelve'] as const)
      expect(ask(branch, { name, alert: key, by: 'li' })?.code).toBe('alert.unknown')
  })
})

test('to have seen it is not to have solved it, and may be another’s', () => {
  const branch = createTestBranch({ yaml: four })
  raise(branch)
  ask(branch, claim('li'))
  expect(ask(branch, { name: 'alert.acknowledge', alert: key, by: 'zhao' })).toBeUndefined()
  expect(ask(branch, { name: 'alert.acknowledge', alert: key, by: 'wang' })).toBeUndefined()
  expect(row(branch)).toMatchObject({ acknowledgedBy: 'zhao', claimedBy: 'li', clearedAt: null })
})

test('what a person says is solved is over; the same trouble again is a new alert', () => {
  const branch = createTestBranch({ yaml: four })
  raise(branch)
  const first = row(branch)?.id
  ask(branch, { name: 'alert.resolve', alert: key, note: 'freed it', by: 'li' })
  expect(row(branch)).toMatchObject({ clearedAt: branch.at(), clearedBy: 'li' })
  expect(branch.decisions.at(-1)).toMatchObject({
    code: 'alert.resolved',
    params: { by: 'li', note: 'freed it' },
  })
  branch.advance(5 * minute)
  expect(codes(branch)).toEqual(['alert.resolved'])
  raise(branch)
  expect(row(branch)).toMatchObject({ count: 1, claimedBy: null, acknowledgedBy: null, clearedBy: null })
  expect(row(branch)?.id).not.toBe(first)
})

describe('a shelf', () => {
  const shelve: Command = {
    name: 'alert.shelve',
    alert: key,
    reason: 'parts ordered',
    forMs: 600_000,
    by: 'li',
  }

  test('has a reason and an end; then the alert is open again and nobody’s', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    ask(branch, claim('li'))
    ask(branch, shelve)
    const shelved = { by: 'li', reason: 'parts ordered', until: branch.at() + 600_000 }
    expect(row(branch)).toMatchObject({ shelved, claimedBy: null })
    branch.advance(599_999)
    raise(branch)
    expect(row(branch)).toMatchObject({ shelved, count: 2, turnOf: null })
    branch.advance(1)
    expect(row(branch)).toMatchObject({ shelved: null, claimedBy: null, clearedAt: null })
    expect(codes(branch)).toEqual(['alert.claimed', 'alert.shelved', 'alert.unshelved'])
    branch.advance(minute)
    expect(row(branch)?.turnOf).not.toBeNull()
  })

  test('ends by hand, with a claim, with the trouble itself, and when the trouble grows', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch, 'high')
    ask(branch, shelve)
    ask(branch, { name: 'alert.unshelve', alert: key, by: 'zhao' })
    expect(row(branch)?.shelved).toBeNull()
    ask(branch, shelve)
    ask(branch, claim('wang'))
    expect(row(branch)).toMatchObject({ shelved: null, claimedBy: 'wang' })
    ask(branch, shelve)
    raise(branch, 'urgent')
    expect(row(branch)?.shelved).toBeNull()
    ask(branch, shelve)
    clear(branch)
    expect(row(branch)).toMatchObject({ shelved: null, clearedBy: null })
    expect(branch.state.timers.values().filter(({ name }) => name === 'shelf')).toEqual([])
  })
})

describe('an urgent or high alert that nobody claims', () => {
  const turns = (branch: TestBranch) =>
    branch.decisions.flatMap(({ code, params }) => (code === 'alert.turn' ? [params?.['person']] : []))

  test('goes to the next person each minute, who leads the lobby first, each once in a round', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch, 'high')
    branch.advance(minute - 1)
    expect(row(branch)?.turnOf).toBeNull()
    branch.advance(1)
    expect(row(branch)?.turnOf).toBe('li')
    branch.advance(3 * minute)
    expect(turns(branch)).toEqual(['li', 'zhao', 'guo', 'wang'])
    branch.advance(minute)
    expect(turns(branch)).toHaveLength(5)
    // From now on it goes round more slowly, and never stops.
    branch.advance(minute)
    expect(turns(branch)).toHaveLength(5)
    branch.advance(minute)
    expect(turns(branch)).toHaveLength(6)
    ask(branch, claim('guo'))
    branch.advance(60 * minute)
    expect(turns(branch)).toHaveLength(6)
  })

  test('is fair over several alerts', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch)
    branch.advance(minute)
    clear(branch)
    raise(branch)
    branch.advance(minute)
    expect(turns(branch)).toEqual(['li', 'zhao'])
  })

  test('leaves who serves or must not be disturbed for the last, and passes on at once from who goes', () => {
    const branch = createTestBranch({ yaml: four })
    branch.command({ name: 'do-not-disturb', person: 'li', on: true, by: 'li' })
    raise(branch)
    branch.advance(minute)
    expect(row(branch)?.turnOf).toBe('zhao')
    branch.command({ name: 'duty', person: 'zhao', onDuty: false, by: 'zhao' })
    expect(row(branch)?.turnOf).toBe('guo')
    branch.advance(2 * minute)
    expect(turns(branch)).toEqual(['zhao', 'guo', 'wang', 'li'])
  })

  test('waits without noise while nobody is on duty, and is the first one’s who comes', () => {
    const branch = createTestBranch({ yaml: staffed('  - { id: li, roles: [lobby], onDuty: false }') })
    raise(branch)
    branch.advance(600 * minute)
    for (let times = 0; times < 5; times++) raise(branch)
    branch.advance(600 * minute)
    expect(codes(branch)).toEqual(['alert.nobody-on-duty'])
    branch.command({ name: 'duty', person: 'li', onDuty: true, by: 'li' })
    branch.advance(0)
    expect(row(branch)?.turnOf).toBe('li')
  })

  test('is not one of normal or low priority', () => {
    const branch = createTestBranch({ yaml: four })
    raise(branch, 'normal')
    branch.advance(600 * minute)
    expect(turns(branch)).toEqual([])
  })
})

test('rows from before alerts had a life of their own go on as open and nobody’s', () => {
  const branch = createTestBranch({ yaml: four })
  const at = branch.at()
  const old = {
    id: 'alert-1-1-0',
    key,
    priority: 'urgent',
    code: 'care.stuck',
    params: {},
    flow: 'care',
    since: at,
    lastAt: at,
    count: 3,
    claimedBy: null,
    clearedAt: null,
  } as const
  branch.state.alerts.put(key, old)
  branch.restart(5_000)
  branch.advance(minute)
  expect(row(branch)).toMatchObject({ ...old, turnOf: 'li' })
  raise(branch)
  expect(row(branch)).toMatchObject({ count: 4, shelved: null })
  expect(ask(branch, claim('zhao'))).toBeUndefined()
  ask(branch, { name: 'alert.acknowledge', alert: key, by: 'li' })
  ask(branch, { name: 'alert.resolve', alert: key, note: null, by: 'zhao' })
  expect(row(branch)).toMatchObject({ claimedBy: 'zhao', acknowledgedBy: 'li', clearedBy: 'zhao' })
})

const person = fc.constantFrom('guo', 'li', 'wang', 'zhao')
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('claim' as const), by: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), by: person }) },
  fc.record({ do: fc.constant('acknowledge' as const), by: person }),
  fc.record({ do: fc.constant('resolve' as const), by: person }),
  fc.record({
    do: fc.constant('shelve' as const),
    by: person,
    forMs: fc.integer({ min: 60_000, max: 900_000 }),
  }),
  fc.record({ do: fc.constant('unshelve' as const), by: person }),
  fc.record({ do: fc.constant('duty' as const), by: person, onDuty: fc.boolean() }),
  fc.record({
    do: fc.constant('raise' as const),
    priority: fc.constantFrom<AlertRow['priority']>('urgent', 'high'),
  }),
  fc.record({ do: fc.constant('clear' as const) }),
  fc.record({ do: fc.constant('restart' as const), ms: fc.integer({ min: 0, max: 600_000 }) }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 300_000 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const commandOf = (one: Extract<Step, { by: string }>): Command => {
  const { by } = one
  if (one.do === 'duty') return { name: 'duty', person: by, onDuty: one.onDuty, by }
  if (one.do === 'shelve') return { name: 'alert.shelve', alert: key, reason: 'later', forMs: one.forMs, by }
  if (one.do === 'resolve') return { name: 'alert.resolve', alert: key, note: null, by }
  return { name: `alert.${one.do}`, alert: key, by }
}

const take = (branch: TestBranch, one: Step) => {
  if (one.do === 'raise') raise(branch, one.priority)
  else if (one.do === 'clear') clear(branch)
  else if (one.do === 'wait') branch.advance(one.ms)
  else if (one.do === 'restart') branch.restart(one.ms)
  else return ask(branch, commandOf(one))
  return undefined
}

test('whatever people do, an alert has one owner at most, who keeps it until he lets go, and none is forgotten', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const branch = createTestBranch({ yaml: four })
      raise(branch)
      for (const one of steps) {
        const before = row(branch)
        const refusal = take(branch, one)
        const after = row(branch)
        if (refusal !== undefined) expect(after).toEqual(before)
        const owner = before?.claimedBy ?? null
        if (owner !== null && after?.id === before?.id && after?.claimedBy !== owner) {
          // Only his own word, his leaving or a shelf takes it from him.
          const his = 'by' in one && one.by === owner && (one.do === 'release' || one.do === 'duty')
          expect(his || one.do === 'shelve' || after === undefined).toBe(true)
          expect(after?.claimedBy ?? null).toBeNull()
        }
        if (after === undefined) continue
        if ((after.shelved ?? null) !== null) expect(after.claimedBy).toBeNull()
        const waits = branch.state.timers.has(`branch/alert/${key}#turn`)
        const anybody = branch
          .view()
          .staff()
          .some(({ onDuty }) => onDuty)
        if (!needsName(after)) expect(waits).toBe(false)
        else if (anybody) expect(waits).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
