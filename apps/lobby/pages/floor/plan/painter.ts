/** People and trails, painted at most once for each picture of the screen, and only while something moves. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Trails } from '../model/trails.ts'
import { toScreen, type View } from '../model/view.ts'
import type { Brush, PaintColours, PersonLook, Stamps } from './stamps.ts'

export interface Painting {
  readonly view: View
  readonly people: Iterable<Point & { readonly id: string }>
  readonly lookOf: (track: string) => PersonLook
  readonly trails: Trails
  readonly whereIs: (device: string) => Point | undefined
  readonly colours: PaintColours
  /** What is shown is old. */
  readonly isOld: boolean
}

const smallest = 5
const largest = 8
/** Shoulders, half. */
const personMetres = 0.17

export const personRadius = ({ k }: View): number => Math.min(largest, Math.max(smallest, personMetres * k))

const paintTrails = (brush: Brush, { view, trails, whereIs, colours }: Painting) => {
  brush.strokeStyle = colours.trail
  brush.lineWidth = 2.5
  brush.lineJoin = 'round'
  brush.lineCap = 'round'
  for (const [device, { way, goal }] of trails.all) {
    const here = whereIs(device) ?? way.at(-1)
    const points = (here === undefined ? way : [...way, here]).map((point) => toScreen(view, point))
    const last = points.at(-1)
    if (last === undefined) continue
    brush.setLineDash([])
    brush.beginPath()
    for (const { x, y } of points) brush.lineTo(x, y)
    brush.stroke()
    if (goal === null) continue
    const to = toScreen(view, goal)
    brush.setLineDash([2, 7])
    brush.beginPath()
    brush.moveTo(last.x, last.y)
    brush.lineTo(to.x, to.y)
    brush.stroke()
    brush.setLineDash([])
    brush.beginPath()
    brush.arc(to.x, to.y, 9, 0, 2 * Math.PI)
    brush.moveTo(to.x + 3, to.y)
    brush.arc(to.x, to.y, 3, 0, 2 * Math.PI)
    brush.stroke()
  }
}

const paintPeople = (brush: Brush, { view, people, lookOf }: Painting, stamps: Stamps) => {
  const radius = personRadius(view)
  for (const person of people) {
    const { picture, half } = stamps.of(lookOf(person.id), radius)
    const { x, y } = toScreen(view, person)
    // On whole points of the screen nothing has to be blended anew.
    brush.drawImage(
      picture,
      Math.round((x - half) * stamps.scale) / stamps.scale,
      Math.round((y - half) * stamps.scale) / stamps.scale,
      2 * half,
      2 * half,
    )
  }
}

export const paint = (brush: Brush, painting: Painting, stamps: Stamps): void => {
  brush.globalAlpha = painting.isOld ? 0.35 : 1
  paintTrails(brush, painting)
  paintPeople(brush, painting, stamps)
  brush.globalAlpha = 1
}
