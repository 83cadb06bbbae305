/** The hub as one life of a process: built on a disk, killed without warning, built again on the same disk. */

import type { AnyFlow } from '#flows/define.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { createIngress } from '#hub/broker/ingress.ts'
import { brokerLimits } from '#hub/broker/limits.ts'
import { createMemoryBus, type DecideFate, type MemoryBus } from '#hub/broker/memory-bus.ts'
import { createDelivery } from '#hub/dispatch/delivery.ts'
import type { Input } from '#hub/engine/entry.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import { type CommittedBatch } from '#hub/engine/sequencer.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore, type MemoryDisk } from '#hub/store/memory-store.ts'
import { branchName, simBranch } from './branch.ts'
import type { SimClock } from './sim-clock.ts'

export interface HubProcess {
  readonly engine: Engine
  readonly bus: MemoryBus
  /** SIGKILL. */
  kill(): void
}

export interface HubProcessParts {
  readonly clock: SimClock
  readonly disk: MemoryDisk
  readonly flows: readonly AnyFlow[]
  readonly fate: DecideFate
  readonly seed: string
  /** In force from the first start; default: the simulated branch. */
  readonly branch?: BranchFile
  /** Ms of each commit. */
  readonly commitMs: () => number
  /** Committed, and not yet sent to anybody. */
  readonly onCommitted?: (batch: CommittedBatch) => void
  readonly onSent?: (batch: CommittedBatch) => void
  readonly onBug: (error: unknown, input: Input) => void
  /** The hub ended itself: what is on its disk is unknown to it. */
  readonly onFatal: (error: unknown) => void
}

const quietLog = { info: () => {}, warn: () => {} }

export const startHubProcess = async (parts: HubProcessParts): Promise<HubProcess> => {
  const clock = parts.clock.process()
  const bus = createMemoryBus({ clock, fate: parts.fate })
  let alive = true
  let delivery: ReturnType<typeof createDelivery> | undefined
  const latency = () => new Promise<void>((resolve) => void clock.after(parts.commitMs(), resolve))
  const kill = () => {
    alive = false
    clock.kill()
    void bus.stop()
  }
  const store = createMemoryStore({ disk: parts.disk, latency })
  const engine = await openEngine({
    branch: branchName,
    store,
    flows: parts.flows,
    settings: { ...defaultSettings, seed: parts.seed },
    versions: { hub: 'sim', xstate: 'sim' },
    clock,
    onCommitted: (batch) => {
      if (alive) parts.onCommitted?.(batch)
      if (!alive) return
      delivery?.committed(batch.changes)
      parts.onSent?.(batch)
    },
    onBug: parts.onBug,
    onFull: () => {},
    onFatal: (error) => {
      if (alive) parts.onFatal(error)
    },
  })
  if (engine.state.meta.get('file') === undefined) {
    await engine.submit({
      body: { kind: 'config', file: parts.branch ?? simBranch(), revision: 0, by: 'sim' },
    })
  }
  const now = () => engine.position().at
  const limits = brokerLimits()
  delivery = createDelivery({
    broker: bus,
    clock,
    now,
    outbox: () => engine.state.outbox.values(),
    log: quietLog,
  })
  const arrive = createIngress({
    branch: branchName,
    clock,
    limits,
    metrics: { count: () => {} },
    broker: bus,
    submit: (input) => engine.submit(input),
    enrol: () => Promise.resolve(undefined),
  })
  await bus.start({
    onArrival: arrive,
    onConnected: () => {},
    onDisconnected: (device, orderly) => {
      if (!orderly) engine.submit({ body: { kind: 'link', device, link: 'lost' } }).catch(() => undefined)
    },
    onListening: (device) => delivery?.listening(device),
  })
  delivery.start()
  return { engine, bus, kill }
}
