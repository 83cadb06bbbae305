/** A simulated device as a process: its journal outlives it, its line goes over the in-memory bus. */
import type { BusLink } from '#hub/broker/memory-bus.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { createChance } from '#simulators/devices/chance.ts'
import { createDevice, type SimulatedDevice } from '#simulators/devices/device.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { SimulatedKind } from '#simulators/devices/kinds.ts'
import type { Journal, People, Session, Transport } from '#simulators/devices/ports.ts'
import type { FleetDevice } from '#simulators/fleet.ts'
import type { HubProcess } from './hub-process.ts'
import type { SimClock } from './sim-clock.ts'

const redialMs = 700
const redialMaxMs = 5_000
/** As on a real line: only one that held so long is dialled again at once. */
const steadyMs = 10_000

interface LineParts {
  readonly device: string
  readonly clock: ReturnType<SimClock['process']>
  readonly hub: () => HubProcess | undefined
}

/** Connects when there is a hub, and keeps trying when there is none. */
const createBusTransport = ({ device, clock, hub }: LineParts): Transport => {
  let link: BusLink | undefined
  let session: Session | undefined
  let closed = false
  let againMs = redialMs
  const dial = () => {
    const open = session
    if (closed || open === undefined) return
    const running = hub()
    if (running === undefined) return void clock.after(redialMs, dial)
    const upAtMs = clock.monotonicMs()
    try {
      link = running.bus.connect(device, {
        onMessage: (topic, payload) => open.onMessage(topic, payload),
        onLost: () => {
          link = undefined
          if (closed) return
          open.onDown()
          if (clock.monotonicMs() - upAtMs >= steadyMs) againMs = redialMs
          clock.after(againMs, dial)
          againMs = Math.min(redialMaxMs, againMs * 2)
        },
        ...(open.will && { will: { topic: open.will.topic, payload: open.will.payload } }),
      })
    } catch {
      return void clock.after(redialMs, dial)
    }
    for (const topic of open.subscriptions) link?.subscribe(topic)
    if (link !== undefined) open.onUp()
  }
  return {
    open: (opened) => {
      session = opened
      dial()
    },
    publish: (topic, payload, options) =>
      link === undefined
        ? Promise.reject(new Error('The line is down.'))
        : link.publish(topic, payload, options),
    drop: () => hub()?.bus.disconnect(device, 'dropped'),
    close: (orderly) => {
      closed = true
      if (orderly) link?.disconnect()
      else if (link?.isOpen === true) hub()?.bus.disconnect(device, 'died')
      link = undefined
      return Promise.resolve()
    },
  }
}

export interface DeviceProcess extends FleetDevice {
  readonly device: () => SimulatedDevice
  /** As kill -9; it comes back after this long with what its journal holds. */
  kill(backAfterMs: number): void
  /** Goes away for new firmware, as it says, and comes back with it. */
  update(awayMs: number, behaviour: BehaviourInput, saidMs?: number): void
  readonly journal: Journal
}

export interface DeviceProcessParts {
  readonly id: string
  readonly kind: SimulatedKind
  readonly branch: string
  readonly seed: string
  readonly clock: SimClock
  readonly hub: () => HubProcess | undefined
  readonly journal: Journal
  readonly behaviour: BehaviourInput
  /** Who stands before it; default: the shares declared in its behaviour. */
  readonly people?: People
}

export const startDeviceProcess = (parts: DeviceProcessParts): DeviceProcess => {
  const listeners: ((entry: JournalEntry) => void)[] = []
  let lives = 0
  let { behaviour } = parts
  let current: { device: SimulatedDevice; clock: ReturnType<SimClock['process']> }
  const begin = () => {
    lives += 1
    const clock = parts.clock.process()
    const transport = createBusTransport({ device: parts.id, clock, hub: parts.hub })
    const device = createDevice({
      kind: parts.kind,
      id: parts.id,
      branch: parts.branch,
      boot: `${parts.id}-${lives}`,
      transport,
      clock: {
        now: () => clock.wallMs(),
        monotonicMs: () => clock.monotonicMs(),
        after: (ms, call) => clock.after(ms, call),
      },
      chance: createChance(`${parts.seed}/${parts.id}/${lives}`),
      journal: parts.journal,
      behaviour,
      ...(parts.people !== undefined && { people: parts.people }),
      onDeath: () => end(2_000),
    })
    for (const listener of listeners) device.listen(listener)
    current = { device, clock }
    device.start()
  }
  const end = (backAfterMs: number) => {
    current.clock.kill()
    parts.clock.at(parts.clock.nowMs() + backAfterMs, begin)
  }
  begin()
  return {
    id: parts.id,
    kind: parts.kind,
    sense: (name, data) => current.device.sense(name, data),
    stream: (name, data) => current.device.stream(name, data),
    use: (use) => void current.device.use(use),
    setFault: (reason) => current.device.setFault(reason),
    listen: (listener) => {
      listeners.push(listener)
      current.device.listen(listener)
    },
    device: () => current.device,
    kill: (backAfterMs) => {
      current.device.die()
      end(backAfterMs)
    },
    update: (awayMs, next, saidMs = awayMs) => {
      behaviour = next
      void current.device.stop({ status: 'updating', forMs: saidMs })
      end(awayMs)
    },
    journal: parts.journal,
  }
}
