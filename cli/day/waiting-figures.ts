/** Who came on a real day, how long they waited, and how wrong the announced wait was. */
import { announcedOf } from '#hub/figures/announced.ts'
import { shareOf, spreadOf } from '#hub/figures/spread.ts'
import { gaveUp, type RecordedTicket, waitedMs } from '#hub/figures/tickets.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { fileOfDay, ownEntries } from '../journal/day-timeline.ts'
import type { Material } from './material.ts'

const known = (value: number | null): value is number => value !== null

/** Also those who took no ticket and went straight there. */
const finishedAtKiosks = ({ day }: Material): number =>
  ownEntries(day).filter(
    ({ body }) =>
      body?.kind === 'event' && body.name === 'kiosk.session' && body.data['state'] === 'finished',
  ).length

export const visitorFigures = (material: Material): DayFigures['visitors'] => {
  const { tickets, told, day } = material
  const count = (outcome: RecordedTicket['outcome']) =>
    tickets.filter((ticket) => ticket.outcome === outcome).length
  const served = count('served')
  const selfServed = finishedAtKiosks(material)
  const abandoned = tickets.filter(gaveUp).length
  const came = told.filter(({ record }) => record.code === 'visit.started').length
  const senses =
    fileOfDay(day)?.devices.some(({ kind }) => kind === 'camera' || kind === 'sensor') ?? came > 0
  return {
    came: senses || came > 0 ? came : null,
    tickets: tickets.length,
    served,
    selfServed,
    abandoned,
    abandonedShare: shareOf(abandoned, served + selfServed + abandoned),
  }
}

export const waitFigures = ({ tickets }: Material): DayFigures['wait'] => {
  const services = [...new Set(tickets.map(({ service }) => service))].toSorted()
  const sinceArrival = tickets.map((ticket) => {
    const ms = waitedMs(ticket)
    return ms === null || ticket.arrivedAt === null ? null : ms + ticket.issuedAt - ticket.arrivedAt
  })
  return {
    ms: spreadOf(tickets.map(waitedMs).filter(known)),
    sinceArrivalMs: spreadOf(sinceArrival.filter(known)),
    byService: Object.fromEntries(
      services.flatMap((service) => {
        const own = tickets.filter((ticket) => ticket.service === service)
        const spread = spreadOf(own.map(waitedMs).filter(known))
        return spread === null ? [] : [[service, spread] as const]
      }),
    ),
  }
}

/** What the queue system announced for a service, in order. */
const announcements = ({ day }: Material) => {
  const said = new Map<string, { at: number; waitMs: number }[]>()
  for (const { at, body } of ownEntries(day)) {
    if (body?.kind !== 'event' || body.name !== 'queue.snapshot') continue
    const { service, announcedWaitMs } = body.data as { service: string; announcedWaitMs?: number }
    if (announcedWaitMs === undefined) continue
    const own = said.get(service) ?? []
    if (own.length === 0) said.set(service, own)
    own.push({ at, waitMs: announcedWaitMs })
  }
  return said
}

export const announcedFigures = (material: Material): DayFigures['announced'] => {
  const said = announcements(material)
  const errors = material.tickets.flatMap(({ service, issuedAt, calledAt, outcome }) => {
    const told = said.get(service)?.findLast(({ at }) => at <= issuedAt)
    return outcome === 'served' && calledAt !== null && told !== undefined
      ? [calledAt - issuedAt - told.waitMs]
      : []
  })
  return announcedOf(errors)
}
