/**
 * A small picture of what is on the screen, drawn anew from what the page knows of it: pictures and the video as they are,
 * words where they stand. A page may not photograph itself without being asked; this needs nobody. What a page of the
 * library shows in its frame is left as an empty field.
 */

const wide = 640
/** A message of a device carries 64 kB. */
const textMax = 45_000
const qualities = [0.7, 0.5, 0.3, 0.15] as const

interface Paper {
  readonly draw: CanvasRenderingContext2D
  readonly scale: number
}

const backgroundOf = (element: Element) => getComputedStyle(element).backgroundColor

const drawBox = ({ draw, scale }: Paper, element: Element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  draw.fillStyle = backgroundOf(element)
  draw.fillRect(left * scale, top * scale, width * scale, height * scale)
}

const sizeOf = (media: HTMLImageElement | HTMLVideoElement) =>
  media instanceof HTMLImageElement
    ? { width: media.naturalWidth, height: media.naturalHeight }
    : { width: media.videoWidth, height: media.videoHeight }

/** As the style has it: whole, and in the middle. */
const drawMedia = ({ draw, scale }: Paper, media: HTMLImageElement | HTMLVideoElement) => {
  const box = media.getBoundingClientRect()
  const { width, height } = sizeOf(media)
  if (width === 0 || height === 0) return
  const fit = Math.min(box.width / width, box.height / height) * scale
  const [x, y] = [(box.left + box.width / 2) * scale, (box.top + box.height / 2) * scale]
  draw.drawImage(media, x - (width * fit) / 2, y - (height * fit) / 2, width * fit, height * fit)
}

/** Line by line, as the browser broke them. */
const linesOf = (text: Text): readonly { readonly words: string; readonly box: DOMRect }[] => {
  const lines: { words: string; box: DOMRect }[] = []
  const range = document.createRange()
  for (let at = 0; at < text.length; at += 1) {
    range.setStart(text, at)
    range.setEnd(text, at + 1)
    const [box] = range.getClientRects()
    const line = lines.at(-1)
    if (box === undefined) continue
    if (line !== undefined && Math.abs(line.box.top - box.top) < box.height / 2)
      line.words += text.data[at] ?? ''
    else lines.push({ words: text.data[at] ?? '', box })
  }
  return lines
}

const drawText = ({ draw, scale }: Paper, text: Text) => {
  const parent = text.parentElement
  if (parent === null || parent.offsetParent === null) return
  const { color, fontSize, fontWeight, fontFamily } = getComputedStyle(parent)
  draw.fillStyle = color
  draw.font = `${fontWeight} ${Number.parseFloat(fontSize) * scale}px ${fontFamily}`
  draw.textBaseline = 'middle'
  for (const { words, box } of linesOf(text))
    draw.fillText(words, box.left * scale, (box.top + box.height / 2) * scale)
}

const paint = (paper: Paper, root: Element) => {
  drawBox(paper, root)
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLImageElement || element instanceof HTMLVideoElement) drawMedia(paper, element)
    else if (backgroundOf(element) !== 'rgba(0, 0, 0, 0)') drawBox(paper, element)
    for (const child of element.childNodes) if (child instanceof Text) drawText(paper, child)
  }
}

/** @returns a JPEG as a data URL. */
export const takeScreenshot = (root: Element): { readonly image: string } => {
  const canvas = document.createElement('canvas')
  canvas.width = wide
  canvas.height = Math.round((wide * innerHeight) / innerWidth)
  const draw = canvas.getContext('2d')
  if (draw === null) throw new Error('This browser has no canvas.')
  paint({ draw, scale: wide / innerWidth }, root)
  const images = qualities.map((quality) => () => canvas.toDataURL('image/jpeg', quality))
  for (const image of images) {
    const found = image()
    if (found.length <= textMax) return { image: found }
  }
  throw new Error('The picture does not get small enough.')
}
