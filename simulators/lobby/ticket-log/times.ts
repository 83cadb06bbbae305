/** Times of a ticket log, in the format its system writes: `yyyy-MM-dd HH:mm:ss` and whatever can be said like it. */

export interface LogTime {
  /** `YYYY-MM-DD`; undefined: the format has no day. */
  readonly date: string | undefined
  /** Since midnight. */
  readonly atMs: number
}

export type ReadTime = (text: string) => LogTime | undefined

const parts: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{2})`,
  d: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<hour>\d{2})`,
  h: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})`,
  SSS: String.raw`(?<fraction>\d{1,6})`,
  a: '(?<half>AM|PM|am|pm)',
}

const partPattern = /yyyy|SSS|MM|M|dd|d|HH|H|hh|h|mm|ss|a|'[^']*'|[^a-zA-Z']/g

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * @param format of `yyyy MM M dd d HH H hh h mm ss SSS a` and the marks between them; letters as such in single quotes.
 * @returns undefined when the format itself cannot be understood.
 */
export const timeReader = (format: string): ReadTime | undefined => {
  const pieces = format.match(partPattern) ?? []
  if (pieces.join('') !== format || !/[Hh]/.test(format) || !format.includes('mm')) return undefined
  const source = pieces.map(
    (piece) => parts[piece] ?? escaped(piece.startsWith("'") ? piece.slice(1, -1) : piece),
  )
  let pattern: RegExp
  try {
    pattern = new RegExp(`^${source.join('')}$`)
  } catch {
    // A part was named twice.
    return undefined
  }
  return (text) => {
    const found = pattern.exec(text.trim())?.groups
    return found === undefined ? undefined : timeOf(found)
  }
}

const timeOf = (found: Readonly<Record<string, string | undefined>>): LogTime | undefined => {
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction, half } = found
  const isAfternoon = half?.toLowerCase() === 'pm'
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const date = year === undefined ? undefined : `${year}-${two(month)}-${two(day)}`
  if (date !== undefined && !isDay(date)) return undefined
  const ms = fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1_000)
  return { date, atMs: ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + ms }
}

const two = (text: string | undefined) => (text ?? '1').padStart(2, '0')

const isDay = (date: string) => {
  const read = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === date
}
