/** The grid of half a metre, stronger at each metre, and metres written along its edge; coarser from further away. */
import { memo } from 'react'
import type { Box } from '../floor/model/geometry.ts'
import styles from './canvas.module.css'
import { gridMetres } from './model/grid.ts'

const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, nth) => from + nth * by)

const finestPixels = 9
const metres = [gridMetres, 1, 5, 10, 50, 100]

export const Grid = memo(
  ({ box: { left, top, right, bottom }, k }: { readonly box: Box; readonly k: number }) => {
    const [by = 100, strong = 100] = metres.filter((step) => step * k >= finestPixels)
    const upright = (x: number) => `M${x} ${top}V${bottom}`
    const level = (y: number) => `M${left} ${y}H${right}`
    const lines = (every: number) =>
      steps(left, right, every).map(upright).join('') + steps(top, bottom, every).map(level).join('')
    const numbered = Math.max(strong, k < 20 ? 5 : 2)
    return (
      <g className={styles.grid} aria-hidden>
        <path d={lines(by)} className={styles.fine} />
        <path d={lines(strong)} />
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
