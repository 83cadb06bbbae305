/** One simulated day under one seed: hub, devices, people and troubles, then a quiet end, then judgement. */
import type { HubProcess } from '#cli/simulate/hub-process.ts'
import type { AnyFlow } from '#flows/define.ts'
import type { MemoryDisk } from '#hub/store/memory-store.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { simDevices } from './branch.ts'
import { createDice, type Dice } from './chance.ts'
import { startCrowd } from './people.ts'
import { Stage } from './stage.ts'
import { behaviourOf, createTroubledLine, planTroubles, type Trouble } from './troubles.ts'

export interface Day {
  readonly seed: string
  readonly disk: MemoryDisk
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

const bring = (stage: Stage, dice: Dice, { what, forMs, amount }: Trouble) => {
  if (what === 'kill-hub') stage.killHub(forMs)
  else if (what === 'step-clock') stage.clock.stepWall(amount)
  else if (what === 'kill-device') stage.device(dice.pick(`victim/${forMs}`, simDevices).id).kill(forMs)
  else if (what === 'disk-full') {
    stage.disk.health = 'full'
    stage.clock.at(stage.clock.nowMs() + forMs, () => {
      stage.disk.health = 'ok'
    })
  } else stage.disk.health = dice.happens(`broken/${forMs}`, 0.5) ? 'broken' : 'broken-late'
}

export const liveOneDay = async (seed: string, settings: DaySettings): Promise<Day> => {
  const { flows, visitors = 16, troubledMs: untilMs = 240_000 } = settings
  const dice = createDice(seed)
  const stage = new Stage({
    seed,
    flows,
    fate: () =>
      createTroubledLine(createDice(`${seed}/line/${stage.starts}`), () => stage.clock.nowMs() < untilMs),
    behaviour: (device) => behaviourOf(dice, device),
    commitMs: (commit) => dice.between(`commit/${commit}`, 0, 6),
  })
  const { clock, device, hub } = stage
  stage.startHub()
  stage.startDevices()
  startCrowd({ clock, dice, device, hub, untilMs }, visitors)
  for (const trouble of planTroubles(dice, untilMs)) clock.at(trouble.atMs, () => bring(stage, dice, trouble))
  await clock.run(untilMs + quietMs)
  const last = hub()
  if (last === undefined) throw new Error(`seed ${seed}: the hub did not come back`)
  return {
    seed,
    disk: stage.disk,
    hub: last,
    logs: stage.logs(),
    bugs: stage.bugs,
    starts: stage.starts,
    flows,
  }
}
