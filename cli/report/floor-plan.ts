/** Where people were, on the plan of the branch: darker cells had more person-minutes. */
import { type Markup, html as svg } from '#adapters/conformance/report/markup.ts'
import type { Tongue } from '../io/language.ts'
import { drawing, drawingWidth } from './frame.ts'
import { place } from './scale.ts'
import { numberText } from './values.ts'
import { drawingWordsIn } from './words.ts'

interface Point {
  readonly x: number
  readonly y: number
}

export interface FloorPlan {
  readonly tongue: Tongue
  /** Metres. */
  readonly cellM: number
  readonly cells: readonly { readonly x: number; readonly y: number; readonly seconds: number }[]
  readonly zones: readonly {
    readonly title: string
    readonly at: Point
    /** Corner and size in metres, where the outline is known. */
    readonly box?: Point & { readonly width: number; readonly height: number }
  }[]
  readonly marks: readonly { readonly title: string; readonly at: Point; readonly kind: string }[]
}

const margin = 28
const shades = 9

const bounds = ({ cells, cellM, zones, marks }: FloorPlan) => {
  const points = [
    ...cells.flatMap(({ x, y }) => [
      { x, y },
      { x: x + cellM, y: y + cellM },
    ]),
    ...zones.flatMap(({ at, box }) =>
      box === undefined
        ? [at]
        : [
            { x: box.x, y: box.y },
            { x: box.x + box.width, y: box.y + box.height },
          ],
    ),
    ...marks.map(({ at }) => at),
  ]
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

const mostOf = (cells: readonly { readonly seconds: number }[]) =>
  Math.max(1, ...cells.map(({ seconds }) => seconds))

/** By rank of the square root: a queue that stands all day must not make the rest of the plan look empty. */
const shadeOf = (seconds: number, most: number) => Math.ceil(Math.sqrt(seconds / most) * shades)

/** The scale of the plan: some of its shades, each with the most person-minutes of a cell that has it. */
export const heatScale = (
  cells: readonly { readonly seconds: number }[],
  tongue: Tongue,
): readonly (readonly [shade: string, text: string])[] => {
  const words = drawingWordsIn(tongue)
  const most = mostOf(cells) / 60
  return [1, 3, 5, 7, shades].map((shade) => {
    const minutes = most * (shade / shades) ** 2
    const text = numberText(minutes, minutes < 10 ? 1 : 0, tongue)
    return [`h${shade}`, shade === shades ? words.lastShade(text) : words.shade(text)]
  })
}

export const floorPlan = (plan: FloorPlan): Markup => {
  const words = drawingWordsIn(plan.tongue)
  const box = bounds(plan)
  const perMetre = (drawingWidth - 2 * margin) / Math.max(1, box.right - box.left)
  const height = Math.round((box.bottom - box.top) * perMetre + 2 * margin)
  const x = (metres: number) => margin + (metres - box.left) * perMetre
  const y = (metres: number) => margin + (metres - box.top) * perMetre
  const most = mostOf(plan.cells)
  const side = place(plan.cellM * perMetre)
  return drawing(
    height,
    words.heat,
    svg`<g class="rooms">${plan.zones.map(
      ({ box: room }) =>
        room !== undefined &&
        svg`<rect x="${place(x(room.x))}" y="${place(y(room.y))}" width="${place(room.width * perMetre)}" height="${place(room.height * perMetre)}"/>`,
    )}</g>`,
    svg`<g class="heat">${plan.cells
      .filter(({ seconds }) => seconds > 0)
      .map(
        (cell) =>
          svg`<rect class="h${shadeOf(cell.seconds, most)}" x="${place(x(cell.x))}" y="${place(y(cell.y))}" width="${side}" height="${side}"><title>${words.personMinutes(Math.round(cell.seconds / 60))}</title></rect>`,
      )}</g>`,
    svg`<g class="marks">${plan.marks.map(
      ({ title, at, kind }) =>
        svg`<g><title>${title}</title>${kind === 'robot' ? svg`<circle cx="${place(x(at.x))}" cy="${place(y(at.y))}" r="6"/>` : svg`<rect x="${place(x(at.x) - 5)}" y="${place(y(at.y) - 5)}" width="10" height="10"/>`}</g>`,
    )}</g>`,
    svg`<g class="names">${plan.zones.map(
      ({ title, at }) =>
        svg`<text class="middle" x="${place(x(at.x))}" y="${place(y(at.y) - 10)}">${title}</text>`,
    )}</g>`,
  )
}
