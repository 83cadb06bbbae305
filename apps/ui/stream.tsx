/** What somebody in a call shows and says. Pictures and voices come apart: what is heard does not depend on what is shown. */
import { useEffect, useRef } from 'react'

const againMs = 1_000

export interface PictureProps {
  readonly stream: MediaStream
  readonly className: string
  /** Where nothing beside it says whose it is. */
  readonly label?: string
}

export const Picture = ({ stream, className, label }: PictureProps) => {
  const place = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = place.current
    if (video === null) return undefined
    video.srcObject = stream
    // Otherwise it goes on being decoded until somebody collects the element.
    return () => {
      video.srcObject = null
    }
  }, [stream])
  return <video ref={place} className={className} aria-label={label} autoPlay playsInline muted />
}

export interface VoiceProps {
  readonly stream: MediaStream
  /** Always the same function. */
  readonly onSilenced?: (isSilenced: boolean) => void
}

/** A browser lets no page sound before it was touched, or is heard itself: it is tried again until it may. */
export const Voice = ({ stream, onSilenced }: VoiceProps) => {
  const place = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    const audio = place.current
    if (audio === null) return undefined
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const refused = (error: unknown) => {
      if (isOver || !(error instanceof DOMException) || error.name !== 'NotAllowedError') return
      onSilenced?.(true)
      timer = setTimeout(play, againMs)
    }
    const play = () => {
      audio.play().then(() => !isOver && onSilenced?.(false), refused)
    }
    audio.srcObject = stream
    play()
    return () => {
      isOver = true
      clearTimeout(timer)
      audio.srcObject = null
    }
  }, [stream, onSilenced])
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- people who talk to each other have no captions
  return <audio ref={place} />
}
