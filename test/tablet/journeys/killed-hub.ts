/** A hub that can be killed under open pages: the real command in a process of its own, always on the same ports and data. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import { findPorts } from '../../crash/free-ports.ts'
import { type HubProcess, spawnHub } from '../../crash/hub-process.ts'

export interface KillableHub {
  readonly port: number
  readonly account: { readonly name: string; readonly password: string }
  start(): Promise<void>
  /** As by the kernel. */
  kill(): Promise<void>
  /** After the last one: its data, read by a hub in this process. */
  readData(read: (hub: Hub) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

const account = { name: 'manager-1', password: 'walnut-umbrella-seventeen-fjords' }

export const createKillableHub = async (): Promise<KillableHub> => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-killed-'))
  const ports = await findPorts()
  const settings = {
    branch: join(import.meta.dirname, '../../../simulators/branches/demo.yaml'),
    data: join(folder, 'data'),
    mqtt: { loopback: { port: ports.mqtt, trust: 'declared' }, tls: false },
    http: { port: ports.http },
  }
  const config = join(folder, 'hub.yaml')
  writeFileSync(config, JSON.stringify(settings))
  let running: HubProcess | undefined
  const kill = async () => {
    running?.kill('SIGKILL')
    await running?.exited
    running = undefined
  }
  const readData = async (read: (hub: Hub) => Promise<void>) => {
    const hub = await startHub({
      config: HubConfig.parse(settings),
      flows,
      versions: readVersions(),
      clock: systemClock(),
      log: createLog('silent'),
      onFatal: (error) => {
        throw error
      },
    })
    try {
      await read(hub)
    } finally {
      await hub.stop()
    }
  }
  await readData(({ desk }) => desk.putLocal({ ...account, roles: ['manager', 'admin'] }))
  return {
    port: ports.http,
    account,
    start: async () => {
      running = spawnHub({ config })
      if ((await running.ready) === undefined) throw new Error('the hub did not start')
    },
    kill,
    readData,
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
