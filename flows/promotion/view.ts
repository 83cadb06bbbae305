/** What promotion sees: one visitor or the idle screens, the campaigns, and how the queues stand. */

import { type LocalTime, localTime } from '#protocol/local-time.ts'
import { type BranchView, type CampaignRow, fresh, type VisitRow, type ZoneRow } from '#protocol/model.ts'
import { askable } from '../havens.ts'

export interface QueueSeen {
  readonly service: string
  /** null: not known, or too old. */
  readonly waitMs: number | null
  readonly waiting: number | null
}

export interface PromotionView {
  readonly languages: readonly string[]
  readonly now: LocalTime
  readonly queues: readonly QueueSeen[]
  readonly campaigns: readonly (CampaignRow & { readonly playsToday: number })[]
  readonly visitor:
    | (Pick<VisitRow, 'id' | 'zone' | 'segment' | 'language' | 'marks'> & {
        readonly zoneKind: ZoneRow['kind'] | null
        /** At a counter or a kiosk, or called to one. */
        readonly served: boolean
        /** Somebody has the visitor's attention. */
        readonly busy: boolean
      })
    | null
  /** Zones with a screen that shows nothing else. */
  readonly idleZones: readonly string[]
}

/** One instance looks after all screens that stand idle. */
export const screensKey = 'screens'

export const claimOf = {
  promotion: (visit: string) => `promotion:visit:${visit}`,
  attention: (visit: string) => `attention:visit:${visit}`,
  zone: (zone: string) => `promotion:zone:${zone}`,
}

const visitorOf = (model: BranchView, key: string): PromotionView['visitor'] => {
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
    busy: model.isClaimed(claimOf.attention(visit.id)) || model.isClaimed(claimOf.promotion(visit.id)),
  }
}

const idleZones = (model: BranchView): string[] => {
  const zones = new Set<string>()
  for (const id of askable(model, 'screen', { capability: 'promote' })) {
    const zone = model.device(id)?.zone ?? null
    if (zone !== null && !model.isOccupied(id)) zones.add(zone)
  }
  return [...zones].sort()
}

export const promotionView = (model: BranchView, key: string): PromotionView => ({
  languages: model.branch.languages,
  now: localTime(model.at, model.branch),
  queues: model.services().map((service) => ({
    service: service.id,
    waitMs: fresh(service.announcedWaitMs, model.at) ?? null,
    waiting: fresh(service.waiting, model.at) ?? null,
  })),
  campaigns: model
    .campaigns()
    .filter(({ on }) => on !== false)
    .map((campaign) => ({ ...campaign, playsToday: model.plays(campaign.id) })),
  visitor: key === screensKey ? null : visitorOf(model, key),
  idleZones: key === screensKey ? idleZones(model) : [],
})
