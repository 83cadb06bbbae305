/**
 * The expert desk as part of the branch: its calls answer escalations, flows hear of them, kiosks are told by their
 * config. What it decides itself stands in `hub/calls`.
 */
import type { CallRow, CallState } from '#protocol/calls/rows.ts'
import type { Intent } from '#protocol/intents.ts'
import type { EscalationRow } from '#protocol/model.ts'
import { awaitKiosks, setKioskAway } from '../calls/away.ts'
import { type CallCommand, doCall } from '../calls/commands.ts'
import { customerIn, disarm, isOver, openCalls } from '../calls/find.ts'
import {
  ask,
  doAsking,
  forgetAsked,
  onKioskGone,
  onKnown,
  onLineDown,
  onLineUp,
  onNoDesk,
  onReported,
  onUnheard,
  takeBack,
} from '../calls/link/asking.ts'
import type { LinkCommand } from '../calls/link/commands.ts'
import type { DeskLine, LinkDesk } from '../calls/link/rows.ts'
import {
  forgetServed,
  isKeptOn,
  onAsked,
  onHeld,
  onLost,
  onSettled,
  tellBranches,
} from '../calls/link/serving.ts'
import { end } from '../calls/outcome.ts'
import type { CallDesk, CallNote, CallTimer, ExpertTimer } from '../calls/port.ts'
import { awaitExperts, followPeople } from '../calls/presence.ts'
import { request, type Withdrawal, withdraw } from '../calls/request.ts'
import { hangUp } from '../calls/room.ts'
import { doShared, type SharedCommand } from '../calls/shared.ts'
import { callTimers, expertTimers } from '../calls/timers.ts'
import type { Turn } from '../engine/turn.ts'
import { documentsIn } from './call-documents.ts'
import { refreshCalls } from './device-config.ts'
import { changeEscalation } from './escalations.ts'
import { farDesk, nobodyHere, putFarDesk } from './far-desk.ts'
import type { BranchFile } from './file.ts'
import { fileOf } from './rows.ts'
import { followSales } from './sales.ts'

/** After a start the pages of experts, and whoever stood in a call, need a while to come back. */
const backByMs = 30_000

const aboutOf = ({ visit, ticket, device, zone, service }: CallRow) => ({
  ...(visit !== null && { visit }),
  ...(ticket !== null && { ticket }),
  ...(device !== null && { device }),
  ...(zone !== null && { zone }),
  ...(service !== null && { service }),
})

const recordNote = (turn: Turn, { code, params, weighed }: CallNote, about: object = {}) =>
  turn.record({
    kind: 'call',
    ...about,
    code,
    ...(params !== undefined && { params }),
    ...(weighed !== undefined && { more: { weighed } }),
  })

/** Somebody has it, or it is over: whoever asked for an expert goes on. */
const followEscalation = (turn: Turn, { escalation, state, expert, outcome, endedBy }: CallRow) => {
  if (state === 'accepted')
    changeEscalation(turn, escalation, { state: 'taken', by: expert ?? 'hub', outcome: null })
  if (state === 'ended')
    changeEscalation(turn, escalation, { state: 'ended', by: expert ?? endedBy ?? 'hub', outcome })
}

const tellOf = (turn: Turn, call: CallRow, was: CallState | null) => {
  const { id, escalation, state, reason, device, askedBy, visit, ticket, service, zone } = call
  const { expert, ahead, outcome, promisedAt } = call
  turn.tell({
    type: 'call.changed',
    call: id,
    escalation,
    state,
    was,
    reason,
    device,
    askedBy,
    visit,
    ticket,
    service,
    zone,
    expert,
    ahead,
    outcome,
    promisedAt,
  })
  followEscalation(turn, call)
  followSales(turn, call)
}

const deskOf = (turn: Turn, plan: CallDesk['plan']): LinkDesk => ({
  at: turn.at,
  plan,
  experts: turn.state.experts,
  calls: turn.state.calls,
  links: turn.state,
  epoch: turn.entry.epoch,
  id: (prefix) => turn.id(prefix),
  // Whoever is waited for gets the reconnect grace after a start.
  setTimer: (owner, name, deadline) => turn.setTimer(owner, name, { deadline, graced: name !== 'forget' }),
  clearTimer: (owner, name) => turn.clearTimer(owner, name),
  note: (call, note) => recordNote(turn, note, aboutOf(call)),
  noteExpert: (_, note) => recordNote(turn, note),
  changed: (call, was) => tellOf(turn, call, was),
})

