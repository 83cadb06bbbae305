/** What one invitation sees of the branch: its ticket, its kiosk, the kiosks left, and who could lead or be told. */
import { freeKiosks, isKioskFit } from '#protocol/kiosks.ts'
import { type BranchView, type DeviceRow, type Mode, mayBeThere, type TicketRow } from '#protocol/model.ts'

export interface KioskAt {
  readonly id: string
  readonly zone: string | null
  readonly place: string | null
}

export interface InvitationView {
  readonly mode: Mode
  readonly languages: readonly string[]
  readonly ticket:
    | (Pick<TicketRow, 'id' | 'service' | 'state' | 'visit' | 'language'> & {
        readonly invitations: number
        /** Where it was called, and in which zone that is. */
        readonly counter: string | null
        readonly counterZone: string | null
        /** Help or a person was asked for: a machine is not pressed on them. */
        readonly wantsPerson: boolean
      })
    | null
  /** Where its holder is, or where people wait. */
  readonly zone: string | null
  readonly waitingZone: string | null
  /** The kiosk kept for it. */
  readonly kiosk:
    | (KioskAt & { readonly fit: boolean; readonly dead: boolean; readonly usedBy: string | null })
    | null
  readonly free: readonly KioskAt[]
  /** How many others, before this one, look for a new kiosk at this moment: each takes another. */
  readonly rank: number
  readonly robotFree: boolean
  /** Whether there is a queue system that can be told anything; one that can only be read cannot. */
  readonly queueListens: boolean
}

export const isOpen = (ticket: TicketRow) => ticket.marks['diversion.open'] === true

export const kioskOf = (ticket: TicketRow): string | null => {
  const kiosk = ticket.marks['diversion.kiosk']
  return typeof kiosk === 'string' && kiosk !== '' ? kiosk : null
}

const spotOf = (device: DeviceRow): KioskAt => ({ id: device.id, zone: device.zone, place: device.place })

const seeKiosk = (view: BranchView, id: string | null): InvitationView['kiosk'] => {
  const device = id === null ? undefined : view.device(id)
  if (device === undefined) return null
  return {
    ...spotOf(device),
    fit: isKioskFit(device),
    dead: !mayBeThere(device) || device.health === 'faulted',
    usedBy: device.session === null ? null : (device.session.ticket ?? ''),
  }
}

const seeTicket = (view: BranchView, ticket: TicketRow): InvitationView['ticket'] => {
  const visit = ticket.visit === null ? undefined : view.visit(ticket.visit)
  const invitations = ticket.marks['diversion.invitations']
  return {
    id: ticket.id,
    service: ticket.service,
    state: ticket.state,
    visit: ticket.visit,
    language: ticket.language ?? visit?.language ?? null,
    counter: ticket.counter,
    counterZone: (ticket.counter === null ? undefined : view.counter(ticket.counter))?.zone ?? null,
    invitations: typeof invitations === 'number' ? invitations : 0,
    wantsPerson: ticket.assisted || ticket.choseStaff || visit?.wantsStaff === true,
  }
}

const isRobotFree = (view: BranchView) =>
  view
    .devices()
    .some(
      (device) =>
        device.kind === 'robot' &&
        mayBeThere(device) &&
        device.willingness === 'open' &&
        (device.health === 'ok' || device.health === 'degraded') &&
        device.manifest?.capabilities['guide'] !== undefined &&
        !view.isOccupied(device.id),
    )

const doesQueueListen = (view: BranchView) =>
  view
    .devices()
    .some(
      (device) =>
        device.kind === 'ticket-machine' &&
        mayBeThere(device) &&
        device.manifest?.capabilities['manage-ticket'] !== undefined,
    )

const rankOf = (view: BranchView, id: string) =>
  view.tickets().filter((other) => {
    const kiosk = kioskOf(other)
    const device = kiosk === null ? undefined : view.device(kiosk)
    const walks = device !== undefined && device.session?.ticket !== other.id
    return isOpen(other) && other.id < id && walks && !isKioskFit(device)
  }).length

export const viewInvitation = (view: BranchView, id: string): InvitationView => {
  const ticket = view.ticket(id)
  const visit = ticket?.visit ? view.visit(ticket.visit) : undefined
  const waitingZone = view.zones().find((zone) => zone.kind === 'waiting')?.id ?? null
  return {
    mode: view.branch.mode,
    languages: view.branch.languages,
    ticket: ticket === undefined ? null : seeTicket(view, ticket),
    zone: visit?.zone ?? waitingZone,
    waitingZone,
    kiosk: seeKiosk(view, ticket === undefined ? null : kioskOf(ticket)),
    free: freeKiosks(view).map(spotOf),
    rank: rankOf(view, id),
    robotFree: isRobotFree(view),
    queueListens: doesQueueListen(view),
  }
}
