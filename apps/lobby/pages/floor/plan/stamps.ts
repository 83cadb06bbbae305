/** People are drawn alike by the hundred, sixty times a second: each look is drawn once, and then only put down. */

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

export type Brush = CanvasRenderingContext2D
type StampBrush = OffscreenCanvasRenderingContext2D

export interface Stamp {
  /** Not a canvas: of that a copy is taken each time it is put down. */
  readonly picture: ImageBitmap
  /** From its middle to its edge, in pixels of the page. */
  readonly half: number
}

export interface Stamps {
  /** Points of the screen for a pixel. */
  readonly scale: number
  of(look: PersonLook, radius: number): Stamp
}

const disc = (brush: StampBrush, radius: number) => {
  brush.beginPath()
  brush.arc(0, 0, radius, 0, 2 * Math.PI)
}

const drawCalling = (brush: StampBrush, radius: number, { calls, onCalls }: PaintColours) => {
  const reach = radius + 5
  brush.beginPath()
  brush.moveTo(0, -reach)
  brush.lineTo(reach, 0)
  brush.lineTo(0, reach)
  brush.lineTo(-reach, 0)
  brush.closePath()
  brush.fillStyle = calls
  brush.fill()
  brush.strokeStyle = onCalls
  brush.stroke()
  brush.fillStyle = onCalls
  brush.font = `700 ${Math.round(reach)}px system-ui, sans-serif`
  brush.textAlign = 'center'
  brush.textBaseline = 'middle'
  brush.fillText('!', 0, 0.5)
}

const draw = (
  brush: StampBrush,
  look: PersonLook,
  { radius, colours }: { radius: number; colours: PaintColours },
) => {
  brush.lineWidth = 1.5
  if (look === 'calls') return drawCalling(brush, radius, colours)
  disc(brush, look === 'free' ? radius - 1 : radius)
  brush.fillStyle = look === 'visit' || look === 'priority' ? colours.person : colours.faint
  brush.fill()
  brush.strokeStyle = colours.edge
  brush.stroke()
  if (look !== 'priority') return
  brush.strokeStyle = colours.person
  disc(brush, radius + 3)
  brush.stroke()
}

const stampOf = (look: PersonLook, radius: number, { colours, scale }: StampParts): Stamp => {
  const half = Math.ceil(radius + 7)
  const wide = Math.round(2 * half * scale)
  const canvas = new OffscreenCanvas(wide, wide)
  const brush = canvas.getContext('2d')
  brush?.scale(scale, scale)
  brush?.translate(half, half)
  if (brush !== null) draw(brush, look, { radius, colours })
  return { picture: canvas.transferToImageBitmap(), half }
}

interface StampParts {
  readonly colours: PaintColours
  readonly scale: number
}

/** For one theme and one screen. */
export const createStamps = (parts: StampParts): Stamps => {
  const made = new Map<string, Stamp>()
  return {
    scale: parts.scale,
    of: (look, wanted) => {
      const radius = Math.round(wanted * 2) / 2
      const name = `${look} ${radius}`
      const known = made.get(name)
      if (known !== undefined) return known
      const stamp = stampOf(look, radius, parts)
      made.set(name, stamp)
      return stamp
    },
  }
}
