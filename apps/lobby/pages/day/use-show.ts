/** Figures as they are read: counts, shares and times. */
import type { DayFigure } from '#protocol/desk/look/day.ts'
import { useFormat } from '../../../ui/format.ts'

const minute = 60_000

export const useShow = (): ((value: number, unit: DayFigure['unit']) => string) => {
  const { number, percent, duration } = useFormat()
  return (value, unit) => {
    if (unit === 'share') return percent(value)
    if (unit === 'count') return number(Math.round(value))
    const size = Math.abs(value)
    // Seconds say something of short times only.
    const rounded = size >= 10 * minute ? Math.round(size / minute) * minute : size
    return `${value < 0 && rounded >= 500 ? '−' : ''}${duration(rounded)}`
  }
}

/** `8 – 14 min`, or one value where all days were alike. */
export const useRange = () => {
  const show = useShow()
  return ({ usual, unit }: DayFigure): { readonly low: string; readonly high: string } | null =>
    usual === null ? null : { low: show(usual.low, unit), high: show(usual.high, unit) }
}
