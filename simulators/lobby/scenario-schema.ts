/** The words of a scenario file. Whatever it leaves out is as the table of assumptions says. */
import { z } from 'zod'
import { Segment } from '#protocol/events.ts'
import { Id, Language, text } from '#protocol/ids.ts'
import { Behaviour } from '../devices/behaviour.ts'
import { type AssumptionPath, assumed } from './assumptions.ts'
import { TimeOfDay } from './day-time.ts'

const share = (path: AssumptionPath) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(assumed(path) as number)
const positive = (path: AssumptionPath) =>
  z
    .number()
    .positive()
    .default(assumed(path) as number)
const from0 = (path: AssumptionPath) =>
  z
    .number()
    .min(0)
    .default(assumed(path) as number)

const shapes = ['exponential', 'lognormal', 'constant'] as const
export type Shape = (typeof shapes)[number]

const Span = z.strictObject({ from: TimeOfDay, to: TimeOfDay })
/** Milliseconds since midnight. */
export type Span = z.infer<typeof Span>

const Staged = z.strictObject({
  at: TimeOfDay,
  service: Id,
  language: Language.optional(),
  party: z.int().min(1).max(20).optional(),
  booked: z.boolean().optional(),
  priority: z.boolean().optional(),
  elderly: z.boolean().optional(),
  /** Sits and waits already. */
  seated: z.boolean().optional(),
  /** Knows the way: straight to the ticket machine, or straight to a kiosk. */
  hurry: z.enum(['ticket', 'kiosk']).optional(),
})
export type Staged = z.infer<typeof Staged>

const Arrivals = z.strictObject({
  /** From each of these times on the rates of the same column hold. */
  times: z.array(TimeOfDay).default([]),
  /** Visits an hour, by service: one rate for each of the times. */
  perHour: z.record(Id, z.array(z.number().min(0).max(10_000))).default({}),
  /** The times are minutes of a cycle that begins at the opening and comes again and again. */
  cycleMinutes: z.number().positive().optional(),
  scale: from0('arrivals.scale'),
  groupShare: share('arrivals.groupShare'),
  threeShare: share('arrivals.threeShare'),
  priorityShare: share('arrivals.priorityShare'),
  elderlyShare: share('arrivals.elderlyShare'),
  /** Weights, by language. */
  languages: z.record(Language, z.number().min(0)).default({ zh: 0.95, en: 0.05 }),
  appointments: z.array(z.strictObject({ at: TimeOfDay, service: Id })).default([]),
  bookedEarlyMinutes: from0('arrivals.bookedEarlyMinutes'),
  bookedSpreadMinutes: from0('arrivals.bookedSpreadMinutes'),
  bookedNoShowShare: share('arrivals.bookedNoShowShare'),
  /** Visitors who come at a fixed moment, whatever chance says. */
  staged: z.array(Staged).default([]),
})

const Customers = z.strictObject({
  walkMetresPerSecond: positive('customers.walkMetresPerSecond'),
  elderlyMetresPerSecond: positive('customers.elderlyMetresPerSecond'),
  detour: positive('customers.detour'),
  lookAroundSeconds: from0('customers.lookAroundSeconds'),
  straightToKioskShare: share('customers.straightToKioskShare'),
  choosesStaffShare: share('customers.choosesStaffShare'),
  turnsBackAbovePresent: z.int().min(1).default(assumed('customers.turnsBackAbovePresent')),
  leavesAtOnceAboveMinutes: from0('customers.leavesAtOnceAboveMinutes'),
  leavesAtOnceShare: share('customers.leavesAtOnceShare'),
  handsBackShare: share('customers.handsBackShare'),
  answersGreetingShare: share('customers.answersGreetingShare'),
  answerSeconds: from0('customers.answerSeconds'),
  hurrySeconds: from0('customers.hurrySeconds'),
  waitsForRobotSeconds: from0('customers.waitsForRobotSeconds'),
  followsRobotShare: share('customers.followsRobotShare'),
  noticesScreenShare: share('customers.noticesScreenShare'),
  noticesRobotShare: share('customers.noticesRobotShare'),
  acceptsInvitationShare: share('customers.acceptsInvitationShare'),
  declinesInvitationShare: share('customers.declinesInvitationShare'),
  triesAnywayShare: share('customers.triesAnywayShare'),
  elderlyAcceptsFactor: from0('customers.elderlyAcceptsFactor'),
  askedAgainFactor: from0('customers.askedAgainFactor'),
  decideSeconds: from0('customers.decideSeconds'),
  choosesCounterShare: share('customers.choosesCounterShare'),
  interestedShare: share('customers.interestedShare'),
  notInterestedShare: share('customers.notInterestedShare'),
  elderlyTooHardFactor: from0('customers.elderlyTooHardFactor'),
  asksForHelpShare: share('customers.asksForHelpShare'),
  returnPatienceShare: share('customers.returnPatienceShare'),
  patienceShape: z.enum(shapes).default(assumed('customers.patienceShape') as Shape),
  patienceSpread: from0('customers.patienceSpread'),
})

