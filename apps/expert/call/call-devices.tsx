/** Another camera or microphone in the middle of a call. */
import { useEffect, useState } from 'react'
import type { CallMedia, CallView } from '../../call/port.ts'
import { Choice } from '../../ui/choice.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { useSay } from '../../ui/words.ts'
import { type DeviceKind, keepChosen, type Listed, listDevices, readChosen } from '../desk/devices.ts'
import { Level } from '../desk/level.tsx'
import { expertWords } from '../words.ts'
import parts from './parts.module.css'
import { callWords } from './words.ts'

const inUse = (stream: MediaStream | null, kind: DeviceKind): string => {
  const [track] = (kind === 'camera' ? stream?.getVideoTracks() : stream?.getAudioTracks()) ?? []
  return track?.getSettings().deviceId ?? ''
}

const useListed = (): Listed | undefined => {
  const [listed, setListed] = useState<Listed>()
  useEffect(() => {
    let isOver = false
    const look = () => void listDevices().then((now) => !isOver && setListed(now))
    look()
    navigator.mediaDevices?.addEventListener('devicechange', look)
    return () => {
      isOver = true
      navigator.mediaDevices?.removeEventListener('devicechange', look)
    }
  }, [])
  return listed
}

export interface CallDevicesProps {
  readonly media: CallMedia
  readonly view: CallView
  readonly onClose: () => void
}

export const CallDevices = ({ media, view, onClose }: CallDevicesProps) => {
  const say = useSay()
  const listed = useListed()
  const { stream } = view.own
  const choose = (kind: DeviceKind, id: string) => {
    keepChosen({ ...readChosen(), [kind]: id })
    void media.use({ kind, id })
  }
  return (
    <Sheet title={say(callWords.devices)} isOpen onClose={onClose}>
      <div className={parts.form}>
        {(['camera', 'microphone'] as const).map((kind) => (
          <Choice
            key={kind}
            label={say(expertWords[kind])}
            value={inUse(stream, kind)}
            options={listed?.[kind] ?? []}
            onChange={(id) => choose(kind, id)}
          />
        ))}
        <Level stream={stream ?? undefined} />
      </div>
    </Sheet>
  )
}
