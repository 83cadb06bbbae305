/** What people ask of the branch model. Commands about tasks are the dispatcher's. */
import type { Command } from '../engine/entry.ts'
import type { Turn } from '../engine/turn.ts'
import { onStaffTap } from './acts.ts'
import { noteAdapter } from './adapters.ts'
import {
  acknowledgeAlert,
  claimAlert,
  releaseAlert,
  resolveAlert,
  shelveAlert,
  unshelveAlert,
} from './alert-life.ts'
import { onAsk, onRetry } from './asked.ts'
import { callOff, onCallCommand, onLinkCommand, onSharedCommand } from './calls.ts'
import { setCampaign } from './campaigns.ts'
import { onContent } from './content.ts'
import { changeEscalation } from './escalations.ts'
import { judgeFirmware } from './firmware.ts'
import { changeMode, endEmergency, pause, resume, setMovement } from './mode.ts'
import { onProposal } from './proposals.ts'
import { onSaleCommand } from './sales.ts'
import { setFlow } from './settings.ts'
import { setDoNotDisturb, setDuty } from './staff.ts'
import { setPlan, stopPlan } from './switchback.ts'
import { endAsRole } from './visits.ts'
import { setWillingness } from './willingness.ts'

type Handlers = { [N in Command['name']]: (turn: Turn, command: Extract<Command, { name: N }>) => void }

/** Commands carry durations, rows carry hub time. */
const ends = (turn: Turn, untilMs: number | null) => (untilMs === null ? null : turn.at + untilMs)

const leaveToDispatcher = () => undefined

/** Bodies go after days; who held, released or erased what is kept as long as decisions are. */
const noteRecords = (turn: Turn, { name, ...params }: Extract<Command, { name: `records.${string}` }>) =>
  turn.record({ kind: 'records', code: name, params })

const noteDesk = (turn: Turn, { act, account, params, by }: Extract<Command, { name: 'desk.note' }>) =>
  turn.record({
    kind: 'desk',
    code: `desk.${act}`,
    params: { ...params, by, ...(account !== null && { account }) },
  })

const handlers: Handlers = {
  mode: (turn, { mode, by }) => changeMode(turn, mode, by),
  pause: (turn, { by, untilMs }) => pause(turn, by, ends(turn, untilMs)),
  resume: (turn, { by }) => resume(turn, by),
  'stop-movement': (turn, { by }) => setMovement(turn, true, by),
  'allow-movement': (turn, { by }) => setMovement(turn, false, by),
  'end-emergency': (turn, { by }) => endEmergency(turn, by),
  ask: onAsk,
  'task.retry': onRetry,
  'campaign.set': (turn, { campaign, on, by }) => setCampaign(turn, campaign, { on, by }),
  'content.add': onContent,
  'content.approve': onContent,
  'content.decline': onContent,
  'content.withdraw': onContent,
  'content.put-in-force': onContent,
  'playlist.set': onContent,
  'playlist.drop': onContent,
  'campaign.put': onContent,
  'campaign.drop': onContent,
  'task.cancel': leaveToDispatcher,
  'task.confirm': leaveToDispatcher,
  'task.dismiss': leaveToDispatcher,
  'task.report': leaveToDispatcher,
  'task.reassign': leaveToDispatcher,
  'task.take': leaveToDispatcher,
  'device.hold': (turn, { device, by, untilMs }) =>
    setWillingness(turn, device, { willingness: 'held', by, until: ends(turn, untilMs) }),
  'device.release': (turn, { device, by }) =>
    setWillingness(turn, device, { willingness: 'open', by, until: null }),
  'device.out-of-service': (turn, { device, by }) =>
    setWillingness(turn, device, { willingness: 'out-of-service', by, until: null }),
  'firmware.judge': judgeFirmware,
  duty: (turn, { person, onDuty }) => setDuty(turn, person, onDuty),
  'do-not-disturb': (turn, { person, on }) => setDoNotDisturb(turn, person, on),
  'visit.role': (turn, { visit, role }) => {
    const row = turn.state.visits.get(visit)
    if (row !== undefined) endAsRole(turn, row, role)
  },
  'visit.known': (turn, { visit, ticket }) => onStaffTap(turn, visit, ticket),
  'flow.set': (turn, { flow, ...change }) => setFlow(turn, flow, change),
  'flow.propose': onProposal,
  'flow.approve': onProposal,
  'flow.decline': onProposal,
  'flow.withdraw': onProposal,
  'escalation.take': (turn, { escalation, by }) => {
    changeEscalation(turn, escalation, { state: 'taken', by, outcome: null })
    callOff(turn, escalation, by)
  },
  'escalation.end': (turn, { escalation, by, outcome }) => {
    changeEscalation(turn, escalation, { state: 'ended', by, outcome })
    callOff(turn, escalation, by)
  },
  'expert.presence': onCallCommand,
  'expert.line': onCallCommand,
  'call.accept': onCallCommand,
  'call.decline': onCallCommand,
  'call.snooze': onCallCommand,
  'call.note': onCallCommand,
  'call.identified': onCallCommand,
  'call.hand-over': onCallCommand,
  'call.invite': onCallCommand,
  'call.guest-mode': onCallCommand,
  'call.take-off': onCallCommand,
  'call.leave': onCallCommand,
  'call.move': onCallCommand,
  'call.pass-on': onCallCommand,
  'call.to-staff': onCallCommand,
  'call.guest-note': onCallCommand,
  'call.wrap-up': onCallCommand,
  'call.more-time': onCallCommand,
  'call.hang-up': onCallCommand,
  'call.withdraw': onCallCommand,
  'call.joined': onCallCommand,
  'call.left': onCallCommand,
  'call.browsed': onSharedCommand,
  'call.show': onSharedCommand,
  'call.put-away': onSharedCommand,
  'desk.line': onLinkCommand,
  'desk.experts': onLinkCommand,
  'desk.knows': onLinkCommand,
  'call.reported': onLinkCommand,
  'branch.asked': onLinkCommand,
  'branch.lost': onLinkCommand,
  'branch.holds': onLinkCommand,
  'branch.settled': onLinkCommand,
  'sale.begin': onSaleCommand,
  'sale.consent': onSaleCommand,
  'sale.tick': onSaleCommand,
  'sale.untick': onSaleCommand,
  'sale.settle': onSaleCommand,
  'sale.pause': onSaleCommand,
  'sale.resume': onSaleCommand,
  'sale.sell': onSaleCommand,
  'sale.end': onSaleCommand,
  'recording.state': onSaleCommand,
  'recording.gap': onSaleCommand,
  'recording.sealed': onSaleCommand,
  'sale.room': onSaleCommand,
  'sale.inspector': onSaleCommand,
  'sale.inspected': onSaleCommand,
  'effect.plan': (turn, { plan, by }) => setPlan(turn, plan, by),
  'effect.stop': (turn, { by }) => stopPlan(turn, by),
  'alert.claim': claimAlert,
  'alert.release': releaseAlert,
  'alert.acknowledge': acknowledgeAlert,
  'alert.resolve': resolveAlert,
  'alert.shelve': shelveAlert,
  'alert.unshelve': unshelveAlert,
  'adapter.health': noteAdapter,
  'records.hold': noteRecords,
  'records.release': noteRecords,
  'records.erase': noteRecords,
  'desk.note': noteDesk,
}

export const onCommand = (turn: Turn, command: Command) => {
  const handle = handlers[command.name] as (turn: Turn, command: Command) => void
  handle(turn, command)
}
