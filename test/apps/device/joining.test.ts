/** How a page joins, whatever the hub says and when: with a hub that is told what to say, and time that is told too. */
import { expect, test } from 'vitest'
import {
  type Adapter,
  defineAdapter,
  type PageOptions,
  type RunningAdapter,
  z,
} from '#adapters/sdk/browser.ts'
import { type Ask, brokerOf, type Door } from '#apps/device/ask.ts'
import { Joiner, type Joining } from '#apps/device/joining.ts'
import type { Kept } from '#apps/device/kept.ts'
import { createPatience } from '#apps/device/patience.ts'

const door: Door = {
  branch: 'demo',
  title: {},
  languages: ['zh', 'en'],
  ws: 8083,
  wss: null,
  byName: false,
}

const adapter = defineAdapter({
  name: 'page',
  version: '1',
  config: z.object({}),
  connect: () => Promise.reject(new Error('not here')),
}) as Adapter

interface Hub {
  door: Door | undefined
  /** By secret. */
  states: Map<string, 'waiting' | 'over' | { device: string; claim: string }>
  codes: number
}

/** What a browser keeps outlives a page. */
const createDisk = (): Kept & { readonly rows: Map<string, unknown> } => {
  const rows = new Map<string, unknown>()
  return {
    rows,
    get: (key) => Promise.resolve(rows.get(key)),
    put: (key, value) => {
      if (value === undefined) rows.delete(key)
      else rows.set(key, value)
      return Promise.resolve()
    },
  }
}

const createHub = (): Hub => ({ door, states: new Map(), codes: 0 })

const askOf =
  (hub: Hub): Ask =>
  (name, request) => {
    if (hub.door === undefined) return Promise.reject(new Error('no hub'))
    const answers = {
      door: () => hub.door,
      askPairing: () => {
        const secret = `secret-${++hub.codes}`
        hub.states.set(secret, 'waiting')
        return { code: `CODE0${hub.codes}`, secret, forMs: 1 }
      },
      followPairing: () => {
        const state = hub.states.get((request as { secret: string }).secret) ?? 'over'
        if (state === 'waiting') return { state, forMs: 1 }
        return state === 'over' ? { state } : { state: 'admitted', ...state }
      },
    }
    return Promise.resolve(answers[name]() as never)
  }

interface Run {
  readonly options: PageOptions
  isStopped: boolean
}

const open = (hub = createHub(), disk = createDisk(), named?: string) => {
  let timers: { at: number; call: () => void }[] = []
  let now = 0
  const said: Joining[] = []
  const runs: Run[] = []
  /** Enrolment that does not end by itself. */
  let isStuck = false
  const joiner = new Joiner({
    kind: 'screen',
    adapter,
    named,
    ask: askOf(hub),
    kept: disk,
    patience: createPatience({
      after: (ms, call) => void timers.push({ at: now + ms, call }),
      chance: () => 0,
    }),
    brokerOf: (at) => brokerOf(at, { protocol: 'http:', hostname: 'localhost' }),
    run: async (_, options) => {
      const run: Run = { options, isStopped: false }
      runs.push(run)
      const isKnown = disk.rows.has(`identity/${options.device}`)
      if (options.claim !== undefined && !isKnown) {
        await (typeof options.claim === 'string' ? options.claim : options.claim('needed'))
        if (isStuck)
          await new Promise((_, reject) => {
            options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error))
          })
        disk.rows.set(`identity/${options.device}`, true)
      }
      const running: RunningAdapter = {
        ready: Promise.resolve(),
        stop: () => {
          run.isStopped = true
          return Promise.resolve()
        },
        die: () => {},
        counts: () => ({}),
        unacknowledged: () => runs.indexOf(run),
      }
      return running
    },
    onJoining: (joining) => said.push(joining),
    complain: () => {},
  })
  const settle = async () => {
    for (let turn = 0; turn < 40; turn++) await Promise.resolve()
  }
  const pass = async (ms: number) => {
    const until = now + ms
    for (;;) {
      await settle()
      const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      timers = timers.filter((one) => one !== next)
      now = next.at
      next.call()
    }
    now = until
  }
  return {
    hub,
    disk,
    said,
    runs,
    joiner,
    pass,
    stuck: (is: boolean) => {
      isStuck = is
    },
    last: () => said.at(-1),
  }
}

const admit = (hub: Hub, device: string, secret = `secret-${hub.codes}`) =>
  hub.states.set(secret, { device, claim: `claim-of-${secret}` })

const paired = async (device = 'screen-1') => {
  const stage = open()
  void stage.joiner.join()
  await stage.pass(0)
  admit(stage.hub, device)
  await stage.pass(2_000)
  expect(stage.last()).toEqual({ at: 'joined', device, branch: 'demo' })
  return stage
}

test('a page that is nobody shows a code, enrols with what it is given, and is the device', async () => {
  const stage = open()
  void stage.joiner.join()
  await stage.pass(0)
  expect(stage.last()).toEqual({ at: 'pairing', code: 'CODE01' })
  await stage.pass(60_000)
  expect(stage.hub.codes).toBe(1)
  admit(stage.hub, 'screen-1')
  await stage.pass(2_000)
  expect(stage.last()).toEqual({ at: 'joined', device: 'screen-1', branch: 'demo' })
  expect(stage.runs[0]?.options).toMatchObject({ broker: 'ws://localhost:8083/mqtt', device: 'screen-1' })
  // The code that let it in is kept no longer than it is of use.
  expect(stage.disk.rows.get('self/screen')).toEqual({ branch: 'demo', device: 'screen-1' })
  expect(stage.disk.rows.has('code/screen')).toBe(false)
})

