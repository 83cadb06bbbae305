/**
 * The branch model as plain data: what the hub believes about one lobby. hub/branch writes it, flows read it.
 * Rows are replaced, never changed in place. All times are hub time, ms since 1970.
 */
import type { CampaignRow, ContentInForce } from './campaign.ts'
import type { DeviceKind } from './device-kinds.ts'
import type { Segment } from './events.ts'
import type { DeviceState, Manifest } from './messages.ts'
import type { Spot } from './targets.ts'

export type { CampaignRow, ContentInForce } from './campaign.ts'

export const modes = ['closed', 'opening', 'open', 'closing', 'cash-delivery', 'emergency'] as const
export type Mode = (typeof modes)[number]

/** A value with the time it was sensed; past its source's period it is unknown, never its last value. */
export interface Sensed<T> {
  readonly value: T
  readonly at: number
  /** Known until then; Infinity is not JSON, so a value that never ages has null. */
  readonly staleAt: number | null
}

/** One row: who set what, so that explanations can say it. `by` is a person, `calendar`, `input:<device>` or `start`. */
export interface BranchRow {
  readonly mode: Mode
  readonly modeBy: string
  readonly modeAt: number
  /** The mode to return to when an emergency is ended by hand. */
  readonly modeBefore: Mode | null
  readonly paused: { readonly by: string; readonly at: number; readonly until: number | null } | null
  readonly stopped: { readonly by: string; readonly at: number } | null
  /** Revision of the branch file that is in force. */
  readonly revision: number
  readonly languages: readonly string[]
  readonly quiet: readonly { readonly from: string; readonly to: string }[]
  readonly timeZone: string
  /** Minutes east of UTC now, from the branch's time zone and its wall clock. */
  readonly utcOffsetMinutes: number
}

export interface ZoneRow {
  readonly id: string
  readonly kind: 'entrance' | 'waiting' | 'kiosks' | 'counters' | 'vip' | 'exit' | 'other'
  readonly title: Readonly<Record<string, string>>
  readonly limit: number | null
  /** Devices with a voice in the same sound zone must not speak over each other. */
  readonly sound: string
  readonly keepClear: readonly string[]
  /** Only staff come here: who appears here is no visitor. */
  readonly staffOnly?: boolean
  readonly count: Sensed<number> | null
  /**
   * People who came in here: in the running minute (whole minutes since 1970) and in the one before it. The rate of
   * arrivals without looking at every visit.
   */
  readonly arrivals?: { readonly minute: number; readonly count: number; readonly before: number } | null
  /** Centre in metres on the branch's plan, for distances. */
  readonly at: { readonly x: number; readonly y: number } | null
  /** Its corners on the plan, in order, for whoever looks at it; absent: only its middle is known. */
  readonly area?: readonly { readonly x: number; readonly y: number }[]
}

export interface PlaceRow {
  readonly id: string
  readonly zone: string
  readonly kind: 'door' | 'charger' | 'rest' | 'counter' | 'kiosk' | 'other'
  readonly at: {
    readonly x: number
    readonly y: number
    readonly theta?: number
    readonly map?: string
  } | null
}

export interface CounterRow {
  readonly id: string
  readonly services: readonly string[]
  readonly zone: string | null
  readonly state: 'open' | 'paused' | 'closed'
  readonly staffed: boolean | null
  readonly since: number
  readonly serving: string | null
  readonly person: string | null
}

export interface ServiceRow {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  /** Can be done at a kiosk, and how long that takes. */
  readonly selfService: boolean
  readonly kioskMs: number
  /** Typical time at a counter, until enough has been measured. */
  readonly serviceMs: number
  readonly waiting: Sensed<number> | null
  readonly longestWaitMs: Sensed<number> | null
  /** What customers are told, how it was found, and null when unknown. */
  readonly announcedWaitMs: Sensed<number> | null
  readonly announcedBy: 'queue-system' | 'hub' | null
  /** Counters open as the queue system reports them; null: count our own rows. */
  readonly countersOpen: Sensed<number> | null
  /** Measured service time: exponentially weighted mean and how many went into it. */
  readonly measuredServiceMs: number | null
  readonly measuredCount: number
  /** Sum and count of (real wait - announced wait) and of its size, to report the error. */
  readonly waitError: { readonly count: number; readonly sumMs: number; readonly sumAbsMs: number }
}

