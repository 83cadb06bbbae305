/** The adapter's log: one JSON line each, so that whoever starts it can read, keep and show it. */
import type { Log, LogFields } from './ports.ts'

export const createJsonLog = (parts: {
  readonly now: () => number
  readonly write: (line: string) => void
  /** Fields that every line carries. */
  readonly always?: LogFields
}): Log => {
  const { now, write, always } = parts
  const say = (level: string) => (msg: string, fields?: LogFields) =>
    write(JSON.stringify({ time: new Date(now()).toISOString(), level, msg, ...always, ...fields }))
  return { info: say('info'), warn: say('warn'), error: say('error') }
}
