/** Rows as the branch file declares them; what was sensed of a row that exists already is kept. */
import type {
  CampaignRow,
  CounterRow,
  DeviceRow,
  PlaceRow,
  ServiceRow,
  StaffRow,
  ZoneRow,
} from '#protocol/model.ts'
import type { BranchFile } from './file.ts'

type Item<K extends 'zones' | 'places' | 'services' | 'counters' | 'devices' | 'staff' | 'campaigns'> =
  BranchFile[K][number]

interface Known<Row> {
  readonly known: Row | undefined
  readonly at: number
}

export const zoneRow = (item: Item<'zones'>, known: ZoneRow | undefined): ZoneRow => ({
  id: item.id,
  kind: item.kind,
  title: item.title,
  limit: item.limit ?? null,
  // Without a name of its own a zone is its own sound zone.
  sound: item.sound ?? item.id,
  keepClear: item.keepClear,
  staffOnly: item.staffOnly,
  count: known?.count ?? null,
  at: item.at ?? null,
  ...(item.area !== undefined && { area: item.area }),
})

export const placeRow = (item: Item<'places'>): PlaceRow => ({
  id: item.id,
  zone: item.zone,
  kind: item.kind,
  at:
    item.at === undefined
      ? null
      : {
          x: item.at.x,
          y: item.at.y,
          ...(item.at.theta !== undefined && { theta: item.at.theta }),
          ...(item.at.map !== undefined && { map: item.at.map }),
        },
})

export const serviceRow = (item: Item<'services'>, known: ServiceRow | undefined): ServiceRow => ({
  waiting: null,
  longestWaitMs: null,
  announcedWaitMs: null,
  announcedBy: null,
  countersOpen: null,
  measuredServiceMs: null,
  measuredCount: 0,
  waitError: { count: 0, sumMs: 0, sumAbsMs: 0 },
  ...known,
  ...item,
})

export const counterRow = (item: Item<'counters'>, { known, at }: Known<CounterRow>): CounterRow => ({
  state: item.state,
  staffed: null,
  since: at,
  serving: null,
  person: null,
  ...known,
  id: item.id,
  services: item.services,
  zone: item.zone ?? null,
})

export const deviceRow = (item: Item<'devices'>, { known, at }: Known<DeviceRow>): DeviceRow => ({
  link: 'unknown',
  linkAt: at,
  boot: null,
  health: 'ok',
  healthReasons: [],
  healthAt: at,
  willingness: 'open',
  willingnessBy: null,
  heldUntil: null,
  battery: null,
  spot: null,
  blockedSince: null,
  inKeepClearSince: null,
  heardAt: null,
  manifest: null,
  state: null,
  session: null,
  ...known,
  id: item.id,
  kind: item.kind,
  title: item.title,
  gateway: item.gateway ?? null,
  ...whereabouts(item, known),
})

/** A robot that has said where it is, is there; everything else stands where the file says. */
const whereabouts = (item: Item<'devices'>, known: DeviceRow | undefined) =>
  item.kind === 'robot' && known?.spot != null
    ? { zone: known.zone, place: known.place }
    : { zone: item.zone ?? null, place: item.place ?? null }

export const staffRow = (item: Item<'staff'>, known: StaffRow | undefined): StaffRow => ({
  id: item.id,
  title: item.title,
  roles: item.roles,
  languages: item.languages,
  zone: item.zone ?? null,
  onDuty: known?.onDuty ?? item.onDuty,
  doNotDisturb: known?.doNotDisturb ?? false,
  serving: known?.serving ?? null,
  canOpenCounters: item.canOpenCounters,
})

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Only what was said: what is absent must be so in the row as well. */
const given = <T extends object>(said: T) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Given<T>

export const campaignRow = (declared: Item<'campaigns'>): CampaignRow => {
  const { item, title, languages, weekdays, value, burden, conflicts, channels, service, ...rest } = declared
  return {
    ...rest,
    from: rest.from ?? null,
    to: rest.to ?? null,
    hours: rest.hours ?? null,
    ...given({ item, title, languages, weekdays, value, burden, conflicts, channels, service }),
  }
}
