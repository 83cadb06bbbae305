/** Small facts of a recorded day that several parts ask for. */
import { fileOfDay } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { answeredTask, type DayEntry, isKept, isOwn } from './day-entries.ts'
import { personPrefix } from './recorded-answers.ts'
import type { WhatIf } from './result.ts'

/** robot, screen, kiosk …; people are one kind. */
export const kindsOf = (day: RecordedDay): ((member: string) => string) => {
  const kinds = new Map<string, string>(fileOfDay(day)?.devices.map(({ id, kind }) => [id, kind]))
  return (member) => (member.startsWith(personPrefix) ? 'person' : (kinds.get(member) ?? 'device'))
}

export const entryCounts = (day: RecordedDay): WhatIf['entries'] => {
  const within = day.entries.filter(({ at }) => at >= day.fromMs)
  const kept = within.filter(isKept)
  const own = kept.filter(isOwn).length
  const answers = kept.filter((entry: DayEntry) => !isOwn(entry) && answeredTask(entry) !== undefined).length
  return {
    recorded: within.length,
    replayed: kept.length - own - answers,
    answers,
    own,
    erased: day.erased.bodies,
    recordsErased: day.erased.records,
  }
}
