/** The adapter before a robot, and the hub's hand on it. */
import { vi } from 'vitest'
import { createRosbridge } from '#adapters/rosbridge/adapter.ts'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { createLines } from '../../sdk/support/rig.ts'
import { places } from './places.ts'
import type { RunningRobot } from './robot.ts'

const ends = ['done', 'failed', 'cancelled', 'refused', 'not-started']
let tasks = 0

/** @param robot is let go by whoever started it. */
export const createStand = async (
  robot: RunningRobot,
  how: { config?: object; adapter?: ReturnType<typeof createRosbridge>; stopWithinMs?: number } = {},
) => {
  const hub = createFakeHub('demo', 'robot-1')
  const { lines, log } = createLines()
  const clock = createSystemClock()
  const adapter = startAdapter(
    how.adapter ?? createRosbridge({ clock, newId: () => globalThis.crypto.randomUUID() }),
    {
      branch: 'demo',
      device: 'robot-1',
      boot: 'boot-1',
      config: {
        robot: { url: robot.url },
        places,
        acceptWithinMs: 5_000,
        answerMs: 1_500,
        quietMs: 400,
        speech: { by: 'action', action: '/say', type: 'voice_msgs/action/Say' },
        languages: ['zh', 'en'],
        ...how.config,
      },
      clock,
      chance: () => 0,
      memory: createFleetingMemory(),
      log,
      transport: () => hub.transport,
      ...(how.stopWithinMs !== undefined && { stopWithinMs: how.stopWithinMs }),
    },
  )
  const until = <T>(look: () => T, timeout = 45_000) => vi.waitFor(look, { timeout, interval: 20 })
  const reportsOf = (task: string) =>
    hub.sent
      .filter(({ topic }) => topic.endsWith(`/task/${task}/report`))
      .map(
        ({ body }) => body as { status: string; code?: string; note?: string; progress?: { step?: string } },
      )
  return {
    ...robot,
    hub,
    lines,
    until,
    up: async () => {
      await until(() => {
        if (hub.session() === undefined) throw new Error(`not connected: ${JSON.stringify(lines)}`)
      })
      hub.up()
    },
    state: () =>
      Object.assign(
        {},
        ...hub.sent.filter(({ topic }) => topic.endsWith('/state')).map(({ body }) => body),
      ) as Record<string, unknown>,
    config: (movement: 'allowed' | 'stopped') => {
      const rest = { epoch: 1, revision: 1, mode: 'open', builtIn: {}, settings: {} }
      hub.say(topics.config('demo', 'robot-1'), { ...rest, movement })
    },
    /** Offered with the start in it. */
    give(capability: string, command: object) {
      tasks += 1
      const name = { task: `task-${tasks}`, attempt: 1, epoch: 1 }
      const times = { ackWithinMs: 3_000, startWithinMs: 3_000, runWithinMs: 60_000, sentAt: 0 }
      hub.task({ kind: 'offer', ...name, ...times, capability, command, priority: 5, start: true })
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
    stop: () => adapter.stop(),
  }
}
export type Stand = Awaited<ReturnType<typeof createStand>>
