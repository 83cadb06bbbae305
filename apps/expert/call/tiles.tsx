/** Everybody who is in the call, side by side, or one of them large. */
import { useState } from 'react'
import type { CallView } from '../../call/port.ts'
import { classes } from '../../ui/classes.ts'
import { Voice } from '../../ui/stream.tsx'
import { type Pair, useSay, useTitle } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { keyOf, nthKey } from '../keys/key-of.ts'
import { type Seat, seatsOf } from './seats.ts'
import { Tile } from './tile.tsx'
import styles from './tiles.module.css'
import { callWords } from './words.ts'

export const useSeatName = (): ((seat: Seat) => string) => {
  const say = useSay()
  const titleOf = useTitle()
  return ({ isOwn, role, title }) => {
    if (isOwn) return say(callWords.you)
    const name = titleOf(title)
    return name === '' ? say(callWords[role]) : `${say(callWords[role])} · ${name}`
  }
}

const pinTitle = (name: string): Pair => ({
  zh: callWords.pin.zh.replace('{who}', name),
  en: callWords.pin.en.replace('{who}', name),
})

export const Tiles = ({ view }: { view: CallView }) => {
  const say = useSay()
  const nameOf = useSeatName()
  const [pinned, setPinned] = useState<string>()
  const [isSilenced, setSilenced] = useState(false)
  const seats = seatsOf(view)
  const isThere = seats.some(({ id }) => id === pinned)
  useActions('tiles', [
    ...seats.map((seat, nth) => ({
      id: `pin-${seat.id}`,
      title: seat.isOwn ? callWords.pinOwn : pinTitle(nameOf(seat)),
      key: nthKey(nth),
      run: () => setPinned(seat.id),
    })),
    ...(isThere
      ? [{ id: 'unpin', title: callWords.unpin, key: keyOf.tiles.unpin, run: () => setPinned(undefined) }]
      : []),
  ])
  return (
    <>
      <ul
        className={classes(styles.tiles, isThere && styles.hasPinned)}
        aria-label={say(callWords.tiles)}
        data-count={seats.length}
      >
        {seats.map((seat) => (
          <Tile
            key={seat.id}
            seat={seat}
            name={nameOf(seat)}
            isPinned={seat.id === pinned}
            onPin={() => setPinned(seat.id === pinned ? undefined : seat.id)}
          />
        ))}
      </ul>
      {seats.map(
        ({ id, isOwn, stream }) =>
          !isOwn && stream !== null && <Voice key={id} stream={stream} onSilenced={setSilenced} />,
      )}
      {isSilenced && <output className={styles.alone}>{say(callWords.silenced)}</output>}
      {seats.length === 1 && view.over === null && (
        <output className={styles.alone}>{say(callWords.alone)}</output>
      )}
    </>
  )
}
