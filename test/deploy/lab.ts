/** The real engine with a deployer and a data directory, on a store in memory that outlives it. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyFlow } from '#flows/define.ts'
import { createDeployer, type Deployer } from '#hub/deploy/deployer.ts'
import { createLibrary, type DeployedLibrary } from '#hub/deploy/library.ts'
import { deployedFlows, digestsInUse } from '#hub/engine/deployed.ts'
import { type Clock, systemClock } from '#hub/engine/hub-time.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { CheckLimits } from '#hub/flow-check/check-source.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from '#hub/store/memory-store.ts'
import { branchName, simBranch } from '../sim/branch.ts'
import { createFolders, type Folders } from './folders.ts'

export interface DeployLab {
  readonly folders: Folders
  /** The hub's data directory. */
  readonly data: string
  readonly disk: MemoryDisk
  readonly decisions: DecisionRecord[]
  readonly missing: string[]
  readonly bugs: unknown[]
  engine(): Engine
  deployer(): Deployer
  library(): DeployedLibrary
  /** Help is asked for at a device. */
  ring(device: string): Promise<unknown>
  restart(): Promise<void>
  end(): Promise<void>
}

export interface LabParts {
  readonly shipped?: readonly AnyFlow[]
  readonly limits?: CheckLimits
}

/** No time passes: what a slow machine takes its time for must not bring deadlines into a test. */
const stillClock: Clock = {
  ...systemClock(),
  wallMs: () => Date.UTC(2026, 9, 12, 1, 0, 0),
  monotonicMs: () => 0,
  after: () => () => {},
}

export const openDeployLab = async ({ shipped = [], limits }: LabParts = {}): Promise<DeployLab> => {
  const folders = createFolders()
  const data = join(folders.root, 'data')
  const disk = createMemoryDisk()
  const decisions: DecisionRecord[] = []
  const missing: string[] = []
  const bugs: unknown[] = []
  const open = async () => {
    const library = createLibrary({ directory: data, onMissing: (digest) => void missing.push(digest) })
    const engine = await openEngine({
      branch: branchName,
      store: createMemoryStore({ disk }),
      flows: shipped,
      library,
      settings: defaultSettings,
      versions: { hub: 'test', xstate: 'test' },
      clock: stillClock,
      onCommitted: (batch) => void decisions.push(...batch.decisions.map(({ record }) => record)),
      onBug: (error) => void bugs.push(error),
      onFull: () => {},
      onFatal: (error) => void bugs.push(error),
    })
    const deployer = createDeployer({ engine, shipped, library, ...(limits && { limits }) })
    return { engine, library, deployer }
  }
  let now = await open()
  await now.engine.submit({ body: { kind: 'config', file: simBranch(), revision: 0, by: 'test' } })
  await now.engine.submit({
    body: { kind: 'command', command: { name: 'duty', person: 'bo', onDuty: true, by: 'bo' } },
  })
  return {
    folders,
    data,
    disk,
    decisions,
    missing,
    bugs,
    engine: () => now.engine,
    deployer: () => now.deployer,
    library: () => {
      now.library.keepOnly(digestsInUse(deployedFlows(now.engine.state.meta)))
      return now.library
    },
    ring: (device) =>
      now.engine.submit({
        body: { kind: 'event', device, name: 'help.requested', data: { zone: 'kiosks' } },
      }),
    restart: async () => {
      await now.engine.stop()
      now.library.end()
      now = await open()
    },
    end: async () => {
      await now.engine.stop()
      now.library.end()
      rmSync(folders.root, { recursive: true, force: true })
    },
  }
}
