/** An invitation brought to each point of its way, and readers for what it wants there. */
import { diversionInvitation } from '#flows/diversion-invitation/flow.ts'
import * as w from '#flows/diversion-invitation/samples.ts'
import type { Intent } from '#protocol/intents.ts'
import { kioskClaim } from '#protocol/kiosks.ts'
import { runFlow } from '../kit/run-flow.ts'

export const start = (rows = w.lobby()) => runFlow(diversionInvitation, { key: 'A001', rows })
export type Run = ReturnType<typeof start>

export const invited = (rows = w.lobby()): Run => {
  const run = start(rows)
  run.tell(w.marked)
  run.tell(w.accepted('offer'))
  return run
}
export const coming = (rows = w.lobby()): Run => {
  const run = invited(rows)
  run.tell(w.done('offer', { answer: 'accepted' }))
  return run
}
export const atKiosk = (): Run => {
  const run = coming()
  run.set(w.lobby({ ticket: { state: 'held' }, kiosk: w.inUse('A001') }))
  run.tell(w.session('started'))
  return run
}

export const refs = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'task' ? [intent.ref] : []))
export const codes = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'pass' ? [intent.because.code] : []))
export const task = (intents: readonly Intent[], ref: string) =>
  intents.find((intent) => intent.type === 'task' && intent.ref === ref)
export const ticketIs = (action: string) => ({ type: 'ticket', ticket: 'A001', action })
export const released = (kiosk: string) => ({ type: 'release', claim: kioskClaim(kiosk) })
export const remembered = [
  { type: 'mark', on: 'ticket', id: 'A001', name: 'diversion.refused', value: true },
  { type: 'mark', on: 'visit', id: 'v1', name: 'diversion.refused', value: true },
]
export const closed = { type: 'mark', on: 'ticket', id: 'A001', name: 'diversion.open', value: false }

export const onTheWay = (kiosk: string) => ({ 'diversion.open': true, 'diversion.kiosk': kiosk })
