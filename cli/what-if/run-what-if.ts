/**
 * Yesterday's day through a changed policy or changed flows. First the day as it was, to see that this version still
 * decides as was recorded; then, for each seed, two simulated runs with the same chance: as it was set, and changed.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { FlowLibrary } from '#hub/engine/flow-set.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { type AnswerSource, createAnswerChoice } from './choose-answers.ts'
import { compareDecisions, type Difference, keyOf, whenOf } from './compare-decisions.ts'
import { type DayChange, noChange } from './day-change.ts'
import { entryCounts, kindsOf } from './day-facts.ts'
import { createDecisionLog, type Decision } from './decisions.ts'
import { replayTruth, type Truth } from './replay-truth.ts'
import type { Count, FoundDifference, Parked, WhatIf } from './result.ts'
import { type ArmRun, runArm } from './run-arm.ts'
import { openDayState, type Stepped } from './step-day.ts'

export interface WhatIfParts {
  readonly day: RecordedDay
  /** As they are in force without the change. */
  readonly flows: readonly AnyFlow[]
  readonly library: FlowLibrary
  readonly change: DayChange
  /** Each seed is one pair of runs. */
  readonly seeds: readonly string[]
  readonly onProgress?: (text: string) => void
}

interface Lived {
  readonly run: ArmRun
  readonly decisions: readonly Decision[]
  readonly parked: readonly { readonly flow: string; readonly reason: string }[]
}

interface Pair {
  readonly before: Lived
  readonly after: Lived
}

const createParkedLog = () => {
  const parked: { flow: string; reason: string }[] = []
  return {
    parked,
    note: ({ records }: Stepped) => {
      for (const { kind, flow, params } of records)
        if (kind === 'parked')
          parked.push({ flow: flow ?? '', reason: String(params?.['reason'] ?? params?.['told'] ?? '') })
    },
  }
}

const live = (parts: WhatIfParts, truth: Truth, how: { change: DayChange; seed: string }): Lived => {
  const { day, flows, library } = parts
  const log = createDecisionLog(day.fromMs)
  const { parked, note } = createParkedLog()
  const run = runArm({
    branch: day.branch,
    flows,
    library,
    settings: day.settings,
    from: truth.from,
    forkAt: truth.forkAt,
    entries: truth.entries,
    truth: truth.notes,
    change: how.change,
    choice: createAnswerChoice({ recorded: truth.answers, seed: how.seed, kindOf: kindsOf(day) }),
    onStep: (stepped) => {
      log.note(stepped)
      note(stepped)
    },
  })
  return { run, decisions: log.decisions(), parked }
}

/** The same difference in several runs: of the same kind, about the same subject, the same of several. */
const gather = (perSeed: readonly (readonly Difference[])[]): readonly FoundDifference[] => {
  const found = new Map<string, { first: Difference; runs: number }>()
  for (const differences of perSeed) {
    const seen = new Map<string, number>()
    for (const difference of differences) {
      const name = `${difference.kind}|${keyOf(difference)}`
      const nth = seen.get(name) ?? 0
      seen.set(name, nth + 1)
      const known = found.get(`${name}#${nth}`)
      if (known === undefined) found.set(`${name}#${nth}`, { first: difference, runs: 1 })
      else known.runs++
    }
  }
  return [...found.values()]
    .map(({ first, runs }) => ({ ...first, share: runs / perSeed.length }))
    .sort((a, b) => whenOf(a) - whenOf(b))
}

const happened = ({ outcome }: Decision) => outcome !== 'not-begun'

const countBy = (decisions: readonly Decision[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { flow, what } of decisions.filter(happened))
    counts.set(`${flow}|${what}`, (counts.get(`${flow}|${what}`) ?? 0) + 1)
  return counts
}

const countAll = (recorded: readonly Decision[], pairs: readonly Pair[]): readonly Count[] => {
  const truth = countBy(recorded)
  const before = pairs.map((pair) => countBy(pair.before.decisions))
  const after = pairs.map((pair) => countBy(pair.after.decisions))
  const mean = (all: readonly ReadonlyMap<string, number>[], name: string) =>
    all.reduce((sum, counts) => sum + (counts.get(name) ?? 0), 0) / all.length
  return [...new Set([truth, ...before, ...after].flatMap((counts) => [...counts.keys()]))]
    .sort()
    .map((name) => {
      const [flow = '', what = ''] = name.split('|')
      return {
        flow,
        what,
        recorded: truth.get(name) ?? 0,
        before: mean(before, name),
        after: mean(after, name),
      }
    })
}

/** Only what the change brought about: what was parked that day anyway is no news. */
const parkedBy = (pairs: readonly Pair[]): readonly Parked[] => {
  const runs = new Map<string, Parked>()
  for (const { before, after } of pairs) {
    const known = new Set(before.parked.map(({ flow, reason }) => `${flow}|${reason}`))
    for (const name of new Set(after.parked.map(({ flow, reason }) => `${flow}|${reason}`))) {
      if (known.has(name)) continue
      const [flow = '', ...reason] = name.split('|')
      runs.set(name, { flow, reason: reason.join('|'), runs: (runs.get(name)?.runs ?? 0) + 1 })
    }
  }
  return [...runs.values()]
}

const sumSources = (pairs: readonly Pair[]): Readonly<Record<AnswerSource, number>> => {
  const sum: Record<AnswerSource, number> = { same: 0, drawn: 0, alike: 0, assumed: 0 }
  for (const { after } of pairs)
    for (const source of Object.keys(sum) as AnswerSource[]) sum[source] += after.run.sources[source]
  return sum
}

export interface Decided {
  readonly result: Omit<WhatIf, 'waiting' | 'whyNoWaiting'>
  /** How the flows were set when the day began. */
  readonly inForce: readonly FlowSettingRow[]
}

/** @throws UsherError where the change cannot be put in force; nothing is told then. */
export const runWhatIf = (parts: WhatIfParts): Decided => {
  const { day, flows, library, change, seeds } = parts
  const recorded = createDecisionLog(day.fromMs)
  const truth = replayTruth(day, { flows, library }, recorded.note)
  const { state } = openDayState({ flows, library, settings: day.settings, from: truth.inForce })
  const changed = change.changes(state)
  const pairs = seeds.map((seed, index) => {
    parts.onProgress?.(`the day decided again: ${index} of ${seeds.length} pairs of runs`)
    return {
      before: live(parts, truth, { change: noChange, seed }),
      after: live(parts, truth, { change, seed }),
    }
  })
  const result = {
    branch: day.branch,
    day: day.day,
    timeZone: day.timeZone,
    fromMs: day.fromMs,
    changed,
    seeds,
    entries: entryCounts(day),
    sanity: truth.sanity,
    counts: countAll(recorded.decisions(), pairs),
    differences: gather(
      pairs.map(({ before, after }) => compareDecisions(before.decisions, after.decisions)),
    ),
    answers: sumSources(pairs),
    skipped: Math.max(0, ...pairs.map(({ after }) => after.run.skipped)),
    parked: parkedBy(pairs),
    undecided: [...new Set(pairs.flatMap(({ after }) => after.run.undecided))],
  }
  return { result, inForce: state.flowSettings.values() }
}
