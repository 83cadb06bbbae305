/** Where things stand on the chart of a threshold, and which value a finger on it means. */
export interface Reading {
  readonly at: number
  readonly value: number
}

export interface Scale {
  readonly width: number
  readonly height: number
  /** The value at the upper edge. */
  readonly top: number
  readonly now: number
  readonly windowMs: number
}

const heads = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]

/** A round number with room above the largest, so that a line can still be drawn upwards. @param unit of what is shown */
export const topFor = (largest: number, unit: number): number => {
  const wanted = Math.max(largest / unit, 1) * 1.25
  const power = 10 ** Math.floor(Math.log10(wanted))
  return (heads.find((head) => head * power >= wanted) ?? 10) * power * unit
}

const round = (x: number) => Math.round(x * 10) / 10

export const yOf = (value: number, { height, top }: Pick<Scale, 'height' | 'top'>): number =>
  round(height - (Math.min(Math.max(value, 0), top) / top) * height)

/** Steps: a count stays what it is until it changes. Empty: nothing is known. */
export const pathOf = (readings: readonly Reading[], scale: Scale): string => {
  const { width, now, windowMs } = scale
  const x = (at: number) => round(Math.min(width, Math.max(0, (1 - (now - at) / windowMs) * width)))
  const [first, ...rest] = readings
  if (first === undefined) return ''
  const steps = rest.map(({ at, value }) => `H${x(at)}V${yOf(value, scale)}`).join('')
  return `M${x(first.at)} ${yOf(first.value, scale)}${steps}H${width}`
}

/** Of a line of words. */
const wordsHeight = 28

/** Another line is so close above that the words of this one have no room there. */
export const isCrowded = (
  value: number,
  others: readonly { readonly value: number; readonly isBefore: boolean }[],
  scale: Pick<Scale, 'height' | 'top'>,
): boolean =>
  others.some((other) => {
    const gap = yOf(value, scale) - yOf(other.value, scale)
    return gap < wordsHeight && (gap > 0 || (gap === 0 && other.isBefore))
  })

export interface Bounds {
  readonly least: number
  readonly most: number
  readonly step: number
}

/** The nearest step within the bounds. */
export const snap = (value: number, { least, most, step }: Bounds): number => {
  const stepped = Math.round((value - least) / step) * step + least
  return Math.round(Math.min(most, Math.max(least, stepped)) * 1e6) / 1e6
}

/** What somebody means who drags a line to here. */
export const valueAt = (y: number, { height, top }: Pick<Scale, 'height' | 'top'>, bounds: Bounds): number =>
  snap((1 - Math.min(Math.max(y, 0), height) / height) * top, bounds)
