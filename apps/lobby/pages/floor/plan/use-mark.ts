/** A mark on the plan: it is put where it stands when it is drawn, and when it comes to stand elsewhere. */
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Stage } from './stage.ts'

export const useMark = <Element extends SVGElement = SVGGElement>(
  stage: Stage,
  id: string,
  { x, y }: Point,
): RefObject<Element | null> => {
  const element = useRef<Element>(null)
  useLayoutEffect(
    () => (element.current === null ? undefined : stage.attach(id, element.current, { x, y })),
    [stage, id, x, y],
  )
  return element
}
