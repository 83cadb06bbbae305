/** What becomes of the file that somebody chose: on its way, taken, or refused and why. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Media } from '#protocol/content.ts'
import { HubRefused } from '../../live/ask-hub.ts'
import { sendFile } from './send-file.ts'

export interface FileLife {
  readonly name: string
  readonly state: 'sending' | 'refused'
  readonly sent: number
  readonly whole: number
  readonly refused?: HubRefused
}

export interface SendingHere {
  readonly life: FileLife | undefined
  readonly send: (file: File) => void
  readonly again: () => void
  readonly cancel: () => void
}

export const useSending = (onTaken: (media: Media, name: string) => void): SendingHere => {
  const [life, setLife] = useState<FileLife>()
  const [chosen, setChosen] = useState<File>()
  const underWay = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => underWay.current?.abort(), [])
  const send = useCallback(
    (file: File) => {
      underWay.current?.abort()
      const own = new AbortController()
      underWay.current = own
      const { name, size } = file
      setChosen(file)
      setLife({ name, state: 'sending', sent: 0, whole: size })
      sendFile(file, {
        signal: own.signal,
        onProgress: (sent, whole) => {
          if (!own.signal.aborted) setLife({ name, state: 'sending', sent, whole })
        },
      }).then(
        (media) => {
          setLife(undefined)
          onTaken(media, name)
        },
        (caught: unknown) => {
          if (own.signal.aborted) return
          const refused = caught instanceof HubRefused ? caught : new HubRefused(undefined)
          setLife({ name, state: 'refused', sent: 0, whole: size, refused })
        },
      )
    },
    [onTaken],
  )
  const cancel = useCallback(() => {
    underWay.current?.abort()
    setLife(undefined)
  }, [])
  const again = useCallback(() => chosen !== undefined && send(chosen), [chosen, send])
  return { life, send, again, cancel }
}
