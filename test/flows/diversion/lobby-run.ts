/** A lobby that runs the real branch model, dispatcher and flows in memory, entry by entry, with devices played by the test. */
import { assistance } from '#flows/assistance/flow.ts'
import { deviceCare } from '#flows/device-care/flow.ts'
import { diversion } from '#flows/diversion/flow.ts'
import { diversionInvitation } from '#flows/diversion-invitation/flow.ts'
import { monday } from '#flows/samples/rows.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createDispatcher } from '#hub/dispatch/dispatcher.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { createDecider } from '#hub/engine/decide.ts'
import { createDueTimers } from '#hub/engine/due.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { createFlowSet } from '#hub/engine/flow-set.ts'
import { createRows } from '#hub/engine/rows.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { openState } from '#hub/engine/state.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import { type EventData, type EventName, events } from '#protocol/events.ts'
import type { ReportStatus } from '#protocol/messages.ts'

const yaml = `
branch: lobby-1
title: Test branch
zones:
  - { id: waiting, kind: waiting, at: { x: 0, y: 0 } }
  - { id: kiosks, kind: kiosks, at: { x: 8, y: 0 } }
services:
  - { id: transfer, selfService: true, kioskMs: 120000 }
counters:
  - { id: c1, services: [transfer], state: open }
devices:
  - { id: robot-1, kind: robot, zone: waiting }
  - { id: screen-1, kind: screen, zone: waiting }
  - { id: kiosk-1, kind: kiosk, zone: kiosks }
  - { id: kiosk-2, kind: kiosk, zone: kiosks }
  - { id: tickets-1, kind: ticket-machine, zone: waiting }
staff:
  - { id: li, roles: [lobby], zone: waiting }
  - { id: chen, roles: [teller], zone: waiting }
`

const abilities: Readonly<Record<string, [DeviceKind, readonly string[]]>> = {
  'robot-1': ['robot', ['guide', 'announce']],
  'screen-1': ['screen', ['offer-service', 'display']],
  'kiosk-1': ['kiosk', ['display']],
  'kiosk-2': ['kiosk', ['display']],
  'tickets-1': ['ticket-machine', ['manage-ticket']],
}

export const createLobby = () => {
  const state = openState(createRows())
  const due = createDueTimers(state.timers)
  const flows = createFlowSet([assistance, deviceCare, diversion, diversionInvitation])
  const dispatcher = createDispatcher({ flows: new Map(flows.list.map((flow) => [flow.id, flow])) })
  const decide = createDecider({ state, due, settings: defaultSettings, flows, dispatcher })
  const decisions: DecisionRecord[] = []
  let at = monday
  let seq = 0

  const send = (body: EntryBody) => {
    seq += 1
    decisions.push(...decide({ branch: 'lobby-1', epoch: 1, seq, at, body }))
  }
  const wait = (ms: number) => {
    const until = at + ms
    for (let timer = due.next(until); timer !== undefined; timer = due.next(until)) {
      at = Math.max(at, timer.deadline)
      send({ kind: 'timer', owner: timer.owner, name: timer.name, deadline: timer.deadline })
    }
    at = until
  }
  const event = <N extends EventName>(device: string, name: N, data: EventData<N>) =>
    send({ kind: 'event', device, name, data: events[name].parse(data) })
  const tasks = (capability: string) =>
    state.tasks.values().filter((task) => task.intent.capability === capability)
  /** The member that has it says how it goes. */
  const report = (task: TaskRow, status: ReportStatus, result?: Record<string, string | boolean>) => {
    const attempt = state.tasks.get(task.id)?.attempts.at(-1)
    if (attempt === undefined) throw new Error(`${task.intent.capability} was offered to nobody`)
    const body = { attempt: attempt.number, epoch: 1, status, ...(result && { result }) }
    send({ kind: 'report', device: attempt.member, task: task.id, report: body })
  }

  send({ kind: 'config', file: parseBranchFile(yaml), revision: 0, by: 'operator' })
  send({ kind: 'start', versions: { hub: '1', xstate: '5', flows: {} }, reason: 'first' })
  for (const [device, [kind, names]] of Object.entries(abilities)) {
    send({ kind: 'presence', device, presence: { status: 'online' } })
    const capabilities = Object.fromEntries(names.map((name) => [name, {}]))
    send({ kind: 'manifest', device, manifest: { kind, vendor: 'acme', model: 'one', capabilities } })
  }
  return {
    state,
    decisions,
    event,
    send,
    wait,
    tasks,
    report,
    /** Carries a task through its whole life. */
    perform: (task: TaskRow, result: Record<string, string | boolean> = {}) => {
      report(task, 'accepted')
      report(task, 'started')
      report(task, 'done', result)
    },
    codes: () => decisions.map((decision) => decision.code),
    /** Nobody's snapshot threw. */
    parked: () => state.instances.values().filter((row) => row.parked !== null),
  }
}
export type Lobby = ReturnType<typeof createLobby>
