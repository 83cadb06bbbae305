/**
 * Reads a branch file. Everything that is wrong with it is said at once: the line, the field, what is wrong and what
 * would be right, so that whoever wrote it can mend it in one go.
 */
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Detail, detail, detailOfIssue } from '#protocol/desk/details.ts'
import { UsherError } from '#protocol/errors.ts'
import { DeskFile, isDeskFile } from './desk-file.ts'
import type { Fault } from './faults.ts'
import { BranchFile } from './file.ts'
import type { ParsePolicy } from './policies.ts'
import { checkReferences } from './references.ts'

/** More than these help nobody. */
const faultsMax = 30

type Path = readonly (string | number)[]

interface Said {
  readonly line: number
  readonly says: string
  readonly detail: Detail
}

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  )

/** The line of a field, or of the nearest thing around it where it is missing. */
const lineOf = (document: Document, lines: LineCounter, path: Path): number => {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line
  }
  return 1
}

const plainPath = (path: readonly PropertyKey[]): Path =>
  path.filter((key): key is string | number => typeof key !== 'symbol')

const schemaFaults = (error: z.ZodError): readonly Fault[] =>
  error.issues.map((issue) => ({
    path: plainPath(issue.path),
    says: issue.message,
    detail: detailOfIssue(issue, ''),
  }))

/** A policy is checked by its flow's own schema, and replaced by the whole one. */
const completeFlows = (file: BranchFile, parsePolicy: ParsePolicy) => {
  const faults: Fault[] = []
  const flows: BranchFile['flows'] = {}
  for (const [flow, section] of Object.entries(file.flows)) {
    try {
      const policy = parsePolicy(flow, section.policy) as typeof section.policy
      flows[flow] = { ...section, policy }
    } catch (error) {
      if (!(error instanceof UsherError)) throw error
      faults.push({ path: ['flows', flow], says: error.message, detail: detail('unfit', {}) })
    }
  }
  return { flows, faults }
}

/**
 * @param parsePolicy makes each flow's policy whole; without it policies are taken as they stand.
 * @throws UsherError `config.invalid` with every fault, one a line.
 */
export const parseBranchFile = (
  text: string,
  parsePolicy: ParsePolicy = (_flow, policy) => ({ ...policy }),
): BranchFile => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const refuse = (faults: readonly Said[]): never => {
    const shown = faults.slice(0, faultsMax).map(({ line, says }) => `line ${line}: ${says}`)
    const more = faults.length > faultsMax ? [`and ${faults.length - faultsMax} more`] : []
    throw new UsherError('config.invalid', `\n${[...shown, ...more].join('\n')}`, {
      details: [
        ...faults.slice(0, faultsMax).map((fault) => fault.detail),
        ...(more.length > 0 ? [detail('more', { count: faults.length - faultsMax })] : []),
      ],
    })
  }
  const refuseFaults = (faults: readonly Fault[]) =>
    refuse(
      faults.map(({ path, says, detail: { code, params } }) => ({
        line: lineOf(document, lines, path),
        says: path.length === 0 ? says : `${pathText(path)}: ${says}`,
        detail: detail(code, { ...params, at: pathText(path) }),
      })),
    )
  if (document.errors.length > 0)
    refuse(
      document.errors.map((error) => {
        const { line } = lines.linePos(error.pos[0])
        return { line, says: error.message, detail: detail('unfit', { at: String(line) }) }
      }),
    )
  const written = readYaml(document)
  const parsed = (isDeskFile(written) ? DeskFile : BranchFile).safeParse(written)
  if (!parsed.success) return refuseFaults(schemaFaults(parsed.error))
  const { flows, faults } = completeFlows(parsed.data, parsePolicy)
  const all = [...checkReferences(parsed.data), ...faults]
  if (all.length > 0) refuseFaults(all)
  return { ...parsed.data, flows }
}

/** Aliases are counted by the parser: a file of a few lines cannot grow to fill the memory. */
const readYaml = (document: Document): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    throw new UsherError('config.invalid', error instanceof Error ? error.message : String(error))
  }
}
