/**
 * What must hold after a crash run. The judge believes the devices' own logs; the hub's data is asked only whether it
 * knows what it has acknowledged and ended what it began.
 */
import { isFinal } from '#hub/dispatch/life.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { capabilities, isCapability } from '#protocol/capabilities.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import {
  acknowledged,
  attemptsBegunTwice,
  greetedTwice,
  promotedAtOnce,
  tasksBegunTwice,
} from '#simulators/devices/oracle.ts'
import type { Evidence } from './evidence.ts'
import type { Answer } from './staff.ts'

export interface Broken {
  readonly promise: string
  readonly evidence: string
}

const breach = (promise: string, evidence: unknown): Broken => ({
  promise,
  evidence: typeof evidence === 'string' ? evidence : JSON.stringify(evidence).slice(0, 1_000),
})

const nothingTwice = ({ logs }: Evidence): Broken[] => [
  ...greetedTwice(logs).map((twice) => breach('a visit was greeted twice', twice)),
  ...attemptsBegunTwice(logs).map((twice) => breach('an attempt was begun twice', twice)),
  ...tasksBegunTwice(logs).map((twice) => breach('a task that may happen once was begun twice', twice)),
  ...promotedAtOnce(logs).map((twice) => breach('two promotions at once', twice)),
]

/** A device that sends again what it has no acknowledgement for is heard once. */
const journalledOnce = ({ entries }: Evidence) => {
  const numbers = new Set<string>()
  const broken: Broken[] = []
  for (const { body, numbering, seq } of entries) {
    if (numbering === undefined || !('device' in body)) continue
    const key = `${body.device}/${numbering.boot}/${numbering.n}`
    if (numbers.has(key)) broken.push(breach('a message was taken twice', `${key} again in entry ${seq}`))
    numbers.add(key)
  }
  return { numbers, broken }
}

/**
 * The load is valid, so an event may never be refused; a report may, when it comes after everything is over, and then
 * the device was told.
 */
const nothingLost = ({ logs }: Evidence, numbers: ReadonlySet<string>): Broken[] => {
  const refusals = new Map<string, number>()
  for (const line of logs)
    if (line.kind === 'told') refusals.set(line.device, (refusals.get(line.device) ?? 0) + 1)
  return acknowledged(logs).flatMap((message) => {
    const { device, boot, n, topic } = message
    if (numbers.has(`${device}/${boot}/${n}`)) return []
    const left = refusals.get(device) ?? 0
    if (!topic.includes('/event/') && left > 0) {
      refusals.set(device, left - 1)
      return []
    }
    return [breach('an acknowledged message was lost', message)]
  })
}

const offered = (logs: readonly JournalEntry[]) => [
  ...new Set(
    logs.flatMap((line) => (line.kind === 'received' && line.message === 'offer' ? [line.task] : [])),
  ),
]

const everythingEnded = ({ logs, tasks, decided }: Evidence): Broken[] => {
  const known = new Map(tasks.map((task) => [task.id, task]))
  const open = tasks.filter((task) => !isFinal(task.phase))
  return [
    ...open.map((task) => breach('a task never ended', task)),
    ...[...decided]
      .filter((id) => !known.has(id))
      .map((id) => breach('a task was lost', `${id} was decided`)),
    ...offered(logs)
      .filter((id) => !known.has(id))
      .map((id) => breach('a task was lost', `${id} was offered to a device`)),
  ]
}

/** These say that nobody did it, and so that a person may think it still has to be done. */
const deniesIt = ({ phase }: TaskRow) => phase === 'refused' || phase === 'expired'

/** What may happen once and did begin is never called undone. */
const toldTruly = ({ logs, tasks }: Evidence): Broken[] => {
  const begun = new Set(logs.flatMap((line) => (line.kind === 'begun' ? [line.task] : [])))
  return tasks
    .filter(
      ({ intent }) =>
        isCapability(intent.capability) && capabilities[intent.capability].repeat === 'at-most-once',
    )
    .filter((task) => begun.has(task.id) && deniesIt(task))
    .map((task) => breach('what was begun is called undone', task))
}

const answerKey = ({ task, by, status }: Pick<Answer, 'task' | 'by' | 'status'>) => `${task} ${by} ${status}`

const saidByPeople = (entries: Evidence['entries']) =>
  new Set(
    entries.flatMap(({ body }) =>
      body.kind === 'command' && body.command.name === 'task.report' ? [answerKey(body.command)] : [],
    ),
  )

/** What of the task as it was shown to the person who answered is no longer so. */
const takenBack = (shown: TaskRow, now: TaskRow | undefined): string | undefined => {
  if (now === undefined) return 'the task is gone'
  if (isFinal(shown.phase) && now.phase !== shown.phase) return `${shown.phase} has become ${now.phase}`
  for (const [index, attempt] of shown.attempts.entries())
    for (const fact of ['acceptedAt', 'startedAt', 'endedAt', 'end'] as const)
      if (attempt[fact] !== null && now.attempts[index]?.[fact] !== attempt[fact])
        return `${fact} of attempt ${attempt.number} is no longer ${attempt[fact]}`
  return undefined
}

/** Whoever was told that their answer is noted finds it in the journal, and in the task. */
const answersKept = ({ answered, tasks, entries }: Evidence): Broken[] => {
  const rows = new Map(tasks.map((task) => [task.id, task]))
  const said = saidByPeople(entries)
  return answered.flatMap((answer) => {
    const how = said.has(answerKey(answer))
      ? takenBack(answer.row, rows.get(answer.task))
      : 'not in the journal'
    return how === undefined ? [] : [breach("a person's answer was lost", `${answerKey(answer)}: ${how}`)]
  })
}

export const judge = (evidence: Evidence): readonly Broken[] => {
  const { numbers, broken } = journalledOnce(evidence)
  return [
    ...nothingTwice(evidence),
    ...broken,
    ...nothingLost(evidence, numbers),
    ...everythingEnded(evidence),
    ...toldTruly(evidence),
    ...answersKept(evidence),
    ...(evidence.verdict.ok ? [] : [breach('the chain is broken', evidence.verdict)]),
    ...(evidence.endLost ? [breach('the end of the journal was lost', 'see its note in data/witness')] : []),
    ...evidence.complaints.map((text) => breach('the hub complained', text)),
  ]
}
