/** One of those in the call: seen where the camera is on, named always, and said how it is with them. */
import { MicOff, UserRound, VideoOff } from 'lucide-react'
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import styles from './call.module.css'

export interface TileProps {
  readonly name: string
  readonly stream: MediaStream | null
  readonly isSeen: boolean
  readonly isHeard: boolean
  /** Instead of the picture. */
  readonly note?: string | undefined
  readonly isLarge?: boolean
  /** As in a mirror: people look for themselves the way they know themselves. */
  readonly isOwn?: boolean
  readonly words: { readonly cameraOff: string; readonly microphoneOff: string }
}

export const Tile = (props: TileProps) => {
  const { name, stream, isSeen, isHeard, note, isLarge = false, isOwn = false, words } = props
  return (
    <figure className={classes(styles.tile, isLarge && styles.large)}>
      {stream !== null && isSeen ? (
        <Picture stream={stream} className={classes(styles.video, isOwn && styles.mirror)} />
      ) : (
        <UserRound aria-hidden className={styles.nobody} />
      )}
      {note !== undefined && <p className={styles.over}>{note}</p>}
      <figcaption className={styles.name}>
        <span>{name}</span>
        {!isSeen && <VideoOff aria-hidden />}
        {!isHeard && <MicOff aria-hidden />}
        <span className="visually-hidden">
          {[...(isSeen ? [] : [words.cameraOff]), ...(isHeard ? [] : [words.microphoneOff])].join(', ')}
        </span>
      </figcaption>
    </figure>
  )
}
