/**
 * Looks at what a person or a program asks before it becomes an entry: what names something unknown, or was written
 * against an older revision, is refused with a coded reason and leaves no trace in the journal.
 */
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import { type CallCommand, isCallCommand, refuseCall } from '../calls/commands.ts'
import { refuseAsking } from '../calls/link/asking.ts'
import { isLinkCommand, type LinkCommand } from '../calls/link/commands.ts'
import { isSharedCommand, refuseShared, type SharedCommand } from '../calls/shared.ts'
import { isFinal } from '../dispatch/life.ts'
import { refuseReassign } from '../dispatch/reassign.ts'
import { refusePersonReport } from '../dispatch/reports.ts'
import { refuseDeploy } from '../engine/deployed.ts'
import type { Command, Input } from '../engine/entry.ts'
import { defaultSettings, type HubSettings } from '../engine/settings.ts'
import type { BranchState } from '../engine/state.ts'
import { isSaleCommand, type SaleCommand } from '../sales/commands.ts'
import { refuseSale } from '../sales/refuse.ts'
import { refuseAlert } from './alert-life.ts'
import { refuseAsk, refuseRetry } from './asked.ts'
import { refuseBeyondBounds } from './bounds.ts'
import { documentsIn } from './call-documents.ts'
import { isContent } from './content-commands.ts'
import { refuseContent } from './content-refusals.ts'
import { farDesk } from './far-desk.ts'
import type { BranchFile } from './file.ts'
import { conflict } from './other-revision.ts'
import { isProposal, refuseProposal } from './proposals.ts'
import { branchOf, fileOf } from './rows.ts'
import { saleLook } from './sales.ts'
import { runningSwitchback } from './switchback.ts'
import { measurableFlows, type SwitchbackPlan } from './switchback-plan.ts'
import { createView } from './view.ts'

const unless = (known: boolean, code: ErrorCode, detail: string): UsherError | undefined =>
  known ? undefined : new UsherError(code, detail)

const isDeclared = (state: BranchState, device: string) =>
  fileOf(state)?.devices.some((declared) => declared.id === device) ?? false

/** Nobody loses what he holds without a word: whoever wants it lets it go first. */
const refuseHold = (state: BranchState, device: string, by: string) => {
  if (!isDeclared(state, device)) return new UsherError('device.unknown', device)
  const row = state.devices.get(device)
  const holder = row?.willingness === 'held' ? row.willingnessBy : null
  return unless(holder === null || holder === by, 'device.held', `${device} is held by ${holder}.`)
}

const openTicket = (state: BranchState, ticket: string) => {
  const row = state.tickets.get(ticket)
  return row !== undefined && row.state !== 'ended'
}

const refuseVisitKnown = (state: BranchState, visit: string, ticket: string | null) =>
  unless(state.visits.has(visit), 'visit.unknown', visit) ??
  (ticket === null ? undefined : unless(openTicket(state, ticket), 'ticket.unknown', ticket))

const refuseEscalation = (state: BranchState, id: string, name: 'escalation.take' | 'escalation.end') => {
  const row = state.escalations.get(id)
  if (row === undefined || row.state === 'ended') return unless(false, 'escalation.unknown', id)
  return unless(name === 'escalation.end' || row.state === 'open', 'escalation.taken', id)
}

/** A flow that a person set to rest or to suggestions is theirs: there would be nothing to compare. */
const refusePlan = (state: BranchState, plan: SwitchbackPlan): UsherError | undefined => {
  const running = runningSwitchback(state)
  if (running !== undefined) return new UsherError('effect.running', `until ${running.plan.until}`)
  const kept = plan.flows.filter((flow) => !measurableFlows.includes(flow))
  if (kept.length > 0) return new UsherError('effect.flow-kept', kept.join(', '))
  const set = plan.flows.filter(
    (flow) => (state.flowSettings.get(flow)?.autonomy ?? 'automatic') !== 'automatic',
  )
  return unless(set.length === 0, 'effect.flow-set', set.join(', '))
}

type Judge = Extract<Command, { name: 'firmware.judge' }>

const refuseJudgement = (state: BranchState, { device, model, firmware, verdict }: Judge) => {
  if (device === null) {
    const known = state.devices.values().some((row) => row.firmware?.model === model)
    return unless(known, 'firmware.no-model', model)
  }
  if (!isDeclared(state, device)) return new UsherError('device.unknown', device)
  const running = state.devices.get(device)?.firmware
  if (running === undefined) return new UsherError('firmware.unsaid', device)
  if (running.version !== firmware || running.model !== model)
    return new UsherError('firmware.other', `${device} runs ${running.model} ${running.version ?? ''}.`)
  const { standing } = running
  return unless(
    verdict === 'approved' ? standing === 'probation' || standing === 'declined' : standing !== 'declined',
    'firmware.judged',
    `${device}: ${standing}.`,
  )
}

const work = [
  'task.cancel',
  'task.confirm',
  'task.dismiss',
  'ask',
  'task.retry',
  'task.reassign',
  'task.take',
  'task.report',
  'campaign.set',
] as const
type WorkCommand = Extract<Command, { name: (typeof work)[number] }>

const isWork = (command: Command): command is WorkCommand => work.some((name) => name === command.name)

