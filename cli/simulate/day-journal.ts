/** What a simulated device remembers of its day: everything it did, without a copy of every event it sent. */
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { Journal } from '#simulators/devices/ports.ts'

/** Only the acknowledgement of a report matters to a device that comes back. */
const isNeeded = (entry: JournalEntry) => entry.kind !== 'acknowledged' || entry.topic.endsWith('/report')

export const createDayJournal = (): Journal => {
  const entries: JournalEntry[] = []
  return {
    entries: () => entries,
    write: (entry) => {
      if (isNeeded(entry)) entries.push(entry)
    },
    close: () => {},
  }
}