export interface TicketRow {
  readonly id: string
  readonly service: string
  readonly segment: Segment
  readonly issuedAt: number
  readonly visit: string | null
  readonly state: 'waiting' | 'held' | 'called' | 'ended'
  readonly calledAt: number | null
  readonly counter: string | null
  readonly assisted: boolean
  readonly choseStaff: boolean
  readonly language: string | null
  readonly booked: boolean
  readonly priority: boolean
  readonly announcedWaitMs: number | null
  readonly outcome: 'served' | 'no-show' | 'withdrawn' | 'transferred' | 'self-served' | null
  readonly marks: Readonly<Record<string, MarkValue>>
}

export type Grade = 'counted' | 'tracked' | 'known'
export type MarkValue = string | number | boolean

export interface VisitRow {
  readonly id: string
  readonly grade: Grade
  readonly zone: string | null
  readonly since: number
  readonly zoneSince: number
  readonly seenAt: number
  readonly party: number
  readonly language: string | null
  readonly segment: Segment
  /** `sensor/track` names that are this visit. */
  readonly tracks: readonly string[]
  readonly tickets: readonly string[]
  readonly booked: boolean
  readonly priority: boolean
  readonly wantsStaff: boolean
  readonly beingServed: boolean
  readonly intent: string | null
  /** What flows want remembered for the length of the visit, for example `diversion.refused`. */
  readonly marks: Readonly<Record<string, MarkValue>>
}

export type Link = 'online' | 'offline' | 'lost' | 'unknown'
export type Willingness = 'open' | 'held' | 'out-of-service'

/**
 * The firmware a device runs. `known`: its first, taken as it is. `probation`: it changed, and no person has judged it
 * yet. A declined one gets no tasks.
 */
export interface FirmwareRow {
  readonly vendor: string
  readonly model: string
  /** null: it never said. */
  readonly version: string | null
  readonly standing: 'known' | 'probation' | 'approved' | 'declined'
  readonly since: number
  /** Who approved or declined it. */
  readonly by: string | null
  readonly was: Pick<FirmwareRow, 'vendor' | 'model' | 'version'> | null
}

export interface DeviceRow {
  readonly id: string
  readonly kind: DeviceKind
  readonly title: Readonly<Record<string, string>>
  readonly zone: string | null
  readonly place: string | null
  readonly link: Link
  readonly linkAt: number
  readonly boot: string | null
  readonly health: 'ok' | 'degraded' | 'faulted' | 'updating'
  readonly healthReasons: readonly string[]
  readonly healthAt: number
  /** While it updates: how long it said that takes; null: it did not say. */
  readonly updatingForMs?: number | null
  readonly willingness: Willingness
  readonly willingnessBy: string | null
  readonly heldUntil: number | null
  readonly battery: { readonly percent: number; readonly charging: boolean } | null
  readonly spot: Spot | null
  readonly blockedSince: number | null
  readonly inKeepClearSince: number | null
  readonly heardAt: number | null
  readonly manifest: Manifest | null
  /** From its first manifest on. */
  readonly firmware?: FirmwareRow
  readonly gateway: string | null
  readonly state: DeviceState | null
  /** Kiosks: who uses it now. */
  readonly session: {
    readonly since: number
    readonly ticket: string | null
    readonly service: string | null
    readonly visit?: string | null
  } | null
}

export interface StaffRow {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly roles: readonly string[]
  readonly languages: readonly string[]
  readonly zone: string | null
  readonly onDuty: boolean
  readonly doNotDisturb: boolean
  /** Serving at this counter: not to be interrupted. */
  readonly serving: string | null
  readonly canOpenCounters: boolean
}

export interface AlertRow {
  readonly id: string
  readonly key: string
  readonly priority: 'urgent' | 'high' | 'normal' | 'low'
  readonly code: string
  readonly params: Readonly<Record<string, MarkValue>>
  readonly flow: string
  readonly since: number
  readonly lastAt: number
  /** How often it came while open: floods are one row with a count. */
  readonly count: number
  readonly claimedBy: string | null
  /** Of rows from before alerts had a life of their own, what follows is missing: as null. */
  readonly claimedAt?: number | null
  /** Seen is not solved. */
  readonly acknowledgedBy?: string | null
  readonly shelved?: { readonly by: string; readonly reason: string; readonly until: number } | null
  /** Whose turn it is to claim it; who had theirs in this round, and how often it went round. */
  readonly turnOf?: string | null
  readonly asked?: readonly string[]
  readonly rounds?: number
  readonly clearedAt: number | null
  /** The person who says that it is solved; null: the condition is gone. */
  readonly clearedBy?: string | null
}

