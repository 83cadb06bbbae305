/** How the calls with experts of a recorded day went, as `usher calls day` counts those of the running hub. */
import { CallBook, type CallFigures, type CallsOfDay } from '#hub/figures/calls.ts'
import { type Pair, pair } from '../io/language.ts'
import { endOf, ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import type { Unit } from '../report/values.ts'

export const callsTitle = pair('Calls with experts', '远程专家通话')

export interface CallRow {
  readonly id: string
  readonly label: Pair<string>
  readonly unit: Unit
  readonly of: (figures: CallFigures) => number | null
}

export const callRows: readonly CallRow[] = [
  { id: 'calls', label: pair('Asked for', '请求通话'), unit: 'count', of: ({ calls }) => calls },
  { id: 'callsAnswered', label: pair('Answered', '已接听'), unit: 'count', of: ({ answered }) => answered },
  { id: 'callLevel', label: pair('Answered in time', '及时接听率'), unit: 'share', of: ({ level }) => level },
  {
    id: 'callsAbandoned',
    label: pair('Called off before', '接听前取消'),
    unit: 'count',
    of: ({ abandoned }) => abandoned,
  },
  {
    id: 'callsUnanswered',
    label: pair('Nobody came', '无人接听'),
    unit: 'count',
    of: ({ unanswered }) => unanswered,
  },
  { id: 'callWait', label: pair('Wait, mean', '平均等待'), unit: 'wait', of: ({ waitMs }) => waitMs },
  { id: 'callTalk', label: pair('Call, mean', '平均通话'), unit: 'wait', of: ({ talkMs }) => talkMs },
  {
    id: 'callWrapUp',
    label: pair('Writing up, mean', '平均整理记录'),
    unit: 'wait',
    of: ({ wrapUpMs }) => wrapUpMs,
  },
]

/** @returns null where nobody was asked for. */
export const callFigures = (day: RecordedDay): CallsOfDay | null => {
  const book = new CallBook()
  for (const { at, records } of ownEntries(day)) for (const record of records ?? []) book.note(record, at)
  const figures = book.figures(endOf(day))
  return figures.calls === 0 ? null : figures
}
