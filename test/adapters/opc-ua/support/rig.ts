/** The adapter on a line to a hub in memory, and on a real one to a server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { createOpcUa } from '#adapters/opc-ua/adapter.ts'
import { openSession } from '#adapters/opc-ua/stack.ts'
import { createFleetingMemory, type Memory } from '#adapters/sdk/memory.ts'
import type { Clock } from '#adapters/sdk/ports.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import type { DeviceState } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { createLines } from '../../sdk/support/rig.ts'

let ids = 0
const gateway = 'opc-ua-1'

export interface OpcUaRigOptions {
  readonly config: unknown
  /** Its keys and trust list; by default a folder of its own. */
  readonly folder?: string
  readonly memory?: Memory
  /** How far its clock is ahead, for certificates. */
  readonly aheadMs?: number
}

export const stateFolder = () => mkdtempSync(join(tmpdir(), 'usher-opc-ua-'))

export const createOpcUaRig = async (options: OpcUaRigOptions) => {
  const hub = createFakeHub('demo', gateway)
  const { lines, log } = createLines()
  const system = createSystemClock()
  const clock: Clock = { ...system, now: () => system.now() + (options.aheadMs ?? 0) }
  const folder = options.folder ?? stateFolder()
  const memory = options.memory ?? createFleetingMemory()
  ids += 1
  const adapter = startAdapter(
    createOpcUa({ clock, chance: () => 0, stateFolder: folder, open: openSession }),
    {
      branch: 'demo',
      device: gateway,
      boot: `boot-${ids}`,
      config: options.config,
      clock,
      chance: () => 0,
      memory,
      log,
      transport: () => hub.transport,
      // A busy machine must not make a refusal look like a beginning.
      startedAfterMs: 2_000,
    },
  )
  await vi.waitFor(
    () => {
      if (hub.session() === undefined) throw new Error('the gateway is not announced yet')
    },
    { timeout: 45_000, interval: 20 },
  )
  hub.up()
  let seen = 0
  const sentBy = (device: string, end: string, from = 0) =>
    hub.sent
      .slice(from)
      .filter(({ topic }) => topic.startsWith(`usher/v1/demo/${device}/`) && topic.includes(end))
  const state = (device: string) => sentBy(device, '/state').at(-1)?.body as DeviceState | undefined
  const reports = (device: string, task: string) =>
    sentBy(device, `/task/${task}/report`).map(({ body }) => body)
  return {
    hub,
    lines,
    adapter,
    memory,
    folder,
    pki: join(folder, `${gateway}.pki`),
    state,
    reports,
    /** What was sensed before is not looked at any more. */
    forget() {
      seen = hub.sent.length
    },
    events: (device: string) =>
      sentBy(device, '/event/', seen).map(({ topic, body: { boot: _boot, n: _n, ...data } }) => [
        topic.split('/').at(-1),
        data,
      ]),
    said: (device: string, task: string) =>
      reports(device, task)
        .filter(({ status }) => status !== 'progress')
        .map(({ status, code }) => [status, code].filter(Boolean).join(' ')),
    last: (device: string, task: string) => reports(device, task).at(-1),
    texts: () => lines.map(({ text }) => text),
    count: (text: string) => lines.filter((line) => line.text === text).length,
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
        runWithinMs: 60_000,
        start: true,
        sentAt: 0,
      })
      return task
    },
    cancel(device: string, task: string) {
      const cancel = { kind: 'cancel', task, attempt: 1, epoch: 1, reason: 'visitor-left', sentAt: 0 }
      hub.say(topics.task('demo', device), cancel)
    },
    until: <T>(look: () => T, timeout = 45_000) => vi.waitFor(look, { timeout, interval: 20 }),
    async stop() {
      await adapter.stop()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type OpcUaRig = Awaited<ReturnType<typeof createOpcUaRig>>
