/** Times and durations as people write and read them. */
import { InvalidArgumentError } from 'commander'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `10m`, `1h30m` in milliseconds. */
export const parseDuration = (text: string): number => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text)
    throw new InvalidArgumentError('Write a duration like 90s, 10m or 1h30m.')
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0))
}

/** `2026-03-02`, a day that there is. */
export const parseDay = (text: string): string => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Write a day like 2026-03-02.')
  return text
}

/** `14:05` or `14:05:30` is the last such time of this machine's day; anything else as ISO 8601. */
export const parseTime = (text: string, nowMs: number): number => {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (clock === null) {
    const at = Date.parse(text)
    if (Number.isNaN(at)) throw new InvalidArgumentError('Write a time like 14:05, or 2026-03-31T14:05.')
    return at
  }
  const day = new Date(nowMs)
  day.setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0)
  return day.getTime() > nowMs ? day.getTime() - 86_400_000 : day.getTime()
}

const two = (value: number) => String(value).padStart(2, '0')

/** Of this machine's time zone. */
export const clockTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

export const dateTime = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`
}

/** `14:05` in the branch's own time: whoever asks may sit elsewhere. */
export const clockIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

/** `2026-03-02 14:05:30`, likewise. */
export const momentIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)

/** `850 ms`, `12 s`, `3 min`, `2 h`. */
export const ago = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return `${Math.round(ms / 3_600_000)} h`
}
