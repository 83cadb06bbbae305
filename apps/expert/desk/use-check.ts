/** Looks and listens for itself before anybody calls: the picture, how loud the microphone is, and which devices there are. */
import { useCallback, useEffect, useState } from 'react'
import { type Chosen, keepChosen, type Listed, listDevices, readChosen, stillThere } from './devices.ts'

export type CheckTrouble = 'denied' | 'missing' | 'insecure'

export interface Check {
  readonly state: 'idle' | 'opening' | 'open' | 'failed'
  readonly stream: MediaStream | undefined
  readonly hasCamera: boolean
  readonly trouble: CheckTrouble | undefined
  readonly listed: Listed
  readonly chosen: Chosen
}

export interface Checking extends Check {
  start(): void
  choose(chosen: Partial<Chosen>): void
}

const nothing: Listed = { camera: [], microphone: [] }

const wish = (id: string | undefined) => (id === undefined ? true : { deviceId: { exact: id } })

const troubleOf = (error: unknown): CheckTrouble =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError')
    ? 'denied'
    : 'missing'

/** A call without a picture is still a call: the camera may fail alone. */
const openBoth = async (chosen: Chosen): Promise<MediaStream> => {
  const listed = await listDevices()
  const audio = wish(stillThere(chosen.microphone, listed.microphone))
  const video = wish(stillThere(chosen.camera, listed.camera))
  try {
    return await navigator.mediaDevices.getUserMedia({ audio, video })
  } catch {
    return navigator.mediaDevices.getUserMedia({ audio })
  }
}

const letGo = (stream: MediaStream | undefined) => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** Where the machine was allowed to already, nobody has to press anything. */
const isAllowed = async (): Promise<boolean> => {
  try {
    const name = 'microphone' as PermissionName
    return (await navigator.permissions.query({ name })).state === 'granted'
  } catch {
    return false
  }
}

export const useCheck = (): Checking => {
  const [round, setRound] = useState(0)
  const [chosen, setChosen] = useState(readChosen)
  const [check, setCheck] = useState<Omit<Check, 'chosen'>>({
    state: 'idle',
    stream: undefined,
    hasCamera: false,
    trouble: undefined,
    listed: nothing,
  })
  const start = useCallback(() => setRound((before) => before + 1), [])
  useEffect(() => {
    void isAllowed().then((isIt) => isIt && setRound((before) => Math.max(1, before)))
  }, [])
  useEffect(() => {
    if (round === 0) return undefined
    let isOver = false
    let stream: MediaStream | undefined
    const failed = (trouble: CheckTrouble) =>
      setCheck((before) => ({ ...before, state: 'failed', stream: undefined, trouble }))
    const open = async () => {
      if (navigator.mediaDevices === undefined) return failed('insecure')
      setCheck((before) => ({ ...before, state: 'opening' }))
      try {
        const opened = await openBoth(chosen)
        if (isOver) return letGo(opened)
        stream = opened
        // A headset that is pulled out is said here, not by the first customer.
        for (const track of opened.getAudioTracks())
          track.addEventListener('ended', () => !isOver && failed('missing'), { once: true })
        const listed = await listDevices()
        if (isOver) return undefined
        const hasCamera = opened.getVideoTracks().length > 0
        setCheck({ state: 'open', stream: opened, hasCamera, trouble: undefined, listed })
      } catch (error) {
        letGo(stream)
        if (!isOver) failed(troubleOf(error))
      }
      return undefined
    }
    void open()
    return () => {
      isOver = true
      letGo(stream)
    }
  }, [round, chosen])
  const choose = (next: Partial<Chosen>) => {
    const both = { ...chosen, ...next }
    keepChosen(both)
    setChosen(both)
  }
  return { ...check, chosen, start, choose }
}
