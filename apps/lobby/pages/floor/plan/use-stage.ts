/** The stage with its window: its size, how it is moved by hand, and the view that one left it with. */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Box } from '../model/geometry.ts'
import { bringIn, fitted, View } from '../model/view.ts'
import { createStage, type Stage } from './stage.ts'
import { bindZooming, type Zooming } from './zooming.ts'

const keptAs = 'usher.floor.view'
const doubleTapMs = 140
const scaleStep = 1.35
const panPixels = 64

/** While this page of the browser lives: somebody who comes back finds the plan as he left it. */
const readView = (): View | undefined => {
  try {
    return View.parse(JSON.parse(sessionStorage.getItem(keptAs) ?? ''))
  } catch {
    return undefined
  }
}

export const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

const stepsOf: Readonly<Record<string, (zooming: Zooming) => void>> = {
  '+': (zooming) => zooming.scale(scaleStep),
  '=': (zooming) => zooming.scale(scaleStep),
  '-': (zooming) => zooming.scale(1 / scaleStep),
  ArrowLeft: (zooming) => zooming.pan(panPixels, 0),
  ArrowRight: (zooming) => zooming.pan(-panPixels, 0),
  ArrowUp: (zooming) => zooming.pan(0, panPixels),
  ArrowDown: (zooming) => zooming.pan(0, -panPixels),
}

interface Bound {
  readonly zooming: Zooming
  stop(): void
}

interface BindParts {
  readonly element: HTMLElement
  readonly stage: Stage
  readonly box: Box
  readonly fit: () => void
}

const keep = (stage: Stage) => sessionStorage.setItem(keptAs, JSON.stringify(stage.view))

const bindStage = ({ element, stage, box, fit }: BindParts): Bound => {
  const zooming = bindZooming({
    element,
    doubleTapMs: isStill() ? 0 : doubleTapMs,
    onView: (view, byHand) => {
      stage.show(view)
      if (byHand) keep(stage)
    },
  })
  const watch = new ResizeObserver(() => {
    const size = { width: element.clientWidth, height: element.clientHeight }
    stage.resize(size)
    zooming.bound(box, size)
    zooming.show(readView() ?? fitted(box, size))
  })
  watch.observe(element)
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = stepsOf[event.key]
    if (step === undefined && event.key !== '0') return
    event.preventDefault()
    if (step === undefined) return fit()
    step(zooming)
    keep(stage)
  }
  element.addEventListener('keydown', onKey)
  return {
    zooming,
    stop: () => {
      watch.disconnect()
      zooming.stop()
      element.removeEventListener('keydown', onKey)
    },
  }
}

export interface StageHandle {
  readonly stage: Stage
  fit(): void
  scale(direction: 1 | -1): void
  /** What has the focus is seen. */
  reveal(id: string): void
}

/** @param box undefined: there is nothing to show yet */
export const useStage = (box: Box | undefined, element: RefObject<HTMLElement | null>): StageHandle => {
  const [stage] = useState(createStage)
  const bound = useRef<Bound>(undefined)
  const fit = useCallback(() => {
    if (box === undefined || stage.size.width === 0) return
    sessionStorage.removeItem(keptAs)
    bound.current?.zooming.show(fitted(box, stage.size))
  }, [box, stage])
  useEffect(() => {
    if (element.current === null || box === undefined) return undefined
    const made = bindStage({ element: element.current, stage, box, fit })
    bound.current = made
    return () => made.stop()
  }, [element, box, stage, fit])
  const scale = useCallback(
    (direction: 1 | -1) => {
      bound.current?.zooming.scale(scaleStep ** direction)
      keep(stage)
    },
    [stage],
  )
  const reveal = useCallback(
    (id: string) => {
      const mark = stage.marks.get(id)
      if (mark === undefined) return
      const { x, y } = bringIn(stage.view, mark, { size: stage.size, edge: 40 })
      if (x !== 0 || y !== 0) bound.current?.zooming.pan(x, y)
    },
    [stage],
  )
  return useMemo(() => ({ stage, fit, scale, reveal }), [stage, fit, scale, reveal])
}
