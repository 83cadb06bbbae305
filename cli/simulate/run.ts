/** Runs `usher simulate`: checks everything first, lives the days, and tells what came out. */
import { availableParallelism } from 'node:os'
import { flows } from '#flows/index.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { UsherError } from '#protocol/errors.ts'
import { findScenario, type Scenario, scenarioNames } from '#simulators/lobby/scenario.ts'
import type { SimulateWishes } from '../commands/simulate.ts'
import { figureRows } from '../figures/figure-rows.ts'
import { type Tongue, titled } from '../io/language.ts'
import { printableLines } from '../io/printable.ts'
import { makeReportFolder, writeWhole } from '../io/report-folder.ts'
import { table } from '../io/table.ts'
import { onRealDay, type RealDay, readRealDay } from './arrivals.ts'
import { compare, compareRow } from './compare.ts'
import { type DayJob, type DayResult, liveDays } from './day-jobs.ts'
import { comeToTheSame, type Policy, readPolicy } from './policy.ts'
import { createProgress } from './progress.ts'
import { reportJson } from './report-json.ts'
import { reportPage } from './report-page.ts'
import { factorText, simulateWords } from './report-words.ts'
import type { Arm, SensitivityRow, SimulationResult } from './result.ts'
import { type Change, changesOf } from './sensitivity.ts'
import { summaryOf } from './summary.ts'

interface Plan {
  readonly scenario: Scenario
  readonly real: RealDay | undefined
  readonly policies: readonly Policy[]
  readonly seeds: readonly string[]
  readonly changes: readonly Change[]
}

const listScenarios = ({ json, tongue }: SimulateWishes) => {
  const words = simulateWords(tongue).progress
  const inWords = (text: Scenario['title']) => titled(text, json ? 'en' : tongue)
  const scenarios = scenarioNames().map((name) => {
    const { title, about } = findScenario(name)
    return { name, title: inWords(title), about: inWords(about) }
  })
  console.log(
    json
      ? JSON.stringify(scenarios, null, 2)
      : `${table(scenarios, [
          { title: words.scenario, cell: ({ name }) => name },
          {
            title: words.aDayLike,
            cell: ({ title, about }) => (about === '' ? title : about),
            widthMax: 100,
          },
        ])}\n\n${words.howTo}`,
  )
}

const refuseSameArms = (branch: BranchFile, [first, second]: readonly (Policy | undefined)[]) => {
  if (first === undefined || second === undefined) return
  if (comeToTheSame(branch, [first, second], flows))
    throw new UsherError(
      'command.invalid',
      `--compare ${first.title} ${second.title}: both arms come to the same; name two policies that differ.`,
    )
}

/** Whatever is wrong is said before the first day begins. */
const planOf = (named: string, wishes: SimulateWishes): Plan => {
  const written = findScenario(named)
  const parsePolicy = createPolicyParser(flows)
  const branch = parseBranchFile(written.branchText, parsePolicy)
  const policies = (wishes.compare ?? [wishes.policy]).map((policy) => readPolicy(policy, flows))
  refuseSameArms(branch, policies)
  const seeds = Array.from({ length: wishes.days }, (_, day) => `${wishes.seed + day}`)
  const real = readRealDay(written, wishes)
  const scenario = onRealDay(written, real)
  const changes = wishes.sensitivity ? changesOf(scenario) : []
  return { scenario, real, policies, seeds, changes }
}

/** The arms of the scenario itself, then those of each change; within an arm in the order of the seeds. */
const jobsOf = ({ scenario, real, policies, seeds, changes }: Plan): readonly DayJob[] =>
  [scenario, ...changes.map((change) => change.scenario)].flatMap((played, index) =>
    policies.flatMap((policy) =>
      seeds.map(
        (seed, day): DayJob => ({
          scenario: played,
          seed,
          policy,
          real,
          wants: index === 0 && day === 0 ? 'story' : 'figures',
        }),
      ),
    ),
  )

/** What each job is called, in the order of the jobs. */
const namesOf = ({ policies, seeds, changes }: Plan, tongue: Tongue): readonly string[] => {
  const { progress, columns } = simulateWords(tongue)
  const changed = changes.map(({ assumption, factor }) =>
    progress.changed(columns.change(assumption[tongue], factorText(factor, tongue))),
  )
  return ['', ...changed].flatMap((change) =>
    policies.flatMap(({ title }) =>
      seeds.map((_, day) => `${progress.run(day + 1, seeds.length, title)}${change}`),
    ),
  )
}

