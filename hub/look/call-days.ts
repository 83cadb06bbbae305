/** How calls went on a day. What counts it is loaded with the first question, not with the hub. */
import type { CallDayLook, CallDays } from './day/calls.ts'

export const callDays = (look: CallDayLook): CallDays => {
  let days: Promise<CallDays> | undefined
  const load = async () => (await import('./day/calls.ts')).createCallDays(look)
  return {
    of: async (named) => {
      days ??= load()
      return (await days).of(named)
    },
  }
}
