/** Troubles counted by code, and logged once per kind and minute: a system that talks nonsense must not fill a disk. */
import type { Log } from '../sdk/ports.ts'

export interface Complaints<Code extends string> {
  note(code: Code, about: { readonly source: string; readonly times?: number | undefined }): void
  all(): Readonly<Record<string, number>>
}

const quietMs = 60_000

export const createComplaints = <Code extends string>(parts: {
  readonly log: Pick<Log, 'warn'>
  readonly now: () => number
  /** What each code means, for the log. */
  readonly words: Readonly<Record<Code, string>>
}): Complaints<Code> => {
  const { log, now, words } = parts
  const counts = new Map<Code, number>()
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
      log.warn(words[code], { code, source, times: times + (before?.since ?? 0) })
      told.set(kind, { at: now(), since: 0 })
    },
    all: () => Object.fromEntries(counts),
  }
}
