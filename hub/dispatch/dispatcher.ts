/**
 * Turns what flows want into tasks that members carry out. It works on the turn alone: tasks, claims, messages,
 * timers, decision records and answers; everything it decides can be replayed and explained.
 */
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import { minuteOwner } from '../branch/clock.ts'
import type { Command } from '../engine/entry.ts'
import type { Turn } from '../engine/turn.ts'
import { checkAbility } from './ability.ts'
import { dropLease, forgetVisit, takeWithoutTask, uniteVisits, visitOver } from './claims.ts'
import { autonomyOf, type FlowTable, gateToBegin } from './gates.ts'
import { confirmSuggestion, createTask } from './intake.ts'
import { live } from './life.ts'
import { type Pass, seek } from './offers.ts'
import type { Origin } from './origin.ts'
import { cancelTimerAttempt, closeMessage } from './outbox.ts'
import { isContentGone } from './promotions.ts'
import { reassign } from './reassign.ts'
import { recordTask } from './records.ts'
import { passDeadline, takePersonReport, takeReport, watchLink } from './reports.ts'
import type { TaskRow } from './rows.ts'
import { cancelTask, closeStep, expireTask, lifeOf, openAttempt, ruleOf, tasksWith } from './tasks.ts'
import { movesOn, needsMovement, personPrefix } from './traits.ts'

export interface DispatcherParts {
  readonly flows: FlowTable
}

export interface Dispatcher {
  /** Reports, deadlines, commands, pause, mode and stopped movement; before the flows see the entry. */
  beforeFlows(turn: Turn): void
  /** Carries out one intent of type `task`, `cancel`, `cancel-others`, `release`, `claim` or `pass`. */
  intend(turn: Turn, origin: Origin, intent: Intent): void
  /** Offers queued tasks, the most important and then the oldest first. */
  afterFlows(turn: Turn, stirred: boolean): void
  /** `from` is no more; it was `into` all along. */
  visitMerged(turn: Turn, from: string, into: string): void
  visitEnded(turn: Turn, visit: string): void
}

const passTimer = (turn: Turn, owner: string, name: string) => {
  if (name === 'forget' && forgetVisit(turn, owner)) return
  if (owner.startsWith('claim/')) {
    const claim = turn.state.claims.get(owner.slice('claim/'.length))
    if (claim === undefined || claim.until === null || claim.until > turn.at) return
    dropLease(turn, claim.key)
    turn.record({ kind: 'claim', code: 'lease.ended', flow: claim.flow, params: { key: claim.key } })
    return
  }
  if (!owner.startsWith('task/')) return
  const id = owner.slice('task/'.length)
  const cancelled = cancelTimerAttempt(name)
  if (cancelled !== undefined) closeMessage(turn, id, { attempt: cancelled, kinds: ['cancel'] })
  else if (name === 'expire') {
    const reason = turn.state.tasks.get(id)?.waitingFor ?? 'too-late'
    expireTask(turn, id, { reason, unserved: turn.state.tasks.get(id)?.suggested !== true })
  } else if (name === 'ack' || name === 'start' || name === 'run' || name === 'lost')
    passDeadline(turn, id, name)
}

/** A person took the device, or went off duty: what it does for the hub goes to another where that is allowed. */
const takeFrom = (turn: Turn, member: string, reason: string) => {
  for (const task of tasksWith(turn, member)) {
    const rule = ruleOf(turn, task)
    const began = openAttempt(task)?.startSentAt !== null
    if (began && rule === 'at-most-once') cancelTask(turn, task.id, reason)
    else {
      const step = live(lifeOf(task), { type: 'report', status: 'cancelled' }, rule)
      if (step !== null) closeStep(turn, task, { step, reason, withStep: true })
    }
  }
}

const noteWho = (turn: Turn, id: string, { code, by }: { code: string; by: string }) => {
  const task = turn.state.tasks.get(id)
  if (task !== undefined) recordTask(turn, task, { code, params: { by } })
}

