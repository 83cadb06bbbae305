/** What a device remembers of its earlier lives, out of its own log. */
import { isFinal, nameOf, type Recollection } from '#adapters/sdk/attempts.ts'
import { Report } from '#protocol/messages.ts'
import { parseTopic } from '#protocol/topics.ts'
import type { JournalEntry } from './journal-entry.ts'

export const recollectionsOf = (entries: readonly JournalEntry[]): Recollection[] =>
  entries.flatMap((entry): Recollection[] => {
    if (entry.kind === 'acknowledged') return heard(entry)
    if (!('attempt' in entry)) return []
    const name = nameOf(entry)
    if (entry.kind === 'begun') return [{ kind: 'begun', ...name }]
    if (entry.kind === 'finished') {
      // Kept for the case that it died before it could report; a report that follows in the log replaces it.
      const result = entry.result === undefined ? {} : { result: entry.result }
      return [{ kind: 'reported', ...name, report: { status: entry.outcome, ...result } }]
    }
    if (entry.kind !== 'reported') return [{ kind: 'offered', ...name }]
    const { attempt: _attempt, epoch: _epoch, boot: _boot, n: _n, ...report } = entry.report
    return [{ kind: 'reported', ...name, report }]
  })

const heard = ({ topic, payload }: { topic: string; payload: string }): Recollection[] => {
  const parts = parseTopic(topic)
  if (parts?.channel !== 'report') return []
  const report = Report.safeParse(JSON.parse(payload)).data
  if (report === undefined || !isFinal(report)) return []
  return [{ kind: 'heard', task: parts.task, attempt: report.attempt, epoch: report.epoch }]
}
