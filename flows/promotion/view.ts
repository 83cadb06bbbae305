/** What promotion sees: one visitor or the idle screens, the campaigns, who could show them, and how the queues stand. */
import { type LocalTime, localTime, weekdayOfDay } from '#protocol/local-time.ts'
import {
  type BranchView,
  type CampaignRow,
  type ContentInForce,
  fresh,
  type StaffRow,
  type VisitRow,
  type ZoneRow,
} from '#protocol/model.ts'
import { remainingWaitMs } from '#protocol/queues.ts'
import { askable } from '../havens.ts'
import { promotedWords } from '../promoted.ts'

export interface QueueSeen {
  readonly service: string
  /** null: not known, or too old. */
  readonly waitMs: number | null
  readonly waiting: number | null
}

export interface CampaignSeen extends CampaignRow {
  /** Of its cap of the day. */
  readonly taken: number
  /** What may be shown of its item now; null: it has none, or nothing of it is approved. */
  readonly content: ContentInForce | null
}

/** How many could show it, and how many of those have nothing else to do. */
export interface Capacity {
  readonly free: number
  readonly all: number
}

export const shownOn = ['screen', 'robot', 'kiosk'] as const
export type ShownOn = (typeof shownOn)[number]

export interface VisitorSeen extends Pick<VisitRow, 'id' | 'zone' | 'segment' | 'language' | 'marks'> {
  readonly zoneKind: ZoneRow['kind'] | null
  /** At a counter or a kiosk, or called to one. */
  readonly served: boolean
  /** Somebody has the visitor's attention, or a promotion is on its way. */
  readonly busy: boolean
  /** Until the first of their tickets is called, as announced and as reckoned; null: no ticket, or nobody knows. */
  readonly waitLeftMs: number | null
}

export interface PromotionView {
  readonly languages: readonly string[]
  readonly now: LocalTime & { readonly weekday: number }
  readonly queues: readonly QueueSeen[]
  readonly campaigns: readonly CampaignSeen[]
  readonly visitor: VisitorSeen | null
  /** In the visitor's zone. */
  readonly devices: Readonly<Record<ShownOn, Capacity>>
  /** On duty, and not to be left in peace. */
  readonly people: readonly (Pick<StaffRow, 'roles'> & { readonly isFree: boolean })[]
  /** Machines that issue tickets and can print on them, with the zone they stand in. */
  readonly printers: Readonly<Record<string, string | null>>
  /** Zones with a screen that shows nothing else. */
  readonly idle: readonly (Capacity & { readonly zone: string })[]
}

/** One instance looks after all screens that stand idle. */
export const screensKey = 'screens'

export const claimOf = {
  promotion: (visit: string) => `promotion:visit:${visit}`,
  attention: (visit: string) => `attention:visit:${visit}`,
  zone: (zone: string) => `promotion:zone:${zone}`,
}

/** The announced wait that is left, and what the queue leaves by the hub's own reckoning: the shorter. */
const waitLeftMs = (model: BranchView, { tickets }: VisitRow): number | null => {
  const left = tickets.flatMap((id) => {
    const ticket = model.ticket(id)
    if (ticket?.state !== 'waiting') return []
    const { announcedWaitMs, issuedAt } = ticket
    const announced = announcedWaitMs === null ? [] : [Math.max(0, issuedAt + announcedWaitMs - model.at)]
    return [...announced, ...[remainingWaitMs(model, ticket)].filter((ms) => ms !== undefined)]
  })
  return left.length === 0 ? null : Math.min(...left)
}

const visitorOf = (model: BranchView, key: string): VisitorSeen | null => {
  const visit = model.visit(key)
  if (visit === undefined) return null
  const called = visit.tickets.some((ticket) => model.ticket(ticket)?.state === 'called')
  return {
    id: visit.id,
    zone: visit.zone,
    segment: visit.segment,
    language: visit.language,
    marks: visit.marks,
    zoneKind: visit.zone === null ? null : (model.zone(visit.zone)?.kind ?? null),
    served: visit.beingServed || called,
    busy:
      model.isClaimed(claimOf.attention(visit.id)) ||
      model.isClaimed(claimOf.promotion(visit.id)) ||
      model.isPromotedTo(visit.id),
    waitLeftMs: waitLeftMs(model, visit),
  }
}

const capacityOf = (model: BranchView, devices: readonly string[]): Capacity => ({
  free: devices.filter((id) => !model.isOccupied(id) && model.device(id)?.session == null).length,
  all: devices.length,
})

const none: Capacity = { free: 0, all: 0 }

const devicesIn = (model: BranchView, zone: string | null): PromotionView['devices'] => {
  const of = (kind: ShownOn) =>
    zone === null ? none : capacityOf(model, askable(model, kind, { capability: 'promote', zone }))
  return { screen: of('screen'), robot: of('robot'), kiosk: of('kiosk') }
}

const printersOf = (model: BranchView): PromotionView['printers'] => {
  const ids = (['ticket-machine', 'kiosk'] as const).flatMap((kind) =>
    askable(model, kind, { capability: 'promote' }),
  )
  return Object.fromEntries(ids.map((id) => [id, model.device(id)?.zone ?? null]))
}

const idleZones = (model: BranchView): PromotionView['idle'] => {
  const zones = new Map<string, string[]>()
  for (const id of askable(model, 'screen', { capability: 'promote' })) {
    const zone = model.device(id)?.zone ?? null
    if (zone !== null) zones.set(zone, [...(zones.get(zone) ?? []), id])
  }
  return [...zones]
    .map(([zone, screens]) => ({ zone, ...capacityOf(model, screens) }))
    .filter(({ free }) => free > 0)
    .toSorted((a, b) => (a.zone < b.zone ? -1 : 1))
}

const campaignOf = (model: BranchView, row: CampaignRow): CampaignSeen => {
  const content = row.item == null ? null : (model.content(row.item) ?? null)
  return { ...row, words: promotedWords(content, row), content, taken: model.taken(row.id) }
}

export const promotionView = (model: BranchView, key: string): PromotionView => {
  const isScreens = key === screensKey
  const visitor = isScreens ? null : visitorOf(model, key)
  const now = localTime(model.at, model.branch)
  return {
    languages: model.branch.languages,
    now: { ...now, weekday: weekdayOfDay(now.day) },
    queues: model.services().map((service) => ({
      service: service.id,
      waitMs: fresh(service.announcedWaitMs, model.at) ?? null,
      waiting: fresh(service.waiting, model.at) ?? null,
    })),
    campaigns: model.campaigns().map((row) => campaignOf(model, row)),
    visitor,
    devices: devicesIn(model, visitor?.zone ?? null),
    people: model
      .staff()
      .filter(({ onDuty, doNotDisturb }) => onDuty && !doNotDisturb)
      .map(({ roles, serving }) => ({ roles, isFree: serving === null })),
    printers: isScreens ? {} : printersOf(model),
    idle: isScreens ? idleZones(model) : [],
  }
}
