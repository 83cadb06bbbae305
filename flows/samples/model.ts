/** A branch model made of rows, for the views of flows. */
import type {
  BranchRow,
  BranchView,
  CampaignRow,
  ContentInForce,
  CounterRow,
  DeviceRow,
  PlaceRow,
  ServiceRow,
  StaffRow,
  TicketRow,
  VisitRow,
  ZoneRow,
} from '#protocol/model.ts'
import { branchRow, monday } from './rows.ts'

export interface Rows {
  readonly at?: number
  readonly branch?: Partial<BranchRow>
  readonly zones?: readonly ZoneRow[]
  readonly places?: readonly PlaceRow[]
  readonly counters?: readonly CounterRow[]
  readonly services?: readonly ServiceRow[]
  readonly tickets?: readonly TicketRow[]
  readonly visits?: readonly VisitRow[]
  readonly devices?: readonly DeviceRow[]
  readonly staff?: readonly StaffRow[]
  readonly campaigns?: readonly CampaignRow[]
  readonly contents?: readonly ContentInForce[]
  readonly occupied?: readonly string[]
  readonly claims?: readonly string[]
  readonly plays?: Readonly<Record<string, number>>
  /** Of the caps of the day, where that is more than what was played. */
  readonly taken?: Readonly<Record<string, number>>
  /** Visits for which a promotion is wanted or under way. */
  readonly promotedTo?: readonly string[]
  readonly expertsOpen?: boolean
}

const byId = <T extends { readonly id: string }>(rows: readonly T[] = []) => {
  const ordered = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    all: () => ordered,
    one: (id: string) => ordered.find((row) => row.id === id),
  }
}

export const modelOf = (rows: Rows): BranchView => {
  const zones = byId(rows.zones)
  const places = byId(rows.places)
  const counters = byId(rows.counters)
  const services = byId(rows.services)
  const tickets = byId(rows.tickets)
  const visits = byId(rows.visits)
  const devices = byId(rows.devices)
  return {
    at: rows.at ?? monday,
    branch: branchRow(rows.branch),
    zone: zones.one,
    zones: zones.all,
    place: places.one,
    places: places.all,
    counter: counters.one,
    counters: counters.all,
    service: services.one,
    services: services.all,
    ticket: tickets.one,
    tickets: tickets.all,
    visit: visits.one,
    visits: visits.all,
    visitsIn: (zone) => visits.all().filter((visit) => visit.zone === zone),
    device: devices.one,
    devices: devices.all,
    staff: byId(rows.staff).all,
    campaigns: byId(rows.campaigns).all,
    content: (item) => rows.contents?.find((content) => content.item === item),
    isOccupied: (device) => rows.occupied?.includes(device) ?? false,
    isClaimed: (key) => rows.claims?.includes(key) ?? false,
    plays: (campaign) => rows.plays?.[campaign] ?? 0,
    taken: (campaign) => rows.taken?.[campaign] ?? rows.plays?.[campaign] ?? 0,
    isPromotedTo: (visit) => rows.promotedTo?.includes(visit) ?? false,
    expertsOpen: () => rows.expertsOpen ?? false,
  }
}
