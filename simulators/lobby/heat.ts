/** Where people spent their time: person-seconds on a grid over the floor plan, added up when somebody moves on. */
import type { Point } from './branch.ts'
import type { Floor } from './floor.ts'
import type { HeatGrid } from './record.ts'
import type { Scenario } from './scenario.ts'

export interface Heat {
  stay(at: Point, personSeconds: number): void
  /** Spread evenly over the way. */
  walk(from: Point, to: Point, personSeconds: number): void
  grid(): HeatGrid
}

export const createHeat = ({ branch, floor: { heatCellMetres: cell } }: Scenario, floor: Floor): Heat => {
  const areas = branch.zones.map(({ id }) => floor.area(id))
  const x = Math.floor(Math.min(...areas.map((area) => area.x)) / cell) * cell
  const y = Math.floor(Math.min(...areas.map((area) => area.y)) / cell) * cell
  const columns = Math.max(1, Math.ceil((Math.max(...areas.map((area) => area.x + area.width)) - x) / cell))
  const rows = Math.max(1, Math.ceil((Math.max(...areas.map((area) => area.y + area.height)) - y) / cell))
  const cells = new Float64Array(columns * rows)
  const within = (value: number, most: number) => Math.min(most - 1, Math.max(0, Math.floor(value)))
  const stay = (at: Point, personSeconds: number) => {
    const index = within((at.y - y) / cell, rows) * columns + within((at.x - x) / cell, columns)
    cells[index] = (cells[index] ?? 0) + personSeconds
  }
  return {
    stay,
    walk(from, to, personSeconds) {
      const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / cell))
      for (let step = 0; step < steps; step++) {
        const done = (step + 0.5) / steps
        stay(
          { x: from.x + (to.x - from.x) * done, y: from.y + (to.y - from.y) * done },
          personSeconds / steps,
        )
      }
    },
    grid: () => ({
      x,
      y,
      cellMetres: cell,
      columns,
      rows,
      personSeconds: [...cells].map((seconds) => Math.round(seconds * 1_000) / 1_000),
    }),
  }
}
