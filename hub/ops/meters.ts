/** Ties what happens in the hub to its metrics and its health. */
import type { BrokerMetrics } from '../broker/metrics.ts'
import type { ListenerName } from '../broker/sign-in.ts'
import type { TaskRow } from '../dispatch/rows.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { CommittedBatch } from '../engine/sequencer.ts'
import type { Health } from './http.ts'
import { type Connections, createMetrics, type Metrics } from './metrics.ts'

type ByListener = Partial<Record<ListenerName, number>>

export interface Meters {
  readonly metrics: Metrics
  readonly broker: BrokerMetrics
  noteBatch(batch: CommittedBatch): void
  /** A message that was already committed before. */
  noteRepeat(): void
  noteBug(): void
  noteFull(full: boolean): void
  noteStopping(): void
  noteConnection(device: string, connected: boolean): void
  /** Readings come from here once the engine runs. */
  attach(engine: Engine): void
  /** The same once the doors are open. */
  attachDoors(open: () => ByListener): void
  health(): Omit<Health, 'warnings'>
}

const noteTasks = (metrics: Metrics, batch: CommittedBatch) => {
  for (const { table, rows } of batch.changes) {
    if (table !== 'endedTasks') continue
    for (const row of rows.values()) {
      const { flow, phase } = row as TaskRow
      metrics.tasksEnded.inc({ flow, phase })
    }
  }
}

const connectionsOf = (open: ByListener): Connections => {
  const { plaintext = 0, tls = 0, websocket = 0, 'secure-websocket': secure = 0 } = open
  return { mqtt: plaintext, mqtts: tls, ws: websocket, wss: secure }
}

export const createMeters = (branch: string, monotonicMs: () => number): Meters => {
  const startedAt = monotonicMs()
  const problems = new Set<string>()
  const connected = new Set<string>()
  let engine: Engine | undefined
  let stopping = false
  let open: () => ByListener = () => ({})
  const metrics = createMetrics({
    queued: () => engine?.position().queued ?? 0,
    connected: () => connected.size,
    openTasks: () => engine?.state.tasks.size ?? 0,
    visits: () => engine?.state.visits.size ?? 0,
    connections: () => connectionsOf(open()),
  })
  return {
    metrics,
    broker: { count: (code) => metrics.refused.inc({ code }) },
    noteBatch: (batch) => {
      metrics.batchEntries.observe(batch.entries.length)
      for (const { body } of batch.entries) metrics.entries.inc({ kind: body.kind })
      for (const { record } of batch.decisions)
        metrics.decisions.inc({ kind: record.kind, flow: record.flow ?? '' })
      noteTasks(metrics, batch)
    },
    noteRepeat: () => metrics.repeats.inc(),
    noteBug: () => {
      metrics.bugs.inc()
      problems.add('hub.bug')
    },
    noteFull: (full) => {
      metrics.diskFull.set(full ? 1 : 0)
      if (full) problems.add('store.full')
      else problems.delete('store.full')
    },
    noteStopping: () => {
      stopping = true
    },
    noteConnection: (device, isConnected) => {
      if (isConnected) connected.add(device)
      else connected.delete(device)
    },
    attach: (running) => {
      engine = running
    },
    attachDoors: (reading) => {
      open = reading
    },
    health: () => ({
      status: stopping ? 'stopping' : problems.size > 0 ? 'degraded' : 'ok',
      problems: [...problems].sort(),
      connections: connectionsOf(open()),
      branch,
      epoch: engine?.epoch ?? 0,
      seq: engine?.position().seq ?? 0,
      uptimeMs: Math.round(monotonicMs() - startedAt),
    }),
  }
}
