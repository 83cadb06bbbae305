/** Who uses a kiosk: the session, the ticket and the visit it joins, and how it ended. */
import type { EventData } from '#protocol/events.ts'
import type { Turn } from '../engine/turn.ts'
import { visitOfAct } from './acts.ts'
import { putDevice } from './devices.ts'
import { putVisit } from './visits.ts'

export const onKioskSession = (turn: Turn, device: string, data: EventData<'kiosk.session'>) => {
  const row = turn.state.devices.get(device)
  const session = row?.session ?? null
  const ticket = data.ticket ?? session?.ticket ?? null
  const service = data.service ?? session?.service ?? null
  const act = { track: data.track, camera: data.camera, ticket: ticket ?? undefined, by: 'kiosk' as const }
  const before = session?.visit ?? null
  const visit =
    visitOfAct(turn, device, act) ?? (before !== null && turn.state.visits.has(before) ? before : null)
  const running = data.state === 'started'
  if (row !== undefined)
    putDevice(turn, device, {
      session: running ? { since: session?.since ?? turn.at, ticket, service, visit } : null,
    })
  if (visit !== null) putVisit(turn, visit, { beingServed: running })
  turn.tell({ type: 'kiosk.session', device, state: data.state, ticket, visit, service })
  turn.stir()
}
