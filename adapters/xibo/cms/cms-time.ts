/** Dates as the CMS writes and reads them: its own local time, without saying which. */

/** The database writes a date that it does not have as `0000-00-00 00:00:00`, and sends what it was given. */
const isDate = (ms: number) => ms > 0 && ms <= Date.UTC(9999, 11, 31)

const pattern = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/

export interface CmsTime {
  write(ms: number): string
  /** Also of seconds since 1970, as text or number. @returns undefined for what is no date, and for never (0). */
  read(value: unknown): number | undefined
}

export const createCmsTime = (timeZone: string): CmsTime => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const write = (ms: number) => {
    const { year, month, day, hour, minute, second } = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, value]),
    )
    return `${year}-${month}-${day} ${hour}:${minute}:${second}`
  }
  const asIfUtc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`)
  const local = (text: string) => {
    const wanted = asIfUtc(text)
    if (!isDate(wanted)) return undefined
    let ms = wanted
    // Twice: the first guess may lie on the other side of a change to or from summer time.
    for (let round = 0; round < 2; round += 1) ms += wanted - asIfUtc(write(ms))
    return ms
  }
  return {
    write,
    read(value) {
      const number = typeof value === 'number' || /^\d+$/.test(String(value)) ? Number(value) : undefined
      if (number !== undefined) return isDate(number * 1_000) ? number * 1_000 : undefined
      return typeof value === 'string' && pattern.test(value) ? local(value) : undefined
    },
  }
}
