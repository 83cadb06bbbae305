/** The hub's log as lines for a person at a terminal; the same log is JSON lines everywhere else. */
import { printable } from '../io/printable.ts'
import { clockTime } from '../io/time.ts'

interface Line {
  readonly level: string
  readonly time: string
  readonly msg: string
  readonly err?: { readonly code?: string; readonly message?: string; readonly stack?: string }
}

const quiet = new Set(['level', 'time', 'msg', 'err'])

const valueOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

export const prettyLine = (json: string): string => {
  const line = JSON.parse(json) as Line
  const fields = Object.entries(line)
    .filter(([name]) => !quiet.has(name))
    .map(([name, value]) => `${name}=${valueOf(value)}`)
  const error = line.err === undefined ? [] : [line.err.stack ?? line.err.message ?? '']
  const mark = line.level === 'info' ? '' : `${line.level.toUpperCase()} `
  return printable([clockTime(Date.parse(line.time)), `${mark}${line.msg}`, ...fields, ...error].join('  '))
}

/** A destination for the logger. */
export const prettyDestination = (write: (text: string) => void) => ({
  write: (json: string) => write(`${prettyLine(json)}\n`),
})
