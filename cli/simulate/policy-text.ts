/** A policy file as a person writes it: read, and what is wrong with it said in one line that says where. */
import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import { nearestOf } from '../io/nearest.ts'

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', file, { cause })
  }
}

/** @throws UsherError `config.unreadable`, or `policy.invalid` with line and column. */
export const readPolicyYaml = (file: string): unknown => {
  const lines = new LineCounter()
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false })
  const [first] = document.errors
  if (first !== undefined) {
    const { line, col } = lines.linePos(first.pos[0])
    throw new UsherError('policy.invalid', `${file}: line ${line}, column ${col}: ${first.message}`)
  }
  try {
    return document.toJS()
  } catch (cause) {
    // Aliases are counted by the parser: a file of a few lines cannot grow to fill the memory.
    throw new UsherError('policy.invalid', `${file}: ${cause instanceof Error ? cause.message : 'no YAML'}`, {
      cause,
    })
  }
}

/** @throws UsherError `flow.unknown` with the flows there are, and the one that may have been meant. */
export const checkFlowNames = (file: string, names: readonly string[], flows: readonly AnyFlow[]): void => {
  const known = flows.map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const nearest = nearestOf(unknown, known)
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  throw new UsherError(
    'flow.unknown',
    `${file}: there is no flow ${unknown}; known: ${known.toSorted().join(', ')}.${meant}`,
  )
}
