/**
 * The hub's log: one JSON object a line, fixed texts with data in fields. `info` is a change of state a manager would
 * understand. What must never be logged is removed here, whoever passes it, however deep it stands.
 */
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

/** No child loggers: what they carry along would pass by the one place that removes secrets. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

const removed = '[removed]'

const secrets: ReadonlySet<string> = new Set(
  ['password', 'claimCode', 'secret', 'token', 'csr', 'privateKey', 'authorization'].map((name) =>
    name.toLowerCase(),
  ),
)

/** A private key in PEM, in whatever text it stands. */
const pemKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/** Nothing that is worth a line in the log nests deeper. */
const depthMax = 8

const clean = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return pemKey.test(value) ? removed : value
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return cleanFields(stdSerializers.err(value), depth)
  if (depth === depthMax || ArrayBuffer.isView(value)) return removed
  return Array.isArray(value) ? value.map((item) => clean(item, depth + 1)) : cleanFields(value, depth)
}

const cleanFields = (value: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secrets.has(name.toLowerCase()) ? removed : clean(inner, depth + 1),
    ]),
  )

const cleanLine = (line: Record<string, unknown>) => cleanFields(line, 0)

export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: cleanLine },
      // Errors are taken apart before, so that their fields are cleaned too.
      serializers: { err: (error: unknown) => error },
    },
    ...(destination === undefined ? [] : ([destination] as const)),
  )
