/**
 * The promises that an adapter keeps whatever happens on the way: no attempt is begun twice, and nothing that it sensed
 * or did is lost, or comes to the hub a second time as something new, however often its process dies.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type DeviceHandle, defineAdapter } from '#adapters/sdk/adapter.ts'
import { DeviceFault } from '#adapters/sdk/errors.ts'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { createFleetingTray } from '#adapters/sdk/out-tray.ts'
import type { Session, Transport } from '#adapters/sdk/ports.ts'
import { type RunningAdapter, startAdapter } from '#adapters/sdk/start-adapter.ts'
import { isSeen, remember } from '#hub/engine/seen.ts'
import type { SeenRow } from '#hub/engine/state.ts'
import { parseTopic, topics } from '#protocol/topics.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'
import { cancel, offer, start } from '../../simulators/support/rig.ts'
import { createLines, robot } from './support/rig.ts'

const branch = 'demo'
const device = 'robot-1'
/** From the device to the hub; from there until its acknowledgement is heard; from its coming until that is heard. */
const wayMs = 5
const ackMs = 6
const onlineMs = 10
const finals = new Set(['done', 'failed', 'cancelled', 'refused', 'not-started'])

interface Received {
  readonly boot: string
  readonly n: number
  readonly topic: string
  readonly body: Record<string, unknown>
}

/** A broker and a hub behind it, each of which may be away. What the hub takes is on its disk. */
const createWorld = (acknowledgedBy: 'puback' | 'hub') => {
  const clock = createFakeClock()
  const memory = createFleetingMemory()
  const { log } = createLines()
  const begun: string[] = []
  const tray = createFleetingTray()
  /** As in the hub's journal: what it took for news, by the window of numbers that it really has. */
  const received: Received[] = []
  let seen: SeenRow | undefined
  let standing = { boot: '', n: -1 }
  let session: Session | undefined
  let isUp = false
  let hubIsThere = true
  let lives = 0
  let handle: DeviceHandle | undefined
  let running: RunningAdapter | undefined

  const say = (topic: string, body: object) => {
    if (isUp && hubIsThere) session?.onMessage(topic, JSON.stringify(body))
  }
  const take = (topic: string, payload: string) => {
    const body = JSON.parse(payload) as Record<string, unknown>
    const boot = String(body['boot'])
    const n = Number(body['n'])
    if (!isSeen(seen, { boot, n })) {
      received.push({ boot, n, topic, body })
      seen = remember(seen, device, { boot, n })
    }
    // It acknowledges the numbers of one boot only: the one that it heard last.
    standing = { boot, n: standing.boot === boot ? Math.max(n, standing.n) : n }
    if (acknowledgedBy !== 'hub') return
    clock.after(ackMs, () => {
      if (standing.boot === boot) say(topics.ack(branch, device), standing)
    })
  }
  const transport = (life: number): Transport => ({
    open(next) {
      session = next
    },
    publish(topic, payload, { qos }) {
      if (!isUp || life !== lives) return Promise.reject(new Error('down'))
      const arrived = new Promise<void>((resolve) => {
        clock.after(wayMs, () => {
          if (!hubIsThere) return
          take(topic, payload)
          // Who is dead hears nothing.
          if (life === lives) resolve()
        })
      })
      // The hub's own broker acknowledges what the hub has; another one says what it knows: nothing.
      return acknowledgedBy === 'hub' || qos === 0 ? Promise.resolve() : arrived
    },
    drop: () => {},
    close: () => Promise.resolve(),
  })
  const live = () => {
    lives += 1
    const adapter = defineAdapter({
      name: 'acme',
      version: '1',
      config: z.object({}),
      connect(context) {
        handle = context.device
        const act = async (task: { id: string; attempt: number; signal: AbortSignal }) => {
          begun.push(`${task.id}/${task.attempt}`)
          await new Promise<void>((resolve, reject) => {
            clock.after(400, resolve)
            task.signal.addEventListener('abort', () => reject(task.signal.reason as Error))
          })
        }
        return Promise.resolve({
          manifest: robot,
          capabilities: {
            async greet(_command, task) {
              // Said at once, so that a kill may come between this word and the last one.
              task.started()
              await act(task)
              return {}
            },
            async dock(_command, task) {
              await act(task)
              throw new DeviceFault('stuck')
            },
          },
          close: () => {},
        })
      },
    })
    running = startAdapter(adapter, {
      branch,
      device,
      boot: `boot-${lives}`,
      config: {},
      clock,
      chance: () => 0,
      memory,
      tray,
      log,
      acknowledgedBy,
      transport: () => transport(lives),
    })
  }
  return {
    clock,
    begun,
    received,
    live,
    task: (body: object) => say(topics.task(branch, device), body),
    emit: (count: number) => handle?.emit('zone.count', { zone: 'waiting', count }),
    unacknowledged: () => running?.unacknowledged() ?? 0,
    up() {
      if (isUp) return
      isUp = true
      session?.onUp()
      say(topics.hub(branch), { status: 'online', epoch: 1 })
    },
    down() {
      if (isUp) session?.onDown()
      isUp = false
    },
    hub(is: boolean) {
      if (hubIsThere === is) return
      // The line to the hub's own broker goes with it.
      if (acknowledgedBy === 'puback') {
        if (isUp) session?.onDown()
        isUp = false
      }
      hubIsThere = is
      clock.after(onlineMs, () => say(topics.hub(branch), { status: 'online', epoch: 1 }))
    },
    kill() {
      running?.die()
      isUp = false
      live()
    },
  }
}

