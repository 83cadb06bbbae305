/** The kit is what every flow is proved with, so it must be able to say no. */
import { describe, expect, it } from 'vitest'
import { assign, setup } from 'xstate'
import { intend } from '#flows/define.ts'
import { diagram } from '#flows/diagram.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import { createLedger, intentFault } from './invariants.ts'
import { isPlainJson } from './plain-json.ts'
import { defaultsMistold } from './readme-defaults.ts'
import { hasDeadline, hasExit, machineFaults, restingStates } from './rules.ts'

const task: TaskIntent = {
  type: 'task',
  ref: 'greet',
  capability: 'greet',
  command: { at: { zone: 'door' }, words: [{ language: 'en', text: 'Hello' }], party: 1, askIntent: true },
  subject: {},
  who: { members: 'devices' },
  priority: 4,
  claims: [{ key: 'greet:visit:v1', kind: 'once' }],
  ackWithinMs: 1_000,
  startWithinMs: 1_000,
  runWithinMs: 1_000,
  expiresInMs: 1_000,
  attemptsMax: 1,
  because: { code: 'visitor-came-in' },
}

describe('what a flow wants', () => {
  it('passes when it is in order', () => {
    expect(intentFault(task)).toBeUndefined()
  })

  it.each([
    ['a command the capability does not know', { command: { ...task.command, tone: 'loud' } }],
    ['a command without words', { command: { ...task.command, words: [] } }],
    ['no time at all', { expiresInMs: 0 }],
    ['an unknown capability', { capability: 'sing' }],
    ['a place that is no id', { who: { members: 'devices', nearZone: '' } }],
    ['nobody', { who: { members: 'devices', only: [] } }],
    ['a claim without a subject', { claims: [{ key: 'greet', kind: 'once' }] }],
    ['a reason in prose', { because: { code: 'Came in' } }],
    ['something JSON loses', { subject: { visit: undefined } }],
  ])('is refused with %s', (_, change) => {
    expect(intentFault({ ...task, ...change } as TaskIntent)).toBeDefined()
  })

  it('may not take a name twice, cancel what it never asked for, or exceed its limit', () => {
    const twice = createLedger({})
    twice.wanted([task])
    expect(() => twice.wanted([task])).toThrow('while it is open')
    expect(() => createLedger({}).wanted([{ type: 'cancel', ref: 'greet', reason: 'x' }])).toThrow(
      'never asked',
    )
    const often = createLedger({ greet: 1 })
    often.wanted([task])
    often.told({ type: 'task.refused', ref: 'greet', task: 't', reason: 'busy' })
    expect(() => often.wanted([task])).toThrow('at most 1')
  })
})

describe('plain JSON', () => {
  it.each([[undefined], [{ a: [Number.NaN] }], [new Map()], [{ at: new Date(0) }], [-0], [() => 1]])(
    'is not %o',
    (value) => {
      expect(isPlainJson(value)).toBeDefined()
    },
  )

  it('is what survives a restart unchanged', () => {
    expect(isPlainJson({ a: [1, 'b', null, { c: false }] })).toBeUndefined()
  })
})

describe('house rules', () => {
  const machine = setup({
    actions: { intend, keep: assign({}) },
    delays: { rest: 1_000 },
  }).createMachine({
    id: 'sample',
    initial: 'first',
    states: {
      first: {
        on: { go: { target: 'second', guard: () => true, actions: () => undefined } },
        after: { 500: 'second', rest: { actions: { type: 'intend', params: () => [] } } },
      },
      second: { always: 'third' },
      third: { on: { back: 'first' } },
      last: { type: 'final' },
      stuck: {},
    },
  })

  it('finds inline actions and guards, nameless wishes and delays', () => {
    expect(machineFaults(machine)).toEqual([
      'sample.first go: an inline action',
      'sample.first go: an inline guard',
      'sample.first: a delay without a name',
      'sample.first rest: what is intended has no name',
    ])
  })

  it('finds states without an exit, and without a deadline', () => {
    const states = restingStates(machine.root)
    expect(states.map((state) => state.key)).toEqual(['first', 'third', 'stuck'])
    expect(states.filter((state) => !hasExit(state)).map((state) => state.key)).toEqual(['stuck'])
    expect(states.filter((state) => !hasDeadline(state)).map((state) => state.key)).toEqual([
      'third',
      'stuck',
    ])
  })

  it('draws each state and each arrow once', () => {
    expect(diagram(machine)).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> first',
        '  first --> second: go<br/>after 500',
        '  first --> first: after rest',
        '  second --> third: otherwise',
        '  third --> first: back',
        '  last --> [*]',
      ].join('\n'),
    )
  })
})

describe('a table of settings', () => {
  const readme = ['| `waitMs` | 2 min | as it is |', '| `roles` | lobby | one is left out |'].join('\n')

  it('is held against the defaults, and a missing row is seen', () => {
    expect(defaultsMistold(readme, { waitMs: 120_000 })).toEqual([])
    expect(
      defaultsMistold(readme, { waitMs: 121_000, roles: ['lobby', 'manager'], walkMs: 5 }).map(
        ([name]) => name,
      ),
    ).toEqual(['waitMs', 'roles', 'walkMs'])
  })
})
