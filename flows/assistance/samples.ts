/** The situations in which assistance must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, ticketRow, visitRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const lobby: Rows = {
  devices: [deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks', place: 'kiosk-place-1' })],
  visits: [visitRow({ id: 'v1', zone: 'waiting' })],
  tickets: [ticketRow({ id: 'A001', visit: 'v1' })],
}
export const emergency: Rows = { ...lobby, branch: { mode: 'emergency' } }
export const help = {
  type: 'help.requested',
  device: 'kiosk-1',
  zone: null,
  ticket: 'A001',
  visit: 'v1',
  service: 'transfer',
  reason: 'card-stuck',
  language: 'en',
} as const satisfies FlowEvent
export const wantsPerson = {
  type: 'intent.stated',
  visit: 'v1',
  ticket: null,
  service: null,
  wantsStaff: true,
  device: 'robot-1',
} as const satisfies FlowEvent
export const unserved = (capability: string, flow = 'diversion-invitation'): FlowEvent => ({
  type: 'task.unserved',
  task: 't-1',
  flow,
  capability,
  zone: 'kiosks',
  visit: 'v1',
  ticket: 'A001',
  reason: 'nobody-eligible',
})
export const escalation = (state: 'taken' | 'ended', instance = 'assistance/device:kiosk-1'): FlowEvent => ({
  type: 'escalation.changed',
  escalation: 'e-1',
  instance,
  state,
  by: 'expert-1',
  outcome: null,
})

/** No expert came. */
export const unhelped: FlowEvent = {
  type: 'escalation.changed',
  escalation: 'e-1',
  instance: 'assistance/device:kiosk-1',
  state: 'ended',
  by: 'hub',
  outcome: 'unanswered',
}

export const samples: readonly Scenario[] = [
  {
    name: 'help asked at a kiosk',
    key: 'device:kiosk-1',
    worlds: [lobby, emergency],
    facts: [help, escalation('taken'), escalation('ended')],
    refs: { 'call-1': [], 'call-2': [] },
  },
  {
    name: 'an expert asked for at a kiosk',
    key: 'device:kiosk-1',
    worlds: [{ ...lobby, expertsOpen: true }, lobby],
    facts: [{ ...help, reason: 'expert' }, escalation('taken'), unhelped],
    refs: { 'call-1': [], 'call-2': [] },
  },
  {
    name: 'a visitor who wants a person',
    key: 'visit:v1',
    worlds: [lobby],
    facts: [wantsPerson, { ...wantsPerson, wantsStaff: false }, escalation('ended')],
    refs: { 'call-1': [], 'call-2': [] },
  },
  {
    name: 'a task nobody could do',
    key: 'task:t-1',
    worlds: [lobby],
    facts: [unserved('guide'), unserved('promote'), escalation('ended')],
    refs: { 'call-1': [], 'call-2': [] },
  },
]
