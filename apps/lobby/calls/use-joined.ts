/** The call that this tablet has joined: it goes on while its sheet is closed, and ends with the page. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallMedia, CallView } from '../../call/port.ts'
import { askHub, HubRefused } from '../live/ask-hub.ts'

export interface Joined {
  /** undefined: none. */
  readonly call: string | undefined
  readonly view: CallView | undefined
  readonly media: CallMedia | undefined
  readonly refused: HubRefused | undefined
  /** Whether the tablet sounds: beside a kiosk it would be heard by the kiosk again. */
  readonly isHearing: boolean
  readonly hear: (on: boolean) => void
  /** @param isOn camera, microphone and sound, from the beginning */
  readonly join: (call: string, isOn: boolean) => void
  /** For good; where this tablet is the customer's side it ends the call. */
  readonly leave: () => void
}

const open = async (call: string, isOn: boolean): Promise<CallMedia> => {
  const [{ ticket }, { openCall }] = await Promise.all([
    askHub('joinCall', { call }),
    import('../../call/open-call.ts'),
  ])
  return openCall({ origin: '', ticket, camera: isOn, microphone: isOn })
}

export const useJoined = (): Joined => {
  const [call, setCall] = useState<string>()
  const [media, setMedia] = useState<CallMedia>()
  const [view, setView] = useState<CallView>()
  const [refused, setRefused] = useState<HubRefused>()
  const [isHearing, hear] = useState(false)
  const wanted = useRef<string>(undefined)

  const end = useCallback(() => {
    wanted.current = undefined
    setCall(undefined)
    setMedia(undefined)
    setView(undefined)
  }, [])

  useEffect(() => {
    if (media === undefined) return undefined
    const forget = media.watch((now) => {
      setView(now)
      // The call is over, or this page is out of it.
      if (now.over !== null || now.trouble === 'ticket-refused') end()
    })
    return () => {
      forget()
      media.close()
    }
  }, [media, end])

  const join: Joined['join'] = (wish, isOn) => {
    if (wanted.current === wish) return
    wanted.current = wish
    setCall(wish)
    setRefused(undefined)
    hear(isOn)
    open(wish, isOn).then(
      (opened) => {
        if (wanted.current === wish) setMedia(opened)
        else opened.close()
      },
      (error: unknown) => {
        if (wanted.current !== wish) return
        setRefused(error instanceof HubRefused ? error : new HubRefused(undefined))
        end()
      },
    )
  }

  const leave = () => {
    // Heard by the hub also where the page is drawn without it from here on.
    void media?.hangUp().finally(end)
    if (media === undefined) end()
  }

  return { call, view, media, refused, isHearing, hear, join, leave }
}
