/** How the plan lies in the window: metres times `k`, moved by `x` and `y` pixels. */
import { z } from 'zod'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Box } from './geometry.ts'

export const View = z.object({ k: z.number().positive(), x: z.number(), y: z.number() })
export type View = z.infer<typeof View>

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels for a metre at the most: a hand's breadth fills a thumb. */
export const closest = 240

/** All of it, in the middle. */
export const fitted = (box: Box, { width, height }: Size, edge = 16): View => {
  const [wide, high] = [Math.max(box.right - box.left, 0.1), Math.max(box.bottom - box.top, 0.1)]
  const k = Math.min((width - 2 * edge) / wide, (height - 2 * edge) / high, closest)
  const safe = Math.max(k, 0.001)
  return {
    k: safe,
    x: (width - wide * safe) / 2 - box.left * safe,
    y: (height - high * safe) / 2 - box.top * safe,
  }
}

export const toScreen = ({ k, x, y }: View, point: Point): Point => ({
  x: point.x * k + x,
  y: point.y * k + y,
})

/** How far the plan has to move so that this point of it is seen, at least so far from the edge. */
export const bringIn = (view: View, point: Point, { size, edge }: { size: Size; edge: number }): Point => {
  const { x, y } = toScreen(view, point)
  const by = (at: number, length: number) =>
    at < edge ? edge - at : at > length - edge ? length - edge - at : 0
  return { x: by(x, size.width), y: by(y, size.height) }
}
