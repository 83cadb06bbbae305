/** Times of a simulated day: milliseconds since local midnight, written as the clock on the branch's wall shows them. */
import { z } from 'zod'
import { dayMs, minuteMs } from '#protocol/local-time.ts'

export const secondMs = 1_000
export const hourMs = 3_600_000

/** `09:30`, `09:30:15` or `24:00`; read as milliseconds since midnight. */
export const TimeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00)$/, 'a time of day such as 09:30 or 09:30:15')
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
    return hours * hourMs + minutes * minuteMs + seconds * secondMs
  })

const two = (value: number) => String(value).padStart(2, '0')

export const clockText = (atMs: number): string => {
  const seconds = Math.floor(atMs / secondMs)
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const offsetMinutes = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const [month, day, year, hour, minute] = ['month', 'day', 'year', 'hour', 'minute'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  )
  const local = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute)
  return Math.round((local - Math.floor(at / minuteMs) * minuteMs) / minuteMs)
}

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** @returns when that day's local midnight is, in milliseconds since 1970, by the offset in force at noon. */
export const midnightUtcMs = (date: string, timeZone: string): number => {
  const utc = Date.parse(`${date}T00:00:00Z`)
  return utc - offsetMinutes(utc + dayMs / 2, timeZone) * minuteMs
}
