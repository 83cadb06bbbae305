/** The page's part in a call: a ticket from the hub, then pictures and voices for as long as the call is this expert's. */
import { useCallback, useEffect, useState } from 'react'
import type { DeskError } from '#protocol/desk/errors.ts'
import type { CallMedia, CallView } from '../../call/port.ts'
import { HubRefused } from '../../lobby/live/ask-hub.ts'
import { joinCall } from '../../lobby/live/join-call.ts'
import { hasCamera, listDevices, readChosen, stillThere } from '../desk/devices.ts'

export type InCall =
  | { readonly state: 'joining' }
  /** The hub gave no ticket; without `error` it was not reached. */
  | { readonly state: 'refused'; readonly error: DeskError | undefined }
  | { readonly state: 'open'; readonly media: CallMedia; readonly view: CallView }

const joining: InCall = { state: 'joining' }

/** Nobody is seen by a camera that he did not choose, where that one is still there. */
const chosenDevices = async () => {
  const chosen = readChosen()
  const listed = await listDevices()
  return {
    camera: stillThere(chosen.camera, listed.camera),
    microphone: stillThere(chosen.microphone, listed.microphone),
  }
}

const open = async (call: string, isSeen: boolean, signal: AbortSignal): Promise<CallMedia> =>
  joinCall(
    call,
    isSeen
      ? { camera: await hasCamera(), microphone: true, devices: await chosenDevices() }
      : { camera: false, microphone: false },
    signal,
  )

/**
 * Also after the page was loaded anew: the call is still his.
 * @param isSeen with camera and microphone
 */
export const useMedia = (call: string, isSeen = true): { inCall: InCall; again: () => void } => {
  const [round, setRound] = useState(0)
  const [inCall, setInCall] = useState<InCall>(joining)
  useEffect(() => {
    // Each round asks for a ticket of its own.
    void round
    const gone = new AbortController()
    let media: CallMedia | undefined
    open(call, isSeen, gone.signal).then(
      (opened) => {
        media = opened
        opened.watch((view) => setInCall({ state: 'open', media: opened, view }))
      },
      (failure: unknown) => {
        if (gone.signal.aborted) return
        setInCall({ state: 'refused', error: failure instanceof HubRefused ? failure.error : undefined })
      },
    )
    return () => {
      gone.abort()
      media?.close()
    }
  }, [call, round, isSeen])
  const again = useCallback(() => {
    setInCall(joining)
    setRound((before) => before + 1)
  }, [])
  return { inCall, again }
}
