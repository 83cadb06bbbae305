/**
 * The hub's log: one JSON object a line, fixed texts with data in fields. `info` is a change of state a manager would
 * understand. What must never be logged is removed here, whoever passes it.
 */
import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

const secrets = ['password', 'claimCode', 'secret', 'token', 'csr', 'privateKey']

export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    },
    ...(destination === undefined ? [] : ([destination] as const)),
  )
