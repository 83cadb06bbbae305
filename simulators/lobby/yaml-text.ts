/** YAML that people write: what is wrong with it is said with the line and the path, everything at once. */
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'

export interface YamlFault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

export interface YamlText {
  readonly value: unknown
  /** @throws what the reader's own error says, with all faults. */
  refuse(faults: readonly YamlFault[]): never
}

/** More than these help nobody. */
const faultsMax = 30

/** @param error makes the reader's error from the faults, which begin with a line break each. */
export const parseYaml = (text: string, error: (faults: string) => Error): YamlText => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const refuse = (faults: readonly string[]): never => {
    const more = faults.length > faultsMax ? [`and ${faults.length - faultsMax} more`] : []
    throw error([...faults.slice(0, faultsMax), ...more].map((fault) => `\n${fault}`).join(''))
  }
  if (document.errors.length > 0)
    refuse(document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`))
  return {
    value: valueOf(document, refuse),
    refuse: (faults) =>
      refuse(
        faults.map(
          ({ path, message }) => `line ${lineOf(document, lines, path)}: ${pathText(path)}${message}`,
        ),
      ),
  }
}

/** Aliases are counted by the parser: a file of a few lines cannot grow to fill the memory. */
const valueOf = (document: Document, refuse: (faults: readonly string[]) => never): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    return refuse([error instanceof Error ? error.message : String(error)])
  }
}

const pathText = (path: readonly PropertyKey[]): string => {
  const text = path.reduce<string>(
    (all, key) =>
      typeof key === 'number' ? `${all}[${key}]` : `${all}${all === '' ? '' : '.'}${String(key)}`,
    '',
  )
  return text === '' ? '' : `${text}: `
}

/** The line of a field, or of the nearest thing around it where it is missing. */
const lineOf = (document: Document, lines: LineCounter, path: readonly PropertyKey[]): number => {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line
  }
  return 1
}
