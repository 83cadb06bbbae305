/** What a device says that it should not: counted, and told once for each kind, since it must not fill a disk. */
import type { Log } from '../sdk/ports.ts'

export interface Oddities<Code extends string> {
  note(code: Code, about?: Readonly<Record<string, unknown>>): void
  all(): Readonly<Record<string, number>>
}

/** @param words what each kind means, for the log. */
export const createOddities = <Code extends string>(
  log: Log,
  words: Readonly<Record<Code, string>>,
): Oddities<Code> => {
  const counts = new Map<Code, number>()
  return {
    note(code, about = {}) {
      const times = (counts.get(code) ?? 0) + 1
      counts.set(code, times)
      if (times === 1) log.warn(words[code], { code, ...about })
    },
    all: () => Object.fromEntries(counts),
  }
}
