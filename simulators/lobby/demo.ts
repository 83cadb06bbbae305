/** The whole demonstration, ready to start: the devices of the demonstration branch with the people of its lobby. */
import { createSystemClock } from '../devices/system-clock.ts'
import { createFleet } from '../fleet.ts'
import { createLobby } from './lobby.ts'
import { demoWorld } from './world.ts'

export interface DemoOptions {
  readonly broker: string
  readonly seed: number | string
  /** All devices in the calling process instead of one process each. */
  readonly inProcess?: boolean
  readonly logFolder?: string
  readonly onTrouble?: (text: string) => void
}

export interface Demo {
  /** Resolves when the devices are up and people begin to come in. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** People do not wait for a device that never comes up. */
const upWithinMs = 10_000

export const createDemo = ({ logFolder, ...options }: DemoOptions): Demo => {
  const clock = createSystemClock()
  const lobby = createLobby({ world: demoWorld, clock, seed: options.seed })
  const fleet = createFleet({
    ...options,
    branch: demoWorld.branch,
    members: demoWorld.members,
    people: lobby.people,
    restartAfterMs: 1_000,
    ...(logFolder !== undefined && { logFolder }),
  })
  let stopped = false
  return {
    async start() {
      const up = fleet.up()
      fleet.start()
      await new Promise<void>((resolve) => {
        const cancel = clock.after(upWithinMs, resolve)
        void up.then(() => {
          cancel()
          resolve()
        })
      })
      if (!stopped) lobby.start(fleet.devices())
    },
    async stop() {
      stopped = true
      lobby.stop()
      await fleet.stop()
    },
  }
}
