/** Whatever moves on the plan, from the hub's positions to the picture: React has no part in it. */

import type { LivePositions } from '#protocol/desk/live/line.ts'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { createGlide } from '../model/glide.ts'
import type { Spot } from '../model/hit.ts'
import type { Trails } from '../model/trails.ts'
import { type Colours, readColours } from './colours.ts'
import { type PersonLook, paint } from './painter.ts'
import type { Stage } from './stage.ts'

export interface MotionParts {
  readonly stage: Stage
  readonly canvas: HTMLCanvasElement
  readonly trails: Trails
  readonly lookOf: (track: string) => PersonLook
  readonly isStill: () => boolean
  /** The line is gone: nothing that is shown is from now. */
  readonly isCut: () => boolean
}

export interface Motion {
  take(positions: LivePositions): void
  /** Something else of the picture has changed. */
  wake(): void
  people(): readonly Spot[]
  colours(): Colours
  stop(): void
}

/** Without a word for so long, what is shown is old. */
export const oldAfterMs = 5_000
const coloursForMs = 1_000
const sharpest = 2

class Moving implements Motion {
  readonly #parts: MotionParts
  readonly #people
  readonly #devices
  readonly #endView: () => void
  #colours: { readonly at: number; readonly of: Colours } | undefined
  #frame: number | undefined
  #takenMs = Number.NEGATIVE_INFINITY
  #ageing: ReturnType<typeof setTimeout> | undefined

  constructor(parts: MotionParts) {
    this.#parts = parts
    this.#people = createGlide(parts.isStill)
    this.#devices = createGlide(parts.isStill)
    this.#endView = parts.stage.onView(() => this.wake())
  }

  take({ people, devices }: LivePositions) {
    const now = performance.now()
    this.#people.take(people, now)
    this.#devices.take(devices, now)
    this.#takenMs = now
    clearTimeout(this.#ageing)
    this.#ageing = setTimeout(() => this.wake(), oldAfterMs + 50)
    this.wake()
  }

  wake() {
    this.#frame ??= requestAnimationFrame(() => this.#draw())
  }

  people() {
    const spots: Spot[] = []
    this.#people.each(performance.now(), (id, x, y) => spots.push({ id, x, y }))
    return spots
  }

  colours() {
    const now = performance.now()
    if (this.#colours === undefined || now - this.#colours.at > coloursForMs)
      this.#colours = { at: now, of: readColours(this.#parts.canvas) }
    return this.#colours.of
  }

  stop() {
    this.#endView()
    clearTimeout(this.#ageing)
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  #draw() {
    this.#frame = undefined
    const now = performance.now()
    const { stage, trails, lookOf, isCut } = this.#parts
    this.#devices.each(now, (id, x, y) => {
      stage.move(id, { x, y })
      trails.walk(id, { x, y })
    })
    const brush = this.#brush()
    if (brush !== null)
      paint(brush, {
        view: stage.view,
        people: this.people(),
        lookOf,
        trails,
        whereIs: (device): Point | undefined => stage.marks.get(device),
        colours: this.colours(),
        isOld: isCut() || now - this.#takenMs > oldAfterMs,
      })
    if (this.#people.isMoving(now) || this.#devices.isMoving(now)) this.wake()
  }

  /** As many points as the screen has, emptied. */
  #brush() {
    const { canvas, stage } = this.#parts
    const scale = Math.min(window.devicePixelRatio, sharpest)
    const [width, height] = [Math.round(stage.size.width * scale), Math.round(stage.size.height * scale)]
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    const brush = canvas.getContext('2d')
    brush?.setTransform(scale, 0, 0, scale, 0, 0)
    brush?.clearRect(0, 0, stage.size.width, stage.size.height)
    return brush
  }
}

export const createMotion = (parts: MotionParts): Motion => new Moving(parts)
