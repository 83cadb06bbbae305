/** The zones: their floor, drawn in metres. Their titles are marks above everything that moves. */
import { memo } from 'react'
import type { ZoneShape } from '../model/geometry.ts'
import { pathOf } from '../model/geometry.ts'
import styles from './plan.module.css'

export interface GroundProps {
  readonly shapes: readonly ZoneShape[]
  readonly staffOnly: ReadonlySet<string>
  readonly full: ReadonlySet<string>
  readonly selected: string | undefined
}

export const Ground = memo(({ shapes, staffOnly, full, selected }: GroundProps) =>
  shapes.map(({ id, corners, isGuess }) => (
    <path
      key={id}
      d={pathOf(corners)}
      className={styles.zone}
      data-zone={id}
      data-guess={isGuess || undefined}
      data-staff={staffOnly.has(id) || undefined}
      data-full={full.has(id) || undefined}
      data-selected={selected === id || undefined}
    />
  )),
)
