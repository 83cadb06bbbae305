/** The simulated robot in a process of its own, the adapter beside it, and the hub's hand on the adapter. */
import { join } from 'node:path'
import { vi } from 'vitest'
import { createNamedPlaceRobot } from '#adapters/named-place-robot/adapter.ts'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { startAdapterProcess } from '../../sdk/support/process.ts'
import { createLines } from '../../sdk/support/rig.ts'

const root = join(import.meta.dirname, '../../../..')
export const simulatorMain = join(root, 'adapters/named-place-robot/simulator/main.ts')

export interface Simulation {
  readonly moving: boolean
  readonly at: string | null
  readonly mode: string
  readonly spoken: readonly string[]
}

export const startSimulator = async (environment: Readonly<Record<string, string>> = {}) => {
  const process = startAdapterProcess([simulatorMain], environment)
  const ready = (await vi.waitFor(
    () => {
      const line = process.lines().find((one) => one['ready'] === true)
      if (line === undefined) throw new Error('the robot is not ready')
      return line
    },
    { timeout: 25_000 },
  )) as unknown as { config: Record<string, unknown>; simulation: string }
  return {
    config: ready.config,
    /** Changes what happens there. @returns how it is */
    async simulate(wish: object = {}): Promise<Simulation> {
      const response = await fetch(ready.simulation, { method: 'POST', body: JSON.stringify(wish) })
      return (await response.json()) as Simulation
    },
    async end() {
      process.kill('SIGTERM')
      await process.ended
    },
  }
}

const waitsMs = 45_000

export const createStand = async (
  how: {
    environment?: Readonly<Record<string, string>>
    config?: object
    /** Another way to reach the robot than it has. */
    retoken?: (robot: unknown) => object
    stopWithinMs?: number
  } = {},
) => {
  const simulator = await startSimulator({ ROBOT_SPEED: '4', ...how.environment })
  const hub = createFakeHub('demo', 'robot-1')
  const { lines, log } = createLines()
  let ids = 0
  const clock = createSystemClock()
  const adapter = startAdapter(createNamedPlaceRobot({ clock, newId: () => `words-${String((ids += 1))}` }), {
    branch: 'demo',
    device: 'robot-1',
    boot: 'boot-1',
    config: {
      ...simulator.config,
      lookEveryMs: 100,
      ...how.config,
      ...(how.retoken !== undefined && { robot: how.retoken(simulator.config['robot']) }),
    },
    clock,
    chance: () => 0,
    memory: createFleetingMemory(),
    log,
    transport: () => hub.transport,
    ...(how.stopWithinMs !== undefined && { stopWithinMs: how.stopWithinMs }),
  })
  const until = <T>(look: () => T, timeout = waitsMs) => vi.waitFor(look, { timeout, interval: 20 })
  const connected = () =>
    until(() => {
      if (hub.session() === undefined) throw new Error('not connected')
    })
  let tasks = 0
  const reportsOf = (task: string) =>
    hub.sent
      .filter(({ topic }) => topic.endsWith(`/task/${task}/report`))
      .map(({ body }) => body as { status: string; code?: string; result?: Record<string, unknown> })
  const stateNow = () => {
    const states = hub.sent.filter(({ topic }) => topic.endsWith('/state')).map(({ body }) => body)
    return Object.assign({}, ...states) as Record<string, unknown>
  }
  return {
    ...simulator,
    hub,
    lines,
    until,
    connected,
    up: async () => {
      await connected()
      hub.up()
    },
    state: stateNow,
    config: (more: object) =>
      hub.say(topics.config('demo', 'robot-1'), {
        epoch: 1,
        revision: 1,
        mode: 'open',
        movement: 'allowed',
        builtIn: {},
        settings: {},
        ...more,
      }),
    /** Offers and starts it. */
    give(capability: string, command: object) {
      tasks += 1
      const name = { task: `task-${tasks}`, attempt: 1, epoch: 1 }
      const times = { ackWithinMs: 3_000, startWithinMs: 3_000, runWithinMs: 60_000, sentAt: 0 }
      hub.task({ kind: 'offer', ...name, ...times, capability, command, priority: 5, start: true })
      const ends = ['done', 'failed', 'cancelled', 'refused', 'not-started']
      const end = () => reportsOf(name.task).find(({ status }) => ends.includes(status))
      return {
        reports: () => reportsOf(name.task),
        end,
        ended: () =>
          until(() => {
            const found = end()
            if (found === undefined) throw new Error(`${capability} goes on: ${JSON.stringify(lines)}`)
            return found
          }),
        cancel: () => hub.task({ kind: 'cancel', ...name, reason: 'not-needed', sentAt: 0 }),
      }
    },
    async stop() {
      await adapter.stop()
      await simulator.end()
    },
  }
}
export type Stand = Awaited<ReturnType<typeof createStand>>
