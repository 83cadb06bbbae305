/** One simulated day under one seed: hub, devices, people and troubles, then a quiet end, then judgement. */
import type { AnyFlow } from '#flows/define.ts'
import { createMemoryDisk } from '#hub/store/memory-store.ts'
import { createMemoryJournal } from '#simulators/devices/journal.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { simDevices } from './branch.ts'
import { createDice } from './chance.ts'
import { type DeviceProcess, startDeviceProcess } from './device-process.ts'
import { type HubProcess, startHubProcess } from './hub-process.ts'
import { startCrowd } from './people.ts'
import { createSimClock } from './sim-clock.ts'
import { behaviourOf, createTroubledLine, planTroubles, type Trouble } from './troubles.ts'

export interface Day {
  readonly seed: string
  readonly disk: ReturnType<typeof createMemoryDisk>
  /** The hub as it stands at the end, idle. */
  readonly hub: HubProcess
  readonly logs: readonly JournalEntry[]
  readonly bugs: readonly string[]
  readonly starts: number
  readonly flows: readonly AnyFlow[]
}

export interface DaySettings {
  readonly flows: readonly AnyFlow[]
  readonly visitors?: number
  readonly troubledMs?: number
}

/** Long enough for every deadline, lease and silence to pass. */
const quietMs = 2_700_777
const morning = Date.UTC(2026, 9, 12, 8, 0, 0)

class World {
  readonly #settings: DaySettings
  readonly #seed: string
  readonly #clock = createSimClock(morning)
  readonly #disk = createMemoryDisk()
  readonly #devices = new Map<string, DeviceProcess>()
  readonly #bugs: string[] = []
  readonly #untilMs: number
  #hub: HubProcess | undefined
  #starts = 0
  #starting = false

  constructor(seed: string, settings: DaySettings) {
    this.#seed = seed
    this.#settings = settings
    this.#untilMs = settings.troubledMs ?? 240_000
  }

  async live(): Promise<Day> {
    const dice = createDice(this.#seed)
    this.#startHub()
    for (const { id, kind } of simDevices) {
      this.#devices.set(
        id,
        startDeviceProcess({
          id,
          kind,
          seed: this.#seed,
          clock: this.#clock,
          hub: () => this.#hub,
          journal: createMemoryJournal(),
          behaviour: behaviourOf(dice, id),
        }),
      )
    }
    const device = (id: string) => this.#devices.get(id) as DeviceProcess
    const { visitors = 16 } = this.#settings
    startCrowd({ clock: this.#clock, dice, device, hub: () => this.#hub, untilMs: this.#untilMs }, visitors)
    for (const trouble of planTroubles(dice, this.#untilMs))
      this.#clock.at(trouble.atMs, () => this.#bring(trouble, dice))
    await this.#clock.run(this.#untilMs + quietMs)
    if (this.#hub === undefined) throw new Error(`seed ${this.#seed}: the hub did not come back`)
    return {
      seed: this.#seed,
      disk: this.#disk,
      hub: this.#hub,
      logs: [...this.#devices.values()].flatMap(({ journal }) => journal.entries()),
      bugs: this.#bugs,
      starts: this.#starts,
      flows: this.#settings.flows,
    }
  }

  #startHub() {
    if (this.#starting || this.#hub !== undefined) return
    this.#starting = true
    this.#starts += 1
    const dice = createDice(`${this.#seed}/hub/${this.#starts}`)
    let commits = 0
    startHubProcess({
      clock: this.#clock,
      disk: this.#disk,
      flows: this.#settings.flows,
      fate: createTroubledLine(dice, () => this.#clock.nowMs() < this.#untilMs),
      seed: this.#seed,
      commitMs: () => dice.between(`commit/${commits++}`, 0, 6),
      onBug: (error, { body }) =>
        this.#bugs.push(`${body.kind}: ${error instanceof Error ? error.stack : String(error)}`),
      onFatal: () => this.#killHub(500),
    }).then(
      (hub) => {
        this.#starting = false
        this.#hub = hub
      },
      () => {
        this.#starting = false
        this.#clock.at(this.#clock.nowMs() + 1_000, () => this.#startHub())
      },
    )
  }

  /** What was in flight is gone; the disk stays as it is. */
  #killHub(backAfterMs: number) {
    this.#hub?.kill()
    this.#hub = undefined
    // A disk that failed was replaced or came back; what was written to it is still there.
    if (this.#disk.health !== 'full') this.#disk.health = 'ok'
    this.#clock.at(this.#clock.nowMs() + backAfterMs, () => this.#startHub())
  }

  #bring({ what, forMs, amount }: Trouble, dice: ReturnType<typeof createDice>) {
    if (what === 'kill-hub') this.#killHub(forMs)
    else if (what === 'step-clock') this.#clock.stepWall(amount)
    else if (what === 'kill-device')
      this.#devices.get(dice.pick(`victim/${forMs}`, simDevices).id)?.kill(forMs)
    else if (what === 'disk-full') {
      this.#disk.health = 'full'
      this.#clock.at(this.#clock.nowMs() + forMs, () => {
        this.#disk.health = 'ok'
      })
    } else this.#disk.health = dice.happens(`broken/${forMs}`, 0.5) ? 'broken' : 'broken-late'
  }
}

export const liveOneDay = (seed: string, settings: DaySettings): Promise<Day> =>
  new World(seed, settings).live()
