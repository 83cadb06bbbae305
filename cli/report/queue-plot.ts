/** How many wait over the day, and below it what the devices and the staff were asked to do, on the same time line. */
import { type Markup, html as svg } from '#adapters/conformance/report/markup.ts'
import type { Tongue } from '../io/language.ts'
import { drawing, drawingWidth, frame } from './frame.ts'
import { place, type Scale } from './scale.ts'
import { timeOfDay } from './values.ts'
import { drawingWordsIn } from './words.ts'

export interface Series {
  readonly title: string
  readonly points: readonly { readonly atMs: number; readonly value: number }[]
}

export interface Lane {
  readonly title: string
  /** `alert` stands out; the rest stays calm. */
  readonly kind: 'action' | 'alert'
  readonly marks: readonly { readonly atMs: number; readonly title: string }[]
}

export interface QueuePlotWishes {
  /** Ms from midnight, as all times here. */
  readonly from: number
  readonly to: number
  /** The first is drawn strong. */
  readonly series: readonly Series[]
  readonly lanes: readonly Lane[]
  readonly tongue: Tongue
}

const plotHeight = 280
const laneHeight = 22
const left = 150

const stepPath = ({ points }: Series, x: Scale, y: Scale): string => {
  let path = ''
  for (const { atMs, value } of points) {
    if (atMs < x.from || atMs > x.to) continue
    path += path === '' ? `M${place(x(atMs))} ${place(y(value))}` : `H${place(x(atMs))}V${place(y(value))}`
  }
  return path === '' ? '' : `${path}H${place(x(x.to))}`
}

const laneRow = ({ title, kind, marks }: Lane, x: Scale, y: number): Markup => {
  const within = marks.filter(({ atMs }) => atMs >= x.from && atMs <= x.to)
  return svg`<g class="lane ${kind}"><line class="base" x1="${left}" x2="${drawingWidth - 12}" y1="${y + 8}" y2="${y + 8}"/><text class="tick end" x="${left - 10}" y="${y + 12}">${title}</text>${within.map(
    ({ atMs, title: what }) =>
      svg`<rect x="${place(x(atMs) - 0.9)}" y="${y + 1}" width="1.8" height="14"><title>${timeOfDay(atMs)} ${what}</title></rect>`,
  )}</g>`
}

export const queuePlot = ({ from, to, series, lanes, tongue }: QueuePlotWishes): Markup => {
  const words = drawingWordsIn(tongue)
  const most = Math.max(1, ...series.flatMap(({ points }) => points.map(({ value }) => value)))
  const box = frame({ from, to, most, unit: words.waiting, height: plotHeight, left })
  const [first, ...others] = series
  const lines = others.map((one) => svg`<path class="line other" d="${stepPath(one, box.x, box.y)}"/>`)
  const path = first === undefined ? '' : stepPath(first, box.x, box.y)
  const foot = `V${box.bottom}H${place(box.x(Math.max(from, first?.points[0]?.atMs ?? from)))}Z`
  return drawing(
    plotHeight + 14 + lanes.length * laneHeight,
    words.queues,
    box.lines,
    svg`${path !== '' && svg`<path class="area" d="${path}${foot}"/>`}${lines}<path class="line" d="${path}"/>`,
    svg`${lanes.map((lane, index) => laneRow(lane, box.x, plotHeight + 8 + index * laneHeight))}`,
  )
}