const armsOf = ({ policies, seeds }: Plan, results: readonly DayResult[]): readonly Arm[] =>
  policies.map(({ title }, arm) => {
    const own = results.slice(arm * seeds.length, (arm + 1) * seeds.length)
    const story = own[0]?.story
    if (story === undefined || story === null) throw new Error('The first day of an arm has no story.')
    return { title, story, days: own.map(({ figures }) => figures) }
  })

const figureRow = (id: string) => {
  const row = figureRows.find((one) => one.id === id)
  if (row === undefined) throw new Error(`There is no figure ${id}.`)
  return row
}

const sensitivityOf = ({ changes, seeds }: Plan, results: readonly DayResult[]): readonly SensitivityRow[] =>
  changes.map(({ assumption, factor }, index) => {
    const from = (index + 1) * 2 * seeds.length
    const figures = results.slice(from, from + 2 * seeds.length).map((result) => result.figures)
    const [first, second] = [figures.slice(0, seeds.length), figures.slice(seeds.length)]
    return {
      assumption,
      factor,
      wait: compareRow(first, second, figureRow('meanWait')),
      finished: compareRow(first, second, figureRow('divertedFinished')),
    }
  })

const commandOf = (named: string, { seed, days, policy, compare: arms, ...rest }: SimulateWishes): string =>
  [
    `usher simulate ${named} --seed ${seed}`,
    days > 1 && `--days ${days}`,
    arms !== undefined ? `--compare ${arms.join(' ')}` : policy !== 'on' && `--policy ${policy}`,
    rest.sensitivity && '--sensitivity',
    rest.csv !== undefined && `--csv ${rest.csv}`,
    rest.mapping !== undefined && `--mapping ${rest.mapping}`,
  ]
    .filter((part) => part !== false)
    .join(' ')

/** @returns the page. */
const writeReport = (folder: string, result: SimulationResult, tongue: Tongue): string => {
  const [json, page] = [reportJson(result), reportPage(result, tongue)]
  writeWhole(folder, 'report.json', json)
  return writeWhole(folder, 'report.html', page)
}

export interface Telling {
  readonly progress: (text: string) => void
  /** @param ms how long the days took, without what was read before them. Never in the result: that is the same twice. */
  readonly lived?: (ms: number) => void
}

export const simulate = async (
  named: string,
  wishes: SimulateWishes,
  tell: Telling,
): Promise<SimulationResult> => {
  const plan = planOf(named, wishes)
  if (wishes.report !== undefined) makeReportFolder(wishes.report)
  const { scenario, seeds, real } = plan
  const jobs = jobsOf(plan)
  const progress = createProgress(namesOf(plan, wishes.tongue), {
    tongue: wishes.tongue,
    tell: tell.progress,
  })
  const threads = wishes.threads ?? availableParallelism()
  const began = performance.now()
  const results = await liveDays({ jobs, threads, onProgress: progress })
  tell.lived?.(performance.now() - began)
  const arms = armsOf(plan, results)
  const [first, second] = arms as readonly [Arm, Arm?]
  const { name, title, about } = scenario
  return {
    scenario: { name, title, about },
    real:
      real === undefined ? null : { file: real.file, tickets: real.log.tickets.length, date: real.log.date },
    seeds,
    arms,
    comparison: second === undefined ? null : compare(first.days, second.days),
    sensitivity: plan.changes.length === 0 ? null : sensitivityOf(plan, results),
    command: commandOf(named, wishes),
  }
}

export const runSimulate = async (named: string | undefined, wishes: SimulateWishes): Promise<void> => {
  if (named === undefined) {
    listScenarios(wishes)
    return
  }
  const isTerminal = process.stderr.isTTY
  const { tongue, report } = wishes
  const { lived } = simulateWords(tongue).progress
  const result = await simulate(named, wishes, {
    progress: (text) => process.stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`),
    lived: (ms) =>
      process.stderr.write(`${isTerminal ? '\r\u001b[K' : ''}${lived((ms / 1_000).toFixed(1))}\n`),
  })
  const page = report === undefined ? undefined : writeReport(report, result, tongue)
  console.log(wishes.json ? reportJson(result) : printableLines(summaryOf(result, tongue)))
  if (page !== undefined) console.error(`\n${page}`)
}
