/** Times as people of the branch read them. */

/** Rounded up: nobody is promised less than they wait. */
export const minutesOf = (ms: number): number => Math.ceil(ms / 60_000)

/** `12 min`, `12分钟`. */
export const waitText = (ms: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(minutesOf(ms))

/** `13:05`. */
export const clockText = (at: number, locale: string, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  )
