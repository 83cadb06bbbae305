/** What is asked of one person: to be answered, under way, and what became of it; and the alerts that wait for him. */
import type { LiveAlert, LiveTask } from '#protocol/desk/live/work-rows.ts'

export interface Mine {
  /** Waits for a yes or no; what has the least time left first. */
  readonly asked: readonly LiveTask[]
  readonly going: readonly LiveTask[]
  /** Newest first. */
  readonly ended: readonly LiveTask[]
}

const endedMax = 5
const last = Number.MAX_SAFE_INTEGER

const byDue = (a: LiveTask, b: LiveTask) =>
  (a.dueAt ?? last) - (b.dueAt ?? last) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

export const memberOf = (person: string): string => `person/${person}`

export const mineOf = (tasks: readonly LiveTask[], person: string): Mine => {
  const own = tasks.filter(({ member }) => member === memberOf(person))
  const open = own.filter(({ endedAt, suggested }) => endedAt === null && !suggested)
  return {
    asked: open.filter(({ phase }) => phase === 'offered').sort(byDue),
    going: open.filter(({ phase }) => phase === 'accepted' || phase === 'started').sort(byDue),
    // What was passed on to another before it ended was not his.
    ended: own
      .filter(({ endedAt, acceptedAt }) => endedAt !== null && acceptedAt !== null)
      .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
      .slice(0, endedMax),
  }
}

const isOpen = ({ clearedAt, shelved }: LiveAlert) => clearedAt === null && shelved === null

/** Those that nobody has while it is this person's turn, and those that he has. */
export const alertsOf = (alerts: readonly LiveAlert[], person: string): readonly LiveAlert[] =>
  alerts
    .filter(
      (alert) =>
        isOpen(alert) &&
        (alert.claimedBy === person || (alert.claimedBy === null && alert.turnOf === person)),
    )
    .sort((a, b) => a.since - b.since)
