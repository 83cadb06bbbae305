/** The tables of one branch, by name. Everything a decision can depend on is a row here, and nothing else is. */
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import type { ContentItemRow, PlaylistRow } from '#protocol/content.ts'
import type {
  AlertRow,
  BranchRow,
  CampaignRow,
  CounterRow,
  DeviceRow,
  EscalationRow,
  FlowProposalRow,
  FlowSettingRow,
  PlaceRow,
  ServiceRow,
  StaffRow,
  TicketRow,
  VisitRow,
  ZoneRow,
} from '#protocol/model.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { Script } from '#protocol/recording/script.ts'
import type { AskedRow, ServedRow } from '../calls/link/rows.ts'
import type { ClaimRow, MemberRow, OutboxRow, TaskRow } from '../dispatch/rows.ts'
import type { Rows, Table } from './rows.ts'

/** One running flow. `snapshot` is canonical JSON text: every transition starts from its parse. */
export interface InstanceRow {
  /** `flow/key` */
  readonly id: string
  readonly flow: string
  readonly key: string
  readonly version: number
  readonly snapshot: string
  readonly startedAt: number
  /** Names of its open timers. */
  readonly timers: readonly string[]
  /** Set when it cannot be opened or threw; a parked instance receives nothing until a person or a new version acts. */
  readonly parked: string | null
}

export interface TimerRow {
  /** `owner#name` */
  readonly id: string
  /** An instance id, or `task/<id>`, `claim/<key>`, `branch/<what>`. */
  readonly owner: string
  readonly name: string
  readonly deadline: number
  /** Waits for a device or a person: gains the reconnect grace after a start. */
  readonly graced: boolean
  /** What to hand to the owner when due. */
  readonly event: Readonly<Record<string, unknown>> | null
}

export interface SeenBoot {
  readonly boot: string
  /** Inclusive ranges of committed message numbers, ascending. */
  readonly ranges: readonly (readonly [number, number])[]
  /** Of a person: up to here nobody knows any more which were committed. */
  readonly forgottenTo?: number
}

/** Message numbers of one sender that are already committed, by boot, the latest first. */
export interface SeenRow {
  /** A device, or `desk/<account>`. */
  readonly device: string
  readonly boots: readonly SeenBoot[]
}

export interface RegistryRow {
  readonly device: string
  readonly status: 'invited' | 'requested' | 'approved' | 'revoked'
  readonly claimHash: string | null
  readonly claimUntil: number | null
  readonly csr: string | null
  readonly fingerprint: string | null
  readonly certificate: string | null
  readonly validUntil: number | null
  readonly at: number
  readonly by: string | null
}

export interface PlayRow {
  readonly campaign: string
  readonly day: string
  /** Played to an end that somebody told of. */
  readonly count: number
  /** Began, or may have: what the cap of the day counts. Absent: as many as played. */
  readonly begun?: number
}

/** How often something was really shown. */
export interface PlayCount {
  readonly whole: number
  readonly interrupted: number
  readonly failed: number
  readonly shownForMs: number
}

/** What screens and kiosks told of one local day, by item. */
export interface ContentDayRow {
  readonly day: string
  readonly items: Readonly<Record<string, PlayCount>>
}

/** Plays of one device that are counted already, by the installation of its player, the latest first. */
export interface PlayersRow {
  readonly device: string
  readonly players: readonly {
    readonly player: string
    /** Inclusive, ascending. */
    readonly ranges: readonly (readonly [number, number])[]
  }[]
}

export interface BranchState {
  readonly branch: Table<BranchRow>
  readonly zones: Table<ZoneRow>
  readonly places: Table<PlaceRow>
  readonly counters: Table<CounterRow>
  readonly services: Table<ServiceRow>
  readonly tickets: Table<TicketRow>
  readonly visits: Table<VisitRow>
  /** `sensor/track` → visit id */
  readonly tracks: Table<string>
  readonly devices: Table<DeviceRow>
  readonly staff: Table<StaffRow>
  readonly campaigns: Table<CampaignRow>
  readonly plays: Table<PlayRow>
  /** The library of what screens and kiosks may show. */
  readonly contentItems: Table<ContentItemRow>
  readonly playlists: Table<PlaylistRow>
  /** By local day. */
  readonly contentDays: Table<ContentDayRow>
  /** By device. */
  readonly players: Table<PlayersRow>
  readonly alerts: Table<AlertRow>
  readonly escalations: Table<EscalationRow>
  /** Of the expert desk: whom the branch file lists, and the calls that are open or ended a moment ago. */
  readonly experts: Table<ExpertRow>
  readonly calls: Table<CallRow>
  /** Of calls that a desk elsewhere answers, and of those that this desk answers for branches. */
  readonly asked: Table<AskedRow>
  readonly served: Table<ServedRow>
  /** Sales that are recorded, and by sale its script as it was when it began. */
  readonly sales: Table<SaleRow>
  readonly saleScripts: Table<Script>
  readonly flowSettings: Table<FlowSettingRow>
  /** By flow: the one that waits for a second person, or what became of the last one. */
  readonly flowProposals: Table<FlowProposalRow>
  readonly registry: Table<RegistryRow>
  readonly seen: Table<SeenRow>
  readonly instances: Table<InstanceRow>
  readonly timers: Table<TimerRow>
  /** Open tasks only; an ended one leaves memory with its last commit and stays in the store. */
  readonly tasks: Table<TaskRow>
  /** Write-only: the final rows of tasks that ended in this batch; never kept in memory after its commit. */
  readonly endedTasks: Table<TaskRow>
  readonly members: Table<MemberRow>
  readonly claims: Table<ClaimRow>
  readonly outbox: Table<OutboxRow>
  /** The branch file in force and other single rows. */
  readonly meta: Table<Readonly<Record<string, unknown>>>
}

export const stateTables = [
  'branch',
  'zones',
  'places',
  'counters',
  'services',
  'tickets',
  'visits',
  'tracks',
  'devices',
  'staff',
  'campaigns',
  'plays',
  'contentItems',
  'playlists',
  'contentDays',
  'players',
  'alerts',
  'escalations',
  'experts',
  'calls',
  'asked',
  'served',
  'sales',
  'saleScripts',
  'flowSettings',
  'flowProposals',
  'registry',
  'seen',
  'instances',
  'timers',
  'tasks',
  'endedTasks',
  'members',
  'claims',
  'outbox',
  'meta',
] as const satisfies readonly (keyof BranchState)[]

/** Their rows leave memory with the commit that wrote them. */
export const writeOnlyTables = ['endedTasks'] as const satisfies readonly (keyof BranchState)[]

export const openState = (rows: Rows): BranchState =>
  Object.fromEntries(stateTables.map((name) => [name, rows.table(name)])) as unknown as BranchState
