/** Where people stand close, over the last half minute, as one colour below them. Only while somebody wants to see it. */
import { useEffect, useRef } from 'react'
import type { Box } from '../model/geometry.ts'
import { createHeat, paintHeat } from '../model/heat.ts'
import type { Motion } from './motion.ts'
import styles from './plan.module.css'
import type { Stage } from './stage.ts'

const everyMs = 500
/** So much of the picture is the newest moment: half of it is from the last eleven seconds. */
const share = 0.03

const startHeat = (canvas: HTMLCanvasElement, motion: Motion, box: Box) => {
  const heat = createHeat(box)
  canvas.width = heat.columns
  canvas.height = heat.rows
  const brush = canvas.getContext('2d')
  const picture = brush?.createImageData(heat.columns, heat.rows)
  const draw = (part: number) => {
    if (brush == null || picture == null) return
    heat.take(motion.people(), part)
    paintHeat(heat, picture.data, motion.colours().heat)
    brush.putImageData(picture, 0, 0)
  }
  draw(1)
  const timer = setInterval(() => draw(share), everyMs)
  return { heat, stop: () => clearInterval(timer) }
}

export interface HeatLayerProps {
  readonly stage: Stage
  readonly box: Box
  readonly motion: Motion
}

export const HeatLayer = ({ stage, box, motion }: HeatLayerProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    const { heat, stop } = startHeat(element, motion, box)
    const wide = heat.box.right - heat.box.left
    const end = stage.onView(({ k, x, y }) => {
      element.style.transform = `translate(${x + heat.box.left * k}px, ${y + heat.box.top * k}px) scale(${(wide * k) / heat.columns})`
    })
    return () => {
      stop()
      end()
    }
  }, [stage, box, motion])
  return <canvas ref={canvas} className={styles.heat} aria-hidden="true" />
}
