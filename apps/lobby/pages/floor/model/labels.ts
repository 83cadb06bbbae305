/** Which names have room: at each zoom as many as do not lie over each other or over a mark, the most wanted first. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'

export interface Labelled extends Point {
  readonly id: string
  /** Each line of it. */
  readonly lines: readonly string[]
  /** Lower is more wanted. */
  readonly rank: number
}

export const fontPixels = 13
export const lineHeight = 16

/** Near enough without asking the browser: a Chinese character is as wide as it is high, others about half. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const sign of text) width += sign > '⺀' ? fontPixels : fontPixels * 0.56
  return width
}

export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const overlap = (a: Area, b: Area) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const titleFontPixels = 16
const titleEdgePixels = 12
/** Its name and one line below it. */
const titleHeight = 52
/** What each further line adds. */
export const titleLineHeight = 20

/** What the title of a zone covers: as wide as what it says, which no name of a device may lie over. */
export const titleArea = ({ x, y }: Point, lines: readonly string[]): Area => ({
  left: x,
  right: x + 2 * titleEdgePixels + Math.max(0, ...lines.map(widthOf)) * (titleFontPixels / fontPixels),
  top: y,
  bottom: y + titleHeight + Math.max(0, lines.length - 2) * titleLineHeight,
})

const titleShifts = [0, 12, 24, 36, 48]
/** What stands at the upper edge of a zone reaches so far into what its title would cover, and harms nobody. */
const titleTopPixels = 10

/**
 * How far below its corner a title stands, so that no mark lies over it; at its corner where it is crowded all over.
 * @param high the zone, in pixels
 */
export const titleShift = (title: Area, marks: readonly Area[], high: number): number => {
  const isFree = (by: number) => {
    const { left, right } = title
    const area = { left, right, top: title.top + by + titleTopPixels, bottom: title.bottom + by }
    return !marks.some((mark) => overlap(mark, area))
  }
  const own = title.bottom - title.top
  return titleShifts.find((by) => by + own <= Math.max(high, own) && isFree(by)) ?? 0
}

const linkShare = 1.25

/** Whoever is in trouble is named also over the marks of others, only not over another name. */
export const troubleRank = 3
/** What a person has in hand is named as surely. */
export const heldRank = 2.9
/** There is something to say, such as its work: before mere names, and over nobody's mark. */
export const saidRank = 3

/** What a mark covers, with the sign of its link at the lower right. */
export const markArea = ({ x, y }: Point, radius: number): Area => ({
  left: x - radius,
  right: x + radius * linkShare,
  top: y - radius,
  bottom: y + radius * linkShare,
})

/**
 * In pixels; the label stands below the middle of its mark.
 * @param others what no label may lie over, such as titles of zones
 */
export const labelsThatFit = (
  marks: readonly Labelled[],
  radius: number,
  others: readonly Area[] = [],
): ReadonlySet<string> => {
  const plates = marks.map(({ id, x, y }) => ({ id, area: markArea({ x, y }, radius) }))
  const taken: Area[] = [...others]
  const shown = new Set<string>()
  for (const { id, x, y, lines, rank } of [...marks].sort(
    (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1),
  )) {
    const half = Math.max(...lines.map(widthOf)) / 2 + 2
    const area = {
      left: x - half,
      right: x + half,
      top: y + radius,
      bottom: y + radius + lineHeight * lines.length,
    }
    if (taken.some((one) => overlap(one, area))) continue
    if (rank >= troubleRank && plates.some((one) => one.id !== id && overlap(one.area, area))) continue
    shown.add(id)
    taken.push(area)
  }
  return shown
}

export const radiusMax = 18
const radiusMin = 8

/** As large as their neighbours allow: half of the distance that three in four have to the nearest one. */
export const markRadius = (points: readonly Point[]): number => {
  if (points.length < 2) return radiusMax
  const gaps = points
    .map((a) => Math.min(...points.map((b) => (a === b ? Infinity : Math.hypot(a.x - b.x, a.y - b.y)))))
    .sort((a, b) => a - b)
  const gap = gaps[Math.floor(gaps.length * 0.25)] ?? Infinity
  return Math.max(radiusMin, Math.min(radiusMax, gap / 2 - 1))
}