const Service = z.strictObject({
  segment: Segment.default('personal'),
  counterMinutes: z.number().positive().nullable().default(assumed('services.*.counterMinutes')),
  counterSpread: from0('services.*.counterSpread'),
  counterShape: z.enum(shapes).default(assumed('services.*.counterShape') as Shape),
  kioskMinutes: z.number().positive().nullable().default(assumed('services.*.kioskMinutes')),
  kioskSpread: from0('services.*.kioskSpread'),
  eligibleShare: share('services.*.eligibleShare'),
  tooHardShare: share('services.*.tooHardShare'),
  patienceMinutes: positive('services.*.patienceMinutes'),
})
export type ServiceSettings = z.infer<typeof Service>

const Kiosks = z.strictObject({
  failsShare: share('kiosks.failsShare'),
  repairMinutes: from0('kiosks.repairMinutes'),
  promisedSeconds: from0('kiosks.promisedSeconds'),
})

const Counters = z.strictObject({
  /** When each counter is open; one that is not named is open all day if the branch file says open, else closed. */
  schedule: z.record(Id, z.array(Span)).default({}),
  /** Closed, but opened when it is asked for or when staff see the crowd. */
  spare: z.array(Id).default([]),
  papersSeconds: from0('counters.papersSeconds'),
  noShowSeconds: from0('counters.noShowSeconds'),
  overtimeMinutes: from0('counters.overtimeMinutes'),
  spareOpensAtWaiting: z.int().min(1).default(assumed('counters.spareOpensAtWaiting')),
  spareNoticedMinutes: from0('counters.spareNoticedMinutes'),
  spareClosesAtWaiting: z.int().min(0).default(assumed('counters.spareClosesAtWaiting')),
  spareOpenMinutes: from0('counters.spareOpenMinutes'),
})

const TicketMachine = z.strictObject({
  priorityAheadMinutes: from0('ticketMachine.priorityAheadMinutes'),
  bookedAheadMinutes: from0('ticketMachine.bookedAheadMinutes'),
  elderlyAheadMinutes: from0('ticketMachine.elderlyAheadMinutes'),
  snapshotSeconds: z.number().min(1).default(assumed('ticketMachine.snapshotSeconds')),
  unchangedSeconds: z.number().min(1).default(assumed('ticketMachine.unchangedSeconds')),
  announces: z.boolean().default(assumed('ticketMachine.announces')),
})

const Robots = z.strictObject({
  metresPerSecond: positive('robots.metresPerSecond'),
  batteryPercent: z.number().min(0).max(100).default(assumed('robots.batteryPercent')),
  drainPercentPerMinute: from0('robots.drainPercentPerMinute'),
  chargePercentPerMinute: from0('robots.chargePercentPerMinute'),
  blockedShare: share('robots.blockedShare'),
  blockedSeconds: from0('robots.blockedSeconds'),
})

