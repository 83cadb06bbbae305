/** Where the expert points: a ring around it, that lets every touch through. The expert sees the page without it. */
import { Hand } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import type { BrowseFromExpert } from '#protocol/calls/browse.ts'
import { classes } from '../../ui/classes.ts'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import styles from './browse.module.css'

type Point = Extract<BrowseFromExpert, { kind: 'point' }>

const besidePx = 8
const wordsPx = 64

/** A mark has words, which go below what is meant, and above it where the page ends. */
const handAt = ({ isMark, x, y }: Point, box: DOMRect) => {
  if (!isMark) return { left: box.left + x * box.width, top: box.top + y * box.height }
  const below = box.bottom + wordsPx / 3
  return { left: box.left, top: below + wordsPx > innerHeight ? box.top - wordsPx * 1.3 : below }
}

export const Pointer = ({ point, expert }: { readonly point: Point; readonly expert: string }) => {
  const { say } = useSpeech()
  const { browse } = useKiosk()
  const ring = useRef<HTMLDivElement>(null)
  const hand = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    let frame = 0
    // The page may be moved below it.
    const place = () => {
      const box = browse.elementOf(point)?.getBoundingClientRect()
      for (const mark of [ring.current, hand.current]) if (mark !== null) mark.hidden = box === undefined
      if (box !== undefined && ring.current !== null && hand.current !== null) {
        const { style } = ring.current
        style.left = `${box.left - besidePx}px`
        style.top = `${box.top - besidePx}px`
        style.width = `${box.width + 2 * besidePx}px`
        style.height = `${box.height + 2 * besidePx}px`
        const { left, top } = handAt(point, box)
        hand.current.style.left = `${left}px`
        hand.current.style.top = `${top}px`
      }
      frame = requestAnimationFrame(place)
    }
    place()
    return () => cancelAnimationFrame(frame)
  }, [browse, point])
  return (
    <div data-unseen>
      <div ref={ring} className={classes(styles.ring, point.isMark && styles.marked)} data-point="ring" />
      <div ref={hand} className={styles.hand}>
        <Hand aria-hidden />
        {point.isMark && <span>{say('browseLook', { expert })}</span>}
      </div>
      {point.isMark && <output className="visually-hidden">{say('browseLook', { expert })}</output>}
    </div>
  )
}
