/** A picture that comes from somewhere. One's own is seen as in a mirror, and never heard. */
import { useEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import styles from './desk.module.css'

export interface VideoProps {
  readonly stream: MediaStream | null | undefined
  readonly label: string
  readonly isOwn?: boolean
}

export const Video = ({ stream, label, isOwn = false }: VideoProps) => {
  const place = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = place.current
    if (video === null || video.srcObject === (stream ?? null)) return
    video.srcObject = stream ?? null
    if (stream != null) void video.play().catch(() => undefined)
  }, [stream])
  return (
    <video
      ref={place}
      className={classes(styles.video, isOwn && styles.mirror)}
      aria-label={label}
      autoPlay
      playsInline
      muted={isOwn}
    >
      <track kind="captions" />
    </video>
  )
}
