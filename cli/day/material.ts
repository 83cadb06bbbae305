/** What the figures of a real day are made from: its tickets, its tasks, and what was decided, each read once. */
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { DayTask } from '#hub/figures/tasks.ts'
import type { RecordedTicket } from '#hub/figures/tickets.ts'
import { recordedTickets } from '../journal/day-tickets.ts'
import { ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { tasksOf } from './day-tasks.ts'

export interface Told {
  readonly at: number
  readonly record: DecisionRecord
}

export interface Material {
  readonly day: RecordedDay
  readonly tickets: readonly RecordedTicket[]
  readonly tasks: readonly DayTask[]
  readonly told: readonly Told[]
}

export const materialOf = (day: RecordedDay): Material => ({
  day,
  tickets: recordedTickets(day),
  tasks: tasksOf(day),
  told: ownEntries(day).flatMap(({ at, records }) => (records ?? []).map((record) => ({ at, record }))),
})
