/** Where people stand close: each is spread as a Gaussian over small cells; a cell says people per square metre. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Box } from './geometry.ts'

export interface Heat {
  readonly box: Box
  readonly columns: number
  readonly rows: number
  /** People per square metre, row by row. */
  readonly cells: Float32Array
  /** @param share how much of the new picture is this moment, 0 to 1: the rest is what was before */
  take(people: readonly Point[], share: number): void
  at(point: Point): number
}

/** A person with arm's room. */
const sigmaMetres = 0.6
const reach = 3
const cellsMax = 24_000

const kernelOf = (cellMetres: number) => {
  const radius = Math.ceil((reach * sigmaMetres) / cellMetres)
  const width = 2 * radius + 1
  const values = new Float32Array(width * width)
  let sum = 0
  for (let i = 0; i < values.length; i += 1) {
    const [dx, dy] = [(i % width) - radius, Math.floor(i / width) - radius]
    const value = Math.exp(
      -(dx * dx + dy * dy) * (cellMetres * cellMetres) * (1 / (2 * sigmaMetres * sigmaMetres)),
    )
    values[i] = value
    sum += value
  }
  // One person is one, however fine the cells are.
  const scale = 1 / (sum * cellMetres * cellMetres)
  return { radius, width, values: values.map((value) => value * scale) }
}

class Spread implements Heat {
  readonly box: Box
  readonly columns: number
  readonly rows: number
  readonly cells: Float32Array
  readonly #cellMetres: number
  readonly #kernel: ReturnType<typeof kernelOf>

  constructor(box: Box) {
    const [wide, high] = [box.right - box.left, box.bottom - box.top]
    this.#cellMetres = Math.max(0.15, Math.sqrt((wide * high) / cellsMax))
    this.columns = Math.max(1, Math.ceil(wide / this.#cellMetres))
    this.rows = Math.max(1, Math.ceil(high / this.#cellMetres))
    this.box = {
      ...box,
      right: box.left + this.columns * this.#cellMetres,
      bottom: box.top + this.rows * this.#cellMetres,
    }
    this.cells = new Float32Array(this.columns * this.rows)
    this.#kernel = kernelOf(this.#cellMetres)
  }

  take(people: readonly Point[], share: number) {
    const { cells } = this
    for (let i = 0; i < cells.length; i += 1) cells[i] = (cells[i] ?? 0) * (1 - share)
    for (const person of people) this.#add(person, share)
  }

  at({ x, y }: Point) {
    const column = Math.floor((x - this.box.left) / this.#cellMetres)
    const row = Math.floor((y - this.box.top) / this.#cellMetres)
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return 0
    return this.cells[row * this.columns + column] ?? 0
  }

  #add({ x, y }: Point, share: number) {
    const { radius, width, values } = this.#kernel
    const column = Math.floor((x - this.box.left) / this.#cellMetres)
    const row = Math.floor((y - this.box.top) / this.#cellMetres)
    for (let dy = -radius; dy <= radius; dy += 1) {
      const at = row + dy
      if (at < 0 || at >= this.rows) continue
      for (let dx = -radius; dx <= radius; dx += 1) {
        const to = column + dx
        if (to < 0 || to >= this.columns) continue
        const cell = at * this.columns + to
        const value = values[(dy + radius) * width + dx + radius] ?? 0
        this.cells[cell] = (this.cells[cell] ?? 0) + value * share
      }
    }
  }
}

export const createHeat = (box: Box): Heat => new Spread(box)

/** At so many people per square metre nobody walks freely any more: the strongest tone. */
export const densest = 1
const faintest = 0.03
/** What lies below stays readable. */
const strongest = 215

/** One colour, stronger where it is denser; nothing where hardly anybody is. @param pixels RGBA of each cell */
export const paintHeat = (
  { cells }: Pick<Heat, 'cells'>,
  pixels: Uint8ClampedArray,
  [red, green, blue]: readonly [number, number, number],
): void => {
  for (let i = 0; i < cells.length; i += 1) {
    const share = Math.min(1, Math.max(0, ((cells[i] ?? 0) - faintest) / (densest - faintest)))
    pixels[4 * i] = red
    pixels[4 * i + 1] = green
    pixels[4 * i + 2] = blue
    pixels[4 * i + 3] = Math.round(strongest * share)
  }
}
