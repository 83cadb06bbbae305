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
    const rounded = size >= 3 * minute ? Math.round(size / minute) * minute : size
    return `${value < 0 && rounded >= 500 ? '−' : ''}${duration(rounded)}`
  }
}

/** `8` and `14 min`: a unit that both have is said once. */
const shortened = (low: string, high: string): string => {
  const [, number, unit] = /^([\d.,−]+)(\D*)$/.exec(low) ?? []
  return number !== undefined && /^[\d.,−]+(\D*)$/.exec(high)?.[1] === unit ? number : low
}

/** Between what it usually lies; null: nobody knows. */
export const useRange = () => {
  const show = useShow()
  return ({ usual, unit }: DayFigure): { readonly low: string; readonly high: string } | null => {
    if (usual === null) return null
    const [low, high] = [show(usual.low, unit), show(usual.high, unit)]
    return { low: low === high ? low : shortened(low, high), high }
  }
}
