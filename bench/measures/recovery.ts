/** How long a hub takes to be ready again, by the size of its journal and of what was open when it ended. */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseBranchFile } from '#hub/branch/load.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { openEngine } from '#hub/engine/open-engine.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { branchId, hubConfig, sensor } from '../branch.ts'
import { makeFolder } from '../contestants/contestant.ts'
import { startHubProcess } from '../contestants/own.ts'
import { median } from '../statistics.ts'

export interface RecoveryFigure {
  readonly entries: number
  /** Rows of open state: visits with their tracks and timers. */
  readonly rows: number
  /** From the start of the program until it listens. */
  readonly readyMs: number
  /** Of that: opening the store, checking it, loading the rows, and the first entry. */
  readonly openMs: number
  readonly machineLoad: number
}

/** Visits with a track each: a visit, its track and its timer are three rows. */
const rowsPerVisit = 3
const atOnce = 2_000

/** The very engine and store write them; the flows are left out, because what they decide is not what is loaded here. */
const fill = async (folder: string, entries: number): Promise<number> => {
  const config = hubConfig(folder)
  const store = createDurableStore({ directory: config.data })
  const engine = await openEngine({
    branch: branchId,
    store,
    flows: [],
    settings: defaultSettings,
    versions: { hub: 'bench', xstate: 'bench' },
    clock: systemClock(),
    onCommitted: () => undefined,
    onBug: (error) => {
      throw error
    },
    onFull: () => undefined,
    onFatal: (error) => {
      throw error
    },
  })
  const file = parseBranchFile(readFileSync(config.branch, 'utf8'))
  await engine.submit({ body: { kind: 'config', file, revision: 0, by: 'bench' } })
  const visits = Math.ceil(entries / rowsPerVisit)
  for (let from = 0; from < entries; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, entries - from) }, (_, offset) => {
      const track = `t-${(from + offset) % visits}`
      return engine.submit({
        body: { kind: 'event', device: sensor, name: 'visitor.detected', data: { zone: 'waiting', track } },
      })
    })
    await Promise.all(batch)
  }
  const rows = engine.rows.all().length
  await engine.stop()
  await store.close()
  return rows
}

export const measureRecovery = async (
  base: string,
  plan: { readonly sizes: readonly number[]; readonly rounds: number; say(text: string): void },
): Promise<readonly RecoveryFigure[]> => {
  const figures: RecoveryFigure[] = []
  for (const entries of plan.sizes) {
    const folder = makeFolder(base)
    const rows = await fill(folder.path, entries)
    const readyMs: number[] = []
    const openMs: number[] = []
    for (let round = 0; round < plan.rounds; round++) {
      const hub = await startHubProcess(base, { folder: folder.path })
      readyMs.push(hub.started['readyMs'] ?? Number.NaN)
      openMs.push(hub.started['openMs'] ?? Number.NaN)
      await hub.kill()
    }
    const figure = {
      entries,
      rows,
      readyMs: median(readyMs),
      openMs: median(openMs),
      machineLoad: loadavg()[0] ?? 0,
    }
    figures.push(figure)
    plan.say(`${entries} entries, ${rows} rows: ready after ${figure.readyMs.toFixed(0)} ms`)
    folder.remove()
  }
  return figures
}
