/** Dragging on the plan, by finger, pen or mouse: in metres, on the grid, and one step to undo however long the way. */
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { snap, snapPoint } from './model/grid.ts'
import type { PlanView } from './use-view.ts'

/** What is being dragged. `way`: from where it was taken. */
export interface Grip {
  readonly drag: (way: Point, to: Point) => void
  /** It was let go; never, where it did not move. */
  readonly end: () => void
  readonly cancel: () => void
}

/** A thumb that only taps moves as well. */
const tapPixels = 6

const pointAt = (svg: SVGSVGElement, event: ReactPointerEvent, { box, k }: PlanView): Point => {
  const { left, top } = svg.getBoundingClientRect()
  return { x: box.left + (event.clientX - left) / k, y: box.top + (event.clientY - top) / k }
}

interface Held {
  readonly grip: Grip
  readonly from: Point
  readonly pointer: number
  hasMoved: boolean
}

/** @param surface the drawing on which everything lies */
export const useDrag = (view: PlanView, surface: RefObject<SVGSVGElement | null>) => {
  const held = useRef<Held>(undefined)
  useEffect(() => {
    const here = surface.current
    // What is held does not scroll. `touch-action` cannot say so: browsers pass over it inside of a drawing.
    const stay = (event: TouchEvent) => {
      if (held.current !== undefined) event.preventDefault()
    }
    here?.addEventListener('touchmove', stay, { passive: false })
    return () => here?.removeEventListener('touchmove', stay)
  }, [surface])
  const [isDragging, setDragging] = useState(false)
  const letGo = () => {
    held.current = undefined
    setDragging(false)
  }
  return {
    isDragging,
    /** Call it when the pointer goes down on something that can be dragged. */
    take: (event: ReactPointerEvent<SVGElement>, gripFrom: (from: Point) => Grip) => {
      const svg = event.currentTarget.ownerSVGElement ?? (event.currentTarget as SVGSVGElement)
      if (event.button !== 0 || held.current !== undefined) return
      const from = pointAt(svg, event, view)
      svg.setPointerCapture(event.pointerId)
      held.current = { grip: gripFrom(snapPoint(from)), from, pointer: event.pointerId, hasMoved: false }
    },
    move: (event: ReactPointerEvent<SVGSVGElement>) => {
      const now = held.current
      if (now === undefined || event.pointerId !== now.pointer) return
      const to = pointAt(event.currentTarget, event, view)
      const way = { x: to.x - now.from.x, y: to.y - now.from.y }
      if (!now.hasMoved && Math.hypot(way.x, way.y) * view.k < tapPixels) return
      now.hasMoved = true
      setDragging(true)
      now.grip.drag({ x: snap(way.x), y: snap(way.y) }, snapPoint(to))
    },
    up: (event: ReactPointerEvent<SVGSVGElement>) => {
      const now = held.current
      if (now === undefined || event.pointerId !== now.pointer) return
      letGo()
      if (now.hasMoved) now.grip.end()
    },
    /** The browser took the pointer for itself, to scroll for example. */
    lose: (event: ReactPointerEvent<SVGSVGElement>) => {
      const now = held.current
      // Another finger may go away without this one.
      if (now === undefined || event.pointerId !== now.pointer) return
      now.grip.cancel()
      letGo()
    },
  }
}
