/** Into a call of the branch: a ticket from the hub, and meanwhile the program of a call, which comes with the first one. */
import type { CallMedia, CallOptions } from '../../call/port.ts'
import { askHub } from './ask-hub.ts'

/** @throws HubRefused; whatever the signal was aborted with */
export const joinCall = async (
  call: string,
  options: Pick<CallOptions, 'camera' | 'microphone' | 'devices'>,
  signal: AbortSignal,
): Promise<CallMedia> => {
  const [{ ticket }, { openCall }] = await Promise.all([
    askHub('joinCall', { call }, signal),
    import('../../call/open-call.ts'),
  ])
  signal.throwIfAborted()
  return openCall({ origin: '', ticket, keptAs: call, ...options })
}
