/** A day of the small simulated branch as a hub records it: an hour before midnight, a checkpoint, then visitors. */
import { flows } from '#flows/index.ts'
import { type BranchFile } from '#hub/branch/file.ts'
import { faithful } from '#hub/broker/memory-bus.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { DayLine } from '#hub/ops/day-lines.ts'
import { recordedDay } from '#hub/ops/recorded-day.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { simBranch } from '../../sim/branch.ts'
import { createDice } from '../../sim/chance.ts'
import { startCrowd } from '../../sim/people.ts'
import { Stage } from '../../sim/stage.ts'

export const hourMs = 3_600_000
export const recordedDate = '2026-10-12'

/** Its midnight is one hour after the stage begins. */
const timeZone = 'Pacific/Gambier'
export const here = { hub: '0.1.0', flows }

export interface Recording {
  readonly seed?: string
  readonly visitors?: number
  /** From midnight. */
  readonly untilMs?: number
  readonly branch?: Partial<BranchFile>
  /** When the hub made its copy of the state, from midnight; null: never. */
  readonly checkpointAtMs?: number | null
  readonly behaviour?: BehaviourInput
  readonly play?: (stage: Stage) => void
}

const noteCheckpoint = async (stage: Stage) => {
  const made = await createMemoryStore({ disk: stage.disk }).checkpoint('sim')
  await stage.hub()?.engine.submit({ body: { kind: 'checkpoint', day: recordedDate, digest: made.digest } })
}

const startPeople = (
  stage: Stage,
  { seed, visitors, untilMs }: Required<Pick<Recording, 'seed' | 'visitors' | 'untilMs'>>,
) => {
  const { device, hub } = stage
  const clock = {
    ...stage.clock,
    at: (ms: number, callback: () => void) => stage.clock.at(hourMs + ms, callback),
  }
  startCrowd({ clock, dice: createDice(seed), device, hub, untilMs }, visitors)
}

/** The lines of the recorded day. */
export const record = async (wishes: Recording = {}): Promise<DayLine[]> => {
  const {
    seed = 'recorded',
    visitors = 12,
    untilMs = 240_000,
    branch,
    checkpointAtMs = -5_000,
    play,
  } = wishes
  const stage = new Stage({
    seed,
    branch: { ...simBranch(), timeZone, ...branch },
    flows,
    fate: () => faithful,
    behaviour: () => wishes.behaviour ?? { pace: 0.5, stateEveryMs: 600_000 },
    commitMs: () => 1,
  })
  stage.startHub()
  stage.startDevices()
  if (checkpointAtMs !== null) stage.clock.at(hourMs + checkpointAtMs, () => void noteCheckpoint(stage))
  if (play === undefined) startPeople(stage, { seed, visitors, untilMs })
  else play(stage)
  await stage.clock.run(hourMs + untilMs + 300_000)
  const store = createMemoryStore({ disk: stage.disk })
  const { seq } = await store.open('sim')
  const lines: DayLine[] = []
  const parts = {
    branch: 'sim',
    store,
    settings: { ...defaultSettings, seed },
    timeZone,
    nowMs: Date.UTC(2026, 9, 12, 12),
    headSeq: seq,
  }
  for await (const line of recordedDay(parts, recordedDate)) lines.push(line)
  return lines
}
