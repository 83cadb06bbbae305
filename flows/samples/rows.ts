/** Rows of a small, calm branch; a test names only what differs. */
import type {
  BranchRow,
  CampaignRow,
  CounterRow,
  DeviceRow,
  PlaceRow,
  Sensed,
  ServiceRow,
  StaffRow,
  TicketRow,
  VisitRow,
  ZoneRow,
} from '#protocol/model.ts'

/** 2026-03-02 10:00 in Shanghai, a Monday. */
export const monday = 1_772_416_800_000

export const sensed = <T>(value: T, at = monday, staleAt: number | null = at + 600_000): Sensed<T> => ({
  value,
  at,
  staleAt,
})

export const branchRow = (row: Partial<BranchRow> = {}): BranchRow => ({
  mode: 'open',
  modeBy: 'calendar',
  modeAt: monday,
  modeBefore: null,
  paused: null,
  stopped: null,
  revision: 1,
  languages: ['zh', 'en'],
  quiet: [],
  timeZone: 'Asia/Shanghai',
  utcOffsetMinutes: 480,
  ...row,
})

export const zoneRow = (row: Partial<ZoneRow> & { id: string }): ZoneRow => ({
  kind: 'other',
  title: {},
  limit: null,
  sound: row.id,
  keepClear: [],
  count: null,
  at: null,
  ...row,
})

export const placeRow = (row: Partial<PlaceRow> & { id: string; zone: string }): PlaceRow => ({
  kind: 'other',
  at: null,
  ...row,
})

export const counterRow = (row: Partial<CounterRow> & { id: string }): CounterRow => ({
  services: ['cash'],
  zone: 'counters',
  state: 'open',
  staffed: true,
  since: monday,
  serving: null,
  person: null,
  ...row,
})

export const serviceRow = (row: Partial<ServiceRow> & { id: string }): ServiceRow => ({
  title: {},
  selfService: false,
  kioskMs: 180_000,
  serviceMs: 300_000,
  waiting: null,
  longestWaitMs: null,
  announcedWaitMs: null,
  announcedBy: null,
  countersOpen: null,
  measuredServiceMs: null,
  measuredCount: 0,
  waitError: { count: 0, sumMs: 0, sumAbsMs: 0 },
  ...row,
})

export const ticketRow = (row: Partial<TicketRow> & { id: string }): TicketRow => ({
  service: 'cash',
  segment: 'personal',
  issuedAt: monday,
  visit: null,
  state: 'waiting',
  calledAt: null,
  counter: null,
  assisted: false,
  choseStaff: false,
  language: null,
  booked: false,
  priority: false,
  announcedWaitMs: null,
  outcome: null,
  marks: {},
  ...row,
})

export const visitRow = (row: Partial<VisitRow> & { id: string }): VisitRow => ({
  grade: 'tracked',
  zone: 'entrance',
  since: monday,
  zoneSince: monday,
  seenAt: monday,
  party: 1,
  language: null,
  segment: 'personal',
  tracks: [],
  tickets: [],
  booked: false,
  priority: false,
  wantsStaff: false,
  beingServed: false,
  intent: null,
  marks: {},
  ...row,
})

/** Online, well, open to dispatch; `can` names the capabilities of its manifest. */
export const deviceRow = (
  row: Partial<DeviceRow> & { id: string; kind: DeviceRow['kind']; can?: readonly string[] },
): DeviceRow => {
  const { can = [], ...rest } = row
  return {
    title: {},
    zone: null,
    place: null,
    link: 'online',
    linkAt: monday,
    boot: 'b1',
    health: 'ok',
    healthReasons: [],
    healthAt: monday,
    willingness: 'open',
    willingnessBy: null,
    heldUntil: null,
    battery: null,
    spot: null,
    blockedSince: null,
    inKeepClearSince: null,
    heardAt: monday,
    manifest: {
      vendor: 'acme',
      model: 'one',
      kind: row.kind,
      capabilities: Object.fromEntries(can.map((name) => [name, {}])),
    },
    gateway: null,
    state: null,
    session: null,
    ...rest,
  }
}

export const personRow = (row: Partial<StaffRow> & { id: string }): StaffRow => ({
  title: {},
  roles: ['lobby'],
  languages: ['zh', 'en'],
  zone: null,
  onDuty: true,
  doNotDisturb: false,
  serving: null,
  canOpenCounters: false,
  ...row,
})

export const campaignRow = (row: Partial<CampaignRow> & { id: string }): CampaignRow => ({
  product: 'deposit',
  needsPerson: false,
  segments: ['personal'],
  words: { zh: '定期存款利率上调。', en: 'Better rates for fixed deposits.' },
  zones: [],
  from: null,
  to: null,
  hours: null,
  perVisit: 1,
  perDay: 1_000,
  holdoutShare: 0,
  priority: 5,
  ...row,
})
