/** What pages see of the work: tasks with whoever has them, alerts, people, and how the automation is set. */
import type { AnyFlow } from '#flows/define.ts'
import type {
  LiveAlert,
  LiveCampaign,
  LiveEscalation,
  LiveFlow,
  LivePerson,
  LiveProposal,
  LiveTask,
} from '#protocol/desk/live/work-rows.ts'
import type { Reason, Subject } from '#protocol/intents.ts'
import type {
  AlertRow,
  CampaignRow,
  EscalationRow,
  FlowProposalRow,
  FlowSettingRow,
  StaffRow,
} from '#protocol/model.ts'
import { Spot } from '#protocol/targets.ts'
import type { TaskRow } from '../../dispatch/rows.ts'

const subjectNames = ['visit', 'ticket', 'service', 'zone', 'device', 'counter', 'campaign'] as const

const subjectOf = (subject: Subject): LiveTask['subject'] =>
  Object.fromEntries(
    subjectNames.flatMap((name) => (subject[name] === undefined ? [] : [[name, subject[name]]])),
  )

const reasonOf = ({ code, params }: Reason): LiveTask['because'] => ({
  code,
  ...(params !== undefined && { params: { ...params } }),
})

/** Where it leads, for what leads somewhere. */
const leadsTo = ({ intent }: TaskRow): LiveTask['to'] => {
  const { to } = intent.command
  if (to === undefined) return null
  const spot = Spot.safeParse(to)
  return spot.success ? { zone: spot.data.zone ?? null, place: spot.data.place ?? null } : null
}

/** The name of a request is made of who asked, from which page, and the how manieth it was. */
const requestPattern = /^request\/(.+)\.[A-Za-z0-9_-]+\.\d+$/

const handOf = ({ instance }: TaskRow): Pick<LiveTask, 'askedBy' | 'request'> => {
  const [, by] = requestPattern.exec(instance) ?? []
  return by === undefined ? { askedBy: null } : { askedBy: by, request: instance }
}

/** @param dueAt the next deadline of an open one. */
export const liveTask = (row: TaskRow, dueAt: number | null): LiveTask => {
  const last = row.attempts.at(-1)
  return {
    id: row.id,
    flow: row.flow,
    capability: row.intent.capability,
    subject: subjectOf(row.intent.subject),
    priority: row.intent.priority,
    because: reasonOf(row.intent.because),
    phase: row.phase,
    suggested: row.suggested,
    waitingFor: row.waitingFor,
    member: last?.member ?? null,
    attempts: row.attempts.length,
    createdAt: row.createdAt,
    acceptedAt: last?.acceptedAt ?? null,
    startedAt: last?.startedAt ?? null,
    endedAt: row.endedAt,
    dueAt: row.endedAt === null ? dueAt : null,
    endReason: row.endReason,
    to: leadsTo(row),
    ...handOf(row),
  }
}

export const liveAlert = (row: AlertRow): LiveAlert => ({
  id: row.id,
  key: row.key,
  priority: row.priority,
  code: row.code,
  params: { ...row.params },
  flow: row.flow,
  since: row.since,
  lastAt: row.lastAt,
  count: row.count,
  claimedBy: row.claimedBy,
  claimedAt: row.claimedAt ?? null,
  acknowledgedBy: row.acknowledgedBy ?? null,
  shelved:
    row.shelved == null ? null : { by: row.shelved.by, reason: row.shelved.reason, until: row.shelved.until },
  turnOf: row.turnOf ?? null,
  clearedAt: row.clearedAt,
  clearedBy: row.clearedBy ?? null,
})

export const livePerson = (row: StaffRow): LivePerson => ({
  id: row.id,
  title: { ...row.title },
  roles: [...row.roles],
  languages: [...row.languages],
  zone: row.zone,
  onDuty: row.onDuty,
  doNotDisturb: row.doNotDisturb,
  serving: row.serving,
  canOpenCounters: row.canOpenCounters,
})

const liveProposal = ({ id, state, askedBy, askedAt, endsAt, reason }: FlowProposalRow): LiveProposal => ({
  id,
  state,
  askedBy,
  askedAt,
  endsAt,
  reason,
})

interface FlowStanding {
  /** undefined: nobody has set it, and it does what it was written for. */
  readonly set: FlowSettingRow | undefined
  readonly proposal: FlowProposalRow | undefined
  readonly resting: boolean
}

export const liveFlow = (
  { id, title, pausable }: Pick<AnyFlow, 'id' | 'title' | 'pausable'>,
  { set, proposal, resting }: FlowStanding,
): LiveFlow => ({
  id,
  title: { en: title.en, zh: title.zh },
  autonomy: set?.autonomy ?? 'automatic',
  revision: set?.revision ?? 0,
  setBy: set?.setBy ?? 'start',
  approvedBy: set?.approvedBy ?? null,
  setAt: set?.setAt ?? 0,
  pausable,
  proposal: proposal === undefined ? null : liveProposal(proposal),
  resting,
})

/** @param plays of today. */
export const liveCampaign = (row: CampaignRow, plays: number): LiveCampaign => ({
  id: row.id,
  product: row.product,
  // One that shows an item has the item's words; what it is called is its title.
  words: { ...(Object.keys(row.words).length > 0 ? row.words : row.title) },
  on: row.on !== false,
  plays,
  perDay: row.perDay,
  from: row.from,
  to: row.to,
})

export const liveEscalation = (row: EscalationRow): LiveEscalation => ({
  id: row.id,
  at: row.at,
  reason: row.reason,
  zone: row.zone,
  visit: row.visit,
  ticket: row.ticket,
  device: row.device,
  state: row.state,
})
