/** What a simulated world is made of, whatever is played on it: time, a disk, one hub that can be killed, devices. */
import { type DeviceProcess, startDeviceProcess } from '#cli/simulate/device-process.ts'
import { type HubProcess, startHubProcess } from '#cli/simulate/hub-process.ts'
import { createSimClock, type SimClock } from '#cli/simulate/sim-clock.ts'
import type { AnyFlow } from '#flows/define.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import type { DecideFate } from '#hub/broker/memory-bus.ts'
import type { Command, EntryBody } from '#hub/engine/entry.ts'
import type { StoredLibrary } from '#hub/engine/open-engine.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from '#hub/store/memory-store.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { createMemoryJournal } from '#simulators/devices/journal.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { SimulatedKind } from '#simulators/devices/kinds.ts'
import { branchName, simBranch, simDevices } from './branch.ts'

export interface StageParts {
  readonly seed: string
  readonly branch?: BranchFile
  /** Default: those of the small branch. */
  readonly devices?: readonly { readonly id: string; readonly kind: SimulatedKind }[]
  readonly flows: readonly AnyFlow[]
  readonly library?: StoredLibrary
  readonly fate: () => DecideFate
  readonly behaviour: (device: string) => BehaviourInput
  readonly commitMs: (commit: number) => number
  /** The head of the journal when a commit begins. */
  readonly onCommitBegun?: (commit: number) => void
  /** Committed, and not yet sent to anybody. */
  readonly onCommitted?: (batch: CommittedBatch) => void
  /** Committed and sent. */
  readonly onSent?: (batch: CommittedBatch) => void
}

const morning = Date.UTC(2026, 9, 12, 8, 0, 0)
const askAgainMs = 500

export class Stage {
  readonly clock: SimClock = createSimClock(morning)
  readonly disk: MemoryDisk = createMemoryDisk()
  readonly bugs: string[] = []
  starts = 0
  readonly #parts: StageParts
  readonly #devices = new Map<string, DeviceProcess>()
  #hub: HubProcess | undefined
  #starting: { killed: boolean } | undefined
  #commits = 0

  constructor(parts: StageParts) {
    this.#parts = parts
  }

  readonly hub = (): HubProcess | undefined => this.#hub

  readonly device = (id: string): DeviceProcess => this.#devices.get(id) as DeviceProcess

  logs(): JournalEntry[] {
    return [...this.#devices.values()].flatMap(({ journal }) => journal.entries())
  }

  startDevices() {
    const { seed, behaviour, devices = simDevices } = this.#parts
    for (const { id, kind } of devices) {
      const { clock, hub } = this
      const journal = createMemoryJournal()
      this.#devices.set(
        id,
        startDeviceProcess({
          id,
          kind,
          branch: branchName,
          seed,
          clock,
          hub,
          journal,
          behaviour: behaviour(id),
        }),
      )
    }
  }

  /** As a person would: says it again until the hub has taken it or refused it. */
  command(atMs: number, command: Command | (() => Command | undefined)) {
    this.submit(atMs, () => {
      const wanted = typeof command === 'function' ? command() : command
      return wanted && { kind: 'command', command: wanted }
    })
  }

  submit(atMs: number, body: () => EntryBody | undefined) {
    this.clock.at(atMs, () => {
      if (this.#hub === undefined) return this.submit(this.clock.nowMs() + askAgainMs, body)
      const wanted = body()
      if (wanted === undefined) return
      // The same again, not what would be looked for by then.
      const again = () => this.submit(this.clock.nowMs() + askAgainMs, () => wanted)
      const hub = this.#hub
      hub.engine.submit({ body: wanted }).catch(() => undefined)
      // A hub that was killed answers nobody.
      this.clock.at(this.clock.nowMs() + askAgainMs, () => {
        if (this.#hub !== hub) again()
      })
    })
  }

  startHub() {
    if (this.#starting !== undefined || this.#hub !== undefined) return
    const starting = { killed: false }
    this.#starting = starting
    this.starts += 1
    const { seed, branch, flows, fate, commitMs, onCommitBegun, onCommitted, onSent, library } = this.#parts
    startHubProcess({
      clock: this.clock,
      openStore: (clock) =>
        createMemoryStore({
          disk: this.disk,
          latency: () =>
            new Promise<void>((resolve) => {
              const commit = this.#commits++
              onCommitBegun?.(commit)
              clock.after(commitMs(commit), resolve)
            }),
        }),
      flows,
      ...(library && { library }),
      seed,
      branch: branch ?? simBranch(),
      fate: fate(),
      ...(onCommitted && { onCommitted }),
      ...(onSent && { onSent }),
      onBug: (error, { body }) =>
        this.bugs.push(`${body.kind}: ${error instanceof Error ? error.stack : String(error)}`),
      onFatal: () => this.killHub(500),
    }).then(
      (hub) => {
        if (starting.killed) return hub.kill()
        this.#starting = undefined
        this.#hub = hub
      },
      () => {
        if (starting.killed) return
        this.#starting = undefined
        this.clock.at(this.clock.nowMs() + 1_000, () => this.startHub())
      },
    )
  }

  /** SIGKILL: what was in flight is gone; the disk stays as it is. */
  killHub(backAfterMs: number) {
    if (this.#starting !== undefined) this.#starting.killed = true
    this.#starting = undefined
    this.#hub?.kill()
    this.#hub = undefined
    // A disk that failed was replaced or came back; what was written to it is still there.
    if (this.disk.health !== 'full') this.disk.health = 'ok'
    this.clock.at(this.clock.nowMs() + backAfterMs, () => this.startHub())
  }
}
