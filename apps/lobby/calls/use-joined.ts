/**
 * The call that this tablet is in: it goes on while its sheet is closed, and after the page was loaded anew; whoever leaves
 * it, or is out of it, is not brought back.
 */
import { useCallback, useEffect, useState } from 'react'
import type { CallMedia, CallView } from '../../call/port.ts'
import { HubRefused } from '../live/ask-hub.ts'
import { joinCall } from '../live/join-call.ts'
import { useConnection } from '../live/use-live.ts'
import { type KeptJoin, keptJoin } from './kept-join.ts'

/** Why this tablet is out of a call that goes on. */
export type Out = 'replaced' | 'ticket'

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

interface Open {
  readonly media: CallMedia
  readonly view: CallView
}

type Missed = Pick<Joined, 'refused' | 'out'>

const outOf = ({ over, trouble }: CallView): Out | undefined => {
  if (trouble === 'ticket-refused') return 'ticket'
  return over === 'replaced' || over === 'ticket' ? over : undefined
}

/** While the hub is away nobody is let in: asked again once it is back. */
const useRound = () => {
  const { state } = useConnection()
  const [round, setRound] = useState(0)
  const [isWaiting, wait] = useState(false)
  if (isWaiting && state === 'live') {
    wait(false)
    setRound(round + 1)
  }
  return { round, wait }
}

interface Told {
  readonly onFailed: (failure: unknown) => void
  readonly onView: (view: CallView) => void
}

/** Open for as long as it is wanted. @param told always the same functions */
const useOpen = (wish: KeptJoin | undefined, round: number, { onFailed, onView }: Told): Open | undefined => {
  const [open, setOpen] = useState<Open>()
  const { call, isOn = false } = wish ?? {}
  useEffect(() => {
    void round
    if (call === undefined) return undefined
    const gone = new AbortController()
    let media: CallMedia | undefined
    joinCall(call, { camera: isOn, microphone: isOn }, gone.signal).then(
      (opened) => {
        media = opened
        opened.watch((view) => {
          setOpen({ media: opened, view })
          onView(view)
        })
      },
      (failure: unknown) => gone.signal.aborted || onFailed(failure),
    )
    return () => {
      gone.abort()
      media?.close()
      setOpen(undefined)
    }
  }, [call, isOn, round, onFailed, onView])
  return open
}

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
  const open = useOpen(wish, round, { onFailed, onView })
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