/** Does it at the desk, where the branch has one. @returns whether it has. */
const atDesk = (turn: Turn, act: (desk: LinkDesk) => void): boolean => {
  const plan = fileOf(turn.state)?.experts
  if (plan === undefined) return false
  const desk = deskOf(turn, plan)
  act(desk)
  tellBranches(desk)
  refreshCalls(turn)
  return true
}

/** The same where the desk is elsewhere. */
const atFarDesk = (turn: Turn, act: (desk: LinkDesk, line: DeskLine) => void) => {
  const line = farDesk(turn.state)
  if (line === undefined || fileOf(turn.state)?.experts !== undefined) return
  act(deskOf(turn, nobodyHere), line)
  refreshCalls(turn)
}

export const onCallCommand = (turn: Turn, command: CallCommand) => {
  if (!atDesk(turn, (desk) => doCall(desk, command))) atFarDesk(turn, (desk) => doAsking(desk, command))
}

/** At the hub where the customer's side comes in, or where the expert does: the row of the call is at both. */
export const onSharedCommand = (turn: Turn, command: SharedCommand) => {
  const act = (desk: LinkDesk) => doShared(desk, command, documentsIn(turn.state, turn.at))
  if (!atDesk(turn, act)) atFarDesk(turn, act)
}

const forget = (turn: Turn, call: string) => {
  const desk = deskOf(turn, fileOf(turn.state)?.experts ?? nobodyHere)
  if (isKeptOn(desk, call)) return
  callTimers.forget(desk, call)
  forgetServed(desk)
  forgetAsked(desk)
  refreshCalls(turn)
}

export const onCallTimer = (name: CallTimer) => (turn: Turn, call: string) => {
  if (name === 'forget') forget(turn, call)
  else atDesk(turn, (desk) => callTimers[name](desk, call))
}
/** Also of a call at a desk elsewhere it is the branch that knows its kiosks. */
export const onKioskGoneOver = (turn: Turn, call: string) => {
  if (!atDesk(turn, (desk) => callTimers.gone(desk, call))) atFarDesk(turn, (desk) => onKioskGone(desk, call))
}
export const onCallUnheard = (turn: Turn, call: string) => atFarDesk(turn, (desk) => onUnheard(desk, call))

const onDeskLine = (turn: Turn, { desk: name, up }: Extract<LinkCommand, { name: 'desk.line' }>) => {
  const line = farDesk(turn.state)
  if (name === null) {
    atFarDesk(turn, onNoDesk)
    return putFarDesk(turn.state, undefined)
  }
  putFarDesk(turn.state, { desk: name, up, open: up && line?.open === true })
  turn.record({ kind: 'call', code: up ? 'desk.reached' : 'desk.unreachable', params: { desk: name } })
  atFarDesk(turn, up ? onLineUp : onLineDown)
}

const onDeskExperts = (turn: Turn, open: boolean) => {
  const line = farDesk(turn.state)
  if (line === undefined) return
  putFarDesk(turn.state, { ...line, open })
  refreshCalls(turn)
}

/** What came over the line between a branch and its desk. */
export const onLinkCommand = (turn: Turn, command: LinkCommand) => {
  switch (command.name) {
    case 'desk.line':
      return onDeskLine(turn, command)
    case 'desk.experts':
      return onDeskExperts(turn, command.open)
    case 'desk.knows':
      return atFarDesk(turn, (desk) => onKnown(desk, command.escalations))
    case 'call.reported':
      return atFarDesk(turn, (desk) => onReported(desk, command))
    case 'branch.asked':
      return void atDesk(turn, (desk) => onAsked(desk, command))
    case 'branch.lost':
      return void atDesk(turn, (desk) => onLost(desk, command.branch))
    case 'branch.holds':
      return void atDesk(turn, (desk) => onHeld(desk, command.branch, command.escalations))
    case 'branch.settled':
      return void atDesk(turn, (desk) => onSettled(desk, command.branch, command.escalation))
  }
}
export const onExpertTimer = (name: ExpertTimer) => (turn: Turn, expert: string) => {
  atDesk(turn, (desk) => expertTimers[name](desk, expert))
}

type Escalate = Extract<Intent, { type: 'escalate' }>

/** A visitor's language is that of the visit, where whoever asked did not say. */
const languageOf = ({ state }: Turn, { visit, ticket }: EscalationRow, said: string | undefined) =>
  said ?? state.visits.get(visit ?? '')?.language ?? state.tickets.get(ticket ?? '')?.language ?? null

const serviceOf = ({ state }: Turn, { ticket }: EscalationRow, said: string | undefined) =>
  said ?? state.tickets.get(ticket ?? '')?.service ?? null

