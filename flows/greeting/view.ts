/** What greeting sees of the branch: one visit, the entrance it came in by, and who could lead it where. */
import { isWithin, localTime } from '#protocol/local-time.ts'
import { type BranchView, type Mode, mayBeThere, type VisitRow, type ZoneRow } from '#protocol/model.ts'

export interface GreetingView {
  readonly mode: Mode
  readonly languages: readonly string[]
  readonly quiet: boolean
  readonly visit: Pick<VisitRow, 'id' | 'grade' | 'zone' | 'since' | 'party' | 'language'> | null
  readonly entrance: { readonly id: string; readonly arrivalsPerMinute: number } | null
  /** This visit was greeted, or has been promised to someone. */
  readonly greeted: boolean
  /** A greeting that covers whoever comes in now. */
  readonly covered: boolean
  /** Screens and kiosks that could greet, but stand elsewhere. */
  readonly elsewhere: readonly string[]
  readonly canGuide: boolean
  readonly kiosks: { readonly zone: string; readonly free: number } | null
  readonly waiting: string | null
  readonly services: readonly {
    readonly id: string
    readonly selfService: boolean
    readonly counters: string | null
  }[]
}

export const claimOf = {
  greet: (visit: string) => `greet:visit:${visit}`,
  receive: (key: string) => `receive:${key}`,
  attention: (visit: string) => `attention:visit:${visit}`,
  group: (zone: string) => `greet-group:zone:${zone}`,
  burst: (zone: string) => `greet-burst:zone:${zone}`,
}

/** A sliding minute from two whole ones: the older counts by the part of it that the last 60 s still cover. */
const arrivalsPerMinute = (zone: ZoneRow, at: number): number => {
  if (zone.arrivals === null || zone.arrivals === undefined) return 0
  const { minute, count, before } = zone.arrivals
  const now = Math.floor(at / 60_000)
  const left = 1 - (at % 60_000) / 60_000
  if (now === minute) return count + before * left
  return now === minute + 1 ? count * left : 0
}

const isQuiet = (model: BranchView): boolean => {
  const { quiet } = model.branch
  if (quiet.length === 0) return false
  const { time } = localTime(model.at, model.branch)
  return quiet.some((hours) => isWithin(time, hours))
}

const guides = (model: BranchView): boolean =>
  model
    .devices()
    .some(
      (device) =>
        device.kind === 'robot' &&
        mayBeThere(device) &&
        device.willingness === 'open' &&
        device.health !== 'faulted' &&
        device.manifest?.capabilities['guide'] !== undefined,
    )

const greetersElsewhere = (model: BranchView, entrance: string): string[] =>
  model
    .devices()
    .filter(
      (device) =>
        device.kind !== 'robot' &&
        device.zone !== entrance &&
        device.manifest?.capabilities['greet'] !== undefined,
    )
    .map((device) => device.id)

const freeKiosks = (model: BranchView, zone: string): number =>
  model
    .devices()
    .filter(
      (device) =>
        device.kind === 'kiosk' &&
        device.zone === zone &&
        mayBeThere(device) &&
        device.willingness === 'open' &&
        device.session === null &&
        !model.isOccupied(device.id),
    ).length

/** The zone of an open, staffed counter of this service that serves nobody. */
const freeCounterZone = (model: BranchView, service: string): string | null =>
  model
    .counters()
    .find(
      (counter) =>
        counter.services.includes(service) &&
        counter.state === 'open' &&
        counter.staffed !== false &&
        counter.serving === null &&
        counter.zone !== null,
    )?.zone ?? null

export const greetingView = (model: BranchView, key: string): GreetingView => {
  const visit = model.visit(key)
  const zone = visit?.zone === undefined || visit.zone === null ? undefined : model.zone(visit.zone)
  const entrance = zone?.kind === 'entrance' ? zone : undefined
  const zones = model.zones()
  const kiosks = zones.find((candidate) => candidate.kind === 'kiosks')
  const group = visit?.grade === 'counted' ? claimOf.burst : claimOf.group
  return {
    mode: model.branch.mode,
    languages: model.branch.languages,
    quiet: isQuiet(model),
    visit:
      visit === undefined
        ? null
        : {
            id: visit.id,
            grade: visit.grade,
            zone: visit.zone,
            since: visit.since,
            party: visit.party,
            language: visit.language,
          },
    entrance:
      entrance === undefined
        ? null
        : { id: entrance.id, arrivalsPerMinute: arrivalsPerMinute(entrance, model.at) },
    greeted: visit !== undefined && model.isClaimed(claimOf.greet(visit.id)),
    covered: entrance !== undefined && model.isClaimed(group(entrance.id)),
    elsewhere: entrance === undefined ? [] : greetersElsewhere(model, entrance.id),
    canGuide: guides(model),
    kiosks: kiosks === undefined ? null : { zone: kiosks.id, free: freeKiosks(model, kiosks.id) },
    waiting: zones.find((candidate) => candidate.kind === 'waiting')?.id ?? null,
    services: model.services().map((service) => ({
      id: service.id,
      selfService: service.selfService,
      counters: freeCounterZone(model, service.id),
    })),
  }
}
