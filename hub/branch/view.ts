/**
 * Read-only access to the branch model for flows and dispatcher. Lists come straight from the tables, the
 * rest is worked out when asked for.
 */
import { localTime } from '#protocol/local-time.ts'
import type { BranchView } from '#protocol/model.ts'
import { isDeskOpen } from '../calls/weigh.ts'
import { isDeviceOccupied } from '../dispatch/claims.ts'
import type { BranchState } from '../engine/state.ts'
import { contentInForce } from './content-rows.ts'
import { isFarDeskOpen } from './far-desk.ts'
import { branchOf } from './rows.ts'

/** The branch's local date, `YYYY-MM-DD`. */
export const branchDay = (state: BranchState, at: number): string => localTime(at, branchOf(state)).day

/** One is made for every entry: a class, because what it can do is then made once for all of them. */
class StateView implements BranchView {
  readonly at: number
  readonly #state: BranchState

  constructor(state: BranchState, at: number) {
    this.at = at
    this.#state = state
  }

  get branch() {
    return branchOf(this.#state)
  }

  zone(id: string) {
    return this.#state.zones.get(id)
  }
  zones() {
    return this.#state.zones.values()
  }
  place(id: string) {
    return this.#state.places.get(id)
  }
  places() {
    return this.#state.places.values()
  }
  counter(id: string) {
    return this.#state.counters.get(id)
  }
  counters() {
    return this.#state.counters.values()
  }
  service(id: string) {
    return this.#state.services.get(id)
  }
  services() {
    return this.#state.services.values()
  }
  ticket(id: string) {
    return this.#state.tickets.get(id)
  }
  tickets() {
    return this.#state.tickets.values()
  }
  visit(id: string) {
    return this.#state.visits.get(id)
  }
  visits() {
    return this.#state.visits.values()
  }
  visitsIn(zone: string) {
    return this.#state.visits.values().filter((visit) => visit.zone === zone)
  }
  device(id: string) {
    return this.#state.devices.get(id)
  }
  devices() {
    return this.#state.devices.values()
  }
  staff() {
    return this.#state.staff.values()
  }
  campaigns() {
    return this.#state.campaigns.values()
  }
  content(item: string) {
    const row = this.#state.contentItems.get(item)
    return row && contentInForce(row, branchDay(this.#state, this.at))
  }
  isOccupied(device: string) {
    return isDeviceOccupied(this.#state, device)
  }
  isClaimed(key: string) {
    return this.#state.claims.has(key)
  }

  plays(campaign: string) {
    const row = this.#state.plays.get(campaign)
    if (row === undefined) return 0
    return row.day === branchDay(this.#state, this.at) ? row.count : 0
  }
  taken(campaign: string) {
    const row = this.#state.plays.get(campaign)
    const begun = row?.day === branchDay(this.#state, this.at) ? (row.begun ?? row.count) : 0
    return begun + this.#promotions().filter(({ subject }) => subject.campaign === campaign).length
  }
  isPromotedTo(visit: string, campaign?: string) {
    return this.#promotions().some(
      ({ subject }) => subject.visit === visit && (campaign === undefined || subject.campaign === campaign),
    )
  }

  expertsOpen() {
    return isDeskOpen(this.#state) || isFarDeskOpen(this.#state)
  }

  /** Wanted or under way. */
  #promotions() {
    return this.#state.tasks.values().flatMap(({ intent }) => (intent.capability === 'promote' ? intent : []))
  }
}

export const createView = (state: BranchState, at: number): BranchView => new StateView(state, at)
