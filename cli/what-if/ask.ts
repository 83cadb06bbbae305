/** Reads what a what-if is asked about, runs it, and only then says anything. */
import type { Command } from 'commander'
import type { AnyFlow } from '#flows/define.ts'
import { flows as shipped } from '#flows/index.ts'
import type { WhatIfWishes } from '../commands/what-if.ts'
import { tongueOf } from '../io/language.ts'
import { printableLines } from '../io/printable.ts'
import { checkReportFolder } from '../io/report-folder.ts'
import { sharedOf } from '../io/with-hub.ts'
import { openRecordedDay } from '../journal/open-day.ts'
import { noChange, together } from './day-change.ts'
import {
  type ChangedFlow,
  createFlowChange,
  flowsInForce,
  libraryOf,
  readChangedFlows,
} from './flow-change.ts'
import { createPolicyChange } from './policy-change.ts'
import { readPolicyWishes } from './policy-file.ts'
import { writeReport } from './report-files.ts'
import { type WhatIf, whatIfJson } from './result.ts'
import { runWhatIf } from './run-what-if.ts'
import { tellWhatIf } from './summary.ts'
import { estimateWaiting } from './waiting.ts'
import { whyNoWaiting } from './words.ts'

/** Policies are judged by the flows that will be in force. */
const withChanged = (flows: readonly AnyFlow[], changed: readonly ChangedFlow[]): readonly AnyFlow[] => {
  const byId = new Map(flows.map((flow) => [flow.id, flow]))
  for (const { flow } of changed) byId.set(flow.id, flow)
  return [...byId.values()]
}

const seedNames = (count: number) => Array.from({ length: count }, (_, index) => `what-if-${index + 1}`)

/** On a terminal one line that is written over; elsewhere nothing: the answer is what counts. */
const tellProgress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

/** @throws UsherError for everything that does not hold, before anything is written or said. */
export const askWhatIf = async (wishes: WhatIfWishes, command: Command): Promise<void> => {
  if (wishes.report !== undefined) checkReportFolder(wishes.report)
  const changed = wishes.flows === undefined ? [] : await readChangedFlows(wishes.flows)
  const day = await openRecordedDay(wishes.journal, command)
  const library = await libraryOf(day, changed)
  const before = flowsInForce(day, { shipped, library })
  const after = withChanged(before, changed)
  const policy = wishes.policy === undefined ? {} : readPolicyWishes(wishes.policy, after)
  const seeds = seedNames(wishes.seeds)
  const change = together([
    changed.length === 0 ? noChange : createFlowChange(changed),
    createPolicyChange(policy, after),
  ])
  const { result: decided, inForce } = runWhatIf({
    day,
    flows: shipped,
    library,
    change,
    seeds,
    onProgress: tellProgress,
  })
  const result: WhatIf = {
    ...decided,
    ...(wishes.waiting
      ? await estimateWaiting({
          day,
          before,
          after,
          policy,
          inForce,
          seeds,
          onProgress: tellProgress,
        })
      : { waiting: null, whyNoWaiting: whyNoWaiting.notAsked }),
  }
  tellProgress('')
  const { json, lang } = sharedOf(command)
  const tongue = tongueOf(lang, process.env)
  const file = wishes.report === undefined ? undefined : writeReport(wishes.report, result, tongue)
  console.log(json === true ? whatIfJson(result) : printableLines(tellWhatIf(result, tongue)))
  if (file !== undefined) console.error(`\n${file}`)
}
