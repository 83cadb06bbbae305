/**
 * The stored corpus that an upgrade of xstate or of a flow must pass. When a flow was changed on purpose: raise its
 * version if an old snapshot would notice, write its migration, then `node test/engine/corpus/generate.main.ts`.
 */
import { describe, expect, it } from 'vitest'
import { assistance } from '#flows/assistance/flow.ts'
import type { AnyFlow, Migration } from '#flows/define.ts'
import { flows } from '#flows/index.ts'
import { restingStates } from '../flows/kit/rules.ts'
import { nameOf } from '../flows/kit/run-flow.ts'
import { corpusFaults } from './corpus/check.ts'
import { type Corpus, readCorpora } from './corpus/entry.ts'

const corpora = readCorpora()
const corpusOf = (flow: AnyFlow) => corpora.find(({ file }) => file === `${flow.id}.json`)?.corpus as Corpus

describe('what a branch may have stored', () => {
  for (const { file, corpus } of corpora) {
    it(`opens, keeps its timers and goes on as it did: ${file}`, () => {
      const flow = flows.find((one) => one.id === corpus.flow)
      expect(flow, `${corpus.flow} is no longer shipped: its instances would be parked`).toBeDefined()
      expect(corpusFaults(flow as AnyFlow, corpus)).toEqual([])
    })
  }

  for (const flow of flows) {
    it(`is kept for each state and each version of ${flow.id}`, () => {
      const kept = corpora.filter(({ corpus }) => corpus.flow === flow.id)
      expect(kept.map(({ corpus }) => corpus.version).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: flow.version }, (_, index) => index + 1),
      )
      expect(corpusOf(flow).version).toBe(flow.version)
      const first = flow.machine.root.initial.target[0]
      const states = restingStates(flow.machine.root).filter((state) => state !== first)
      const stored = new Set(corpusOf(flow).entries.map((entry) => entry.state))
      expect(states.map((state) => state.path.join('.')).filter((state) => !stored.has(state))).toEqual([])
    })
  }

  it('names each state as it is stored, with timers that are pending in some of them', () => {
    const entries = corpora.flatMap(({ corpus }) => corpus.entries)
    for (const { state, snapshot } of entries) expect(nameOf(snapshot.value)).toBe(state)
    expect(entries.some((entry) => entry.timers.length > 0 && entry.tasks.length > 0)).toBe(true)
  })
})

describe('the corpus notices', () => {
  const stored = corpusOf(assistance)
  const raised = (migration?: Migration): AnyFlow => ({
    ...assistance,
    version: 2,
    migrations: migration === undefined ? {} : { 1: migration },
  })

  it('a state that is gone', () => {
    const entries = stored.entries.map((entry) => ({
      ...entry,
      snapshot: { ...entry.snapshot, value: 'gone' },
    }))
    const faults = corpusFaults(assistance, { ...stored, entries })
    expect(faults).toHaveLength(entries.length)
    expect(faults[0]).toContain('cannot be opened')
  })

  it('a step that leads elsewhere, or wants something else', () => {
    const entries = stored.entries.map((entry, index) =>
      index === 0 ? { ...entry, outcome: { ...entry.outcome, intents: 'other', value: 'elsewhere' } } : entry,
    )
    const faults = corpusFaults(assistance, { ...stored, entries })
    expect(faults).toEqual([expect.stringContaining('goes on differently: value, intents')])
  })

  it('a timer that would be ignored', () => {
    const timed = stored.entries.filter((entry) => entry.timers.length > 0)
    const entries = timed.map((entry) => ({
      ...entry,
      timers: entry.timers.map((timer) => ({ ...timer, event: { type: 'xstate.after.renamed.x' } })),
    }))
    expect(corpusFaults(assistance, { ...stored, entries })).toHaveLength(timed.length)
  })

  it('a raised version without a migration, or with one that gives a snapshot up', () => {
    const gone = corpusFaults(raised(), stored)
    expect(gone).toHaveLength(stored.entries.length)
    expect(gone[0]).toContain('no migration from version 1 to 2')
    const some: Migration = (old) => (old.timers.length > 0 ? old : undefined)
    expect(corpusFaults(raised(some), stored)).toHaveLength(
      stored.entries.filter((entry) => entry.timers.length === 0).length,
    )
    expect(
      corpusFaults(
        raised((old) => old),
        stored,
      ),
    ).toEqual([])
  })
})
