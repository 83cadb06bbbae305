/** Who did what when: one row for each counter or device, spans of time on it, and a share at the end of the row. */
import { type Markup, html as svg } from '#adapters/conformance/report/markup.ts'
import type { Tongue } from '../io/language.ts'
import { drawing, drawingWidth, hourLines } from './frame.ts'
import { place, type Scale, scale } from './scale.ts'
import { timeOfDay } from './values.ts'
import { drawingWordsIn } from './words.ts'

/** How a span is drawn: strong for work, light for ready, hatched for away, marked for trouble. */
export type SpanKind = 'work' | 'ready' | 'away' | 'trouble'

export interface TimelineRow {
  readonly title: string
  readonly note: string
  readonly spans: readonly {
    readonly fromMs: number
    readonly toMs: number
    readonly kind: SpanKind
    readonly title: string
  }[]
}

const rowHeight = 24
const left = 150
const right = drawingWidth - 92

const rowOf = (
  { title, note, spans }: TimelineRow,
  { x, top, tongue }: { x: Scale; top: number; tongue: Tongue },
): Markup => {
  const { span } = drawingWordsIn(tongue)
  const drawn = spans.flatMap(({ fromMs, toMs, kind, title: what }) => {
    const from = Math.max(fromMs, x.from)
    const to = Math.min(toMs, x.to)
    if (to <= from) return []
    return [
      svg`<rect class="span ${kind}" x="${place(x(from))}" y="${top + 4}" width="${place(Math.max(0.8, x(to) - x(from)))}" height="14"><title>${span(timeOfDay(fromMs), timeOfDay(toMs))} ${what}</title></rect>`,
    ]
  })
  return svg`<g><text class="tick end" x="${left - 10}" y="${top + 15}">${title}</text><line class="base" x1="${left}" x2="${right}" y1="${top + 11}" y2="${top + 11}"/>${drawn}<text class="tick" x="${right + 10}" y="${top + 15}">${note}</text></g>`
}

export interface TimelineWishes {
  /** Ms from midnight, as all times here. */
  readonly from: number
  readonly to: number
  readonly label: string
  readonly rows: readonly TimelineRow[]
  readonly tongue: Tongue
}

export const timeline = ({ from, to, label, rows, tongue }: TimelineWishes): Markup => {
  const bottom = 6 + rows.length * rowHeight
  const x = scale([from, to], [left, right])
  return drawing(
    bottom + 24,
    label,
    hourLines(x, [4, bottom]),
    svg`${rows.map((row, index) => rowOf(row, { x, top: 6 + index * rowHeight, tongue }))}`,
  )
}
