/** What the others say, also while the sheet of the call is closed. */
import { useEffect, useRef } from 'react'
import type { Joined } from './use-joined.ts'

const Voice = ({ stream }: { readonly stream: MediaStream }) => {
  const sound = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    if (sound.current !== null) sound.current.srcObject = stream
  }, [stream])
  // biome-ignore lint/a11y/useMediaCaption: people who talk to each other have no captions
  return <audio ref={sound} autoPlay />
}

export const Sound = ({ joined: { view, isHearing } }: { readonly joined: Joined }) =>
  isHearing && view?.others.map(({ id, stream }) => stream !== null && <Voice key={id} stream={stream} />)
