/**
 * The call that this tablet is in: it goes on while its sheet is closed, and after the page was loaded anew; whoever leaves
 * it, or is out of it, is not brought back.
 */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { CallMedia, CallView } from '../../call/port.ts'
import { HubRefused } from '../live/ask-hub.ts'
import { joinCall } from '../live/join-call.ts'
import { type Out, outOf, useOpenMedia, useRound } from '../live/use-open-media.ts'
import { type KeptJoin, keptJoin } from './kept-join.ts'

export interface Joined {
  /** undefined: none. */
  readonly call: string | undefined
  readonly view: CallView | undefined
  readonly media: CallMedia | undefined
  readonly refused?: HubRefused
  readonly out?: Out
  /** Whether the tablet sounds: beside a kiosk it would be heard by the kiosk again. */
  readonly isHearing: boolean
  readonly hear: (on: boolean) => void
  /** @param isOn camera, microphone and sound, from the beginning */
  readonly join: (call: string, isOn: boolean) => void
  /** For good; where this tablet is the customer's side it ends the call. */
  readonly leave: () => void
}

type Missed = Pick<Joined, 'refused' | 'out'>

export const useJoined = (): Joined => {
  const [wish, setWish] = useState<KeptJoin | undefined>(keptJoin.read)
  /** Of the page before this one: nobody has pressed anything. */
  const [isBack, setBack] = useState(wish !== undefined)
  const [missed, setMissed] = useState<Missed>({})
  const { round, wait } = useRound()
  useEffect(() => keptJoin.keep(wish), [wish])
  const end = useCallback((why: Missed) => {
    setWish(undefined)
    setMissed(why)
  }, [])
  const onFailed = useCallback(
    (failure: unknown) => {
      const refused = failure instanceof HubRefused ? failure : new HubRefused(undefined)
      if (!isBack) end({ refused })
      else if (refused.error === undefined) wait(true)
      // It is over meanwhile.
      else end({})
    },
    [isBack, end, wait],
  )
  const onView = useCallback(
    (view: CallView) => {
      const out = outOf(view)
      if (out !== undefined) end({ out })
      else if (view.over !== null) end({})
    },
    [end],
  )
  const { call: wished, isOn: isWithMedia = false } = wish ?? {}
  const enter = useMemo(
    () =>
      wished === undefined
        ? undefined
        : (signal: AbortSignal) => joinCall(wished, { camera: isWithMedia, microphone: isWithMedia }, signal),
    [wished, isWithMedia],
  )
  const open = useOpenMedia({ join: enter, round }, { onFailed, onView })
  const hear = useCallback((on: boolean) => setWish((now) => now && { ...now, isHearing: on }), [])
  const join: Joined['join'] = (call, isOn) => {
    setBack(false)
    setMissed({})
    setWish({ call, isOn, isHearing: isOn })
  }
  const leave = () => {
    // Also where the page is loaded anew before the hub has heard of it.
    keptJoin.keep(undefined)
    // Heard by the hub also where the page is drawn without it from here on.
    if (open === undefined) end({})
    else void open.media.hangUp().finally(() => end({}))
  }
  const { view, media } = open ?? {}
  const isHearing = wish?.isHearing === true
  return { call: wish?.call, view, media, ...missed, isHearing, hear, join, leave }
}
