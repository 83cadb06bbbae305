/**
 * Brings a branch back to where its store says it was, and runs it: the rows are loaded, the start is made an entry
 * (with the versions that run now and the reconnect grace), and from then on the sequencer is the only writer.
 */
import type { AnyFlow } from '#flows/define.ts'
import { refuse } from '../branch/refusals.ts'
import { createDispatcher } from '../dispatch/dispatcher.ts'
import type { Store } from '../store/port.ts'
import { createDecider } from './decide.ts'
import { codeOf, deployedFlows, digestsInUse, type StoredCode } from './deployed.ts'
import { createDueTimers } from './due.ts'
import type { Input } from './entry.ts'
import { createFlowSet, emptyLibrary, type FlowLibrary, type FlowSet } from './flow-set.ts'
import { type Clock, createHubTime } from './hub-time.ts'
import { createRows, type Rows } from './rows.ts'
import { type CommittedBatch, createSequencer, type Sequencer } from './sequencer.ts'
import type { HubSettings } from './settings.ts'
import { type BranchState, openState, writeOnlyTables } from './state.ts'

/** Deployed versions, kept beside the store. */
export interface StoredLibrary extends FlowLibrary {
  /** Before the first entry: what is in force or has instances left. What cannot be opened is reported, never fatal. */
  open(wanted: readonly { readonly digest: string; readonly code: StoredCode | undefined }[]): Promise<void>
}

export interface EngineParts {
  readonly branch: string
  readonly store: Store
  readonly flows: readonly AnyFlow[]
  /** Deployed versions of flows; absent where nothing is deployed. */
  readonly library?: StoredLibrary
  readonly settings: HubSettings
  readonly versions: { readonly hub: string; readonly xstate: string }
  readonly clock: Clock
  readonly onCommitted: (batch: CommittedBatch) => void
  readonly onBug: (error: unknown, input: Input) => void
  readonly onFull: (full: boolean) => void
  readonly onFatal: (error: unknown) => void
}

export interface Engine extends Omit<Sequencer, 'abandon'> {
  readonly epoch: number
  readonly rows: Rows
  /** Committed state only between two commits; ask through `read`, or look from `onCommitted`. */
  readonly state: BranchState
  readonly flows: FlowSet
}

const flowVersions = (flows: readonly AnyFlow[]) =>
  Object.fromEntries(flows.map(({ id, version }) => [id, version]))

/** A hub whose start could not be committed must not go on deciding: without a start nothing was granted its grace. */
const begin = async (sequencer: Sequencer, start: Input) => {
  try {
    await sequencer.submit(start)
  } catch (error) {
    sequencer.abandon()
    throw error
  }
}

/** @throws UsherError `store.*` when the store cannot be opened, or is full. */
export const openEngine = async (parts: EngineParts): Promise<Engine> => {
  const { branch, store, settings, clock } = parts
  const head = await store.open(branch)
  const rows = createRows(writeOnlyTables)
  for (const [table, loaded] of await store.load(branch)) rows.load(table, loaded)
  const state = openState(rows)
  const due = createDueTimers(state.timers)
  due.rebuild()
  const { library } = parts
  const inUse = digestsInUse(deployedFlows(state.meta))
  await library?.open(inUse.map((digest) => ({ digest, code: codeOf(state.meta, digest) })))
  const flows = createFlowSet(parts.flows, { state, library: library ?? emptyLibrary })
  const dispatcher = createDispatcher({ flows })
  const sequencer = createSequencer({
    ...parts,
    epoch: head.epoch,
    head,
    rows,
    state,
    due,
    time: createHubTime(clock, head.at),
    decide: createDecider({ state, due, settings, flows, dispatcher }),
    refuse: (looked, input, at) => refuse(looked, input, { at, settings }),
  })
  const lastEpoch = state.meta.get('start')?.['epoch']
  const reason = head.seq === 0 ? 'first' : lastEpoch === head.epoch ? 'restart' : 'restore'
  await begin(sequencer, {
    body: { kind: 'start', versions: { ...parts.versions, flows: flowVersions(flows.list) }, reason },
  })
  return {
    epoch: head.epoch,
    rows,
    state,
    flows,
    submit: (input) => sequencer.submit(input),
    read: (query) => sequencer.read(query),
    stop: () => sequencer.stop(),
    position: () => sequencer.position(),
  }
}