type World = ReturnType<typeof createWorld>

const names = fc.record({ task: fc.constantFrom('t-1', 't-2', 't-3'), attempt: fc.constantFrom(1, 2) })
const step = fc.oneof(
  fc.record({ do: fc.constant('offer' as const), name: names, with: fc.boolean(), fails: fc.boolean() }),
  fc.record({ do: fc.constantFrom('start' as const, 'cancel' as const), name: names }),
  fc.record({ do: fc.constantFrom('up' as const, 'down' as const, 'kill' as const) }),
  fc.record({ do: fc.constant('hub' as const), is: fc.boolean() }),
  fc.record({ do: fc.constant('emit' as const) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 4, 11, 30, 350, 6_000) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const message = (one: Extract<Step, { name: object }>): object => {
  if (one.do === 'offer') return offer(one.fails ? 'dock' : 'greet', { ...one.name, start: one.with })
  return one.do === 'start' ? start(one.name) : cancel(one.name)
}

const play = async (world: World, steps: readonly Step[]) => {
  const emitted: number[] = []
  const said: object[] = []
  for (const one of steps) {
    if ('name' in one) {
      said.push(message(one))
      world.task(message(one))
    } else if (one.do === 'hub') world.hub(one.is)
    else if (one.do === 'pass') await world.clock.pass(one.ms)
    else if (one.do === 'emit') {
      emitted.push(emitted.length)
      world.emit(emitted.length - 1)
    } else world[one.do]()
    if (one.do !== 'pass') await world.clock.pass(0)
  }
  return { emitted, said }
}

/** Everything is there again, and the hub says again whatever it has no answer to. */
const quiet = async (world: World, said: readonly object[]) => {
  world.hub(true)
  world.down()
  await world.clock.pass(0)
  world.up()
  for (let round = 0; round < 3; round += 1) {
    for (const body of said) {
      world.task(body)
      await world.clock.pass(0)
    }
    await world.clock.pass(10_000)
  }
}

const reportsOf = (world: World) =>
  world.received.flatMap(({ topic, body }) => {
    const parsed = parseTopic(topic)
    return parsed?.channel === 'report' ? [{ key: `${parsed.task}/${String(body['attempt'])}`, ...body }] : []
  }) as { key: string; status: string }[]

const countsOf = (world: World) => world.received.flatMap(({ body }) => (body['count'] as number) ?? [])

describe.each(['puback', 'hub'] as const)('where the %s counts', (acknowledgedBy) => {
  test('no attempt is begun twice, each gets an end that the hub hears, and all news comes once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const world = createWorld(acknowledgedBy)
        world.live()
        await world.clock.pass(0)
        world.up()
        const { emitted, said } = await play(world, steps)
        await quiet(world, said)

        expect(world.begun.toSorted()).toEqual([...new Set(world.begun)].toSorted())
        const reports = reportsOf(world)
        for (const key of world.begun)
          expect(
            reports.filter((report) => report.key === key).map(({ status }) => finals.has(status)),
          ).toContain(true)
        const begun = new Set(world.begun)
        // Who says that nothing began is believed: the hub then asks somebody else.
        for (const { key, status } of reports)
          if (status === 'not-started' || status === 'refused') expect(begun.has(key)).toBe(false)
        expect(countsOf(world).toSorted((a, b) => a - b)).toEqual(emitted)
        expect(world.unacknowledged()).toBe(0)
      }),
      { numRuns: 150 },
    )
  })
})

test('the hub misses something, comes back, and acknowledges news before it has what it missed', async () => {
  const world = createWorld('hub')
  world.live()
  await world.clock.pass(0)
  world.up()
  await world.clock.pass(100)
  world.hub(false)
  world.emit(1)
  await world.clock.pass(100)
  world.hub(true)
  world.emit(2)
  // By now the acknowledgement of the second is heard, and the first is on its way again, to a hub that goes.
  await world.clock.pass(12)
  world.hub(false)
  await world.clock.pass(1_000)
  world.hub(true)
  await world.clock.pass(10_000)
  expect(countsOf(world).toSorted((a, b) => a - b)).toEqual([1, 2])
  expect(world.unacknowledged()).toBe(0)
})
