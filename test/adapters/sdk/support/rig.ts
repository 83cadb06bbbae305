/** An adapter on a fake clock and a fake line, with the hub's messages to write to it. */
import { z } from 'zod'
import {
  type ConnectContext,
  type Connection,
  type DeviceSide,
  defineAdapter,
} from '#adapters/sdk/adapter.ts'
import { createFleetingMemory, type Memory } from '#adapters/sdk/memory.ts'
import type { Log } from '#adapters/sdk/ports.ts'
import { type AdapterParts, startAdapter } from '#adapters/sdk/start-adapter.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeClock, type FakeClock } from '../../../simulators/support/fake-clock.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'

export interface Line {
  readonly level: 'info' | 'warn' | 'error'
  readonly text: string
  readonly fields: Readonly<Record<string, unknown>>
}

export const createLines = () => {
  const lines: Line[] = []
  const say =
    (level: Line['level']) =>
    (text: string, fields: Line['fields'] = {}) =>
      void lines.push({ level, text, fields })
  const log: Log = { info: say('info'), warn: say('warn'), error: say('error') }
  return { lines, log }
}

export const robot: DeviceSide['manifest'] = { kind: 'robot', vendor: 'Acme', model: 'G2', languages: ['en'] }

export interface RigOptions {
  readonly side?: Partial<DeviceSide>
  /** Instead of `side`: what connecting gives, or throws. */
  readonly connect?: (context: ConnectContext<object>) => Promise<Connection>
  readonly parts?: Partial<AdapterParts>
  readonly memory?: Memory
  readonly clock?: FakeClock
  readonly boot?: string
}

const gone = () => {}

/** Started, connected and born, unless `connect` says otherwise. */
export const createRig = async (options: RigOptions = {}) => {
  const clock = options.clock ?? createFakeClock()
  const hub = createFakeHub('demo', 'robot-1')
  const { lines, log } = createLines()
  const memory = options.memory ?? createFleetingMemory()
  let context: ConnectContext<object> | undefined
  const connect = options.connect ?? (() => Promise.resolve(oneDevice(options.side)))
  const trouble: { tell: (text: string) => void; refuse: (text: string) => void } = {
    tell: gone,
    refuse: gone,
  }
  const adapter = startAdapter(
    defineAdapter({
      name: 'acme',
      version: '1.0.0',
      config: z.object({ host: z.string().default('robot.local') }),
      connect(given) {
        context = given
        return connect(given)
      },
    }),
    {
      branch: 'demo',
      device: 'robot-1',
      boot: options.boot ?? 'boot-1',
      config: {},
      clock,
      chance: () => 0,
      memory,
      log,
      transport(on) {
        trouble.tell = on.trouble
        trouble.refuse = on.refused
        return hub.transport
      },
      ...options.parts,
    },
  )
  await clock.pass(0)
  if (hub.session() !== undefined) hub.up()
  await clock.pass(0)
  return {
    adapter,
    clock,
    hub,
    lines,
    memory,
    trouble,
    context: () => context as ConnectContext<object>,
    /** Publishes with the line as it is, and lets it be acted on. */
    async task(body: object) {
      hub.task(body)
      await clock.pass(0)
    },
    async config(more: object = {}) {
      hub.say(topics.config('demo', 'robot-1'), {
        epoch: 1,
        revision: 1,
        mode: 'open',
        movement: 'allowed',
        builtIn: {},
        settings: {},
        ...more,
      })
      await clock.pass(0)
    },
    last: () => hub.reports().at(-1),
    sentOn: (end: string) => hub.sent.filter(({ topic }) => topic.endsWith(end)),
  }
}

export const oneDevice = (side: Partial<DeviceSide> = {}): Connection => ({
  manifest: robot,
  capabilities: {},
  close: () => {},
  ...side,
})

/** A handler that is over when the test says so, and knows what it was called with. */
export const createHeld = <R>(result: R) => {
  const calls: {
    command: unknown
    signal: AbortSignal
    finish: () => void
    fail: (error: unknown) => void
  }[] = []
  const handler = (command: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<R>((resolve, reject) => {
      calls.push({ command, signal, finish: () => resolve(result), fail: reject })
    })
  /** The same, but stopping as it should. */
  const obedient = (command: unknown, task: { signal: AbortSignal }) => {
    const held = handler(command, task)
    task.signal.addEventListener('abort', () => calls.at(-1)?.fail(task.signal.reason))
    return held
  }
  return { calls, handler, obedient }
}