export interface EscalationRow {
  readonly id: string
  readonly at: number
  readonly flow: string
  readonly instance: string
  readonly reason: string
  readonly zone: string | null
  readonly visit: string | null
  readonly ticket: string | null
  readonly device: string | null
  readonly state: 'open' | 'taken' | 'ended'
}

export type Autonomy = 'off' | 'suggest' | 'automatic'

export interface FlowSettingRow {
  readonly id: string
  readonly autonomy: Autonomy
  readonly policy: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly setBy: string
  readonly setAt: number
  /** Why, in the words of who set it. */
  readonly reason?: string | null
  /** Who agreed to it, where it lies beyond what one person may set. */
  readonly approvedBy?: string | null
}

export const proposalStates = [
  'open',
  'approved',
  'declined',
  'withdrawn',
  'expired',
  /** The flow, or what head office allows, was changed meanwhile. */
  'overtaken',
] as const
export type ProposalState = (typeof proposalStates)[number]

/** A setting beyond head office's bounds: in force once a second person has agreed. At most one for each flow. */
export interface FlowProposalRow {
  readonly id: string
  readonly flow: string
  /** null: as it is. */
  readonly autonomy: Autonomy | null
  /** Whole, as it would be in force. */
  readonly policy: Readonly<Record<string, unknown>>
  /** Of the flow's setting that it began from. */
  readonly revision: number
  /** What of it lies beyond, and the bounds; null: none on that side. */
  readonly beyond: readonly {
    readonly name: string
    readonly wanted: number
    readonly min: number | null
    readonly max: number | null
  }[]
  readonly reason: string
  readonly askedBy: string
  readonly askedAt: number
  readonly endsAt: number
  readonly state: ProposalState
  /** null: it is open, or its time was up. */
  readonly endedBy: string | null
  readonly endedAt: number | null
  readonly endReason: string | null
}

/** Read-only access to the model; what `view(model, key)` of a flow gets. Every list is ordered by id. */
export interface BranchView {
  readonly at: number
  readonly branch: BranchRow
  zone(id: string): ZoneRow | undefined
  zones(): readonly ZoneRow[]
  place(id: string): PlaceRow | undefined
  places(): readonly PlaceRow[]
  counter(id: string): CounterRow | undefined
  counters(): readonly CounterRow[]
  service(id: string): ServiceRow | undefined
  services(): readonly ServiceRow[]
  ticket(id: string): TicketRow | undefined
  tickets(): readonly TicketRow[]
  visit(id: string): VisitRow | undefined
  visits(): readonly VisitRow[]
  visitsIn(zone: string): readonly VisitRow[]
  device(id: string): DeviceRow | undefined
  devices(): readonly DeviceRow[]
  staff(): readonly StaffRow[]
  campaigns(): readonly CampaignRow[]
  /** undefined: there is no such item, or nothing of it may be shown now. */
  content(item: string): ContentInForce | undefined
  /** Whether this device carries out a started task or is reserved by a lease. */
  isOccupied(device: string): boolean
  /** Whether a claim of this key exists now. */
  isClaimed(key: string): boolean
  /** Plays of a campaign today. */
  plays(campaign: string): number
  /** Of its cap of the day: what began today or may have, and what is wanted or under way. */
  taken(campaign: string): number
  /** Whether a promotion is wanted or under way for this visit, by whomever; of this campaign, where one is named. */
  isPromotedTo(visit: string, campaign?: string): boolean
  /** Whether an expert can be called from afar. */
  expertsOpen(): boolean
}

/** @returns the value, or undefined when it is older than its source's period. */
export const fresh = <T>(sensed: Sensed<T> | null | undefined, at: number): T | undefined =>
  sensed !== null && sensed !== undefined && (sensed.staleAt === null || at <= sensed.staleAt)
    ? sensed.value
    : undefined

/**
 * Online, or not yet heard of since the hub's own restart: what is asked of it then waits for it, and is not wrongly
 * taken for impossible. Who does not come back soon is `lost`. One whose firmware a person declined is there for nobody.
 */
export const mayBeThere = (device: DeviceRow): boolean =>
  device.firmware?.standing !== 'declined' &&
  (device.link === 'online' || (device.link === 'unknown' && device.manifest !== null))
