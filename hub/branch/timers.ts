/** Timers of the branch model: what falls silent, grows stale, ends by itself or may be forgotten. */
import { callPrefix, callTimerNames, expertPrefix } from '../calls/port.ts'
import type { Turn } from '../engine/turn.ts'
import { salePrefix, saleTimerNames } from '../sales/port.ts'
import { onShelfEnds } from './alert-life.ts'
import { alertPrefix } from './alert-rows.ts'
import { passAlertOn } from './alert-turns.ts'
import { forgetAlert } from './alerts.ts'
import { onCallTimer, onCallUnheard, onExpertTimer, onKioskGoneOver } from './calls.ts'
import { calendarOwner, minuteOwner, onCalendar, onMinute } from './clock.ts'
import { deviceOwner, onNotBack, onNotCome } from './devices.ts'
import { escalationPrefix, forgetEscalation } from './escalations.ts'
import { pauseOwner, resume } from './mode.ts'
import { forgetProposal, onProposalEnds, proposalPrefix } from './proposal-rows.ts'
import { onServiceStale, servicePrefix } from './queues.ts'
import { onSaleTimer } from './sales.ts'
import { onTicketAbandoned, onTicketForget, ticketPrefix } from './tickets.ts'
import { onRoleForget, rolePrefix } from './tracks.ts'
import { onVisitForget, onVisitSilence, visitPrefix } from './visits.ts'
import { onHoldEnds } from './willingness.ts'

type Due = (turn: Turn, subject: string) => void

/** Owner without its subject, then the timer's name. */
const subjects: Readonly<Record<string, Due>> = {
  [`${visitPrefix}#silence`]: onVisitSilence,
  [`${visitPrefix}#forget`]: onVisitForget,
  [`${ticketPrefix}#abandoned`]: onTicketAbandoned,
  [`${ticketPrefix}#forget`]: onTicketForget,
  [`${servicePrefix}#stale`]: onServiceStale,
  [`${rolePrefix}#forget`]: onRoleForget,
  [`${alertPrefix}#forget`]: forgetAlert,
  [`${alertPrefix}#turn`]: passAlertOn,
  [`${alertPrefix}#shelf`]: onShelfEnds,
  [`${escalationPrefix}#forget`]: forgetEscalation,
  ...Object.fromEntries(callTimerNames.map((name) => [`${callPrefix}#${name}`, onCallTimer(name)])),
  [`${callPrefix}#gone`]: onKioskGoneOver,
  [`${callPrefix}#unheard`]: onCallUnheard,
  [`${expertPrefix}#snooze`]: onExpertTimer('snooze'),
  [`${expertPrefix}#gone`]: onExpertTimer('gone'),
  [`${expertPrefix}#sign-off`]: onExpertTimer('sign-off'),
  ...Object.fromEntries(saleTimerNames.map((name) => [`${salePrefix}#${name}`, onSaleTimer(name)])),
  [`${proposalPrefix}#ends`]: onProposalEnds,
  [`${proposalPrefix}#forget`]: forgetProposal,
  [`${deviceOwner('')}#hold-ends`]: onHoldEnds,
  [`${deviceOwner('')}#not-back`]: onNotBack,
  [`${deviceOwner('')}#not-come`]: onNotCome,
}

const singles: Readonly<Record<string, (turn: Turn) => void>> = {
  [minuteOwner]: onMinute,
  [calendarOwner]: onCalendar,
  [pauseOwner]: (turn) => resume(turn, 'pause-ended'),
}

export const onTimer = (turn: Turn, owner: string, name: string) => {
  const single = singles[owner]
  if (single !== undefined) return single(turn)
  // `branch/<what>/<subject>`; a track as subject has a slash of its own.
  const end = owner.indexOf('/', 'branch/'.length) + 1
  subjects[`${owner.slice(0, end)}#${name}`]?.(turn, owner.slice(end))
}
