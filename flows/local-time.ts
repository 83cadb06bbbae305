/** The branch's own time of day and date, for quiet hours and campaigns; pure: hub time in, text out. */

export interface LocalTime {
  /** `HH:MM` */
  readonly time: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

export const localTime = (at: number, timeZone: string): LocalTime => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return {
    time: `${part('hour')}:${part('minute')}`,
    day: `${part('year')}-${part('month')}-${part('day')}`,
  }
}

/** Local time of a branch: by arithmetic where its offset is kept up to date, because that is done for every event. */
export const branchTime = (
  at: number,
  branch: { readonly timeZone: string; readonly utcOffsetMinutes?: number },
): LocalTime => {
  if (branch.utcOffsetMinutes === undefined) return localTime(at, branch.timeZone)
  const local = at + branch.utcOffsetMinutes * 60_000
  const minutes = Math.floor((local % 86_400_000) / 60_000)
  return {
    time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    day: dateOf(Math.floor(local / 86_400_000)),
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Days since 1970 as a date of the Gregorian calendar; years are counted from March, so that leap days come last. */
const dateOf = (days: number): string => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${two(month)}-${two(day)}`
}

/** Whether a time of day lies in a span; one that ends before it begins goes over midnight. */
export const isWithin = (time: string, span: { readonly from: string; readonly to: string }): boolean =>
  span.from <= span.to ? time >= span.from && time < span.to : time >= span.from || time < span.to
