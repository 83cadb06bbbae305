/** The hub as one life of a process: built on a store, killed without warning, built again on what it left there. */
import type { AnyFlow } from '#flows/define.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { createIngress } from '#hub/broker/ingress.ts'
import { brokerLimits } from '#hub/broker/limits.ts'
import { createMemoryBus, type DecideFate, type MemoryBus } from '#hub/broker/memory-bus.ts'
import { tallyRefusals } from '#hub/broker/refusal-tally.ts'
import { createDelivery, type Delivery } from '#hub/dispatch/delivery.ts'
import type { Input } from '#hub/engine/entry.ts'
import type { Clock } from '#hub/engine/hub-time.ts'
import { type Engine, openEngine, type StoredLibrary } from '#hub/engine/open-engine.ts'
import { type CommittedBatch } from '#hub/engine/sequencer.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { Store } from '#hub/store/port.ts'
import type { SimClock } from './sim-clock.ts'

export interface HubProcess {
  readonly engine: Engine
  readonly bus: MemoryBus
  /** SIGKILL. */
  kill(): void
}

export interface HubProcessParts {
  readonly clock: SimClock
  /** On the clock of this life: what it waits for never comes once the hub was killed. */
  readonly openStore: (clock: Clock) => Store
  readonly flows: readonly AnyFlow[]
  /** Versions of flows that may be deployed. */
  readonly library?: StoredLibrary
  readonly fate: DecideFate
  readonly seed: string
  /** In force from the first start. */
  readonly branch: BranchFile
  /** Committed, and not yet sent to anybody. */
  readonly onCommitted?: (batch: CommittedBatch) => void
  readonly onSent?: (batch: CommittedBatch) => void
  readonly onBug: (error: unknown, input: Input) => void
  /** The hub ended itself: what is in its store is unknown to it. */
  readonly onFatal: (error: unknown) => void
}

const quietLog = { info: () => {}, warn: () => {} }

interface Door {
  readonly engine: Engine
  readonly bus: MemoryBus
  readonly clock: Clock
  readonly branch: string
}

/** Lets devices in, checks what they say, and carries to them what was committed. */
const openDoor = async ({ engine, bus, clock, branch }: Door): Promise<Delivery> => {
  const delivery = createDelivery({
    broker: bus,
    clock,
    now: () => engine.position().at,
    outbox: () => engine.state.outbox.values(),
    log: quietLog,
  })
  const arrive = createIngress({
    branch,
    clock,
    limits: brokerLimits(),
    metrics: tallyRefusals({ clock, metrics: { count: () => {} }, submit: (input) => engine.submit(input) }),
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
    onListening: (device) => delivery.listening(device),
  })
  return delivery
}

export const startHubProcess = async (parts: HubProcessParts): Promise<HubProcess> => {
  const clock = parts.clock.process()
  const bus = createMemoryBus({ clock, fate: parts.fate })
  let alive = true
  let delivery: Delivery | undefined
  const kill = () => {
    alive = false
    clock.kill()
    void bus.stop()
  }
  const engine = await openEngine({
    branch: parts.branch.branch,
    store: parts.openStore(clock),
    flows: parts.flows,
    ...(parts.library && { library: parts.library }),
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
    await engine.submit({ body: { kind: 'config', file: parts.branch, revision: 0, by: 'sim' } })
  }
  delivery = await openDoor({ engine, bus, clock, branch: parts.branch.branch })
  delivery.start()
  return { engine, bus, kill }
}
