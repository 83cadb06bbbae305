/**
 * Read-only access to the branch model for flows and dispatcher. One is made for every entry, so making it costs
 * nothing: lists come straight from the tables, the rest is worked out when asked for.
 */
import type { BranchView } from '#protocol/model.ts'
import type { TaskRow } from '../dispatch/rows.ts'
import type { BranchState } from '../engine/state.ts'
import { dayNumber, dayText } from './local-time.ts'
import { branchOf } from './rows.ts'

/** Whether this member was sent the start of a task and nobody knows yet that it ended. */
const carriesOut = (task: TaskRow, member: string) =>
  task.attempts.some(
    (attempt) => attempt.member === member && attempt.startSentAt !== null && attempt.endedAt === null,
  )

/** Leases that reserve a device: `device:<id>`, `kiosk:<id>` and so on by its kind. */
const isReserved = (state: BranchState, device: string) => {
  const kind = state.devices.get(device)?.kind ?? 'device'
  return [`device:${device}`, `${kind}:${device}`].some((key) => state.claims.get(key)?.kind === 'lease')
}

/** The branch's local date, `YYYY-MM-DD`. */
export const branchDay = (state: BranchState, at: number): string =>
  dayText(dayNumber(at, branchOf(state).utcOffsetMinutes ?? 0))

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
  isOccupied: (device) =>
    isReserved(state, device) || state.tasks.values().some((task) => carriesOut(task, device)),
  isClaimed: (key) => state.claims.has(key),
  plays: (campaign) => {
    const row = state.plays.get(campaign)
    if (row === undefined) return 0
    return row.day === branchDay(state, at) ? row.count : 0
  },
})
