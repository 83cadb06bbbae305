/** Numbers and times as people of the branch read them: in its time zone, with 24 hours. */
import { createContext, useContext, useMemo } from 'react'
import { localeOf, type Tongue, useTongue } from './words.ts'

export interface Format {
  /** `14 min`: rounded, and less than one is said so. */
  minutes(ms: number): string
  /** `13:05`, of a moment. */
  clock(at: number): string
  /** `13:05:09`. */
  clockSeconds(at: number): string
  /** `Mon 23 Nov`. */
  day(at: number): string
  /** The same of a day by its name, `2026-11-23`: it is that day in every time zone. */
  dayNamed(day: string): string
  /** `48 s`, `3 min 20 s`, `1 h 5 min`. */
  duration(ms: number): string
  /** `0.25` is `25%`. */
  percent(x: number): string
  number(x: number, digits?: number): string
}

const units = {
  zh: { s: ' 秒', min: ' 分钟', h: ' 小时', less: '不到 1 分钟' },
  en: { s: ' s', min: ' min', h: ' h', less: 'under 1 min' },
} as const

export const createFormat = (tongue: Tongue, timeZone: string): Format => {
  const locale = localeOf[tongue]
  const unit = units[tongue]
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const clockSeconds = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const dayParts = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const day = new Intl.DateTimeFormat(locale, { ...dayParts, timeZone })
  const dayByName = new Intl.DateTimeFormat(locale, { ...dayParts, timeZone: 'UTC' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return {
    minutes: (ms) => (ms < 60_000 ? unit.less : `${Math.round(ms / 60_000)}${unit.min}`),
    clock: (at) => clock.format(at),
    clockSeconds: (at) => clockSeconds.format(at),
    day: (at) => day.format(at),
    dayNamed: (name) => dayByName.format(Date.parse(`${name}T00:00:00Z`)),
    duration: (ms) => {
      const seconds = Math.max(0, Math.round(ms / 1000))
      if (seconds < 60) return `${seconds}${unit.s}`
      const minutes = Math.floor(seconds / 60)
      const rest = seconds % 60
      if (minutes < 60) return rest === 0 ? `${minutes}${unit.min}` : `${minutes}${unit.min} ${rest}${unit.s}`
      const left = minutes % 60
      return left === 0
        ? `${Math.floor(minutes / 60)}${unit.h}`
        : `${Math.floor(minutes / 60)}${unit.h} ${left}${unit.min}`
    },
    percent: (x) => percent.format(x),
    number: (x, digits = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        x,
      ),
  }
}

export const TimeZoneContext = createContext('Asia/Shanghai')

export const useFormat = (): Format => {
  const tongue = useTongue()
  const timeZone = useContext(TimeZoneContext)
  return useMemo(() => createFormat(tongue, timeZone), [tongue, timeZone])
}
