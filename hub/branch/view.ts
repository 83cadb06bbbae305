/**
 * Read-only access to the branch model for flows and dispatcher. One is made for every entry, so making it costs
 * nothing: lists come straight from the tables, the rest is worked out when asked for.
 */
import { localTime } from '#protocol/local-time.ts'
import type { BranchView } from '#protocol/model.ts'
import { isDeviceOccupied } from '../dispatch/claims.ts'
import type { BranchState } from '../engine/state.ts'
import { branchOf } from './rows.ts'

/** The branch's local date, `YYYY-MM-DD`. */
export const branchDay = (state: BranchState, at: number): string => localTime(at, branchOf(state)).day

export const createView = (state: BranchState, at: number): BranchView => ({
  at,
  get branch() {
    return branchOf(state)
  },
  zone: (id) => state.zones.get(id),
  zones: () => state.zones.values(),
  place: (id) => state.places.get(id),
  places: () => state.places.values(),
  counter: (id) => state.counters.get(id),
  counters: () => state.counters.values(),
  service: (id) => state.services.get(id),
  services: () => state.services.values(),
  ticket: (id) => state.tickets.get(id),
  tickets: () => state.tickets.values(),
  visit: (id) => state.visits.get(id),
  visits: () => state.visits.values(),
  visitsIn: (zone) => state.visits.values().filter((visit) => visit.zone === zone),
  device: (id) => state.devices.get(id),
  devices: () => state.devices.values(),
  staff: () => state.staff.values(),
  campaigns: () => state.campaigns.values(),
  isOccupied: (device) => isDeviceOccupied(state, device),
  isClaimed: (key) => state.claims.has(key),
  plays: (campaign) => {
    const row = state.plays.get(campaign)
    if (row === undefined) return 0
    return row.day === branchDay(state, at) ? row.count : 0
  },
})
