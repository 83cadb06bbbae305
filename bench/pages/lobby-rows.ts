/** Rows of a branch of any size, as pages get them: the same for the same wishes. */
import type { LiveDevice, LiveVisit } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow, LiveRows } from '#protocol/desk/live/tables.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'

export interface BranchWish {
  readonly at: number
  readonly devices: number
  readonly visits: number
  /** One device in so many has some trouble; 0: none has. */
  readonly troubleEvery: number
}

const square = ([left, top]: readonly [number, number], [right, bottom]: readonly [number, number]) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]

interface ZoneWish {
  readonly id: string
  readonly title: Record<string, string>
  readonly limit: number | null
  readonly area: ReturnType<typeof square>
}

/** On a floor of 40 by 25 metres. */
const zoneWishes: readonly ZoneWish[] = [
  { id: 'entrance', title: { zh: '入口', en: 'Entrance' }, limit: 20, area: square([0, 9], [8, 19]) },
  { id: 'waiting', title: { zh: '等候区', en: 'Waiting area' }, limit: 60, area: square([8, 7], [30, 25]) },
  { id: 'kiosks', title: { zh: '自助区', en: 'Kiosks' }, limit: 25, area: square([4, 0], [26, 7]) },
  { id: 'counters', title: { zh: '窗口', en: 'Counters' }, limit: 30, area: square([30, 7], [40, 25]) },
  { id: 'vip', title: { zh: '贵宾室', en: 'VIP room' }, limit: 8, area: square([26, 0], [40, 7]) },
  { id: 'exit', title: { zh: '出口', en: 'Exit' }, limit: null, area: square([0, 19], [8, 25]) },
]

const zoneRow = (wish: ZoneWish, at: number, count: number): LiveRow<'zones'> => ({
  id: wish.id,
  kind: wish.id,
  title: wish.title,
  limit: wish.limit,
  staffOnly: false,
  count: { value: count, at, staleAt: at + 3_600_000 },
  at: null,
  area: wish.area,
})

const kinds = [
  { kind: 'robot', zh: '机器人', en: 'Robot', zones: ['entrance', 'waiting', 'kiosks'] },
  { kind: 'kiosk', zh: '智能柜台', en: 'Kiosk', zones: ['kiosks'] },
  { kind: 'screen', zh: '屏幕', en: 'Screen', zones: ['waiting', 'counters', 'entrance', 'vip'] },
  { kind: 'camera', zh: '摄像头', en: 'Camera', zones: ['waiting', 'kiosks', 'counters'] },
  { kind: 'sensor', zh: '传感器', en: 'Sensor', zones: ['exit', 'entrance', 'vip'] },
] as const

const abilities: Readonly<Record<string, readonly string[]>> = {
  robot: ['greet', 'guide', 'announce', 'dock'],
  screen: ['display', 'promote'],
  kiosk: ['offer-service'],
}

const troubles: readonly Partial<LiveDevice>[] = [
  { link: 'lost' },
  { health: 'faulted', healthReasons: ['bumper'] },
  { health: 'degraded', healthReasons: ['paper-low'] },
  { link: 'offline' },
  { willingness: 'held', willingnessBy: 'lobby-1' },
  { willingness: 'out-of-service', willingnessBy: 'lobby-1' },
]

const spotIn = (zone: string, turn: number) => {
  const [first, , third] = zoneWishes.find(({ id }) => id === zone)?.area ?? []
  if (first === undefined || third === undefined) return null
  const [wide, high] = [third.x - first.x - 2, third.y - first.y - 2]
  return { x: first.x + 1 + ((turn * 1.7) % wide), y: first.y + 1 + ((turn * 2.3) % high), theta: turn % 6 }
}

const deviceRow = (index: number, { at, troubleEvery }: BranchWish): LiveDevice => {
  const one = kinds[index % kinds.length] ?? kinds[0]
  const number = Math.floor(index / kinds.length) + 1
  const zone = one.zones[number % one.zones.length] ?? null
  const trouble = troubleEvery > 0 && index % troubleEvery === troubleEvery - 1
  return {
    id: `${one.kind}-${String(number).padStart(3, '0')}`,
    kind: one.kind,
    title: { zh: `${number} 号${one.zh}`, en: `${one.en} ${number}` },
    zone,
    place: null,
    link: 'online',
    linkAt: at - 3_600_000,
    health: 'ok',
    healthReasons: [],
    healthAt: at - 3_600_000,
    willingness: 'open',
    willingnessBy: null,
    heldUntil: null,
    battery: one.kind === 'robot' ? { percent: 84, charging: false } : null,
    at: one.kind === 'robot' && zone !== null ? spotIn(zone, number) : null,
    blockedSince: null,
    inKeepClearSince: null,
    session: null,
    capabilities: [...(abilities[one.kind] ?? [])],
    firmware: null,
    ...(trouble ? troubles[Math.floor(index / troubleEvery) % troubles.length] : {}),
  }
}