test('loaded again, in whichever phase, it goes on where it was', async () => {
  const first = open()
  void first.joiner.join()
  await first.pass(0)
  const waiting = open(first.hub, first.disk)
  void waiting.joiner.join()
  await waiting.pass(0)
  expect(waiting.last()).toEqual({ at: 'pairing', code: 'CODE01' })
  admit(first.hub, 'screen-1')
  // Gone before it could come in with what it was given.
  waiting.stuck(true)
  await waiting.pass(2_000)
  expect(waiting.last()).toEqual({ at: 'looking' })
  const again = open(first.hub, first.disk)
  void again.joiner.join()
  await again.pass(0)
  expect(again.last()).toMatchObject({ at: 'joined', device: 'screen-1' })
  const later = open(first.hub, first.disk)
  void later.joiner.join()
  await later.pass(0)
  expect(later.said).toEqual([{ at: 'joined', device: 'screen-1', branch: 'demo' }])
  expect(first.hub.codes).toBe(1)
})

test('a code that ends is followed by the next', async () => {
  const stage = open()
  void stage.joiner.join()
  await stage.pass(0)
  stage.hub.states.clear()
  await stage.pass(2_000)
  expect(stage.last()).toEqual({ at: 'pairing', code: 'CODE02' })
})

test('turned away, it shows a code by itself, and what the caller holds is the device it is now', async () => {
  const stage = open()
  const joined = stage.joiner.join()
  await stage.pass(0)
  admit(stage.hub, 'screen-1')
  await stage.pass(2_000)
  const running = await joined
  expect(running.unacknowledged()).toBe(0)
  stage.disk.rows.delete('identity/screen-1')
  stage.runs[0]?.options.onTurnedAway?.('revoked')
  await stage.pass(2_000)
  expect(stage.last()).toEqual({ at: 'pairing', code: 'CODE02' })
  admit(stage.hub, 'screen-9')
  await stage.pass(2_000)
  expect(stage.last()).toMatchObject({ at: 'joined', device: 'screen-9' })
  expect(running.unacknowledged()).toBe(1)
  await running.stop()
  expect(stage.runs[1]?.isStopped).toBe(true)
  const said = stage.said.length
  await stage.pass(600_000)
  expect(stage.said).toHaveLength(said)
})

test('without a hub it asks again and again, less and less often, and says so', async () => {
  const stage = open({ ...createHub(), door: undefined })
  void stage.joiner.join()
  await stage.pass(60_000)
  expect(stage.last()).toEqual({ at: 'no-hub' })
  const tries = stage.said.length
  await stage.pass(300_000)
  expect(stage.said.length - tries).toBeLessThanOrEqual(10)
  stage.hub.door = door
  await stage.pass(30_000)
  expect(stage.last()).toMatchObject({ at: 'pairing' })
})

test('who knows which device it is starts while the hub is away, and finds it where it is now', async () => {
  const before = await paired()
  const hub = { ...before.hub, door: undefined as Door | undefined }
  const stage = open(hub, before.disk)
  void stage.joiner.join()
  await stage.pass(0)
  expect(stage.said).toEqual([{ at: 'joined', device: 'screen-1', branch: 'demo' }])
  hub.door = { ...door, ws: 9999 }
  await stage.pass(60_000)
  expect(stage.runs.map(({ options, isStopped }) => [options.broker, isStopped])).toEqual([
    ['ws://localhost:8083/mqtt', true],
    ['ws://localhost:9999/mqtt', false],
  ])
})

test('a hub that forgot whom it let in is asked anew, once it has said so for a while', async () => {
  const stage = open()
  stage.stuck(true)
  void stage.joiner.join()
  await stage.pass(0)
  admit(stage.hub, 'screen-1')
  await stage.pass(2_000)
  expect(stage.last()).toEqual({ at: 'looking' })
  stage.hub.states.clear()
  await stage.pass(5_000)
  expect(stage.last()).toEqual({ at: 'looking' })
  await stage.pass(8_000)
  expect(stage.last()).toEqual({ at: 'pairing', code: 'CODE02' })
})

test('by its name alone only where the hub takes pages by their word; elsewhere it needs a code', async () => {
  const open1 = open({ ...createHub(), door: { ...door, byName: true } }, createDisk(), 'screen-2')
  void open1.joiner.join()
  await open1.pass(0)
  expect(open1.last()).toEqual({ at: 'joined', device: 'screen-2', branch: 'demo' })
  expect(open1.runs[0]?.options.claim).toBeUndefined()
  const closed = open(createHub(), createDisk(), 'screen-2')
  void closed.joiner.join()
  await closed.pass(0)
  expect(closed.last()).toMatchObject({ at: 'pairing' })
})

test('a door that is closed is looked at again', async () => {
  const stage = open({ ...createHub(), door: { ...door, ws: null } })
  void stage.joiner.join()
  await stage.pass(0)
  expect(stage.last()).toEqual({ at: 'door-closed' })
  stage.hub.door = door
  await stage.pass(20_000)
  expect(stage.last()).toMatchObject({ at: 'pairing' })
})

test('the broker is where the page’s own line may go', () => {
  const both = { ws: 8083, wss: 8084 }
  const at = (protocol: string) => ({ protocol, hostname: 'hub.example' })
  expect(brokerOf(both, at('http:'))).toBe('ws://hub.example:8083/mqtt')
  expect(brokerOf(both, at('https:'))).toBe('wss://hub.example:8084/mqtt')
  expect(brokerOf({ ws: null, wss: 8084 }, at('http:'))).toBe('wss://hub.example:8084/mqtt')
  expect(brokerOf({ ws: 8083, wss: null }, at('https:'))).toBeUndefined()
})
