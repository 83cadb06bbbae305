/** Those in the call: their picture where there is one, their name, and how it is with them. */
import { MicOff, UserRound, VideoOff } from 'lucide-react'
import type { CallView, Party } from '../../call/port.ts'
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import styles from './calls.module.css'
import { callWords } from './words.ts'

interface TileProps extends Pick<Party, 'stream' | 'shown'> {
  readonly name: string
  readonly note?: string | undefined
  readonly isOwn?: boolean
}

const Tile = ({ stream, shown, name, note, isOwn = false }: TileProps) => {
  const say = useSay()
  // On hold nothing comes any more, and the last picture would stand still.
  const isSeen = shown.camera && !shown.held
  return (
    <figure className={styles.tile}>
      {stream !== null && isSeen ? (
        <Picture stream={stream} className={classes(styles.video, isOwn && styles.mirror)} />
      ) : (
        <UserRound aria-hidden size={40} />
      )}
      {note !== undefined && <p className={styles.over}>{note}</p>}
      <figcaption className={styles.name}>
        <span>{name}</span>
        {!shown.camera && (
          <>
            <VideoOff aria-hidden size={18} />
            <span className="visually-hidden">{`${say(callWords.camera)} ${say(callWords.off)}`}</span>
          </>
        )}
        {!shown.microphone && (
          <>
            <MicOff aria-hidden size={18} />
            <span className="visually-hidden">{`${say(callWords.microphone)} ${say(callWords.off)}`}</span>
          </>
        )}
      </figcaption>
    </figure>
  )
}

export const Tiles = ({ view }: { readonly view: CallView }) => {
  const say = useSay()
  const titleOf = useTitle()
  const noteOf = ({ link, quality, shown }: Party) => {
    if (shown.held) return say(callWords.held)
    if (link === 'connecting') return say(callWords.connecting)
    return link === 'broken' || (quality === 'none' && shown.camera) ? say(callWords.broken) : undefined
  }
  return (
    <div className={styles.tiles}>
      {view.others.map((party) => (
        <Tile
          key={party.id}
          stream={party.stream}
          shown={party.shown}
          name={titleOf(party.title, party.id)}
          note={noteOf(party)}
        />
      ))}
      <Tile stream={view.own.stream} shown={view.own.shown} name={say(callWords.you)} isOwn />
    </div>
  )
}
