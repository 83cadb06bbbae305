/** A room that this tab stands in: open for as long as it is wanted, and asked for again once a hub that was away is back. */
import { useEffect, useState } from 'react'
import type { CallMedia, CallView } from '../../call/port.ts'
import { useConnection } from './use-live.ts'

export interface OpenMedia {
  readonly media: CallMedia
  readonly view: CallView
}

/** Why this tab is out of a room that goes on. */
export type Out = 'replaced' | 'ticket'

export const outOf = ({ over, trouble }: CallView): Out | undefined => {
  if (trouble === 'ticket-refused') return 'ticket'
  return over === 'replaced' || over === 'ticket' ? over : undefined
}

/** While the hub is away nobody is let in: asked again once it is back. */
export const useRound = () => {
  const { state } = useConnection()
  const [round, setRound] = useState(0)
  const [isWaiting, wait] = useState(false)
  if (isWaiting && state === 'live') {
    wait(false)
    setRound(round + 1)
  }
  return { round, wait, again: () => setRound((before) => before + 1) }
}

export interface Wanted {
  /** Always the same function for the same room; undefined: none. */
  readonly join: ((signal: AbortSignal) => Promise<CallMedia>) | undefined
  /** Another number: once more. */
  readonly round: number
}

/** Always the same functions. */
export interface Told {
  readonly onFailed: (failure: unknown) => void
  readonly onView: (view: CallView) => void
}

export const useOpenMedia = ({ join, round }: Wanted, { onFailed, onView }: Told): OpenMedia | undefined => {
  const [open, setOpen] = useState<OpenMedia>()
  useEffect(() => {
    void round
    if (join === undefined) return undefined
    const gone = new AbortController()
    let media: CallMedia | undefined
    join(gone.signal).then(
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
  }, [join, round, onFailed, onView])
  return open
}