const endCampaign = (turn: Turn, campaign: string) => {
  for (const task of turn.state.tasks.values())
    if (task.intent.subject.campaign === campaign) cancelTask(turn, task.id, 'campaign-off')
}

const obey = (turn: Turn, command: Command) => {
  switch (command.name) {
    case 'task.cancel':
      noteWho(turn, command.task, { code: 'asked-to-cancel', by: command.by })
      return cancelTask(turn, command.task, command.reason)
    case 'task.confirm':
      return confirmSuggestion(turn, command.task, command.by)
    case 'task.dismiss':
      if (turn.state.tasks.get(command.task)?.suggested !== true) return
      noteWho(turn, command.task, { code: 'dismissed', by: command.by })
      return cancelTask(turn, command.task, 'dismissed')
    case 'task.reassign':
    case 'task.take':
      return reassign(turn, command)
    case 'task.report':
      return takePersonReport(turn, command)
    case 'device.hold':
    case 'device.out-of-service':
      return takeFrom(turn, command.device, 'device-held')
    case 'duty':
      if (!command.onDuty) takeFrom(turn, `${personPrefix}${command.person}`, 'off-duty')
      return
    case 'campaign.set':
      return command.on ? undefined : endCampaign(turn, command.campaign)
    case 'campaign.put':
      return command.campaign.on ? undefined : endCampaign(turn, command.campaign.campaign)
    case 'campaign.drop':
      return endCampaign(turn, command.campaign)
    case 'flow.set':
    case 'flow.approve':
      if (autonomyOf(turn, command.flow) === 'off')
        for (const task of turn.state.tasks.values())
          if (task.flow === command.flow && !lifeOf(task).startSent) cancelTask(turn, task.id, 'flow-off')
      return
    default:
  }
}

const isMoving = (turn: Turn, task: TaskRow) => {
  const attempt = openAttempt(task)
  if (attempt === undefined) return needsMovement(task.intent)
  const device = turn.view.device(attempt.member)
  return device !== undefined && movesOn(task.intent.capability, device)
}

/** What a person or the calendar changed for the whole branch in this entry. */
const followBranch = (turn: Turn, flows: FlowTable) => {
  const { paused, stopped, mode, modeAt } = turn.view.branch
  if (paused?.at === turn.at)
    for (const task of turn.state.tasks.values())
      if (flows.get(task.flow)?.pausable !== false)
        expireTask(turn, task.id, { reason: 'paused', unserved: false })
  if (stopped?.at === turn.at)
    for (const task of turn.state.tasks.values())
      if (isMoving(turn, task)) cancelTask(turn, task.id, 'movement-stopped')
  if (modeAt === turn.at)
    for (const task of turn.state.tasks.values())
      if (flows.get(task.flow)?.modes[mode] === 'stop') cancelTask(turn, task.id, `mode.${mode}`)
}

/**
 * After a restore the devices may have done work that the backup does not know of. What must not happen twice and has
 * no start here ends as unknown; what may is offered anew, because its messages belong to an epoch that has ended.
 */
const afterRestore = (turn: Turn) => {
  for (const task of turn.state.tasks.values()) {
    const step = live(lifeOf(task), { type: 'restored' }, ruleOf(turn, task))
    if (step === null) continue
    closeStep(turn, task, { step, reason: 'restored', withStep: false })
    const queued = turn.state.tasks.get(task.id)
    // It did nothing wrong: it may be asked again.
    if (queued !== undefined) turn.state.tasks.put(task.id, { ...queued, spent: task.spent })
  }
}

/** What was taken back, replaced, or is past its last day leaves the screens: at once, and at midnight within a minute. */
const followContent = (turn: Turn) => {
  const { body } = turn.entry
  if (body.kind !== 'command' && !(body.kind === 'timer' && body.owner === minuteOwner)) return
  for (const task of turn.state.tasks.values())
    if (isContentGone(turn, task)) cancelTask(turn, task.id, 'content-not-approved')
}

