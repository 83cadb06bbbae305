/**
 * Decides a stretch of the journal again, from a checkpoint or from the beginning. Under the versions recorded in it
 * the result is byte-identical; that is how a doubtful day is checked and what a what-if starts from.
 */
import { hash } from 'node:crypto'
import type { AnyFlow } from '#flows/define.ts'
import { createDispatcher } from '../dispatch/dispatcher.ts'
import type { StoredEntry } from '../store/port.ts'
import { canonicalJson } from './canonical.ts'
import { createDecider, type Decide } from './decide.ts'
import { createDueTimers, type DueTimers } from './due.ts'
import type { Entry } from './entry.ts'
import { createFlowSet, emptyLibrary, type FlowLibrary } from './flow-set.ts'
import { createRows, type Rows } from './rows.ts'
import type { HubSettings } from './settings.ts'
import { type BranchState, openState, writeOnlyTables } from './state.ts'
import type { DecisionRecord } from './turn.ts'

export interface ReplayParts {
  readonly flows: readonly AnyFlow[]
  /** Versions that were deployed in the stretch or before it. */
  readonly library?: FlowLibrary
  readonly settings: HubSettings
  /** Rows of the checkpoint the stretch begins after; none: from the first entry. */
  readonly from?: ReadonlyMap<string, readonly (readonly [string, unknown])[]>
  readonly onDecided?: (entry: Entry, decisions: readonly DecisionRecord[]) => void
}

/** One number for the whole state: SHA-256 over its rows in canonical JSON. */
export const digestOf = (rows: Rows): string => hash('sha256', canonicalJson(rows.all()))

/** @returns undefined where the body was erased: such a stretch cannot be replayed. */
export const readEntry = (stored: StoredEntry): Entry | undefined => {
  if (stored.body === null) return undefined
  const { branch, epoch, seq, at, cause } = stored
  const { body, numbering } = JSON.parse(stored.body) as Pick<Entry, 'body' | 'numbering'>
  return { branch, epoch, seq, at, body, ...(numbering && { numbering }), ...(cause !== null && { cause }) }
}

/** A state that entries are decided on, without a store and without effects. */
export interface OpenReplay {
  readonly rows: Rows
  readonly state: BranchState
  readonly due: DueTimers
  /** Whoever wants to see what changed looks at `rows.changes()` before it settles. */
  readonly decide: Decide
}

export const openReplay = (
  parts: Pick<ReplayParts, 'flows' | 'library' | 'settings' | 'from'>,
): OpenReplay => {
  const rows = createRows(writeOnlyTables)
  for (const [table, loaded] of parts.from ?? []) rows.load(table, loaded)
  const state = openState(rows)
  const due = createDueTimers(state.timers)
  due.rebuild()
  const flows = createFlowSet(parts.flows, { state, library: parts.library ?? emptyLibrary })
  const dispatcher = createDispatcher({ flows })
  return {
    rows,
    state,
    due,
    decide: createDecider({ state, due, settings: parts.settings, flows, dispatcher }),
  }
}

export const replay = (parts: ReplayParts, entries: Iterable<Entry>): Rows => {
  const { rows, decide } = openReplay(parts)
  for (const entry of entries) {
    const decisions = decide(entry)
    parts.onDecided?.(entry, decisions)
    rows.settle()
  }
  return rows
}
