/** Figures as people read them: units, no false precision, and a dash for what is not known. */
import { locales, type Tongue } from '../io/language.ts'
import { ago } from '../io/time.ts'

export const units = ['wait', 'seconds', 'share', 'count', 'number', 'points'] as const
/** `wait`: minutes and seconds. `seconds`: with tenths, and milliseconds below one, for reactions. `points`: a difference of two shares. */
export type Unit = (typeof units)[number]

export const unknown = '–'
const minus = '\u2212'

/** With the separators of the language, and so many digits behind the point. */
export const numberText = (value: number, digits: number, tongue: Tongue): string =>
  new Intl.NumberFormat(locales[tongue], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(value.toFixed(digits)))

type Said = (value: number) => string
type UnitWords = Readonly<Record<Unit, Said>>

const reaction = (
  ms: number,
  say: { readonly milliseconds: Said; readonly seconds: (digits: number) => string },
) => (ms < 950 ? say.milliseconds(Math.round(ms)) : say.seconds(ms < 99_950 ? 1 : 0))

const english: UnitWords = {
  wait: (ms) => {
    const seconds = Math.round(ms / 1_000)
    return `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`
  },
  seconds: (ms) =>
    reaction(ms, {
      milliseconds: (value) => `${value} ms`,
      seconds: (digits) => `${numberText(ms / 1_000, digits, 'en')} s`,
    }),
  share: (value) => `${numberText(value * 100, 1, 'en')} %`,
  points: (value) => `${numberText(value * 100, 1, 'en')} points`,
  count: (value) => numberText(value, Number.isInteger(value) ? 0 : 1, 'en'),
  number: (value) => numberText(value, 2, 'en'),
}

/** As people say them: `45 秒`, `8 分 12 秒`, `3 小时 5 分`; nothing that is zero is named. */
const chineseWait = (ms: number): string => {
  const all = Math.round(ms / 1_000)
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60]
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`
  if (minutes === 0) return `${seconds} 秒`
  return seconds > 0 ? `${minutes} 分 ${seconds} 秒` : `${minutes} 分钟`
}

const chinese: UnitWords = {
  wait: chineseWait,
  seconds: (ms) =>
    reaction(ms, {
      milliseconds: (value) => `${value} 毫秒`,
      seconds: (digits) => `${numberText(ms / 1_000, digits, 'zh')} 秒`,
    }),
  share: (value) => `${numberText(value * 100, 1, 'zh')}%`,
  points: (value) => `${numberText(value * 100, 1, 'zh')} 个百分点`,
  count: (value) => numberText(value, Number.isInteger(value) ? 0 : 1, 'zh'),
  number: (value) => numberText(value, 2, 'zh'),
}

const words: Readonly<Record<Tongue, UnitWords>> = { en: english, zh: chinese }

export const valueText = (value: number | null, unit: Unit, tongue: Tongue): string => {
  if (value === null || Number.isNaN(value)) return unknown
  const text = words[tongue][unit](Math.abs(value))
  return value < 0 ? `${minus}${text}` : text
}

/** With its sign; no sign where what is shown is zero. */
export const differenceText = (value: number | null, unit: Unit, tongue: Tongue): string => {
  if (value === null || Number.isNaN(value)) return unknown
  const shown = words[tongue][unit === 'share' ? 'points' : unit](Math.abs(value))
  if (!/[1-9]/.test(shown)) return shown
  return `${value < 0 ? minus : '+'}${shown}`
}

/** `from … to …`, in the unit of the difference. */
export const intervalText = (
  { low, high }: { readonly low: number; readonly high: number },
  unit: Unit,
  tongue: Tongue,
): string =>
  [low, high].map((end) => differenceText(end, unit, tongue)).join(tongue === 'zh' ? ' 至 ' : ' to ')

/** A length of time that somebody set, or that is left: `20 min`, `20 分钟`. */
export const lengthText = (ms: number, tongue: Tongue): string =>
  tongue === 'en' ? ago(ms) : chineseWait(ms)

/** A calendar day: `2026-03-02`, `2026年3月2日`. */
export const calendarDay = (day: string, tongue: Tongue): string =>
  tongue === 'en'
    ? day
    : new Intl.DateTimeFormat(locales.zh, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))

const two = (value: number) => String(value).padStart(2, '0')

/** Time of day, of a moment counted from midnight. */
export const timeOfDay = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}
