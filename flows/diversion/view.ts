/** What diversion sees of the branch: one queue, the free kiosks, and who may still be invited. */
import { freeKiosks } from '#protocol/kiosks.ts'
import { type BranchView, fresh, type Mode, type TicketRow } from '#protocol/model.ts'
import { countersFor, remainingWaitMs } from '#protocol/queues.ts'

interface Point {
  readonly x: number
  readonly y: number
}

export interface KioskSeen {
  readonly id: string
  readonly at: Point | null
}

/** A ticket that may be invited as far as the model knows; the policy has the last word. */
export interface TicketSeen {
  readonly id: string
  readonly remainingMs: number
  /** Where its holder waits, if anybody knows. */
  readonly at: Point | null
  readonly invitations: number
  readonly invitedAt: number
}

export interface DiversionView {
  /** The lobby serves customers and automation is not paused: only then is a ticket handed on. */
  readonly mayInvite: boolean
  readonly service: { readonly id: string; readonly selfService: boolean; readonly kioskMs: number } | null
  /** Null: nobody knows, or what was known is too old. */
  readonly waiting: number | null
  readonly waitMs: number | null
  readonly kiosks: readonly KioskSeen[]
  readonly tickets: readonly TicketSeen[]
  /** Counters of the service that could be opened, with their zone. */
  readonly openable: readonly { readonly id: string; readonly zone: string | null }[]
  /** People on duty who may open one. */
  readonly openers: readonly string[]
}

const invitingModes = new Set<Mode>(['opening', 'open', 'closing'])

const numberMark = (ticket: TicketRow, name: string) => {
  const value = ticket.marks[name]
  return typeof value === 'number' ? value : 0
}

const centreOf = (view: BranchView, zone: string | null | undefined): Point | null => {
  const at = zone ? view.zone(zone)?.at : null
  return at ? { x: at.x, y: at.y } : null
}

/** Never who is helped, chose a person, is booked or a priority, said no before, or is already on the way. */
const isInvitable = (view: BranchView, ticket: TicketRow): boolean => {
  const visit = ticket.visit === null ? undefined : view.visit(ticket.visit)
  if (ticket.state !== 'waiting' || ticket.assisted || ticket.choseStaff) return false
  if (ticket.booked || ticket.priority || ticket.segment === 'priority') return false
  if (ticket.marks['diversion.refused'] === true || ticket.marks['diversion.open'] === true) return false
  if (visit === undefined) return true
  if (visit.wantsStaff || visit.beingServed || visit.booked || visit.priority) return false
  return visit.segment !== 'priority' && visit.marks['diversion.refused'] !== true
}

const seeTickets = (view: BranchView, service: string): readonly TicketSeen[] =>
  view.tickets().flatMap((ticket) => {
    if (ticket.service !== service || !isInvitable(view, ticket)) return []
    const remainingMs = remainingWaitMs(view, ticket)
    if (remainingMs === undefined) return []
    const visit = ticket.visit === null ? undefined : view.visit(ticket.visit)
    return [
      {
        id: ticket.id,
        remainingMs,
        at: centreOf(view, visit?.zone ?? view.zones().find((zone) => zone.kind === 'waiting')?.id),
        invitations: numberMark(ticket, 'diversion.invitations'),
        invitedAt: numberMark(ticket, 'diversion.invitedAt'),
      },
    ]
  })

export const viewDiversion = (view: BranchView, id: string): DiversionView => {
  const service = view.service(id)
  return {
    mayInvite: view.branch.paused === null && invitingModes.has(view.branch.mode),
    service: service ? { id: service.id, selfService: service.selfService, kioskMs: service.kioskMs } : null,
    waiting: fresh(service?.waiting, view.at) ?? null,
    waitMs: fresh(service?.announcedWaitMs, view.at) ?? null,
    kiosks: freeKiosks(view).map((device) => ({ id: device.id, at: centreOf(view, device.zone) })),
    tickets: seeTickets(view, id),
    openable: countersFor(view, id)
      .filter((counter) => counter.state !== 'open')
      .map((counter) => ({ id: counter.id, zone: counter.zone })),
    openers: view
      .staff()
      .filter((person) => person.onDuty && person.canOpenCounters)
      .map((person) => person.id),
  }
}
