/**
 * The window onto the plan, outside of what React draws: it knows how the plan lies in it and puts every mark where it
 * belongs. Marks keep their size at every zoom; what is drawn in metres follows by itself.
 */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Spot } from '../model/hit.ts'
import type { Size, View } from '../model/view.ts'

export interface Mark extends Spot {
  readonly element: SVGElement
}

type Listener = (view: View, isScaled: boolean) => void

export interface Stage {
  readonly view: View
  readonly size: Size
  readonly marks: ReadonlyMap<string, Mark>
  show(view: View): void
  resize(size: Size): void
  /** Told at once how it lies, and whenever that changes. @returns how to end it */
  onView(listener: Listener): () => void
  /** A mark that stands at this point of the plan. @returns how to take it away */
  attach(id: string, element: SVGElement, point: Point): () => void
  move(id: string, point: Point): void
}

/** On whole points of the screen nothing has to be blended anew. */
export const wholePixels = (pixels: number): number =>
  Math.round(pixels * window.devicePixelRatio) / window.devicePixelRatio

/** Less is not seen. */
const leastPixels = 0.5

class Window_ implements Stage {
  view: View = { k: 1, x: 0, y: 0 }
  size: Size = { width: 0, height: 0 }
  readonly #marks = new Map<string, Mark>()
  readonly #listeners = new Set<Listener>()

  get marks() {
    return this.#marks
  }

  show(view: View) {
    const isScaled = view.k !== this.view.k
    this.view = view
    if (isScaled) for (const mark of this.#marks.values()) this.#put(mark)
    for (const listener of this.#listeners) listener(view, isScaled)
  }

  resize(size: Size) {
    this.size = size
    for (const listener of this.#listeners) listener(this.view, true)
  }

  onView(listener: Listener) {
    this.#listeners.add(listener)
    listener(this.view, true)
    return () => this.#listeners.delete(listener)
  }

  attach(id: string, element: SVGElement, { x, y }: Point) {
    const mark: Mark = { id, element, x, y }
    this.#marks.set(id, mark)
    this.#put(mark)
    return () => {
      if (this.#marks.get(id)?.element === element) this.#marks.delete(id)
    }
  }

  move(id: string, { x, y }: Point) {
    const mark = this.#marks.get(id)
    if (mark === undefined) return
    const { k } = this.view
    if (Math.abs(mark.x - x) * k < leastPixels && Math.abs(mark.y - y) * k < leastPixels) return
    const moved = { ...mark, x, y }
    this.#marks.set(id, moved)
    this.#put(moved)
  }

  #put({ element, x, y }: Mark) {
    const { k } = this.view
    element.style.transform = `translate(${wholePixels(x * k)}px, ${wholePixels(y * k)}px)`
  }
}

export const createStage = (): Stage => new Window_()
