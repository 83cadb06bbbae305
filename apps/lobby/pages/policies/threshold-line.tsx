/** A threshold on its chart: a line with a handle that is dragged, or moved with the arrow keys. */
import { ChevronsUpDown } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import styles from './chart.module.css'
import { type Bounds, snap, valueAt, yOf } from './model/chart.ts'

export interface ThresholdLineProps {
  readonly label: string
  /** In the policy's own unit, like everything here. */
  readonly value: number
  readonly said: string
  readonly bounds: Bounds
  readonly top: number
  readonly height: number
  /** How many handles there are beside each other. */
  readonly handles: number
  /** Its words stand below it: another line is close above. */
  readonly isBelow: boolean
  /** From the right edge, so that the handles of near lines do not lie on each other. */
  readonly place: number
  readonly onChange: (value: number) => void
  readonly onHold: (isHeld: boolean) => void
  readonly isDisabled: boolean
}

const handleStep = 64
const useDrag = ({ value, bounds, top, height, onChange, onHold }: ThresholdLineProps) => {
  const start = useRef<{ readonly y: number; readonly lineY: number } | undefined>(undefined)
  const [isHeld, setHeld] = useState(false)
  const end = () => {
    start.current = undefined
    setHeld(false)
    onHold(false)
  }
  return {
    isHeld,
    on: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { y: event.clientY, lineY: yOf(value, { height, top }) }
        setHeld(true)
        onHold(true)
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (start.current === undefined) return
        const y = start.current.lineY + event.clientY - start.current.y
        const next = valueAt(y, { height, top }, bounds)
        if (next !== value) onChange(next)
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  }
}

export const ThresholdLine = (props: ThresholdLineProps) => {
  const { label, value, said, bounds, top, height, place, handles, isBelow, onChange, isDisabled } = props
  const { isHeld, on } = useDrag(props)
  return (
    <div className={classes(styles.line, isHeld && styles.held)} style={{ top: yOf(value, { height, top }) }}>
      <span
        className={classes(styles.lineWords, isBelow && styles.below)}
        style={{ right: handles * handleStep }}
      >
        <strong>{said}</strong> {label}
      </span>
      {!isDisabled && (
        <span className={styles.handle} style={{ right: place * handleStep }} {...on}>
          <ChevronsUpDown aria-hidden size={20} />
          <input
            className={styles.range}
            type="range"
            min={bounds.least}
            max={bounds.most}
            step={bounds.step}
            value={value}
            aria-label={label}
            aria-valuetext={said}
            onChange={(event) => onChange(snap(Number(event.target.value), bounds))}
          />
        </span>
      )}
    </div>
  )
}
