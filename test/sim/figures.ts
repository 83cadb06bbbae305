/** How much happened in a simulated day: a day in which nothing happened proves nothing. */
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'

export const greetedVisits = (logs: readonly JournalEntry[]): number =>
  new Set(
    logs.flatMap((line) =>
      line.kind === 'begun' && line.capability === 'greet' && line.visit !== undefined ? [line.visit] : [],
    ),
  ).size
