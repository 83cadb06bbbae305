/**
 * A changed flow never meets an old snapshot unchecked: at the start each stored instance is brought to the version that
 * runs now, or parked and reported. Deadlines that wait for a device or a person gain the reconnect grace.
 */
import type { AnyFlow, StoredInstance } from '#flows/define.ts'
import type { TaskRow } from '../dispatch/rows.ts'
import { canonicalJson } from './canonical.ts'
import type { FlowSet } from './flow-set.ts'
import { isGraced, migrate } from './instance.ts'
import { openTasks, park } from './park.ts'
import type { InstanceRow } from './state.ts'
import { storedInstance } from './stored-instance.ts'
import type { Turn } from './turn.ts'

/** Their answers go to the instance by ref: a migration may give each another one, position by position. */
const renameTasks = (turn: Turn, open: readonly TaskRow[], refs: readonly string[]) => {
  for (const [index, task] of open.entries()) {
    const ref = refs[index]
    if (ref === undefined || ref === task.intent.ref) continue
    turn.state.tasks.put(task.id, { ...task, intent: { ...task.intent, ref } })
  }
}

const take = (turn: Turn, flow: AnyFlow, { row, now }: { row: InstanceRow; now: StoredInstance }) => {
  for (const name of row.timers) turn.clearTimer(row.id, name)
  for (const { name, deadline, event } of now.timers)
    turn.setTimer(row.id, name, { deadline, graced: isGraced(flow, name), event })
  const timers = now.timers.map((timer) => timer.name).sort()
  turn.state.instances.put(row.id, {
    ...row,
    version: flow.version,
    snapshot: canonicalJson(now.snapshot),
    timers,
    parked: null,
  })
  turn.record({
    kind: 'policy',
    flow: flow.id,
    code: 'instance.migrated',
    params: { instance: row.id, from: row.version, to: flow.version },
  })
}

/** @returns why the instance cannot go on with this version of its flow, or undefined: now it does. */
export const bringTo = (turn: Turn, flow: AnyFlow, { row, flows }: { row: InstanceRow; flows: FlowSet }) => {
  const open = openTasks(turn, row.id)
  const stored = storedInstance(turn.state, row)
  const higher = row.version > flow.version ? flows.version(row.flow, row.version) : undefined
  const migrated = migrate(flow, { version: row.version, higher }, stored)
  if ('refused' in migrated) return migrated.refused
  renameTasks(turn, open, migrated.now.tasks)
  take(turn, flow, { row, now: migrated.now })
  return undefined
}

const bring = (turn: Turn, flows: FlowSet, row: InstanceRow) => {
  const flow = flows.get(row.flow)
  if (flow === undefined) return park(turn, row, 'its flow is no longer shipped')
  if (flow.version === row.version) return
  const refused = bringTo(turn, flow, { row, flows })
  if (refused !== undefined) park(turn, row, refused)
}

const grantGrace = (turn: Turn) => {
  const earliest = turn.at + turn.settings.reconnectGraceMs
  for (const timer of turn.state.timers.values()) {
    if (!timer.graced || timer.deadline >= earliest) continue
    turn.setTimer(timer.owner, timer.name, {
      deadline: earliest,
      graced: true,
      ...(timer.event && { event: timer.event }),
    })
  }
}

export const greetVersions = (turn: Turn, flows: FlowSet) => {
  const { body, epoch } = turn.entry
  if (body.kind !== 'start') return
  turn.state.meta.put('start', { epoch, at: turn.at, versions: body.versions, reason: body.reason })
  for (const row of turn.state.instances.values()) {
    // What was parked gets another chance with a version it has not met; what finishes on an older one is left to it.
    const goesOn = row.parked === null && flows.runs(row.flow, row.version)
    if (!goesOn && (row.parked === null || row.version !== flows.get(row.flow)?.version))
      bring(turn, flows, row)
  }
  grantGrace(turn)
}
