/** Whatever moves on the plan, from the hub's positions to the picture: React has no part in it. */
import type { LivePositions } from '#protocol/desk/live/line.ts'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { createGlide } from '../model/glide.ts'
import type { Spot } from '../model/hit.ts'
import type { Trails } from '../model/trails.ts'
import { type Colours, readColours } from './colours.ts'
import { paint } from './painter.ts'
import type { Stage } from './stage.ts'
import { createStamps, type PersonLook, type Stamps } from './stamps.ts'

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
  /** The theme is another one. */
  dress(): void
  people(): readonly Spot[]
  colours(): Colours
  stop(): void
}

/** Without a word for so long, what is shown is old. */
export const oldAfterMs = 5_000
const coloursForMs = 1_000
const sharpest = 2
/** A picture lasts 17 ms; a little less, so that a late one counts. */
const paintEveryMs = 30
const moveEveryMs = 80

const scaleNow = () => Math.min(window.devicePixelRatio, sharpest)

class Moving implements Motion {
  readonly #parts: MotionParts
  readonly #people
  readonly #devices
  readonly #endView: () => void
  #colours: { readonly at: number; readonly of: Colours } | undefined
  #stamps: { readonly colours: Colours; readonly of: Stamps } | undefined
  #frame: number | undefined
  #movedMs = 0
  #paintedMs = 0
  /** Something else than people has changed: the picture is drawn at once. */
  #isViewNew = true
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
    this.#again()
  }

  wake() {
    this.#isViewNew = true
    this.#again()
  }

  dress() {
    this.#colours = undefined
    this.wake()
  }

  people() {
    const spots: Spot[] = []
    this.#people.each(performance.now(), (id, x, y) => spots.push({ id, x, y }))
    return spots
  }

  colours() {
    const now = performance.now()
    if (this.#colours === undefined || now - this.#colours.at > coloursForMs) {
      const read = readColours(this.#parts.canvas)
      const isSame = this.#colours !== undefined && JSON.stringify(read) === JSON.stringify(this.#colours.of)
      this.#colours = { at: now, of: isSame && this.#colours !== undefined ? this.#colours.of : read }
    }
    return this.#colours.of
  }

  #stampsNow(): Stamps {
    const [colours, scale] = [this.colours(), scaleNow()]
    if (this.#stamps?.colours !== colours || this.#stamps.of.scale !== scale)
      this.#stamps = { colours, of: createStamps({ colours, scale }) }
    return this.#stamps.of
  }

  stop() {
    this.#endView()
    clearTimeout(this.#ageing)
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  /**
   * People in one picture and devices in another: what is drawn at once would take longer than a picture lasts, and at a
   * walking pace nobody sees the difference.
   */
  #draw() {
    this.#frame = undefined
    const now = performance.now()
    const isMoving = this.#people.isMoving(now) || this.#devices.isMoving(now)
    const movesDevices = !isMoving || now - this.#movedMs >= moveEveryMs
    if (movesDevices) this.#moveDevices(now)
    const isDue = now - this.#paintedMs >= paintEveryMs
    if (!isMoving || this.#isViewNew || (isDue && !movesDevices)) this.#paint(now)
    if (isMoving) this.#again()
  }

  #moveDevices(now: number) {
    const { stage, trails } = this.#parts
    this.#movedMs = now
    this.#devices.each(now, (id, x, y) => {
      stage.move(id, { x, y })
      trails.walk(id, { x, y })
    })
  }

  #paint(now: number) {
    const { stage, trails, lookOf, isCut } = this.#parts
    const brush = this.#brush()
    this.#paintedMs = now
    this.#isViewNew = false
    if (brush === null) return
    const painting = {
      view: stage.view,
      people: this.people(),
      lookOf,
      trails,
      whereIs: (device: string): Point | undefined => stage.marks.get(device),
      colours: this.colours(),
      isOld: isCut() || now - this.#takenMs > oldAfterMs,
    }
    paint(brush, painting, this.#stampsNow())
  }

  #again() {
    this.#frame ??= requestAnimationFrame(() => this.#draw())
  }

  /** As many points as the screen has, emptied. */
  #brush() {
    const { canvas, stage } = this.#parts
    const scale = scaleNow()
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
