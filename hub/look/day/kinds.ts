/** Which days are alike: those on which the branch opens and closes at the same times; without a calendar, by weekend. */
import { dayText, weekdayOf } from '#protocol/local-time.ts'
import type { BranchFile } from '../../branch/file.ts'

export const kindOfDay = ({ week, days }: BranchFile['calendar'], day: number): string => {
  const weekday = weekdayOf(day)
  const special = days[dayText(day)]
  if (special !== undefined) return JSON.stringify(special)
  if (Object.keys(week).length > 0) return JSON.stringify(week[weekday as '1'] ?? [])
  return Number(weekday) > 5 ? 'weekend' : 'working-day'
}
