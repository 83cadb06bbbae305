/**
 * Read-only access to the branch model for flows and dispatcher. Lists come straight from the tables, the
 * rest is worked out when asked for.
 */
import { localTime } from '#protocol/local-time.ts'
import type { BranchView } from '#protocol/model.ts'
import { isDeviceOccupied } from '../dispatch/claims.ts'
import type { BranchState } from '../engine/state.ts'
import { branchOf } from './rows.ts'

/** The branch's local date, `YYYY-MM-DD`. */
export const branchDay = (state: BranchState, at: number): string => localTime(at, branchOf(state)).day

/** What does not depend on the moment is made once for each state: a view is made for every entry. */
export const createViews = (state: BranchState): ((at: number) => BranchView) => {
  const lasting = {
    zone: (id: string) => state.zones.get(id),
    zones: () => state.zones.values(),
    place: (id: string) => state.places.get(id),
    places: () => state.places.values(),
    counter: (id: string) => state.counters.get(id),
    counters: () => state.counters.values(),
    service: (id: string) => state.services.get(id),
    services: () => state.services.values(),
    ticket: (id: string) => state.tickets.get(id),
    tickets: () => state.tickets.values(),
    visit: (id: string) => state.visits.get(id),
    visits: () => state.visits.values(),
    visitsIn: (zone: string) => state.visits.values().filter((visit) => visit.zone === zone),
    device: (id: string) => state.devices.get(id),
    devices: () => state.devices.values(),
    staff: () => state.staff.values(),
    campaigns: () => state.campaigns.values(),
    isOccupied: (device: string) => isDeviceOccupied(state, device),
    isClaimed: (key: string) => state.claims.has(key),
  }
  return (at) => ({
    ...lasting,
    at,
    get branch() {
      return branchOf(state)
    },
    plays: (campaign) => {
      const row = state.plays.get(campaign)
      if (row === undefined) return 0
      return row.day === branchDay(state, at) ? row.count : 0
    },
  })
}

export const createView = (state: BranchState, at: number): BranchView => createViews(state)(at)
