/** What is due: each timer of a call or an expert, by its name. */
import { onGuestJoinOver, onGuestLostOver, onGuestRingOver } from './guest-ring.ts'
import { forgetCall, onPatienceOver } from './outcome.ts'
import type { CallDesk, CallTimer, ExpertTimer } from './port.ts'
import { onGone, onSignOff } from './presence.ts'
import { onRingOver, onSnoozeOver, route } from './ring.ts'
import { onGoneOver, onJoinOver, onLostOver } from './room.ts'
import { onWrapUpOver } from './wrap-up.ts'

type Due = (desk: CallDesk, subject: string) => void

export const callTimers: Readonly<Record<CallTimer, Due>> = {
  ring: onRingOver,
  relax: (desk, call) => route(desk, call),
  patience: onPatienceOver,
  join: onJoinOver,
  lost: onLostOver,
  gone: onGoneOver,
  'wrap-up': onWrapUpOver,
  'guest-ring': onGuestRingOver,
  'guest-join': onGuestJoinOver,
  'guest-lost': onGuestLostOver,
  forget: forgetCall,
}

export const expertTimers: Readonly<Record<ExpertTimer, Due>> = {
  snooze: onSnoozeOver,
  gone: onGone,
  'sign-off': onSignOff,
}