const Cameras = z.strictObject({
  /** The one that follows people; default: the first. All others count. */
  tracking: Id.optional(),
  /** Zones that each camera counts; one that is not named counts its own zone. */
  counts: z.record(Id, z.array(Id)).default({}),
  missedShare: share('cameras.missedShare'),
  countedShare: share('cameras.countedShare'),
  seenLaterShare: share('cameras.seenLaterShare'),
  doubleFoundShare: share('cameras.doubleFoundShare'),
  doubleShare: share('cameras.doubleShare'),
  swappedShare: share('cameras.swappedShare'),
  countSeconds: z.number().min(1).default(assumed('cameras.countSeconds')),
  unchangedSeconds: z.number().min(1).default(assumed('cameras.unchangedSeconds')),
  dwellSeconds: z.array(z.number().positive()).default([...assumed('cameras.dwellSeconds')]),
  positionsSeconds: from0('cameras.positionsSeconds'),
})

const Staff = z.strictObject({
  acceptSeconds: from0('staff.acceptSeconds'),
  arriveSeconds: from0('staff.arriveSeconds'),
  helpSeconds: from0('staff.helpSeconds'),
  refusesShare: share('staff.refusesShare'),
})

const Area = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
})
export type Area = z.infer<typeof Area>

const Floor = z.strictObject({
  /** The area of each zone in metres; a zone that is not named is a square around its point in the branch file. */
  zones: z.record(Id, Area).default({}),
  heatCellMetres: positive('floor.heatCellMetres'),
  zoneMetres: positive('floor.zoneMetres'),
})

const outage = { at: TimeOfDay, forMinutes: z.number().positive() }
const Trouble = z.discriminatedUnion('kind', [
  /** Kiosks out of order. */
  z.strictObject({ kind: z.literal('kiosk-outage'), ...outage, devices: z.array(Id).min(1) }),
  /** Robots that report a fault and take no task. */
  z.strictObject({ kind: z.literal('robot-outage'), ...outage, devices: z.array(Id).min(1) }),
  /** Counters closed that should be open; who is being served is served to the end. */
  z.strictObject({ kind: z.literal('counters-closed'), ...outage, counters: z.array(Id).min(1) }),
  /** A broken sensor that sees people who are not there. */
  z.strictObject({
    kind: z.literal('flood'),
    ...outage,
    camera: Id,
    zone: Id,
    perSecond: z.number().positive().max(200),
  }),
  /** A camera that sees nobody. */
  z.strictObject({ kind: z.literal('blind'), ...outage, camera: Id }),
])
export type Trouble = z.infer<typeof Trouble>

/** In one language, or by language. */
const inLanguages = (most: number) =>
  z.union([
    text(most).transform((en): Readonly<Record<string, string>> => ({ en })),
    z.record(Language, text(most)),
  ])

export const ScenarioFile = z.strictObject({
  title: inLanguages(120),
  /** What this scenario is for. */
  about: inLanguages(2_000).default({}),
  /** A branch file next to this one, or the branch itself. */
  branch: z.union([z.string(), z.record(z.string(), z.json())]),
  day: z
    .strictObject({
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-03-02'),
      open: TimeOfDay,
      close: TimeOfDay,
    })
    .transform(({ date, open, close }) => ({ date, openMs: open, closeMs: close })),
  arrivals: Arrivals.prefault({}),
  customers: Customers.prefault({}),
  services: z.record(Id, Service).default({}),
  kiosks: Kiosks.prefault({}),
  counters: Counters.prefault({}),
  ticketMachine: TicketMachine.prefault({}),
  robots: Robots.prefault({}),
  cameras: Cameras.prefault({}),
  staff: Staff.prefault({}),
  floor: Floor.prefault({}),
  /** What a device does badly besides; `simulated: false`: nothing plays it. */
  devices: z
    .record(
      Id,
      z.strictObject({
        simulated: z.boolean().default(true),
        behaviour: z.record(z.string(), z.json()).optional(),
      }),
    )
    .default({}),
  troubles: z.array(Trouble).default([]),
})
export type ScenarioFile = z.infer<typeof ScenarioFile>

export const serviceDefaults: ServiceSettings = Service.parse({})

/** Checked apart: a device's declared behaviour as its own process would take it. */
export const DeviceBehaviour = Behaviour
