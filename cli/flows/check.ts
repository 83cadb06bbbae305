/** `usher flows check`: the shipped flows, or those of a folder, each walked through before it may meet customers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyFlow } from '#flows/define.ts'
import { withDiagram } from '#flows/diagram.ts'
import { flows as shipped } from '#flows/index.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { flowFoldersIn } from '#hub/deploy/flow-folder.ts'
import { checkFlow, type FlowReport } from '#hub/flow-check/check-flow.ts'
import { checkSource } from '#hub/flow-check/check-source.ts'
import { excused, type Finding, finding, firstOfEach, isFatal } from '#hub/flow-check/finding.ts'
import { restsAs } from '#hub/flow-check/resting.ts'
import { claimFindings } from '#hub/flow-check/shared-claims.ts'
import { shippedClaims } from '#hub/flow-check/shipped-claims.ts'
import { UsherError } from '#protocol/errors.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { printableLines } from '../io/printable.ts'
import { table } from '../io/table.ts'
import { type StoredBy, storedIn } from './stored.ts'

const folderOf = (flow: AnyFlow) => join(import.meta.dirname, '../../flows', flow.id)

/** @param folder where its page stands. */
export const readmeFindings = (flow: AnyFlow, folder = folderOf(flow)): Finding[] => {
  try {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    if (withDiagram(readme, flow.machine) === readme) return []
    return [finding('readme.stale', { at: 'README.md', says: 'its diagram is not the machine' })]
  } catch {
    return [finding('readme.stale', { at: 'README.md', says: 'there is none' })]
  }
}

const samplesOf = async (flow: AnyFlow): Promise<readonly Scenario[]> => {
  const { samples } = (await import(join(folderOf(flow), 'samples.ts'))) as { samples: readonly Scenario[] }
  return samples
}

/** The house's own flows are trusted: they are walked through in this process. */
export const checkShipped = async (stored: StoredBy): Promise<readonly FlowReport[]> => {
  const checked: { readonly flow: AnyFlow; readonly report: FlowReport }[] = []
  for (const flow of shipped) {
    const report = checkFlow({ flow, samples: await samplesOf(flow), stored: await stored(flow.id) })
    checked.push({
      flow,
      report: { ...report, findings: [...report.findings, ...readmeFindings(flow)] },
    })
  }
  const claims = checked.flatMap(({ report }) => report.claims)
  return checked.map(({ flow, report }) => ({
    ...report,
    findings: [...report.findings, ...excused(flow, firstOfEach(claimFindings(report.claims, claims)))],
  }))
}

/** @throws UsherError `flow.*` where a folder cannot be read or loaded. */
export const checkFolders = async (directory: string, stored: StoredBy): Promise<readonly FlowReport[]> => {
  const folders = flowFoldersIn(directory)
  const reports: FlowReport[] = []
  for (const { name, source } of folders) {
    const others = folders.filter((other) => other.source !== source).map((other) => other.source.files)
    try {
      const report = await checkSource(source, {
        against: async ({ id }) => ({
          stored: await stored(id),
          others,
          claims: shippedClaims.filter(({ flow }) => flow !== id),
          shippedRests: restsAs(shipped, id),
        }),
      })
      reports.push(report)
    } catch (error) {
      if (error instanceof UsherError && folders.length > 1)
        throw new UsherError(error.code, `${name}: ${error.detail ?? ''}`, { cause: error })
      throw error
    }
  }
  return reports
}

const found = ({ findings }: FlowReport): string => {
  const errors = findings.filter(isFatal).length
  const warnings = findings.filter((one) => one.severity === 'warning' && one.excused === null).length
  const meant = findings.filter((one) => one.excused !== null).length
  const parts = [
    ...(errors > 0 ? [`${errors} to mend`] : ['sound']),
    ...(warnings > 0 ? [`${warnings} to look at`] : []),
    ...(meant > 0 ? [`${meant} meant so`] : []),
  ]
  return parts.join(', ')
}

const findingText = (flow: string, { code, severity, at, path, says, excused }: Finding): string =>
  [
    `${excused === null ? severity : 'meant so'} ${code}: ${flow}, ${at}: ${says}`,
    ...(path.length === 0 ? [] : [`    path: ${path.join('; ')}`]),
    ...(excused === null ? [] : [`    because: ${excused}`]),
  ].join('\n')

const rank = ({ severity, excused }: Finding): number => (excused !== null ? 2 : severity === 'error' ? 0 : 1)

export const reportText = (reports: readonly FlowReport[]): string =>
  [
    table(reports, [
      { title: 'flow', cell: ({ flow }) => flow },
      { title: 'version', cell: ({ version }) => version },
      { title: 'states', cell: ({ states }) => states },
      { title: 'situations', cell: ({ situations }) => situations },
      { title: 'samples', cell: ({ samples }) => samples },
      { title: 'found', cell: found },
    ]),
    ...reports.flatMap(({ flow, findings }) =>
      findings
        .toSorted((a, b) => rank(a) - rank(b))
        .map((one) => printableLines(`\n${findingText(flow, one)}`)),
    ),
  ].join('\n')

export interface CheckWishes {
  readonly json: boolean
  readonly directory?: string
  /** Data directory of a running hub, or a recorded day: what is stored must be able to go on. */
  readonly against?: string
}

export const runFlowCheck = async ({ json, directory, against }: CheckWishes): Promise<void> => {
  const stored = await storedIn(against)
  const reports = directory === undefined ? await checkShipped(stored) : await checkFolders(directory, stored)
  if (reports.some(({ findings }) => findings.some(isFatal))) process.exitCode = exitCodes.refused
  console.log(json ? JSON.stringify(reports, null, 2) : reportText(reports))
}
