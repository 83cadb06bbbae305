/** What somebody in a call shows and says. Pictures and voices come apart: what is heard does not depend on what is shown. */
import { type RefObject, useEffect, useRef } from 'react'

const usePlaying = <T extends HTMLMediaElement>(stream: MediaStream): RefObject<T | null> => {
  const place = useRef<T>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    element.srcObject = stream
    // Otherwise it goes on being decoded until somebody collects the element.
    return () => {
      element.srcObject = null
    }
  }, [stream])
  return place
}

export const Picture = ({
  stream,
  className,
}: {
  readonly stream: MediaStream
  readonly className: string
}) => <video ref={usePlaying<HTMLVideoElement>(stream)} className={className} autoPlay playsInline muted />

export const Voice = ({ stream }: { readonly stream: MediaStream }) => (
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- people who talk to each other have no captions
  <audio ref={usePlaying<HTMLAudioElement>(stream)} autoPlay />
)
