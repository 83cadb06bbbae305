/** How large the marks are and which names have room, anew when one comes nearer or something is named otherwise. */
import { type RefObject, useEffect } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import {
  type Area,
  type Labelled,
  labelsThatFit,
  lineHeight,
  markArea,
  markRadius,
  radiusMax,
  saidRank,
  titleArea,
  titleShift,
} from '../model/labels.ts'
import type { Stage } from './stage.ts'

export interface Named {
  readonly id: string
  readonly title: string
  readonly short: string
  readonly rank: number
  /** It walks about: where it is now says nothing of how close things stand. */
  readonly isMover: boolean
}

const roomyRadius = 13

const everyMs = 2_000
/** Only so much nearer or further is worth looking again. */
const looksAgainAt = 1.08

const spotsOf = ({ marks, view: { k } }: Stage, prefix: string): readonly Point[] =>
  [...marks.values()].filter(({ id }) => id.startsWith(prefix)).map(({ x, y }) => ({ x: x * k, y: y * k }))

const linesOf = (title: Element): readonly string[] =>
  [...title.querySelectorAll('text')].map(({ textContent }) => textContent ?? '')

const around = ({ x, y }: Point, wide: number, high: number): Area => ({
  left: x - wide,
  right: x + wide,
  top: y - high,
  bottom: y + high,
})

/** Puts each title where nothing that stands still lies over it. @returns what the titles cover */
const arrangeTitles = ({ marks, view: { k } }: Stage, still: readonly Area[]): readonly Area[] =>
  [...marks.values()]
    .filter(({ id }) => id.startsWith('zone/'))
    .map(({ x, y, element }) => {
      const area = titleArea({ x: x * k, y: y * k }, linesOf(element))
      const down = titleShift(area, still, Number(element.dataset['high']) * k)
      const way = `${down}px`
      if (element.style.getPropertyValue('--down') !== way) element.style.setProperty('--down', way)
      return { ...area, top: area.top + down, bottom: area.bottom + down }
    })

const arrange = (element: HTMLElement, stage: Stage, named: readonly Named[]) => {
  const { k } = stage.view
  const onScreen = (id: string) => {
    const mark = stage.marks.get(id)
    return mark && { x: mark.x * k, y: mark.y * k }
  }
  const marks = named.flatMap(({ id, title, short, rank, isMover }): (Labelled & { isMover: boolean })[] => {
    const at = onScreen(id)
    const lines = short === '' ? [title] : [title, short]
    return at === undefined ? [] : [{ id, ...at, lines, rank, isMover }]
  })
  const radius = markRadius(marks.filter(({ isMover }) => !isMover))
  element.style.setProperty('--mark', `${radius / radiusMax}`)
  element.style.setProperty('--below', `${radius + lineHeight - 2}px`)
  const counterRadius = markRadius(spotsOf(stage, 'counter/'))
  element.style.setProperty('--counter', `${Math.min(1, Math.max(0.6, counterRadius / radiusMax))}`)
  const counters = spotsOf(stage, 'counter/').map(({ x, y }) => around({ x, y }, 46, 16))
  const places = spotsOf(stage, 'place/').map(({ x, y }) => around({ x, y }, 9, 9))
  const still = marks.filter(({ isMover }) => !isMover).map((mark) => markArea(mark, radius))
  const titles = arrangeTitles(stage, [...still, ...counters])
  // Where it is crowded only those are named of whom there is something to say.
  const wanted = marks.filter(({ rank }) => rank <= saidRank || radius >= roomyRadius)
  const shown = labelsThatFit(wanted, radius, [...titles, ...counters, ...places])
  for (const { id } of named) stage.marks.get(id)?.element.toggleAttribute('data-named', shown.has(id))
}

export const useLabels = (
  element: RefObject<HTMLElement | null>,
  stage: Stage,
  named: readonly Named[],
): void => {
  useEffect(() => {
    let lookedAt = 0
    let frame: number | undefined
    const look = () => {
      frame = undefined
      if (element.current !== null) arrange(element.current, stage, named)
    }
    const end = stage.onView(({ k }) => {
      const change = lookedAt === 0 ? Infinity : Math.max(k / lookedAt, lookedAt / k)
      if (change < looksAgainAt) return
      lookedAt = k
      frame ??= requestAnimationFrame(look)
    })
    // Those that walk about come to stand under other names.
    const timer = named.some(({ isMover }) => isMover) ? setInterval(look, everyMs) : undefined
    return () => {
      end()
      clearInterval(timer)
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [element, stage, named])
}
