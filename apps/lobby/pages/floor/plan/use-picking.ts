/** What a tap on the plan meant: the device or the person nearest to the finger, else the zone. Keys mean what has the focus. */
import { type RefObject, useEffect, useRef } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { nearest, reachPixels } from '../model/hit.ts'
import { radiusMax } from '../model/labels.ts'
import { toScreen } from '../model/view.ts'
import type { Pick } from '../pick.ts'
import type { Motion } from './motion.ts'
import type { StageHandle } from './use-stage.ts'

/** A second tap within it zooms: the first one opens nothing. */
const doubleTapMs = 260

const dataOf = (target: EventTarget | null, name: 'device' | 'zone'): string | undefined => {
  const element = target instanceof Element ? target.closest<SVGElement>(`[data-${name}]`) : null
  return element?.dataset[name]
}

const hit = ({ stage }: StageHandle, motion: Motion | undefined, at: Point): Pick | undefined => {
  const seen = [...(motion?.people() ?? [])].map((spot) => ({
    id: `p${spot.id}`,
    ...toScreen(stage.view, spot),
  }))
  const marks = [...stage.marks.values()]
    .filter(({ element }) => element.dataset['device'] !== undefined)
    .map((mark) => ({ id: `d${mark.id}`, ...toScreen(stage.view, mark) }))
  // Devices are drawn above people: what lies under the finger itself is meant before what is near to it.
  const found = nearest(marks, at, radiusMax) ?? nearest([...seen, ...marks], at, reachPixels)
  if (found === undefined) return undefined
  const id = found.id.slice(1)
  return found.id.startsWith('d') ? { kind: 'device', id } : { kind: 'track', id }
}

export interface PickingParts {
  readonly handle: StageHandle
  readonly element: RefObject<HTMLElement | null>
  readonly motion: RefObject<Motion | undefined>
  readonly onPick: (pick: Pick) => void
}

export const usePicking = ({ handle, element: window_, motion, onPick }: PickingParts): void => {
  const latest = useRef(onPick)
  useEffect(() => {
    latest.current = onPick
  })
  useEffect(() => {
    const element = window_.current
    if (element === null) return undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    const onClick = (event: MouseEvent) => {
      clearTimeout(waiting)
      const { left, top } = element.getBoundingClientRect()
      const own = dataOf(event.target, 'device')
      // Targets of marks that stand close lie over each other: the nearest middle is meant.
      const found: Pick | undefined =
        hit(handle, motion.current, { x: event.clientX - left, y: event.clientY - top }) ??
        (own === undefined ? undefined : { kind: 'device', id: own })
      if (found !== undefined) return latest.current(found)
      const zone = dataOf(event.target, 'zone')
      if (zone === undefined) return
      const open = () => latest.current({ kind: 'zone', id: zone })
      const isTitle = event.target instanceof Element && event.target.closest('[role="button"]') !== null
      if (isTitle) open()
      else waiting = setTimeout(open, doubleTapMs)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      const device = dataOf(event.target, 'device')
      const zone = dataOf(event.target, 'zone')
      if (device === undefined && zone === undefined) return
      event.preventDefault()
      if (device !== undefined) latest.current({ kind: 'device', id: device })
      else if (zone !== undefined) latest.current({ kind: 'zone', id: zone })
    }
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && !event.target.matches(':focus-visible')) return
      const device = dataOf(event.target, 'device')
      const zone = dataOf(event.target, 'zone')
      if (device !== undefined) handle.reveal(device)
      else if (zone !== undefined) handle.reveal(`zone/${zone}`)
    }
    const forget = () => clearTimeout(waiting)
    element.addEventListener('click', onClick)
    element.addEventListener('dblclick', forget)
    element.addEventListener('keydown', onKey)
    element.addEventListener('focusin', onFocus)
    return () => {
      forget()
      element.removeEventListener('click', onClick)
      element.removeEventListener('dblclick', forget)
      element.removeEventListener('keydown', onKey)
      element.removeEventListener('focusin', onFocus)
    }
  }, [handle, window_, motion])
}
