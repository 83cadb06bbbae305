/** The way of each guide since it set out, as far as this page saw it. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'

export interface Trail {
  readonly task: string
  readonly goal: Point | null
  readonly way: readonly Point[]
}

export interface Guided {
  readonly device: string
  readonly task: string
  readonly goal: Point | null
}

export interface Trails {
  /** Who guides now; what was walked for another task is forgotten. */
  set(guides: readonly Guided[]): void
  walk(device: string, to: Point): void
  readonly all: ReadonlyMap<string, Trail>
}

const stepMetres = 0.15
const stepsMax = 400

class Ways implements Trails {
  readonly #trails = new Map<string, { task: string; goal: Point | null; way: Point[] }>()

  get all() {
    return this.#trails
  }

  set(guides: readonly Guided[]) {
    for (const [device, { task }] of this.#trails)
      if (!guides.some((guide) => guide.device === device && guide.task === task)) this.#trails.delete(device)
    for (const { device, task, goal } of guides)
      this.#trails.set(device, { task, goal, way: this.#trails.get(device)?.way ?? [] })
  }

  walk(device: string, to: Point) {
    const way = this.#trails.get(device)?.way
    if (way === undefined) return
    const last = way.at(-1)
    if (last !== undefined && Math.hypot(last.x - to.x, last.y - to.y) < stepMetres) return
    way.push({ x: to.x, y: to.y })
    if (way.length > stepsMax) way.shift()
  }
}

export const createTrails = (): Trails => new Ways()
