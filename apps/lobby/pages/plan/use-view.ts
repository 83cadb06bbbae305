/** How large the plan is drawn: it fits its window, until somebody wants to see it nearer. It never jumps while one works. */
import { type RefObject, useEffect, useState } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { type Box, boxAround } from '../floor/model/geometry.ts'
import type { Plan } from './model/plan.ts'

const aroundMetres = 2
const emptyBox: Box = { left: 0, top: 0, right: 16, bottom: 12 }
const scaleStep = 1.5
const closestPixels = 200

const boxOf = ({ zones, places }: Plan): Box => {
  const points: readonly Point[] = [
    ...zones.flatMap(({ area, at }) => area ?? (at === undefined ? [] : [at])),
    ...places.flatMap(({ at }) => (at === undefined ? [] : [at])),
  ]
  const { left, top, right, bottom } = boxAround(points) ?? emptyBox
  return {
    left: Math.floor(left - aroundMetres),
    top: Math.floor(top - aroundMetres),
    right: Math.ceil(right + aroundMetres),
    bottom: Math.ceil(bottom + aroundMetres),
  }
}

/** Grows with what is put outside, and shrinks only when asked: the plan stays under the finger. */
const grownTo = (box: Box, { left, top, right, bottom }: Box): Box =>
  left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom
    ? box
    : {
        left: Math.min(box.left, left),
        top: Math.min(box.top, top),
        right: Math.max(box.right, right),
        bottom: Math.max(box.bottom, bottom),
      }

export interface PlanView {
  readonly box: Box
  /** Pixels for a metre. */
  readonly k: number
  readonly scale: (direction: 1 | -1) => void
  readonly fit: () => void
}

const useSize = (element: RefObject<HTMLElement | null>) => {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const here = element.current
    if (here === null) return undefined
    const watch = new ResizeObserver(() => setSize({ width: here.offsetWidth, height: here.offsetHeight }))
    watch.observe(here)
    return () => watch.disconnect()
  }, [element])
  return size
}

export const useView = (plan: Plan, element: RefObject<HTMLElement | null>): PlanView => {
  const { width, height } = useSize(element)
  const [kept, setKept] = useState(() => boxOf(plan))
  const [zoom, setZoom] = useState(1)
  const box = grownTo(kept, boxOf(plan))
  if (box !== kept) setKept(box)
  const fits = Math.min(width / (box.right - box.left), height / (box.bottom - box.top))
  return {
    box,
    k: Math.max(1, Math.min(closestPixels, fits * zoom)),
    scale: (direction) => setZoom(Math.min(16, Math.max(1, zoom * scaleStep ** direction))),
    fit: () => {
      setZoom(1)
      setKept(boxOf(plan))
    },
  }
}
