/** Figures as people read them: units, no false precision, and a dash for what is not known. */

export const units = ['wait', 'seconds', 'share', 'count', 'number', 'points'] as const
/** `wait`: minutes and seconds. `seconds`: with tenths, and milliseconds below one, for reactions. `points`: a difference of two shares. */
export type Unit = (typeof units)[number]

export const unknown = '–'
const minus = '\u2212'

const waitText = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(seconds % 60).padStart(2, '0')} min`
}

const text = (value: number, unit: Unit): string => {
  switch (unit) {
    case 'wait':
      return waitText(value)
    case 'seconds':
      if (value < 950) return `${Math.round(value)} ms`
      return `${(value / 1_000).toFixed(value < 99_950 ? 1 : 0)} s`
    case 'share':
      return `${(value * 100).toFixed(1)} %`
    case 'points':
      return `${(value * 100).toFixed(1)} points`
    case 'count':
      return Number.isInteger(value) ? String(value) : value.toFixed(1)
    case 'number':
      return value.toFixed(2)
  }
}

export const valueText = (value: number | null, unit: Unit): string => {
  if (value === null || Number.isNaN(value)) return unknown
  return value < 0 ? `${minus}${text(-value, unit)}` : text(value, unit)
}

/** With its sign; no sign where what is shown is zero. */
export const differenceText = (value: number | null, unit: Unit): string => {
  if (value === null || Number.isNaN(value)) return unknown
  const shown = text(Math.abs(value), unit === 'share' ? 'points' : unit)
  if (!/[1-9]/.test(shown)) return shown
  return `${value < 0 ? minus : '+'}${shown}`
}

/** `from … to …`, in the unit of the difference. */
export const intervalText = (interval: { readonly low: number; readonly high: number }, unit: Unit): string =>
  `${differenceText(interval.low, unit)} to ${differenceText(interval.high, unit)}`

/** Whole numbers too long to be read at a glance. */
export const groupedText = (value: number): string => value.toLocaleString('en-US')

const two = (value: number) => String(value).padStart(2, '0')

/** Time of day, of a moment counted from midnight. */
export const timeOfDay = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}
