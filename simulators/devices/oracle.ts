/** Judges by the devices' own logs: what was really done twice, and what the hub promised to keep. */
import { parseTopic } from '#protocol/topics.ts'
import type { EntryKind, JournalEntry } from './journal-entry.ts'

type OfKind<K extends EntryKind> = Extract<JournalEntry, { kind: K }>

export interface Twice {
  /** The visit, or the task. */
  readonly subject: string
  /** Everything that was done for it, in order of time. */
  readonly acts: readonly JournalEntry[]
}

export interface AcknowledgedMessage {
  readonly device: string
  readonly boot: string
  readonly n: number
  readonly topic: string
  readonly body: unknown
  readonly at: number
}

const ofKind = <K extends EntryKind>(entries: readonly JournalEntry[], ...wanted: readonly K[]) =>
  entries.filter((entry): entry is OfKind<K> => (wanted as readonly string[]).includes(entry.kind))

const twice = <E extends JournalEntry>(
  acts: readonly E[],
  subjectOf: (act: E) => string | undefined,
): Twice[] => {
  const bySubject = new Map<string, E[]>()
  for (const act of acts) {
    const subject = subjectOf(act)
    if (subject !== undefined) bySubject.set(subject, [...(bySubject.get(subject) ?? []), act])
  }
  return [...bySubject]
    .filter(([, list]) => list.length > 1)
    .map(([subject, list]) => ({ subject, acts: list.toSorted((a, b) => a.at - b.at) }))
}

/** Visits that heard or saw a greeting from more than one task or attempt, on whatever devices. */
export const greetedTwice = (entries: readonly JournalEntry[]): Twice[] =>
  twice(
    ofKind(entries, 'begun').filter(({ capability }) => capability === 'greet'),
    ({ visit }) => visit,
  )

/** Attempts that were begun more than once: a device that did not recognise a repeated message. */
export const attemptsBegunTwice = (entries: readonly JournalEntry[]): Twice[] =>
  twice(ofKind(entries, 'begun'), (act) => `${act.device}/${act.task}/${act.attempt}/${act.epoch}`)

/** Tasks of the given capabilities that were begun by any two attempts; for those that may happen at most once. */
export const tasksBegunTwice = (
  entries: readonly JournalEntry[],
  capabilities: readonly string[] = ['greet', 'announce', 'promote', 'offer-service'],
): Twice[] =>
  twice(
    ofKind(entries, 'begun').filter(
      ({ capability }) => capability !== undefined && capabilities.includes(capability),
    ),
    ({ task }) => task,
  )

/** Two promotions before one visit at the same moment. */
export const promotedAtOnce = (entries: readonly JournalEntry[]): Twice[] => {
  const ends = new Map(
    ofKind(entries, 'finished').map((end) => [`${end.device}/${end.task}/${end.attempt}`, end.at]),
  )
  const byVisit = twice(
    ofKind(entries, 'begun').filter(({ capability }) => capability === 'promote'),
    ({ visit }) => visit,
  )
  return byVisit.filter(({ acts }) =>
    (acts as OfKind<'begun'>[]).some((act, index) => {
      const next = acts[index + 1]
      const endedAt = ends.get(`${act.device}/${act.task}/${act.attempt}`)
      return next !== undefined && endedAt !== undefined && next.at < endedAt
    }),
  )
}

/** What the hub has acknowledged, and so must have kept through every crash. */
export const acknowledged = (entries: readonly JournalEntry[]): AcknowledgedMessage[] =>
  ofKind(entries, 'acknowledged').map(({ device, boot, n, topic, payload, at }) => ({
    device,
    boot,
    n,
    topic,
    body: JSON.parse(payload) as unknown,
    at,
  }))

export const acknowledgedEvents = (entries: readonly JournalEntry[]): AcknowledgedMessage[] =>
  acknowledged(entries).filter(({ topic }) => parseTopic(topic)?.channel === 'event')

/** Tasks that a device says it did, by its log and not by its report. */
export const tasksDone = (entries: readonly JournalEntry[]): string[] => [
  ...new Set(
    ofKind(entries, 'finished')
      .filter(({ outcome }) => outcome === 'done')
      .map(({ task }) => task),
  ),
]
