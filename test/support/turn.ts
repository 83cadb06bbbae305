/** A turn without an engine: for tests of what happens within one entry, and a small branch that lives by entries. */
import { createView } from '#hub/branch/view.ts'
import type { Entry, EntryBody } from '#hub/engine/entry.ts'
import { createRows } from '#hub/engine/rows.ts'
import { defaultSettings, type HubSettings } from '#hub/engine/settings.ts'
import { type BranchState, openState } from '#hub/engine/state.ts'
import type { DecisionRecord, Turn } from '#hub/engine/turn.ts'
import type { Fact, TaskAnswer } from '#protocol/flow-events.ts'
import { unitHash } from '#protocol/hash.ts'

export interface TestTurn extends Turn {
  readonly facts: Fact[]
  readonly answers: { readonly instance: string; readonly answer: TaskAnswer }[]
  readonly decisions: DecisionRecord[]
  readonly stirred: () => boolean
}

export interface TestTurnParts {
  readonly state: BranchState
  readonly at: number
  readonly body: EntryBody
  readonly seq?: number
  readonly settings?: Partial<HubSettings>
}

export const createTestState = (): BranchState => openState(createRows())

export const createTestTurn = ({ state, at, body, seq = 1, settings }: TestTurnParts): TestTurn => {
  const facts: Fact[] = []
  const answers: { instance: string; answer: TaskAnswer }[] = []
  const decisions: DecisionRecord[] = []
  const entry: Entry = { branch: 'test', epoch: 1, seq, at, body }
  const allSettings = { ...defaultSettings, ...settings }
  let counter = 0
  let stirred = false
  return {
    entry,
    at,
    state,
    settings: allSettings,
    view: createView(state, at),
    facts,
    answers,
    decisions,
    stirred: () => stirred,
    id: (prefix) => `${prefix}-1-${seq}-${counter++}`,
    chance: (subject, purpose) => unitHash(allSettings.seed, subject, purpose),
    record: (decision) => void decisions.push(decision),
    tell: (fact) => void facts.push(fact),
    answer: (instance, answer) => void answers.push({ instance, answer }),
    setTimer: (owner, name, { deadline, graced, event }) => {
      const id = `${owner}#${name}`
      state.timers.put(id, { id, owner, name, deadline, graced, event: event ?? null })
    },
    clearTimer: (owner, name) => state.timers.drop(`${owner}#${name}`),
    stir: () => {
      stirred = true
    },
  }
}
