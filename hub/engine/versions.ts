/**
 * A changed flow never meets an old snapshot unchecked: at the start each stored instance is brought to the version that
 * runs now, or parked and reported. Deadlines that wait for a device or a person gain the reconnect grace.
 */
import { canonicalJson } from './canonical.ts'
import { migrate } from './instance.ts'
import { type FlowSet, park } from './run-flows.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'

const storedTimers = (turn: Turn, row: InstanceRow) =>
  row.timers.flatMap((name) => {
    const timer = turn.state.timers.get(`${row.id}#${name}`)
    return timer?.event ? [{ name, deadline: timer.deadline, event: timer.event as { type: string } }] : []
  })

const openRefs = (turn: Turn, row: InstanceRow) =>
  turn.state.tasks
    .values()
    .filter((task) => task.instance === row.id)
    .map((task) => task.intent.ref)

const bring = (turn: Turn, flows: FlowSet, row: InstanceRow) => {
  const flow = flows.get(row.flow)
  if (flow === undefined) return park(turn, row, 'its flow is no longer shipped')
  if (flow.version === row.version) return
  const old = {
    snapshot: JSON.parse(row.snapshot),
    timers: storedTimers(turn, row),
    tasks: openRefs(turn, row),
  }
  const now = migrate(flow, row.version, old)
  if (now === undefined) return park(turn, row, `no migration from version ${row.version} to ${flow.version}`)
  for (const name of row.timers) turn.clearTimer(row.id, name)
  for (const { name, deadline, event } of now.timers) {
    const graced = flow.gracedDelays.some((delay) => name.includes(`.${delay}.`))
    turn.setTimer(row.id, name, { deadline, graced, event })
  }
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
    // What was parked gets another chance with a version it has not met.
    if (row.parked === null || row.version !== flows.get(row.flow)?.version) bring(turn, flows, row)
  }
  grantGrace(turn)
}
