/** The arrivals of a recorded day as the lobby model plays them again, with what nobody knows of them drawn by a seed. */
import { gaveUp, type RecordedKioskUse, type RecordedTicket, waitedMs } from '#hub/figures/tickets.ts'
import { unitHash } from '#protocol/hash.ts'
import type { ArrivalSource, KnownArrival } from '#simulators/lobby/arrival-source.ts'
import { exponential } from '#simulators/lobby/distributions.ts'
import { serviceDefaults } from '#simulators/lobby/scenario-schema.ts'
import { createFill } from '#simulators/lobby/who-they-are.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { atKioskMs, type DayModel, servedMs, toTicketMs } from './day-model.ts'

/**
 * Of those who took a ticket and stayed with it, how many could have used a kiosk: those who could are a known share of
 * all, and the ones who did are no longer among them.
 */
const leftEligible = ({ scenario, tickets, kioskUses }: DayModel, service: string): number => {
  const { eligibleShare } = scenario.services[service] ?? serviceDefaults
  if (scenario.branch.services.find(({ id }) => id === service)?.selfService !== true) return 0
  const own = tickets.filter((one) => one.service === service)
  const atKiosk = own.filter(({ outcome }) => outcome === 'self-served').length
  const used = atKiosk + kioskUses.filter((one) => one.service === service).length
  const stayed = own.length - atKiosk
  return stayed === 0 ? 0 : Math.max(0, (eligibleShare * (stayed + used) - used) / stayed)
}

const knownOf = (
  ticket: RecordedTicket,
  {
    fromMs,
    meanPatienceMs,
    eligible,
    seed,
  }: { fromMs: number; meanPatienceMs: number; eligible: number; seed: string },
): KnownArrival => {
  const { key, service, issuedAt, arrivedAt, language, priority, booked, choseStaff, outcome } = ticket
  const waited = waitedMs(ticket) ?? 0
  const [serviceMs, kioskMs] = [servedMs(ticket), atKioskMs(ticket)]
  // Who was served had that much patience at least; an exponential patience knows nothing of the past.
  const more = gaveUp(ticket) ? 0 : exponential(meanPatienceMs, unitHash(seed, key, 'patience'))
  return {
    key,
    service,
    atMs: Math.max(0, (arrivedAt ?? issuedAt - toTicketMs) - fromMs),
    priority,
    booked,
    choosesStaff: choseStaff,
    eligible: unitHash(seed, key, 'eligible') < eligible,
    patienceMs: Math.round(waited + more),
    ...(language !== null && { language }),
    ...(serviceMs !== undefined && { serviceMs }),
    ...(kioskMs !== undefined && { kioskMs }),
    ...(outcome === 'self-served' && { eligible: true, kioskTooHard: false }),
  }
}

const atKiosk = (
  { key, service, fromAt, untilAt }: RecordedKioskUse,
  { fromMs, selfService }: { fromMs: number; selfService: readonly string[] },
): readonly KnownArrival[] => {
  const own = service ?? selfService[0]
  if (own === undefined || !selfService.includes(own)) return []
  const kioskMs = Math.max(1_000, untilAt - fromAt)
  const atMs = Math.max(0, fromAt - toTicketMs - fromMs)
  return [{ key, service: own, atMs, eligible: true, kioskTooHard: false, kioskMs }]
}

/** Finished at a kiosk that day, with a ticket or without. */
export const finishedAtKiosk = ({ tickets, kioskUses }: DayModel): number =>
  kioskUses.length + tickets.filter(({ outcome }) => outcome === 'self-served').length

/** Their arrivals and service times are true, their patience is as far as it showed; the rest is drawn by the seed. */
export const recordedArrivals = (day: RecordedDay, model: DayModel, seed: string): ArrivalSource => {
  const { scenario, tickets, kioskUses } = model
  const fill = createFill(scenario, seed)
  const known = tickets.map((ticket) => {
    const meanPatienceMs = (scenario.services[ticket.service]?.patienceMinutes ?? 30) * 60_000
    const eligible = leftEligible(model, ticket.service)
    return knownOf(ticket, { fromMs: day.fromMs, meanPatienceMs, eligible, seed })
  })
  const selfService = scenario.branch.services.filter((one) => one.selfService).map(({ id }) => id)
  const walkedIn = kioskUses.flatMap((use) => atKiosk(use, { fromMs: day.fromMs, selfService }))
  const all = [...known, ...walkedIn].sort((a, b) => a.atMs - b.atMs)
  return { title: `the journal of ${day.day}`, arrivals: () => all.map(fill) }
}
