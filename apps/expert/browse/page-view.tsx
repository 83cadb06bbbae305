/** The customer's page, as large as there is room: looked at and pointed at, and never pressed. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { Mirror } from '../../browse/mirror.ts'
import { useSay } from '../../ui/words.ts'
import styles from './browse.module.css'
import type { TogetherStore } from './store.ts'
import { browseWords } from './words.ts'

interface Size {
  readonly width: number
  readonly height: number
}

const useScale = (place: RefObject<HTMLDivElement | null>, size: Size | null): number => {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const watch = new ResizeObserver(() =>
      setRoom({ width: element.clientWidth, height: element.clientHeight }),
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [place])
  if (size === null || size.width === 0 || size.height === 0) return 1
  return Math.min(room.width / size.width, room.height / size.height)
}

export interface PageViewProps {
  readonly store: TogetherStore
  readonly size: Size | null
  /** By a key: the place is chosen by its name. */
  readonly onChoose: () => void
}

export const PageView = ({ store, size, onChoose }: PageViewProps) => {
  const say = useSay()
  const place = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const scale = useScale(place, size)
  useEffect(() => {
    const page = frame.current?.contentDocument
    return page == null ? undefined : store.attach(new Mirror(page))
  }, [store])
  const { width, height } = size ?? { width: 0, height: 0 }
  const spotOf = ({ nativeEvent }: { readonly nativeEvent: MouseEvent }) =>
    store.spotAt(nativeEvent.offsetX / scale, nativeEvent.offsetY / scale)
  const onMove = (event: PointerEvent) => {
    const spot = spotOf(event)
    if (spot !== undefined) store.point(spot)
  }
  return (
    <div ref={place} className={styles.place}>
      <div className={styles.sheet} style={{ width: width * scale, height: height * scale }}>
        {/* Neither a program nor a form nor a key does anything in it. */}
        <iframe
          ref={frame}
          title={say(browseWords.page)}
          sandbox="allow-same-origin"
          inert
          className={styles.frame}
          style={{ width, height, transform: `scale(${scale})` }}
        />
        <button
          type="button"
          className={styles.glass}
          aria-label={say(browseWords.point)}
          onPointerMove={onMove}
          onPointerLeave={() => store.pointAway()}
          onClick={(event) => {
            const spot = event.detail === 0 ? undefined : spotOf(event)
            if (spot === undefined) onChoose()
            else store.mark(spot)
          }}
        />
      </div>
    </div>
  )
}
