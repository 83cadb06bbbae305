/** The page's part in a call: a ticket from the hub, then pictures and voices for as long as the call is this expert's. */
import { useCallback, useEffect, useState } from 'react'
import type { DeskError } from '#protocol/desk/errors.ts'
import type { CallMedia, CallView } from '../../call/port.ts'
import { askHub, HubRefused } from '../../lobby/live/ask-hub.ts'
import { listDevices, readChosen, stillThere } from '../desk/devices.ts'

export type InCall =
  | { readonly state: 'joining' }
  /** The hub gave no ticket; without `error` it was not reached. */
  | { readonly state: 'refused'; readonly error: DeskError | undefined }
  | { readonly state: 'open'; readonly media: CallMedia; readonly view: CallView }

const joining: InCall = { state: 'joining' }

/** Both off until they are the chosen ones: nobody is seen by a camera that he did not choose. */
const begin = async (media: CallMedia): Promise<void> => {
  const chosen = readChosen()
  const listed = await listDevices()
  for (const kind of ['camera', 'microphone'] as const) {
    const id = stillThere(chosen[kind], listed[kind])
    if (id !== undefined) await media.use({ kind, id })
  }
  await Promise.all([media.setCamera(true), media.setMicrophone(true)])
}

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
    // Its program comes with the first call, while the hub makes the ticket.
    Promise.all([askHub('joinCall', { call }, gone.signal), import('../../call/open-call.ts')]).then(
      ([{ ticket }, { openCall }]) => {
        if (gone.signal.aborted) return
        const opened = openCall({ origin: '', ticket, camera: false, microphone: false })
        media = opened
        opened.watch((view) => setInCall({ state: 'open', media: opened, view }))
        if (isSeen) void begin(opened)
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
