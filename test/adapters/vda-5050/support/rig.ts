/** The adapter on a line to a hub in memory, and on a real one to the broker of a fleet. */
import { vi } from 'vitest'
import { createFleetingMemory, type Memory } from '#adapters/sdk/memory.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createVda5050 } from '#adapters/vda-5050/adapter.ts'
import { openFleetLine } from '#adapters/vda-5050/fleet-line.ts'
import type { DeviceState } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { createLines } from '../../sdk/support/rig.ts'
import { places } from './places.ts'

export interface RigOptions {
  readonly broker: string
  readonly robots: readonly object[]
  readonly more?: object
  readonly memory?: Memory
  readonly boot?: string
}

let ids = 0

export const createVdaRig = async ({ broker, robots, more = {}, memory, boot = 'boot-1' }: RigOptions) => {
  const hub = createFakeHub('demo', 'fleet-1')
  const { lines, log } = createLines()
  const clock = createSystemClock()
  const kept = memory ?? createFleetingMemory()
  const adapter = startAdapter(
    createVda5050({
      clock,
      chance: () => 0,
      newId: () => globalThis.crypto.randomUUID(),
      openLine: openFleetLine,
    }),
    {
      branch: 'demo',
      device: 'fleet-1',
      boot,
      config: {
        broker: { url: broker },
        places,
        robots,
        goneAfterMs: 1_000,
        answerWithinMs: 2_000,
        sendAgainMs: 500,
        gatherWithinMs: 500,
        ...more,
      },
      clock,
      chance: () => 0,
      memory: kept,
      log,
      transport: () => hub.transport,
    },
  )
  await vi.waitFor(() => {
    if (hub.session() === undefined) throw new Error('the fleet is not announced yet')
  }, 45_000)
  hub.up()
  const sentBy = (device: string, end: string) =>
    hub.sent.filter(({ topic }) => topic.startsWith(`usher/v1/demo/${device}/`) && topic.endsWith(end))
  const state = (device: string) => sentBy(device, '/state').at(-1)?.body as DeviceState | undefined
  const reports = (device: string, task?: string) =>
    sentBy(device, '/report')
      .filter(({ topic }) => task === undefined || topic.includes(`/${task}/`))
      .map(({ body }) => body)
  return {
    hub,
    lines,
    adapter,
    memory: kept,
    state,
    reports,
    sentBy,
    said: (device: string, task: string) =>
      reports(device, task)
        .filter(({ status }) => status !== 'progress')
        .map(({ status, code }) => [status, code].filter(Boolean).join(' ')),
    /** Offered with the start in it. @returns the task's id */
    give(device: string, capability: string, command: object) {
      ids += 1
      const task = `t-${ids}`
      hub.say(topics.task('demo', device), {
        kind: 'offer',
        task,
        attempt: 1,
        epoch: 1,
        capability,
        command,
        priority: 5,
        ackWithinMs: 2_000,
        startWithinMs: 10_000,
        runWithinMs: 120_000,
        start: true,
        sentAt: 0,
      })
      return task
    },
    cancel(device: string, task: string, more_: object = {}) {
      const cancel = { kind: 'cancel', task, attempt: 1, epoch: 1, reason: 'visitor-left', sentAt: 0 }
      hub.say(topics.task('demo', device), { ...cancel, ...more_ })
    },
    config(device: string, movement: 'allowed' | 'stopped') {
      const rest = { epoch: 1, revision: 1, mode: 'open', builtIn: {}, settings: {} }
      hub.say(topics.config('demo', device), { ...rest, movement })
    },
    until: <T>(look: () => T, timeout = 45_000) => vi.waitFor(look, { timeout, interval: 20 }),
    /** Heard of, and not out of order. */
    fit: (device: string) =>
      vi.waitFor(
        () => {
          const { willing, health } = state(device) ?? {}
          if (willing !== true || health?.level === 'faulted') throw new Error(JSON.stringify(state(device)))
        },
        { timeout: 45_000, interval: 20 },
      ),
  }
}
