/** People and trails, painted at most once for each picture of the screen, and only while something moves. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { Trails } from '../model/trails.ts'
import { toScreen, type View } from '../model/view.ts'

/** `free`: nobody knows more than that somebody is there. `calls`: wants a person. */
export type PersonLook = 'free' | 'visit' | 'served' | 'priority' | 'calls'

export interface PaintColours {
  readonly person: string
  readonly faint: string
  readonly edge: string
  readonly calls: string
  readonly onCalls: string
  readonly trail: string
}

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

type Brush = CanvasRenderingContext2D

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

const groupsOf = ({ view, people, lookOf }: Painting): ReadonlyMap<PersonLook, readonly Point[]> => {
  const groups = new Map<PersonLook, Point[]>()
  for (const person of people) {
    const look = lookOf(person.id)
    const group = groups.get(look)
    const at = toScreen(view, person)
    if (group === undefined) groups.set(look, [at])
    else group.push(at)
  }
  return groups
}

const discs = (brush: Brush, points: readonly Point[], radius: number) => {
  brush.beginPath()
  for (const { x, y } of points) {
    brush.moveTo(x + radius, y)
    brush.arc(x, y, radius, 0, 2 * Math.PI)
  }
}

const diamonds = (brush: Brush, points: readonly Point[], radius: number) => {
  brush.beginPath()
  for (const { x, y } of points) {
    brush.moveTo(x, y - radius)
    brush.lineTo(x + radius, y)
    brush.lineTo(x, y + radius)
    brush.lineTo(x - radius, y)
    brush.closePath()
  }
}

const paintPeople = (brush: Brush, painting: Painting) => {
  const { colours, view } = painting
  const radius = personRadius(view)
  const groups = groupsOf(painting)
  brush.lineWidth = 1.5
  brush.strokeStyle = colours.edge
  for (const look of ['free', 'served', 'visit', 'priority'] as const) {
    const points = groups.get(look)
    if (points === undefined) continue
    discs(brush, points, look === 'free' ? radius - 1 : radius)
    brush.fillStyle = look === 'visit' || look === 'priority' ? colours.person : colours.faint
    brush.fill()
    brush.stroke()
    if (look !== 'priority') continue
    brush.strokeStyle = colours.person
    discs(brush, points, radius + 3)
    brush.stroke()
    brush.strokeStyle = colours.edge
  }
  const calling = groups.get('calls')
  if (calling === undefined) return
  diamonds(brush, calling, radius + 5)
  brush.fillStyle = colours.calls
  brush.fill()
  brush.strokeStyle = colours.onCalls
  brush.stroke()
  brush.fillStyle = colours.onCalls
  brush.font = `700 ${Math.round(radius + 5)}px system-ui, sans-serif`
  brush.textAlign = 'center'
  brush.textBaseline = 'middle'
  for (const { x, y } of calling) brush.fillText('!', x, y + 0.5)
}

export const paint = (brush: Brush, painting: Painting): void => {
  brush.globalAlpha = painting.isOld ? 0.35 : 1
  paintTrails(brush, painting)
  paintPeople(brush, painting)
  brush.globalAlpha = 1
}
