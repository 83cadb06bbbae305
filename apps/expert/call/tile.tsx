/** One of those in the call: their picture, who they are, and how well they are seen and heard. */
import { MicOff, PauseCircle, SignalHigh, SignalLow, SignalMedium, SignalZero, VideoOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Quality } from '../../call/port.ts'
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import { useSay } from '../../ui/words.ts'
import { guestWords } from '../guest/words.ts'
import type { Seat } from './seats.ts'
import styles from './tile.module.css'
import { callWords } from './words.ts'

const qualityIcons: Readonly<Record<Quality, ReactNode>> = {
  good: <SignalHigh aria-hidden size={18} />,
  fair: <SignalMedium aria-hidden size={18} />,
  poor: <SignalLow aria-hidden size={18} />,
  none: <SignalZero aria-hidden size={18} />,
}

const Marks = ({ seat }: { seat: Seat }) => {
  const say = useSay()
  const { shown, quality, link } = seat
  return (
    <span className={styles.marks}>
      {seat.apart && (
        <span className={styles.mark}>
          <PauseCircle aria-hidden size={18} />
          {say(guestWords.waits)}
        </span>
      )}
      {shown.held && (
        <span className={styles.mark}>
          <PauseCircle aria-hidden size={18} />
          {say(callWords.held)}
        </span>
      )}
      {!shown.microphone && (
        <span className={styles.mark}>
          <MicOff aria-hidden size={18} />
          {say(callWords.muted)}
        </span>
      )}
      {quality !== null && link === 'connected' && (
        <span className={classes(styles.mark, quality !== 'good' && quality !== 'fair' && styles.weak)}>
          {qualityIcons[quality]}
          {say(callWords[`quality.${quality}`])}
        </span>
      )}
    </span>
  )
}

export interface TileProps {
  readonly seat: Seat
  readonly name: string
  readonly isPinned: boolean
  readonly onPin: () => void
}

export const Tile = ({ seat, name, isPinned, onPin }: TileProps) => {
  const say = useSay()
  const { stream } = seat
  const hasPicture = seat.shown.camera && stream !== null && !seat.shown.held
  const pinIt = seat.isOwn ? say(callWords.pinOwn) : say(callWords.pin, { who: name })
  const pinWords = isPinned ? say(callWords.unpin) : pinIt
  return (
    <li className={styles.tile} data-seat={seat.id} data-pinned={isPinned || undefined}>
      {hasPicture ? (
        <Picture
          stream={stream}
          label={name}
          className={classes(styles.picture, seat.isOwn && styles.mirror)}
        />
      ) : (
        <p className={styles.blank}>
          <VideoOff aria-hidden size={28} />
          {seat.link === 'connecting' ? say(callWords.connecting) : say(callWords.noPicture)}
        </p>
      )}
      <Button className={classes(styles.pin)} aria-label={pinWords} aria-pressed={isPinned} onPress={onPin} />
      <p className={styles.caption}>
        <strong>{name}</strong>
        <Marks seat={seat} />
      </p>
    </li>
  )
}