/** The customer's side is a kiosk or a tablet: what else there is has no camera for it. */
const sideOf = ({ state }: Turn, device: string | null) =>
  device !== null && state.devices.get(device)?.kind === 'kiosk' ? device : null

const isKioskAway = ({ state }: Turn, device: string): boolean => {
  const row = state.devices.get(device)
  return row?.kind === 'kiosk' && (row.link !== 'online' || row.willingnessBy === 'branch-file')
}

/** Whether the kiosk of a call is there has changed. */
export const followKiosk = (turn: Turn, device: string) => {
  const isCalling = openCalls(turn.state).some((call) => call.device === device && call.branch === undefined)
  if (!isCalling) return
  const follow = (desk: LinkDesk) => setKioskAway(desk, device, isKioskAway(turn, device))
  if (!atDesk(turn, follow)) atFarDesk(turn, follow)
}

/** Whoever asks by the kiosk itself is there, whatever is known of its line. */
const isAskedFromAfar = ({ state, entry: { body } }: Turn, device: string | null): device is string =>
  device !== null &&
  state.devices.get(device)?.link === 'lost' &&
  !(body.kind === 'event' && body.device === device)

/** Asked once more while a call is open, it is the same call, and this request of it is answered. */
export const callFor = (turn: Turn, row: EscalationRow, { subject, by, language }: Escalate) => {
  const asked = {
    escalation: row.id,
    reason: row.reason,
    device: sideOf(turn, row.device),
    askedBy: by ?? null,
    visit: row.visit,
    ticket: row.ticket,
    service: serviceOf(turn, row, subject.service),
    zone: row.zone,
    language: languageOf(turn, row, language),
  }
  const endSame = (desk: LinkDesk, call: CallRow) => {
    if (call.escalation !== row.id)
      changeEscalation(turn, row.id, { state: 'ended', by: 'hub', outcome: 'same-call' })
    else if (isAskedFromAfar(turn, call.device)) setKioskAway(desk, call.device, true)
  }
  if (!atDesk(turn, (desk) => endSame(desk, request(desk, asked))))
    atFarDesk(turn, (desk, line) => endSame(desk, ask(desk, line, asked)))
}

const withdrawHere = (turn: Turn, withdrawal: Withdrawal) => {
  if (!atDesk(turn, (desk) => withdraw(desk, withdrawal)))
    atFarDesk(turn, (desk) => takeBack(desk, withdrawal))
}

/** Somebody on the spot took the escalation, or ended it: nobody is called any more. */
export const callOff = (turn: Turn, escalation: string, by: string) => {
  const call = openCalls(turn.state).find((one) => one.escalation === escalation)
  if (call !== undefined) withdrawHere(turn, { call: call.id, by, reason: null })
}

/** Whoever was at the kiosk has left it, or wants nobody any more. */
export const customerGone = (turn: Turn, device: string) => {
  const call = openCalls(turn.state).find((one) => one.device === device && one.state !== 'wrap-up')
  if (call === undefined) return
  const participant = customerIn(call)
  const gone = { call: call.id, participant, by: participant ?? 'customer' }
  if (!atDesk(turn, (desk) => hangUp(desk, gone)))
    atFarDesk(turn, (desk) => doAsking(desk, { name: 'call.hang-up', ...gone }))
}

/** Two visits were one: what is done about the call from now on is done for the one that is left. */
export const mergeCalls = ({ state }: Turn, visit: string, into: string) => {
  for (const call of state.calls.values())
    if (call.visit === visit) state.calls.put(call.id, { ...call, visit: into })
}

/** Without a desk nobody is left to forget its calls later. */
const endAll = (turn: Turn, plan: CallDesk['plan']) => {
  const desk = deskOf(turn, { ...plan, people: [] })
  for (const call of turn.state.calls.values()) {
    if (!isOver(call)) end(desk, call, { outcome: 'withdrawn', by: 'branch-file' })
    disarm(desk, call.id, 'forget')
    turn.state.calls.drop(call.id)
  }
  followPeople(desk, [])
}

/** The branch file lists other experts, or none any more. */
export const applyExperts = (turn: Turn, file: BranchFile, before: BranchFile | undefined) => {
  if (file.experts !== undefined) followPeople(deskOf(turn, file.experts), file.experts.people)
  else if (before?.experts !== undefined) endAll(turn, before.experts)
}

/** After a start. */
export const awaitCallers = (turn: Turn) => {
  const here = atDesk(turn, (desk) => {
    awaitExperts(desk, backByMs)
    awaitKiosks(desk, backByMs)
  })
  if (!here) atFarDesk(turn, (desk) => awaitKiosks(desk, backByMs))
}
