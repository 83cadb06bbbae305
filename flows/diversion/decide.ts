/** The judgements of diversion: is the queue under pressure, whom to invite to which kiosk, how long the wait will be. */
import type { Intent } from '#protocol/intents.ts'
import type { DiversionPolicy } from './policy.ts'
import type { DiversionView, KioskSeen, TicketSeen } from './view.ts'

export interface Reading {
  readonly at: number
  readonly waitMs: number
}

/** A ticket handed to its invitation that the model may not show yet. */
export interface Handed {
  readonly ticket: string
  readonly kiosk: string
  readonly at: number
}

export interface DiversionContext {
  readonly service: string
  readonly readings: readonly Reading[]
  readonly handed: readonly Handed[]
  /** Calls for another counter so far, when the last was made, and whether it is still open. */
  readonly calls: number
  readonly calledAt: number | null
  readonly calling: boolean
}

export interface Look {
  readonly at: number
  readonly view: DiversionView
  readonly policy: DiversionPolicy
}

export type Pressure = 'high' | 'between' | 'low' | 'unknown'

/** Readings closer than this add nothing to a trend. */
const readingEveryMs = 15_000
const readingsMax = 40
/** A trend over less than this is noise. */
const trendMinMs = 60_000
/** The model shows a ticket that was handed over by the next entry; longer than this it was never taken up. */
const handedForMs = 60_000

/** An invitation that nobody could show is not counted, but neither is it tried again with each look. */
const retryMs = 60_000

export const pressureOf = ({ view, policy }: Pick<Look, 'view' | 'policy'>): Pressure => {
  const { waiting, waitMs } = view
  if (waiting === null && waitMs === null) return 'unknown'
  if ((waiting ?? 0) >= policy.enterLength || (waitMs ?? 0) >= policy.enterWaitMs) return 'high'
  if ((waiting ?? 0) <= policy.leaveLength && (waitMs ?? 0) <= policy.leaveWaitMs) return 'low'
  return 'between'
}

const walkMs = (ticket: TicketSeen, kiosk: KioskSeen, policy: DiversionPolicy): number => {
  if (ticket.at === null || kiosk.at === null) return policy.walkMs
  return Math.round(
    (Math.hypot(ticket.at.x - kiosk.at.x, ticket.at.y - kiosk.at.y) / policy.walkSpeed) * 1_000,
  )
}

export interface Invitation {
  readonly ticket: TicketSeen
  readonly kiosk: string
  readonly walkMs: number
}

/** Those who wait longest first, each with the nearest kiosk left; never more than the free kiosks can take. */
export const invitationsFor = (context: DiversionContext, look: Look): readonly Invitation[] => {
  const { view, policy, at } = look
  const { service } = view
  if (service === null || !service.selfService || !view.mayInvite) return []
  const handed = stillHanded(context, look)
  const kiosks = view.kiosks.filter((kiosk) => !handed.some((one) => one.kiosk === kiosk.id))
  const free = kiosks.slice(0, Math.max(0, kiosks.length - policy.spareKiosks))
  const waiting = view.tickets
    .filter((ticket) => !handed.some((one) => one.ticket === ticket.id))
    .filter((ticket) => ticket.invitations < policy.invitationsMax)
    .filter((ticket) => at - ticket.invitedAt >= (ticket.invitations === 0 ? retryMs : policy.inviteAgainMs))
    .toSorted((a, b) => b.remainingMs - a.remainingMs || (a.id < b.id ? -1 : 1))
  const made: Invitation[] = []
  for (const ticket of waiting) {
    const nearest = free
      .filter((kiosk) => !made.some((one) => one.kiosk === kiosk.id))
      .map((kiosk) => ({ ticket, kiosk: kiosk.id, walkMs: walkMs(ticket, kiosk, policy) }))
      .toSorted((a, b) => a.walkMs - b.walkMs || (a.kiosk < b.kiosk ? -1 : 1))[0]
    if (nearest === undefined) break
    if (ticket.remainingMs > nearest.walkMs + service.kioskMs + policy.marginMs) made.push(nearest)
  }
  return made
}

export const stillHanded = (context: DiversionContext, { at }: Pick<Look, 'at'>): readonly Handed[] =>
  context.handed.filter((one) => at - one.at < handedForMs)

/** Marks on the ticket: its own invitation starts on `diversion.kiosk`, and the next look sees it as taken. */
export const handOver = (context: DiversionContext, look: Look): readonly Intent[] =>
  invitationsFor(context, look).flatMap(({ ticket, kiosk }): Intent[] => [
    mark(ticket.id, 'diversion.open', true),
    mark(ticket.id, 'diversion.invitations', ticket.invitations + 1),
    mark(ticket.id, 'diversion.invitedAt', look.at),
    mark(ticket.id, 'diversion.kiosk', kiosk),
  ])

const mark = (id: string, name: string, value: string | number | boolean): Intent => ({
  type: 'mark',
  on: 'ticket',
  id,
  name,
  value,
})

export const withHanded = (context: DiversionContext, look: Look): readonly Handed[] => [
  ...stillHanded(context, look),
  ...invitationsFor(context, look).map(({ ticket, kiosk }) => ({ ticket: ticket.id, kiosk, at: look.at })),
]

export const withReading = (readings: readonly Reading[], { at, view, policy }: Look): readonly Reading[] => {
  const recent = readings.filter((one) => at - one.at <= policy.trendWindowMs)
  const last = recent.at(-1)
  if (view.waitMs === null || (last !== undefined && at - last.at < readingEveryMs)) return recent
  return [...recent, { at, waitMs: view.waitMs }].slice(-readingsMax)
}

/** The announced wait, carried on by its trend (least squares) for as long as it takes to open a counter. */
export const forecastMs = (readings: readonly Reading[], look: Look): number | null => {
  const { waitMs } = look.view
  if (waitMs === null) return null
  const points = [...readings.filter((one) => one.at < look.at), { at: look.at, waitMs }]
  const first = points[0]
  if (first === undefined || points.length < 3 || look.at - first.at < trendMinMs) return waitMs
  const meanAt = points.reduce((sum, one) => sum + (one.at - first.at), 0) / points.length
  const meanWait = points.reduce((sum, one) => sum + one.waitMs, 0) / points.length
  const spread = points.reduce((sum, one) => sum + (one.at - first.at - meanAt) ** 2, 0)
  const slope =
    points.reduce((sum, one) => sum + (one.at - first.at - meanAt) * (one.waitMs - meanWait), 0) / spread
  return Math.round(waitMs + Math.max(0, slope) * look.policy.openingLeadMs)
}

/** Another counter is wanted, there is one, somebody may open it, and nobody was asked lately. */
export const wantsCounter = (context: DiversionContext, look: Look): boolean => {
  const { view, policy, at } = look
  if (context.calling || (context.calledAt !== null && at - context.calledAt < policy.askAgainMs))
    return false
  if (view.openable.length === 0 || view.openers.length === 0) return false
  const expected = forecastMs(withReading(context.readings, look), look)
  return expected !== null && expected >= policy.counterWaitMs
}

/** The call is pointless once the pressure is gone. */
export const callIsOver = (context: DiversionContext, look: Look): boolean =>
  context.calling && pressureOf(look) === 'low'
