/** What visitors say at a device: where they want to go, that they have a booking, that they need help. */
import type { EventData } from '#protocol/events.ts'
import type { Turn } from '../engine/turn.ts'
import { visitOfAct } from './acts.ts'
import { noteProblem } from './problems.ts'
import { trackOfAct, visitOfTrack } from './tracks.ts'
import { putVisit } from './visits.ts'

const checkService = (turn: Turn, device: string, service: string | undefined): string | null => {
  if (service === undefined) return null
  if (turn.state.services.has(service)) return service
  noteProblem(turn, 'service.unknown', { device, name: service })
  return null
}

export const onCheckedIn = (turn: Turn, device: string, data: EventData<'visitor.checked-in'>) => {
  const service = checkService(turn, device, data.service)
  const ticket = data.ticket === undefined ? undefined : turn.state.tickets.get(data.ticket)
  if (ticket !== undefined)
    turn.state.tickets.put(ticket.id, {
      ...ticket,
      booked: ticket.booked || data.booked,
      priority: ticket.priority || data.priority,
    })
  const visit = visitOfAct(turn, device, { ...data, by: 'check-in' })
  const row = visit === null ? undefined : turn.state.visits.get(visit)
  if (row !== undefined)
    putVisit(turn, row.id, {
      booked: row.booked || data.booked,
      priority: row.priority || data.priority,
      intent: row.intent ?? service,
    })
  const { booked, priority } = data
  turn.tell({ type: 'visit.checked-in', visit, ticket: data.ticket ?? null, service, booked, priority })
}

export const onIntent = (turn: Turn, device: string, data: EventData<'intent.stated'>) => {
  const service = checkService(turn, device, data.service)
  const visit = visitOfAct(turn, device, { ...data, by: 'intent' })
  const row = visit === null ? undefined : turn.state.visits.get(visit)
  const wantsStaff = data.wantsStaff ?? false
  if (row !== undefined)
    putVisit(turn, row.id, {
      intent: service ?? row.intent,
      wantsStaff: row.wantsStaff || wantsStaff,
    })
  turn.tell({ type: 'intent.stated', visit, ticket: data.ticket ?? null, service, wantsStaff, device })
}

export const onHelp = (turn: Turn, device: string, data: EventData<'help.requested'>) => {
  const session = turn.state.devices.get(device)?.session ?? null
  const ticket = data.ticket ?? session?.ticket ?? null
  const holder = ticket === null ? undefined : turn.state.tickets.get(ticket)?.visit
  const visit = holder ?? session?.visit ?? null
  turn.tell({
    type: 'help.requested',
    device,
    zone: data.zone ?? turn.state.devices.get(device)?.zone ?? null,
    ticket,
    visit: visit !== null && turn.state.visits.has(visit) ? visit : null,
    service: checkService(turn, device, data.service) ?? session?.service ?? null,
    reason: data.reason ?? null,
    language: data.language ?? null,
  })
}

/** A device greeted or promoted on its own: the flows take the claim of it. */
export const onBehaviour = (turn: Turn, device: string, data: EventData<'behaviour.performed'>) => {
  if (!turn.state.zones.has(data.zone)) return noteProblem(turn, 'zone.unknown', { device, name: data.zone })
  const track = trackOfAct(device, data)
  const visit = track === undefined ? undefined : visitOfTrack(turn.state, track)
  const { behaviour, zone } = data
  turn.record({
    kind: 'device',
    device,
    zone,
    ...(visit !== undefined && { visit: visit.id }),
    code: `device.performed-${behaviour}`,
  })
  turn.tell({ type: 'behaviour.performed', device, behaviour, zone, visit: visit?.id ?? null })
}
