/** Pan, pinch, wheel and double tap, by d3-zoom; and the same by keys and buttons. */
import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import type { Box } from '../model/geometry.ts'
import { closest, fitted, type Size, type View } from '../model/view.ts'

export interface Zooming {
  show(view: View): void
  /** Around the middle. */
  scale(by: number): void
  pan(x: number, y: number): void
  /** How far one may go. */
  bound(box: Box, size: Size): void
  stop(): void
}

export interface ZoomingParts {
  readonly element: HTMLElement
  /** `byHand`: a person did it. */
  readonly onView: (view: View, byHand: boolean) => void
  /** How long a double tap takes; 0 without motion. */
  readonly doubleTapMs: number
}

/** A thumb is not still while it taps. */
const tapPixels = 8

const viewOf = ({ k, x, y }: ZoomTransform): View => ({ k, x, y })
const transformOf = ({ k, x, y }: View) => zoomIdentity.translate(x, y).scale(k)

export const bindZooming = ({ element, onView, doubleTapMs }: ZoomingParts): Zooming => {
  const target = select<HTMLElement, unknown>(element)
  const behaviour = zoom<HTMLElement, unknown>()
    .clickDistance(tapPixels)
    .tapDistance(2 * tapPixels)
    .duration(doubleTapMs)
    .filter((event: MouseEvent) => (!event.ctrlKey || event.type === 'wheel') && event.button === 0)
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) =>
      onView(viewOf(event.transform), event.sourceEvent != null),
    )
  target.call(behaviour)
  return {
    show: (view) => target.call(behaviour.transform, transformOf(view)),
    scale: (by) => {
      target.call(behaviour.scaleBy, by)
    },
    pan: (x, y) => {
      // In pixels, however near one is.
      const { k } = zoomTransform(element)
      target.call(behaviour.translateBy, x / k, y / k)
    },
    bound: (box, size) => {
      const { k } = fitted(box, size)
      const slack = Math.max(size.width, size.height) / (2 * k)
      behaviour
        .scaleExtent([k * 0.6, Math.max(closest, k)])
        .extent([
          [0, 0],
          [size.width, size.height],
        ])
        .translateExtent([
          [box.left - slack, box.top - slack],
          [box.right + slack, box.bottom + slack],
        ])
    },
    stop: () => {
      target.on('.zoom', null)
    },
  }
}
