/**
 * Into a call of the branch, or into the room of a sale without one: a ticket from the hub, and meanwhile the program of a
 * call, which comes with the first one.
 */
import type { CallMedia, CallOptions } from '../../call/port.ts'
import { askHub } from './ask-hub.ts'

type Wishes = Pick<CallOptions, 'camera' | 'microphone' | 'devices'>

interface Asked extends Wishes {
  readonly keptAs: string
  readonly signal: AbortSignal
}

const open = async (
  asked: Promise<{ readonly ticket: string }>,
  { signal, ...options }: Asked,
): Promise<CallMedia> => {
  const [{ ticket }, { openCall }] = await Promise.all([asked, import('../../call/open-call.ts')])
  signal.throwIfAborted()
  return openCall({ origin: '', ticket, ...options })
}

/** @throws HubRefused; whatever the signal was aborted with */
export const joinCall = (call: string, options: Wishes, signal: AbortSignal): Promise<CallMedia> =>
  open(askHub('joinCall', { call }, signal), { ...options, keptAs: call, signal })

/** With camera and microphone: that is what it is for. @throws as `joinCall` */
export const joinSale = (sale: string, signal: AbortSignal): Promise<CallMedia> =>
  open(askHub('joinSale', { sale }, signal), { camera: true, microphone: true, keptAs: sale, signal })
