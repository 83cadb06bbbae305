/** A lobby whose robots each have a fault of their own and say so by their model: what the scorecard must find out. */
import { flows } from '#flows/index.ts'
import { BranchFile } from '#hub/branch/file.ts'
import { faithful } from '#hub/broker/memory-bus.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { readEntries } from '#hub/ops/score/read.ts'
import { createScorecard, type ScoreEntry, type ScoreRow } from '#hub/ops/score/scorecard.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { branchName } from '../../sim/branch.ts'
import { Stage } from '../../sim/stage.ts'

export interface Planted {
  readonly model: string
  readonly behaviour: BehaviourInput
}

export interface Lobby {
  readonly stage: Stage
  /** What the scorecard makes of its journal. */
  score(): Promise<readonly ScoreRow[]>
  /** The journal as the scorecard reads it. */
  entries(): Promise<readonly ScoreEntry[]>
  tasks(): Promise<readonly TaskRow[]>
}

const camera = { id: 'camera-1', kind: 'camera' } as const
const arrivalsFromMs = 5_000
/** Longer than anything a robot is given for a greeting, shorter than the silence that ends a visit. */
const staysMs = 100_000

const branchOf = (devices: readonly { readonly id: string; readonly kind: string }[]): BranchFile =>
  BranchFile.parse({
    branch: branchName,
    title: 'Planted faults',
    timeZone: 'UTC',
    mode: 'open',
    zones: [{ id: 'entrance', kind: 'entrance', title: 'Entrance', at: { x: 0, y: 0 } }],
    services: [{ id: 'cash', title: 'Cash' }],
    devices: devices.map(({ id, kind }) => ({ id, kind, zone: 'entrance' })),
    flows: { greeting: { policy: { askIntent: false } } },
  })

const enters = (stage: Stage, atMs: number, track: string) => {
  const cameraDevice = () => stage.device(camera.id).device()
  stage.clock.at(atMs, () =>
    cameraDevice().sense('visitor.detected', { zone: 'entrance', track, direction: 'in' }),
  )
  stage.clock.at(atMs + staysMs, () => cameraDevice().sense('visitor.left', { track }))
}

export interface LobbySettings {
  readonly planted: readonly Planted[]
  readonly visitors: number
  readonly seed?: string
  /** What else happens, told before time runs. */
  readonly also?: (stage: Stage) => void
}

/** Robot `r-<index>` is of the model planted at that place. */
export const liveLobby = async ({
  planted,
  visitors,
  seed = 'planted',
  also,
}: LobbySettings): Promise<Lobby> => {
  const robots = planted.map((_, index) => ({ id: `r-${index}`, kind: 'robot' }) as const)
  const devices = [...robots, camera]
  const behaviours = new Map(
    planted.map((one, index) => [`r-${index}`, { ...one.behaviour, model: one.model }]),
  )
  const stage: Stage = new Stage({
    seed,
    branch: branchOf(devices),
    devices,
    flows,
    fate: () => faithful,
    behaviour: (device) => ({ pace: 0.3, stateEveryMs: 10_000, ...behaviours.get(device) }),
    commitMs: () => 1,
  })
  stage.startHub()
  stage.startDevices()
  const untilMs = arrivalsFromMs + visitors * 5_000
  for (let index = 0; index < visitors; index++) enters(stage, arrivalsFromMs + index * 5_000, `t${index}`)
  also?.(stage)
  await stage.clock.run(untilMs + 120_000)
  const store = createMemoryStore({ disk: stage.disk })
  const entries = async () => {
    const { seq } = await store.open(branchName)
    const read: ScoreEntry[] = []
    const { signal } = new AbortController()
    for await (const entry of readEntries({ branch: branchName, store, signal }, { from: 1, to: seq }))
      read.push(entry)
    return read
  }
  const rows = () => {
    const hub = stage.hub()
    if (hub === undefined) throw new Error('the hub is not there')
    return hub.engine.state.devices.values()
  }
  return {
    stage,
    entries,
    score: async () => {
      const read = await entries()
      const card = createScorecard(
        read[0]?.at ?? 0,
        rows().map(({ id }) => id),
      )
      for (const entry of read) card.take(entry)
      return card.end(rows(), read.at(-1)?.at ?? 0)
    },
    tasks: async () => {
      const ended = (await store.tasks(branchName, { limit: 5_000 })) as readonly TaskRow[]
      const open = stage.hub()?.engine.state.tasks.values() ?? []
      return [...new Map([...ended, ...open].map((task) => [task.id, task])).values()]
    },
  }
}
