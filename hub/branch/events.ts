/** Which part of the model each event of the contract concerns. Vendor events are journalled and decide nothing. */
import { type EventData, type EventName, isEventName } from '#protocol/events.ts'
import type { Turn } from '../engine/turn.ts'
import { onDetected, onLeft, onMoved } from './arrivals.ts'
import { customerGone } from './calls.ts'
import { onPlayed } from './content-plays.ts'
import { onCounterChanged } from './counters.ts'
import { onKioskSession } from './kiosks.ts'
import { onMerged } from './merge.ts'
import { onAlarm } from './mode.ts'
import { onBehaviour, onCheckedIn, onHelp, onIntent } from './requests.ts'
import { onRecordingAnswered, onRecordingSecret } from './sales.ts'
import { onSnapshot } from './snapshots.ts'
import { onCalled, onEnded, onIssued } from './tickets.ts'
import { onDwell, onZoneCount } from './zones.ts'

type Handlers = { [N in EventName]: (turn: Turn, device: string, data: EventData<N>) => void }

const handlers: Handlers = {
  'visitor.detected': onDetected,
  'visitor.moved': onMoved,
  'visitor.left': onLeft,
  'visitor.merged': onMerged,
  'zone.count': onZoneCount,
  'zone.dwell': onDwell,
  'queue.snapshot': onSnapshot,
  'ticket.issued': onIssued,
  'ticket.called': onCalled,
  'ticket.ended': onEnded,
  'counter.changed': onCounterChanged,
  'visitor.checked-in': onCheckedIn,
  'intent.stated': onIntent,
  'kiosk.session': onKioskSession,
  'help.requested': onHelp,
  'help.withdrawn': (turn, device) => customerGone(turn, device),
  'behaviour.performed': onBehaviour,
  'content.played': onPlayed,
  'recording.answered': onRecordingAnswered,
  'recording.secret': onRecordingSecret,
  'alarm.raised': onAlarm,
  // An emergency is ended by hand only; that the alarm is over is for people to read in the journal.
  'alarm.cleared': (turn, device, { alarm }) =>
    turn.record({ kind: 'mode', device, code: 'alarm.cleared', params: { alarm } }),
}

/** @param data already parsed by the event's schema where it came in. */
export const onEvent = (
  turn: Turn,
  device: string,
  event: { name: string; data: Record<string, unknown> },
) => {
  if (!isEventName(event.name)) return
  const handle = handlers[event.name] as (turn: Turn, device: string, data: unknown) => void
  handle(turn, device, event.data)
}
