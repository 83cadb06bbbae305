/** The frame every drawing over time stands in: hours below, round values at the side, light lines behind. */
import { type Markup, html as svg } from '#adapters/conformance/report/markup.ts'
import { place, type Scale, scale, ticksTo } from './scale.ts'
import { timeOfDay } from './values.ts'

/** Every drawing has this width; the page scales it. */
export const drawingWidth = 960

export interface Frame {
  readonly x: Scale
  readonly y: Scale
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly lines: Markup
}

export interface FrameWishes {
  /** Ms from midnight. */
  readonly from: number
  readonly to: number
  readonly most: number
  readonly unit: string
  readonly height: number
  readonly left?: number
}

const hour = 3_600_000

/** Whole hours within, or half hours of a short day. */
export const hoursWithin = (from: number, to: number): readonly number[] => {
  const step = to - from > 3 * hour ? hour : hour / 2
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step)
}

export const hourLines = (x: Scale, [top, bottom]: readonly [number, number]): Markup =>
  svg`<g class="grid">${hoursWithin(x.from, x.to).map(
    (at) =>
      svg`<line x1="${place(x(at))}" x2="${place(x(at))}" y1="${top}" y2="${bottom}"/><text x="${place(x(at))}" y="${bottom + 16}" class="tick middle">${timeOfDay(at)}</text>`,
  )}</g>`

export const frame = ({ from, to, most, unit, height, left = 44 }: FrameWishes): Frame => {
  const top = 22
  const bottom = height - 24
  const right = drawingWidth - 12
  const ticks = ticksTo(Math.max(most, 1), 4, true)
  const x = scale([from, to], [left, right])
  const y = scale([0, ticks.at(-1) as number], [bottom, top])
  const lines = svg`${hourLines(x, [top, bottom])}<g class="grid">${ticks.map(
    (tick) =>
      svg`<line x1="${left}" x2="${right}" y1="${place(y(tick))}" y2="${place(y(tick))}"/><text x="${left - 8}" y="${place(y(tick) + 4)}" class="tick end">${tick}</text>`,
  )}</g><text x="${left}" y="10" class="tick">${unit}</text>`
  return { x, y, left, right, top, bottom, lines }
}

/** A drawing that says what it shows to those who cannot see it. */
export const drawing = (height: number, label: string, ...parts: readonly Markup[]): Markup =>
  svg`<svg viewBox="0 0 ${drawingWidth} ${height}" role="img" aria-label="${label}" xmlns="http://www.w3.org/2000/svg">${parts}</svg>`