export const trackOf = (index: number): string => `camera-001/${index + 1}`

const visitRow = (index: number, at: number): LiveVisit => ({
  id: `visit-${index + 1}`,
  grade: index % 3 === 0 ? 'known' : 'tracked',
  zone: zoneWishes[index % 4]?.id ?? null,
  since: at - 60_000 * (index % 30),
  zoneSince: at - 30_000 * (index % 20),
  party: index % 11 === 0 ? 2 : 1,
  language: index % 9 === 0 ? 'en' : 'zh',
  segment: 'personal',
  tickets: index % 3 === 0 ? [`A${100 + index}`] : [],
  tracks: [trackOf(index)],
  booked: false,
  priority: index % 17 === 3,
  wantsStaff: index % 40 === 7,
  beingServed: index % 5 === 4,
  intent: null,
})

const guideRow = (at: number, device: LiveDevice): LiveTask => ({
  id: 'task-guide',
  flow: 'request',
  capability: 'guide',
  subject: { visit: 'visit-1' },
  priority: 50,
  because: { code: 'asked' },
  phase: 'started',
  suggested: false,
  waitingFor: null,
  member: device.id,
  attempts: 1,
  createdAt: at - 20_000,
  acceptedAt: at - 18_000,
  startedAt: at - 15_000,
  endedAt: null,
  dueAt: at + 100_000,
  endReason: null,
  to: { zone: 'counters', place: null },
  askedBy: 'lobby-1',
})

const counterRow = (index: number, at: number): LiveRow<'counters'> => ({
  id: `counter-${index + 1}`,
  services: ['cash'],
  zone: 'counters',
  state: index % 4 === 3 ? 'closed' : index % 4 === 2 ? 'paused' : 'open',
  staffed: true,
  since: at - 3_600_000,
  serving: index % 4 < 2 ? `A${90 + index}` : null,
  person: null,
})

export const branchRows = (wish: BranchWish): LiveRows => {
  const { at, devices: deviceCount, visits: visitCount } = wish
  const devices = Array.from({ length: deviceCount }, (_, index) => deviceRow(index, wish))
  const visits = Array.from({ length: visitCount }, (_, index) => visitRow(index, at))
  const countIn = (zone: string) =>
    visits.filter((visit) => visit.zone === zone).reduce((sum, { party }) => sum + party, 0)
  const [first] = devices
  return {
    experts: [],
    calls: [],
    sales: [],
    branch: [
      {
        id: 'stage',
        title: { zh: '示范网点', en: 'Demonstration branch' },
        mode: 'open',
        modeBy: 'calendar',
        modeAt: at - 3_600_000,
        paused: null,
        stopped: null,
        languages: ['zh', 'en'],
        timeZone: 'Asia/Shanghai',
        utcOffsetMinutes: 480,
        revision: 1,
      },
    ],
    zones: zoneWishes.map((zone) => zoneRow(zone, at, countIn(zone.id))),
    places: [
      { id: 'front-door', zone: 'entrance', kind: 'door', at: { x: 0, y: 14 } },
      { id: 'charger-1', zone: 'kiosks', kind: 'charger', at: { x: 25, y: 1 } },
    ],
    counters: Array.from({ length: deviceCount === 0 ? 0 : 8 }, (_, index) => counterRow(index, at)),
    services: [],
    tickets: [],
    visits,
    devices,
    people: [
      {
        id: 'lobby-1',
        title: { zh: '李娜', en: 'Li Na' },
        roles: ['lobby'],
        languages: ['zh'],
        zone: 'waiting',
        onDuty: true,
        doNotDisturb: false,
        serving: null,
        canOpenCounters: false,
      },
    ],
    tasks: first === undefined ? [] : [guideRow(at, first)],
    alerts: [],
    escalations: [],
    flows: [],
    campaigns: [],
  }
}
