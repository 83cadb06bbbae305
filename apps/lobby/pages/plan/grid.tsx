/** The grid of half a metre, stronger at each metre, and metres written along its edge. */
import { memo } from 'react'
import type { Box } from '../floor/model/geometry.ts'
import { gridMetres } from './model/grid.ts'
import styles from './plan.module.css'

const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, nth) => from + nth * by)

const finestPixels = 9

export const Grid = memo(
  ({ box: { left, top, right, bottom }, k }: { readonly box: Box; readonly k: number }) => {
    const by = gridMetres * k < finestPixels ? 1 : gridMetres
    const upright = (x: number) => `M${x} ${top}V${bottom}`
    const level = (y: number) => `M${left} ${y}H${right}`
    const lines = (every: number) =>
      steps(left, right, every).map(upright).join('') + steps(top, bottom, every).map(level).join('')
    const numbered = k < 20 ? 5 : 2
    return (
      <g className={styles.grid} aria-hidden>
        <path d={lines(by)} className={styles.fine} />
        <path d={lines(1)} />
        {steps(Math.ceil(left / numbered) * numbered, right, numbered).map((x) => (
          <text key={x} x={x + 3 / k} y={top + 15 / k} fontSize={13 / k}>
            {x}
          </text>
        ))}
        {steps(Math.ceil(top / numbered) * numbered, bottom, numbered)
          .filter((y) => y > top + 20 / k)
          .map((y) => (
            <text key={y} x={left + 3 / k} y={y - 3 / k} fontSize={13 / k}>
              {y}
            </text>
          ))}
      </g>
    )
  },
)
