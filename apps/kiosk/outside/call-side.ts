/**
 * Camera, microphone and the line of a call: open exactly while the visitor stands in a call that they agreed to. Which
 * that is, is decided by the journey; here it is only done. What carries the media is loaded when it is needed.
 */
import type { CallMedia, CallOptions, CallView } from '../../call/port.ts'
import { type Cell, createCell } from './cell.ts'

export interface Pass {
  /** One for each expert of each call. */
  readonly key: string
  readonly ticket: string
}

export interface CallSideParts {
  readonly wanted: () => Pass | null
  /** Whether they went for good, rather than to another expert. */
  readonly isGone: () => boolean
  /** What carries it is there, or no longer. */
  readonly onMedia: (media: CallMedia | null) => void
  readonly load: () => Promise<{ readonly openCall: (options: CallOptions) => CallMedia }>
}

export interface CallSide {
  readonly view: Cell<CallView | null>
  /** What carries the media could not be loaded. */
  readonly isBroken: Cell<boolean>
  readonly media: () => CallMedia | null
  /** Looks whether it is still as wanted. */
  look(): void
  /** With the ticket of now: the one before may have been refused, or taken by another window. */
  again(): void
}

export const createCallSide = ({ wanted, isGone, onMedia, load }: CallSideParts): CallSide => {
  const view = createCell<CallView | null>(null)
  const isBroken = createCell(false)
  let current: string | null = null
  let media: CallMedia | null = null
  let forget: (() => void) | undefined

  const end = () => {
    forget?.()
    const was = media
    media = null
    forget = undefined
    view.set(null)
    if (was === null) return
    onMedia(null)
    if (isGone()) void was.hangUp().finally(() => was.close())
    else was.close()
  }

  const begin = async ({ key, ticket }: Pass) => {
    try {
      const { openCall } = await load()
      // Meanwhile they may have gone, or be with another one.
      if (current !== key) return
      media = openCall({ origin: '', ticket, camera: true, microphone: true, keptAs: key })
      isBroken.set(false)
      forget = media.watch(view.set)
      onMedia(media)
    } catch {
      if (current !== key) return
      current = null
      isBroken.set(true)
    }
  }

  const look = () => {
    const pass = wanted()
    if ((pass?.key ?? null) === current) return
    current = pass?.key ?? null
    end()
    if (pass === null) isBroken.set(false)
    else void begin(pass)
  }

  return {
    view,
    isBroken,
    media: () => media,
    look,
    again() {
      current = null
      look()
    },
  }
}
