/** What the clock on the wall of the branch says, wherever the computer of the screen thinks it is. */

export interface LocalTime {
  /** 2026-10-01 */
  readonly day: string
  readonly msOfDay: number
  /** ISO: 1 is Monday. */
  readonly weekday: number
}

export const dayMs = 86_400_000

export interface WallClock {
  at(now: number): LocalTime
}

const formatterOf = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('en-CA', {
    ...(timeZone !== undefined && { timeZone }),
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })

/** @param timeZone one that the browser does not know counts as the computer's own */
export const createWallClock = (timeZone: string | undefined): WallClock => {
  let format: Intl.DateTimeFormat
  try {
    format = formatterOf(timeZone)
  } catch {
    format = formatterOf(undefined)
  }
  return {
    at(now) {
      const parts: Record<string, string> = {}
      for (const { type, value } of format.formatToParts(now)) parts[type] = value
      const [hour = 0, minute = 0, second = 0] = ['hour', 'minute', 'second'].map((part) =>
        Number(parts[part]),
      )
      const day = `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`
      const sunday0 = new Date(`${day}T00:00:00Z`).getUTCDay()
      return {
        day,
        msOfDay: ((hour * 60 + minute) * 60 + second) * 1_000 + (((now % 1_000) + 1_000) % 1_000),
        weekday: sunday0 === 0 ? 7 : sunday0,
      }
    },
  }
}

export const dayBefore = (day: string): string =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() - dayMs).toISOString().slice(0, 10)
