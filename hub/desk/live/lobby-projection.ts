/**
 * What pages see of the lobby, made of what the hub believes about it: row by row, and no field more than declared. A
 * field that is not named here leaves the house for nobody.
 */
import type {
  LiveBranch,
  LiveCounter,
  LiveDevice,
  LivePlace,
  LiveService,
  LiveTicket,
  LiveVisit,
  LiveZone,
} from '#protocol/desk/live/lobby-rows.ts'
import type {
  BranchRow,
  CounterRow,
  DeviceRow,
  PlaceRow,
  Sensed,
  ServiceRow,
  TicketRow,
  VisitRow,
  ZoneRow,
} from '#protocol/model.ts'

export type Whereabouts = NonNullable<LiveDevice['at']>

const pointOf = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x, y })

const sensed = (read: Sensed<number> | null) =>
  read === null ? null : { value: read.value, at: read.at, staleAt: read.staleAt }

export interface About {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
}

export const liveBranch = (row: BranchRow, { id, title }: About): LiveBranch => ({
  id,
  title: { ...title },
  mode: row.mode,
  modeBy: row.modeBy,
  modeAt: row.modeAt,
  paused: row.paused === null ? null : { by: row.paused.by, at: row.paused.at, until: row.paused.until },
  stopped: row.stopped === null ? null : { by: row.stopped.by, at: row.stopped.at },
  languages: [...row.languages],
  timeZone: row.timeZone,
  utcOffsetMinutes: row.utcOffsetMinutes,
  revision: row.revision,
})

export const liveZone = (row: ZoneRow): LiveZone => ({
  id: row.id,
  kind: row.kind,
  title: { ...row.title },
  limit: row.limit,
  staffOnly: row.staffOnly ?? false,
  count: sensed(row.count),
  at: row.at === null ? null : pointOf(row.at),
  area: row.area === undefined ? null : row.area.map(pointOf),
})

export const livePlace = (row: PlaceRow): LivePlace => ({
  id: row.id,
  zone: row.zone,
  kind: row.kind,
  at: row.at === null ? null : pointOf(row.at),
})

export const liveCounter = (row: CounterRow): LiveCounter => ({
  id: row.id,
  services: [...row.services],
  zone: row.zone,
  state: row.state,
  staffed: row.staffed,
  since: row.since,
  serving: row.serving,
  person: row.person,
})

export const liveService = (row: ServiceRow): LiveService => {
  const { count, sumMs, sumAbsMs } = row.waitError
  return {
    id: row.id,
    title: { ...row.title },
    selfService: row.selfService,
    waiting: sensed(row.waiting),
    longestWaitMs: sensed(row.longestWaitMs),
    announcedWaitMs: sensed(row.announcedWaitMs),
    announcedBy: row.announcedBy,
    countersOpen: sensed(row.countersOpen),
    serviceMs: row.measuredServiceMs ?? row.serviceMs,
    waitError:
      count === 0
        ? null
        : { count, meanMs: Math.round(sumMs / count), meanAbsMs: Math.round(sumAbsMs / count) },
  }
}

export const liveTicket = (row: TicketRow): LiveTicket => ({
  id: row.id,
  service: row.service,
  segment: row.segment,
  state: row.state,
  issuedAt: row.issuedAt,
  calledAt: row.calledAt,
  counter: row.counter,
  visit: row.visit,
  assisted: row.assisted,
  announcedWaitMs: row.announcedWaitMs,
})

export const liveVisit = (row: VisitRow): LiveVisit => ({
  id: row.id,
  grade: row.grade,
  zone: row.zone,
  since: row.since,
  zoneSince: row.zoneSince,
  party: row.party,
  language: row.language,
  segment: row.segment,
  tickets: [...row.tickets],
  tracks: [...row.tracks],
  booked: row.booked,
  priority: row.priority,
  wantsStaff: row.wantsStaff,
  beingServed: row.beingServed,
  intent: row.intent,
})

export const liveDevice = (row: DeviceRow, at: Whereabouts | null): LiveDevice => ({
  id: row.id,
  kind: row.kind,
  title: { ...row.title },
  zone: row.zone,
  place: row.place,
  link: row.link,
  linkAt: row.linkAt,
  health: row.health,
  healthReasons: [...row.healthReasons],
  healthAt: row.healthAt,
  willingness: row.willingness,
  willingnessBy: row.willingnessBy,
  heldUntil: row.heldUntil,
  battery: row.battery === null ? null : { percent: row.battery.percent, charging: row.battery.charging },
  at,
  blockedSince: row.blockedSince,
  inKeepClearSince: row.inKeepClearSince,
  session:
    row.session === null
      ? null
      : { since: row.session.since, ticket: row.session.ticket, service: row.session.service },
  capabilities: Object.keys(row.manifest?.capabilities ?? {}).sort(),
  firmware:
    row.firmware === undefined ? null : { version: row.firmware.version, standing: row.firmware.standing },
})
