/** What a kiosk is told: its call as it stands, and whether an expert is offered at all. */
import type { Expert } from '#protocol/calls/expert-desk.ts'
import type { KioskCall, KioskExperts } from '#protocol/calls/kiosk-call.ts'
import type { CallRow, ShownDocument } from '#protocol/calls/rows.ts'
import { kioskIn, waitingCalls } from './find.ts'
import { isCustomerApart } from './guest.ts'
import type { Pass } from './line/ticket.ts'
import { type CallDesk, type CallTables } from './port.ts'
import { documentOn } from './shared.ts'
import { unsigned } from './ticket.ts'
import { isDeskOpen } from './weigh.ts'

/** Longer than a branch is open; a ticket also ends with its call. */
export const ticketMs = 12 * 3_600_000

/** From the first acceptance on: also while the next expert is called, the customer stays where he is. */
export const passOf = (call: CallRow, participant: string): Pass | null => {
  const first = call.segments[0]
  const stands = first !== undefined && call.state !== 'wrap-up' && call.state !== 'ended'
  return stands ? { call: call.id, participant, until: first.from + ticketMs } : null
}

/** The one under way, or the one that ended last: one that is written up is told until another begins. */
const callOf = ({ calls }: CallTables, device: string): CallRow | undefined => {
  const own = calls.values().filter((call) => call.device === device)
  const isUnderWay = ({ state }: CallRow) => state !== 'ended' && state !== 'wrap-up'
  return own.find(isUnderWay) ?? own.toSorted((a, b) => b.at - a.at)[0]
}

const titleOf = (people: readonly Expert[], id: string) => people.find((one) => one.id === id)?.title ?? {}

/** Who rings where several do is nobody yet. */
const expertOf = ({ plan }: Pick<CallDesk, 'plan'>, { expert, ring }: CallRow): KioskCall['expert'] => {
  const id = expert ?? (ring?.experts.length === 1 ? ring.experts[0] : undefined)
  return id === undefined ? null : { id, title: { ...titleOf(plan.people, id) } }
}

/** Who is only rung is nobody yet. */
const guestOf = ({ plan }: Pick<CallDesk, 'plan'>, call: CallRow): KioskCall['guest'] => {
  const { guest } = call
  if (guest?.expert == null) return null
  const { expert: id, state } = guest
  const isThere = state === 'here'
  return { id, title: { ...titleOf(plan.people, id) }, isThere, apart: isCustomerApart(call) }
}

const documentTold = ({ item, version, title, media, words }: ShownDocument) => ({
  item,
  version,
  title: { ...title },
  picture: media?.sha256 ?? null,
  words: { ...words },
})

export interface KioskSettings {
  readonly experts: KioskExperts
  readonly call?: KioskCall
}

/** What only the desk itself knows, where it is elsewhere. */
export interface FarAway {
  readonly open: boolean
  beforeOf(call: CallRow): number
}

export const kioskSettings = (
  desk: CallTables & Pick<CallDesk, 'plan'>,
  device: string,
  far?: FarAway,
): KioskSettings => {
  const experts = { open: far?.open ?? isDeskOpen(desk) }
  const call = callOf(desk, device)
  if (call === undefined) return { experts }
  const pass = passOf(call, kioskIn(device))
  const { id, state, since, promisedAt, outcome } = call
  const document = documentOn(call)
  const before = far?.beforeOf(call) ?? waitingCalls(desk).findIndex((one) => one.id === id)
  return {
    experts,
    call: {
      call: id,
      state,
      since,
      before: Math.max(0, before),
      promisedAt,
      expert: expertOf(desk, call),
      guest: guestOf(desk, call),
      ticket: pass === null ? null : unsigned(pass),
      document: document === null ? null : documentTold(document),
      outcome,
    },
  }
}