const before = (turn: Turn, flows: FlowTable) => {
  const { body } = turn.entry
  followBranch(turn, flows)
  followContent(turn)
  switch (body.kind) {
    case 'report':
      return takeReport(turn, body.device, body)
    case 'timer':
      return passTimer(turn, body.owner, body.name)
    case 'command':
      return obey(turn, body.command)
    case 'presence':
    case 'link':
      return watchLink(turn, body.device, tasksWith(turn, body.device))
    case 'manifest':
      return checkAbility(turn, body.device, body.manifest)
    case 'start':
      return body.reason === 'restore' ? afterRestore(turn) : undefined
    default:
  }
}

const cancelOthers = (turn: Turn, origin: Origin, reason: string) => {
  for (const task of turn.state.tasks.values())
    if (task.flow !== origin.flow) cancelTask(turn, task.id, reason)
}

const cancelOwn = (turn: Turn, origin: Origin, { ref, reason }: { ref: string; reason: string }) => {
  for (const task of turn.state.tasks.values())
    if (task.instance === origin.instance && task.intent.ref === ref) cancelTask(turn, task.id, reason)
}

const release = (turn: Turn, origin: Origin, key: string) => {
  const held = turn.state.claims.get(key)
  if (held === undefined) return
  const allowed = held.kind === 'lease' && held.instance === origin.instance
  if (allowed) dropLease(turn, key)
  turn.record({
    kind: 'claim',
    code: allowed ? 'lease.released' : 'release.refused',
    flow: origin.flow,
    params: { key },
  })
}

const claim = (turn: Turn, origin: Origin, intent: Extract<Intent, { type: 'claim' }>) => {
  const taken = takeWithoutTask(turn, origin, intent.claim)
  turn.record({
    kind: 'claim',
    code: taken ? 'claim.taken' : 'claim.exists',
    flow: origin.flow,
    params: { key: intent.claim.key, because: intent.because.code },
  })
}

const pass = (turn: Turn, origin: Origin, intent: Extract<Intent, { type: 'pass' }>) => {
  const { visit, ticket, device, zone, service } = intent.subject
  turn.record({
    kind: 'pass',
    flow: origin.flow,
    code: intent.because.code,
    ...(visit === undefined ? {} : { visit }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(device === undefined ? {} : { device }),
    ...(zone === undefined ? {} : { zone }),
    ...(service === undefined ? {} : { service }),
    ...(intent.because.params === undefined ? {} : { params: intent.because.params }),
    more: { origin, ...(intent.because.weighed && { weighed: intent.because.weighed }) },
  })
}

const byUrgency = (a: TaskRow, b: TaskRow) =>
  b.intent.priority - a.intent.priority || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

export const createDispatcher = ({ flows }: DispatcherParts): Dispatcher => {
  const likenesses: Pass['likenesses'] = new WeakMap()
  const wanted = (turn: Turn, origin: Origin, intent: TaskIntent) => {
    const gate = gateToBegin(turn, flows, origin)
    createTask(turn, origin, { intent, gate, suggest: autonomyOf(turn, origin.flow) === 'suggest' })
  }
  return {
    beforeFlows: (turn) => before(turn, flows),
    intend: (turn, origin, intent) => {
      if (intent.type === 'task') wanted(turn, origin, intent)
      else if (intent.type === 'cancel') cancelOwn(turn, origin, intent)
      else if (intent.type === 'cancel-others') cancelOthers(turn, origin, intent.reason)
      else if (intent.type === 'release') release(turn, origin, intent.claim)
      else if (intent.type === 'claim') claim(turn, origin, intent)
      else if (intent.type === 'pass') pass(turn, origin, intent)
    },
    afterFlows: (turn, stirred) => {
      if (!stirred) return
      const queued = turn.state.tasks.values().filter((task) => task.phase === 'queued' && !task.suggested)
      const pass = { flows, likenesses, fruitless: new Map() }
      for (const task of queued.sort(byUrgency)) seek(turn, pass, task.id)
    },
    visitEnded: visitOver,
    visitMerged: (turn, from, into) => {
      for (const task of uniteVisits(turn, from, into)) cancelTask(turn, task, 'visit-merged')
      turn.stir()
    },
  }
}
