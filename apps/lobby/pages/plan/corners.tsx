/** The corners of the zone that one works at: each is dragged, or moved by keys, or taken away with Delete. */
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { useSay } from '../../../ui/words.ts'
import styles from './canvas.module.css'
import { stepOf } from './keys.ts'
import { moveCorner, removeCorner } from './model/edits.ts'
import { shifted, snapPoint } from './model/grid.ts'
import type { Plan } from './model/plan.ts'
import { planWords } from './words.ts'

export interface CornersProps {
  readonly id: string
  readonly name: string
  readonly corners: readonly Point[]
  readonly plan: Plan
  readonly k: number
  readonly onEdit: (next: Plan) => void
  readonly onTake: (event: PointerEvent<SVGElement>, at: (way: Point, to: Point) => Plan) => void
}

const thumbPixels = 24
const dotPixels = 8

export const Corners = ({ id, name, corners, plan, k, onEdit, onTake }: CornersProps) => {
  const say = useSay()
  const onKey = (event: KeyboardEvent, nth: number, corner: Point) => {
    const step = stepOf(event)
    const isGone = event.key === 'Delete' || event.key === 'Backspace'
    if (step === undefined && !isGone) return
    event.preventDefault()
    onEdit(
      step === undefined ? removeCorner(plan, id, nth) : moveCorner(plan, { id, nth }, shifted(corner, step)),
    )
  }
  return corners.map(({ x, y }, nth) => (
    <g
      // biome-ignore lint/suspicious/noArrayIndexKey: a corner is known by its number, and keeps the focus while it moves
      key={nth}
      className={styles.corner}
      tabIndex={0}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="button"
      aria-label={say(planWords.cornerOf, { zone: name, nth: nth + 1, count: corners.length, x, y })}
      onKeyDown={(event) => onKey(event, nth, { x, y })}
      onPointerDown={(event) => {
        event.stopPropagation()
        onTake(event, (_, to) => moveCorner(plan, { id, nth }, snapPoint(to)))
      }}
    >
      <circle className={styles.thumb} cx={x} cy={y} r={thumbPixels / k} />
      <circle className={styles.dot} cx={x} cy={y} r={dotPixels / k} />
    </g>
  ))
}
