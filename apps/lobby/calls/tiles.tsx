/** Those in the call: their picture where there is one, their name, and how it is with them. */
import { MicOff, UserRound, VideoOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { CallView, Party } from '../../call/port.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import styles from './calls.module.css'
import { callWords } from './words.ts'

/** Seen only: what is heard does not depend on what is shown. */
const Picture = ({ stream }: { readonly stream: MediaStream }) => {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream
  }, [stream])
  return <video ref={video} className={styles.video} autoPlay playsInline muted />
}

interface TileProps extends Pick<Party, 'stream' | 'shown'> {
  readonly name: string
  readonly note?: string | undefined
}

const Tile = ({ stream, shown, name, note }: TileProps) => {
  const say = useSay()
  return (
    <figure className={styles.tile}>
      {stream !== null && shown.camera ? <Picture stream={stream} /> : <UserRound aria-hidden size={40} />}
      {note !== undefined && <p className={styles.over}>{note}</p>}
      <figcaption className={styles.name}>
        <span>{name}</span>
        {!shown.camera && (
          <VideoOff role="img" size={18} aria-label={`${say(callWords.camera)} ${say(callWords.off)}`} />
        )}
        {!shown.microphone && (
          <MicOff role="img" size={18} aria-label={`${say(callWords.microphone)} ${say(callWords.off)}`} />
        )}
      </figcaption>
    </figure>
  )
}

export const Tiles = ({ view }: { readonly view: CallView }) => {
  const say = useSay()
  const titleOf = useTitle()
  const noteOf = ({ link, quality, shown }: Party) => {
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
      <Tile stream={view.own.stream} shown={view.own.shown} name={say(callWords.you)} />
    </div>
  )
}
