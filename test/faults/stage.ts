/** A hub as a process of its own on a folder of its own, for tests that break something around it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFleet, type Fleet, type Member } from '#simulators/fleet.ts'
import { branchName, type HubSettingsChange, layOutHub, members, type Ports } from '../crash/branch.ts'
import { type Evidence, readData, readLogs } from '../crash/evidence.ts'
import { findPorts } from '../crash/free-ports.ts'
import { type HubProcess, type HubProcessOptions, spawnHub } from '../crash/hub-process.ts'

export type Said = Readonly<Record<string, unknown>>

export interface Health {
  readonly status: string
  readonly problems: readonly string[]
}

export interface Stage {
  readonly folder: string
  readonly data: string
  readonly ports: Ports
  readonly config: string
  readonly socket: string
  /** Everything the hubs of this stage said, oldest first. */
  readonly said: readonly Said[]
  spawn(options?: Omit<HubProcessOptions, 'config' | 'onSaid'>): HubProcess
  /** @returns when it is ready. */
  start(options?: Omit<HubProcessOptions, 'config' | 'onSaid'>): Promise<HubProcess>
  /** Connected devices, each a process of its own. */
  devices(wanted: readonly Member[]): Promise<Fleet>
  health(): Promise<Health>
  /** What is left once hub and devices have stopped. */
  evidence(): Promise<Evidence>
  end(): Promise<void>
}

export const createStage = async (change: HubSettingsChange = {}): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-faults-'))
  const ports = await findPorts()
  const config = layOutHub(folder, ports, change)
  const said: Said[] = []
  const hubs: HubProcess[] = []
  const fleets: Fleet[] = []
  const spawn: Stage['spawn'] = (options = {}) => {
    const hub = spawnHub({ ...options, config, onSaid: (line) => said.push(line) })
    hubs.push(hub)
    return hub
  }
  return {
    folder,
    data: join(folder, 'data'),
    ports,
    config,
    socket: join(folder, 'data/hub.sock'),
    said,
    spawn,
    start: async (options) => {
      const hub = spawn(options)
      if ((await hub.ready) === undefined) throw new Error(`the hub does not start: ${JSON.stringify(said)}`)
      return hub
    },
    devices: async (wanted) => {
      const fleet = createFleet({
        branch: branchName,
        broker: `mqtt://127.0.0.1:${ports.mqtt}`,
        seed: 1,
        members: wanted,
        logFolder: join(folder, 'logs'),
        retryMs: 50,
        restartAfterMs: 100,
      })
      fleets.push(fleet)
      const up = fleet.up()
      fleet.start()
      await up
      return fleet
    },
    health: async () => (await (await fetch(`http://127.0.0.1:${ports.http}/healthz`)).json()) as Health,
    evidence: async () => ({
      logs: readLogs(join(folder, 'logs')),
      ...(await readData(join(folder, 'data'), branchName)),
      answered: [],
      complaints: [],
    }),
    end: async () => {
      await Promise.all(fleets.map((fleet) => fleet.stop()))
      for (const hub of hubs) hub.kill()
      await Promise.all(hubs.map(({ exited }) => exited))
      rmSync(folder, { recursive: true })
    },
  }
}

export const memberOf = (...ids: readonly string[]): readonly Member[] =>
  members.filter(({ id }) => ids.includes(id))

const lookMs = 20

/** Looks again until it is so. @throws when it is not so in time. */
export const until = async (isSo: () => boolean | Promise<boolean>, withinMs = 45_000): Promise<void> => {
  const last = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > last) throw new Error(`not within ${withinMs} ms: ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

/** A camera that counts without end, as fast as asked; what is not acknowledged is kept and sent again. */
export const countWithoutEnd = (fleet: Fleet, everyMs: number) => {
  let acknowledged = 0
  let count = 0
  const camera = fleet.device('camera-1')
  camera?.listen(({ kind }) => {
    if (kind === 'acknowledged') acknowledged += 1
  })
  const timer = setInterval(() => {
    count += 1
    camera?.sense('zone.count', { zone: 'waiting', count: count % 1_000 })
  }, everyMs)
  return { said: () => count, acknowledged: () => acknowledged, end: () => clearInterval(timer) }
}
