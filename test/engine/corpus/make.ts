/** Plays the situations of a flow's proof and keeps one snapshot for each way out of each state it can rest in. */
import type { AnyFlow } from '#flows/define.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { FlowProof } from '../../flows/kit/describe-flow.ts'
import { createLedger } from '../../flows/kit/invariants.ts'
import { modelPaths, type Path } from '../../flows/kit/paths.ts'
import { type Run, runFlow } from '../../flows/kit/run-flow.ts'
import { type Corpus, CorpusEntry, nextOutcome } from './entry.ts'

const plain = (value: unknown): unknown => JSON.parse(canonicalJson(value))

const entryOf = (flow: AnyFlow, run: Run, about: { tasks: readonly string[]; event: { type: string } }) => {
  const kept = plain({
    state: run.state,
    snapshot: run.stored,
    timers: run.timers,
    tasks: about.tasks.toSorted(),
    event: run.seen(about.event),
  }) as Omit<CorpusEntry, 'outcome'>
  return CorpusEntry.parse({ ...kept, outcome: nextOutcome(flow, kept) })
}

/** One life along a path: before each step, what is stored and what happens next. */
function* walk(flow: AnyFlow, scenario: Scenario, path: Path): Generator<CorpusEntry> {
  const { key, policy, worlds } = scenario
  const run = runFlow(flow, { key, ...(policy === undefined ? {} : { policy }) })
  const ledger = createLedger({})
  for (const { event } of path.steps) {
    if (event.type === 'xstate.init') continue
    run.set(worlds[event.world] ?? {})
    if (run.state !== null)
      yield entryOf(flow, run, { tasks: [...ledger.open], event: event.told ?? { type: event.type } })
    if (event.told !== null) ledger.told(event.told)
    ledger.wanted(event.told === null ? run.fire(event.type) : run.tell(event.told))
    if (run.state === null || run.ended) return
  }
  // The search goes no further where every state is known; what is stored there still has something before it.
  const event = run.timers[0]?.event ?? scenario.facts[0]
  if (run.state !== null && event !== undefined) yield entryOf(flow, run, { tasks: [...ledger.open], event })
}

export const makeCorpus = (flow: AnyFlow, proof: FlowProof, xstate: string): Corpus => {
  const kept = new Map<string, CorpusEntry>()
  for (const scenario of proof.scenarios) {
    for (const path of modelPaths(flow, scenario)) {
      for (const entry of walk(flow, scenario, path)) {
        const way = `${entry.state} ${canonicalJson(entry.outcome.value)}`
        if (!kept.has(way)) kept.set(way, entry)
      }
    }
  }
  const entries = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
  return { flow: flow.id, version: flow.version, xstate, entries }
}
