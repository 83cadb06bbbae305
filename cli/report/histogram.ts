/** How long people waited: how many in each two minutes or so, for one arm or two side by side. */
import { type Markup, html as svg } from '#adapters/conformance/report/markup.ts'
import { quantile } from '#hub/figures/spread.ts'
import type { Tongue } from '../io/language.ts'
import { widthOf } from '../io/width.ts'
import { drawing, drawingWidth } from './frame.ts'
import { place, type Scale, scale, ticksTo } from './scale.ts'
import { valueText } from './values.ts'
import { drawingWordsIn } from './words.ts'

export interface Waits {
  readonly title: string
  readonly ms: readonly number[]
}

const height = 240
const bottom = height - 38
const top = 22
const left = 44
const right = drawingWidth - 12
const minute = 60_000
const binsMax = 30
/** Of a terminal's column in the size of the labels, at most. */
const columnWidth = 8
/** The few beyond share the last bar: one who waited all day must not squeeze all others together. */
const shownShare = 0.99

const binMinutes = (longestMs: number): number =>
  [1, 2, 5, 10, 20, 30, 60].find((one) => longestMs / (one * minute) <= binsMax) ?? 120

const countsOf = (ms: readonly number[], bins: number, binMs: number): readonly number[] => {
  const counts = Array.from({ length: bins }, () => 0)
  for (const wait of ms) {
    const bin = Math.min(bins - 1, Math.floor(wait / binMs))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

const meanOf = (ms: readonly number[]) => ms.reduce((sum, wait) => sum + wait, 0) / Math.max(1, ms.length)

interface MeanLabel {
  readonly at: number
  readonly text: string
  readonly isFirst: boolean
  /** Where its line begins, above its text. */
  readonly y1: number
  /** The text stands before the line, not after it. */
  readonly end: boolean
}

/**
 * One row for each, and a line begins at its own row: the texts stand on the side where all lines that begin higher are
 * not, so that no line crosses the text of another.
 */
const meanLabels = (groups: readonly Waits[], x: Scale, tongue: Tongue): readonly MeanLabel[] => {
  const { mean } = drawingWordsIn(tongue)
  const labels = groups
    .map(({ title, ms }, index) => ({
      at: x(meanOf(ms) / minute),
      text: mean(groups.length > 1 ? title : null, valueText(meanOf(ms), 'wait', tongue)),
      isFirst: index === 0,
      isEmpty: ms.length === 0,
    }))
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((a, b) => a.at - b.at)
  const overflows = labels.some(({ at, text }) => at + 5 + widthOf(text) * columnWidth > right)
  return (overflows ? labels.toReversed() : labels).map(({ at, text, isFirst }, row) => ({
    at,
    text,
    isFirst,
    y1: top + row * 16,
    end: overflows && at - 5 - widthOf(text) * columnWidth >= left,
  }))
}

/** The first is drawn strong. */
export const histogram = (groups: readonly Waits[], tongue: Tongue): Markup => {
  const words = drawingWordsIn(tongue)
  const longest = Math.max(
    minute,
    ...groups.map(({ ms }) =>
      ms.length === 0
        ? 0
        : quantile(
            ms.toSorted((a, b) => a - b),
            shownShare,
          ),
    ),
  )
  const step = binMinutes(longest)
  const bins = Math.floor(longest / (step * minute)) + 1
  const all = groups.map(({ ms }) => countsOf(ms, bins, step * minute))
  const ticks = ticksTo(Math.max(1, ...all.flat()), 4, true)
  const x = scale([0, bins * step], [left, right])
  const y = scale([0, ticks.at(-1) as number], [bottom, top])
  const width = ((right - left) / bins - 3) / groups.length
  const bars = all.map((counts, group) =>
    counts.map(
      (count, bin) =>
        count > 0 &&
        svg`<rect class="bar${group === 0 ? '' : ' other'}" x="${place(x(bin * step) + 1.5 + group * width)}" y="${place(y(count))}" width="${place(width)}" height="${place(bottom - y(count))}"><title>${words.bar(bin * step, bin === bins - 1 ? null : (bin + 1) * step, count)}</title></rect>`,
    ),
  )
  const means = meanLabels(groups, x, tongue).map(
    ({ at, text, isFirst, y1, end }) =>
      svg`<g class="mean${isFirst ? '' : ' other'}"><line x1="${place(at)}" x2="${place(at)}" y1="${y1}" y2="${bottom}"/><text class="tick${end ? ' end' : ''}" x="${place(end ? at - 5 : at + 5)}" y="${y1 + 12}">${text}</text></g>`,
  )
  return drawing(
    height,
    words.waits,
    svg`<g class="grid">${ticks.map((tick) => svg`<line x1="${left}" x2="${right}" y1="${place(y(tick))}" y2="${place(y(tick))}"/><text x="${left - 8}" y="${place(y(tick) + 4)}" class="tick end">${tick}</text>`)}</g>`,
    svg`<text x="${left}" y="10" class="tick">${words.people}</text>${bars}${means}`,
    svg`<g class="grid">${Array.from({ length: bins + 1 }, (_, bin) => bin)
      .filter((bin) => bin % Math.ceil(bins / 15) === 0)
      .map(
        (bin) =>
          svg`<text x="${place(x(bin * step))}" y="${bottom + 16}" class="tick middle">${bin * step}</text>`,
      )}</g><text x="${right}" y="${bottom + 34}" class="tick end">${words.minutes}</text>`,
  )
}
