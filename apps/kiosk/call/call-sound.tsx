/** What the others say, on whatever page the visitor is. */
import { useEffect, useRef } from 'react'
import { useCell } from '../outside/cell.ts'
import { useKiosk } from '../parts/use-kiosk.ts'

const Voice = ({ stream }: { readonly stream: MediaStream }) => {
  const sound = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    if (sound.current !== null) sound.current.srcObject = stream
  }, [stream])
  // biome-ignore lint/a11y/useMediaCaption: people who talk to each other have no captions
  return <audio ref={sound} autoPlay />
}

export const CallSound = () => {
  const view = useCell(useKiosk().call.view)
  return view?.others.map(({ id, stream }) => stream !== null && <Voice key={id} stream={stream} />)
}
