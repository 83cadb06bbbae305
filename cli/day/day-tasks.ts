/** The tasks of a recorded day. */
import { type DayTask, TaskBook } from '#hub/figures/tasks.ts'
import { ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'

export const tasksOf = (day: RecordedDay): readonly DayTask[] => {
  const book = new TaskBook()
  for (const entry of ownEntries(day)) book.note(entry)
  return book.all()
}
