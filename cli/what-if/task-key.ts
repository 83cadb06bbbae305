/**
 * The name of a task that is the same in every run of a day: for whom it is, not which entry began it. Visits keep
 * their ids from run to run, because the entries that begin them keep their numbers.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Subject } from '#protocol/intents.ts'

/** The narrowest thing it is about. */
export const subjectKey = (subject: Subject): string => {
  const { visit, ticket } = subject
  if (visit !== undefined || ticket !== undefined) return `${visit ?? ''}/${ticket ?? ''}`
  const { zone, service, device, counter, campaign } = subject
  return [zone, service, device, counter, campaign].map((part) => part ?? '').join('/')
}

export const taskKey = ({ flow, intent }: TaskRow): string =>
  `${flow}|${intent.capability}|${intent.ref}|${subjectKey(intent.subject)}`
