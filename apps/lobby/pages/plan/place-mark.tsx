/** A named spot on the plan. */
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { useSay } from '../../../ui/words.ts'
import styles from './canvas.module.css'
import type { Place } from './model/plan.ts'
import { planWords } from './words.ts'

export interface PlaceMarkProps {
  readonly place: Place
  readonly k: number
  readonly isPicked: boolean
  readonly isWrong: boolean
  /** Robots pass and never wait there. */
  readonly isClear: boolean
  readonly onPick: () => void
  readonly onKeyDown: (event: KeyboardEvent, at: Point) => void
  readonly onTake: (event: PointerEvent<SVGElement>, at: Point) => void
}

const thumbPixels = 24
const markPixels = 7
const clearPixels = 12

export const PlaceMark = ({ place, k, isPicked, isWrong, isClear, ...on }: PlaceMarkProps) => {
  const { onPick, onKeyDown, onTake } = on
  const say = useSay()
  const { id, at } = place
  if (at === undefined) return null
  const { x, y } = at
  const r = markPixels / k
  return (
    <g
      className={styles.place}
      data-place-key={id}
      data-picked={isPicked || undefined}
      data-wrong={isWrong || undefined}
      data-clear={isClear || undefined}
      tabIndex={0}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="button"
      aria-pressed={isPicked}
      aria-label={say(isClear ? planWords.clearAt : planWords.placeAt, { place: id, x, y })}
      onFocus={onPick}
      onClick={onPick}
      onKeyDown={(event) => onKeyDown(event, at)}
      onPointerDown={(event) => {
        event.stopPropagation()
        onPick()
        onTake(event, at)
      }}
    >
      <circle className={styles.thumb} cx={x} cy={y} r={thumbPixels / k} />
      <path className={styles.diamond} d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} />
      {isClear && <circle className={styles.clear} cx={x} cy={y} r={clearPixels / k} />}
      {isPicked && (
        <text className={styles.name} x={x + 14 / k} y={y - 8 / k} fontSize={16 / k} aria-hidden>
          {id}
        </text>
      )}
    </g>
  )
}