/** Looked at once more when its turn comes: of two who end or answer a task at once, the second does nothing. */
const refuseEnded = (
  state: BranchState,
  { name, task }: Extract<WorkCommand, { name: 'task.cancel' | 'task.confirm' | 'task.dismiss' }>,
): UsherError | undefined => {
  const row = state.tasks.get(task)
  if (row === undefined || isFinal(row.phase)) return new UsherError('task.ended', task)
  return unless(name === 'task.cancel' || row.suggested, 'task.not-suggested', task)
}

const refuseWork = (state: BranchState, command: WorkCommand, now: Moment): UsherError | undefined => {
  switch (command.name) {
    case 'task.cancel':
    case 'task.confirm':
    case 'task.dismiss':
      return refuseEnded(state, command)
    case 'ask':
      return refuseAsk(state, command, now.at)
    case 'task.retry':
      return refuseRetry(state, command, now.at)
    case 'task.reassign':
    case 'task.take':
      return refuseReassign({ state, view: createView(state, now.at), ...now }, command)
    case 'task.report':
      return refusePersonReport(state, command)
    case 'campaign.set':
      return unless(state.campaigns.has(command.campaign), 'campaign.unknown', command.campaign)
  }
}

const refuseAtDesk = (state: BranchState, command: CallCommand): UsherError | undefined => {
  const plan = fileOf(state)?.experts
  if (plan === undefined && farDesk(state) !== undefined) return refuseAsking(state, command)
  if (plan === undefined) return new UsherError('expert.none', 'the branch file lists no experts')
  return refuseCall({ plan, experts: state.experts, calls: state.calls }, command)
}

const refuseLooked = (state: BranchState, command: SharedCommand, { at }: Moment) =>
  refuseShared({ calls: state.calls, documentOf: documentsIn(state, at) }, command)

type Asked = Exclude<Command, LinkCommand | SharedCommand>

type Rest = Exclude<Asked, CallCommand | SaleCommand>

const refuseRest = (state: BranchState, command: Rest, now: Moment): UsherError | undefined => {
  if (isWork(command)) return refuseWork(state, command, now)
  if (isProposal(command)) return refuseProposal(state, command)
  if (isContent(command)) return refuseContent(state, command, now.at)
  switch (command.name) {
    case 'mode':
      return unless(
        branchOf(state).mode !== 'emergency' || command.mode === 'emergency',
        'mode.emergency',
        command.mode,
      )
    case 'end-emergency':
      return unless(branchOf(state).mode === 'emergency', 'mode.no-emergency', branchOf(state).mode)
    case 'device.hold':
      return refuseHold(state, command.device, command.by)
    case 'device.release':
    case 'device.out-of-service':
      return unless(isDeclared(state, command.device), 'device.unknown', command.device)
    case 'firmware.judge':
      return refuseJudgement(state, command)
    case 'duty':
    case 'do-not-disturb':
      return unless(state.staff.has(command.person), 'person.unknown', command.person)
    case 'visit.role':
      return unless(state.visits.has(command.visit), 'visit.unknown', command.visit)
    case 'visit.known':
      return refuseVisitKnown(state, command.visit, command.ticket)
    case 'flow.set':
      return (
        conflict(command.revision, state.flowSettings.get(command.flow)?.revision ?? 0) ??
        refuseBeyondBounds(state, command)
      )
    case 'escalation.take':
    case 'escalation.end':
      return refuseEscalation(state, command.escalation, command.name)
    case 'adapter.health':
      return unless(isDeclared(state, command.device), 'device.unknown', command.device)
    case 'alert.claim':
    case 'alert.release':
    case 'alert.acknowledge':
    case 'alert.resolve':
    case 'alert.shelve':
    case 'alert.unshelve':
      return refuseAlert(state, command)
    case 'effect.plan':
      return refusePlan(state, command.plan)
    case 'effect.stop':
      return unless(runningSwitchback(state) !== undefined, 'effect.none', '')
    case 'pause':
    case 'resume':
    case 'stop-movement':
    case 'allow-movement':
    case 'records.hold':
    case 'records.release':
    case 'records.erase':
    case 'desk.note':
      return undefined
  }
}

const refuseCommand = (state: BranchState, command: Asked, now: Moment): UsherError | undefined => {
  if (isCallCommand(command)) return refuseAtDesk(state, command)
  if (isSaleCommand(command)) return refuseSale(saleLook(state), command)
  return refuseRest(state, command, now)
}

/** When it is asked: who can do something depends on it. */
export interface Moment {
  readonly at: number
  readonly settings: HubSettings
}

const atNoTime: Moment = { at: 0, settings: defaultSettings }

/** A branch does not become a desk, nor a desk a branch: what they have on record is of another kind. */
const refuseOtherRole = (state: BranchState, { role }: BranchFile) => {
  const before = fileOf(state)
  return unless(before === undefined || before.role === role, 'config.invalid', 'a file of the other role')
}

/** @returns why this may not become an entry, or undefined where it may. Other commands about tasks are the dispatcher's. */
export const refuse = (
  state: BranchState,
  { body }: Input,
  now: Moment = atNoTime,
): UsherError | undefined => {
  if (body.kind === 'config')
    return conflict(body.revision, branchOf(state).revision) ?? refuseOtherRole(state, body.file)
  if (body.kind === 'deploy') return refuseDeploy(state.meta, body)
  if (body.kind !== 'command') return undefined
  if (fileOf(state) === undefined) return new UsherError('branch.no-file', body.command.name)
  // What came over the line was looked at there, and changes nothing where it comes twice.
  const { command } = body
  if (isLinkCommand(command)) return undefined
  return isSharedCommand(command) ? refuseLooked(state, command, now) : refuseCommand(state, command, now)
}
