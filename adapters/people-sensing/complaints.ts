/** Troubles counted by code, and logged once per kind and minute: a sensor that talks nonsense must not fill a disk. */
import { type TroubleCode, troubles } from './troubles.ts'

interface Log {
  warn(text: string, fields?: Readonly<Record<string, unknown>>): void
}

export interface Complaints {
  note(code: TroubleCode, about: { readonly source: string; readonly times?: number | undefined }): void
  all(): Readonly<Record<string, number>>
}

const quietMs = 60_000

export const createComplaints = (parts: { readonly log: Log; readonly now: () => number }): Complaints => {
  const { log, now } = parts
  const counts = new Map<TroubleCode, number>()
  const told = new Map<string, { at: number; since: number }>()
  return {
    note(code, { source, times = 1 }) {
      counts.set(code, (counts.get(code) ?? 0) + times)
      const kind = `${source} ${code}`
      const before = told.get(kind)
      if (before !== undefined && now() - before.at < quietMs) {
        before.since += times
        return
      }
      log.warn(troubles[code], { code, source, times: times + (before?.since ?? 0) })
      told.set(kind, { at: now(), since: 0 })
    },
    all: () => Object.fromEntries(counts),
  }
}
