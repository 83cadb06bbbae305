/** What the page makes of what the hub says: gaps, silence, nonsense and goodbyes, without a network. */
import { describe, expect, test } from 'vitest'
import { createConnectionStore, createHubClock } from '#apps/lobby/live/connection.ts'
import { breathMs, silenceMs, startLiveLine } from '#apps/lobby/live/live-line.ts'
import type { Outbox } from '#apps/lobby/live/outbox.ts'
import { createTables } from '#apps/lobby/live/tables.ts'
import type { FromHub, Hello } from '#protocol/desk/live/line.ts'
import { liveVersion } from '#protocol/desk/live/line.ts'
import { type LiveRows, liveTableNames } from '#protocol/desk/live/tables.ts'

const rows = Object.fromEntries(liveTableNames.map((name) => [name, []])) as unknown as LiveRows

interface Timer {
  readonly ms: number
  readonly call: () => void
}

const open = () => {
  const told: string[] = []
  const timers = new Set<Timer>()
  let say: (name: keyof FromHub, data: unknown) => void = () => undefined
  let opened = () => {}
  let closed = () => {}
  let refused: (code: string | undefined) => void = () => undefined
  let hello: (() => Hello) | undefined
  const connection = createConnectionStore()
  const outbox = {
    open: () => told.push('outbox open'),
    close: () => told.push('outbox closed'),
    shown: (at: number) => told.push(`shown ${at}`),
  } as unknown as Outbox
  const clock = createHubClock(() => 500)
  startLiveLine({
    wire: {
      onMessage: (listener) => {
        say = listener
      },
      onOpen: (listener) => {
        opened = listener
      },
      onClosed: (listener) => {
        closed = listener
      },
      onRefused: (listener) => {
        refused = listener
      },
      command: () => Promise.reject(new Error('none')),
      start: (make) => {
        hello = make
      },
      again: () => told.push('again'),
    },
    tables: createTables(),
    outbox,
    connection,
    clock,
    onPositions: ({ at }) => told.push(`positions ${at}`),
    onOver: (why) => told.push(`over: ${why}`),
    after: (ms, call) => {
      const timer = { ms, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  })
  return {
    told,
    timers,
    connection,
    clock,
    say: (name: keyof FromHub, data: unknown) => say(name, data),
    opened: () => opened(),
    closed: () => closed(),
    refused: (code: string | undefined) => refused(code),
    hello: () => hello?.(),
    live() {
      opened()
      say('snapshot', { run: 'r', n: 3, at: 10_000, rows })
      told.length = 0
    },
  }
}

describe('the line', () => {
  test('says what it has, and is live only once the page shows the branch', () => {
    const line = open()
    expect(line.hello()).toEqual({ version: liveVersion })
    line.opened()
    expect([line.connection.get(), line.connection.dataAt()]).toEqual([{ state: 'connecting' }, null])
    line.say('beat', { at: 9_000, n: 3 })
    expect(line.connection.get().state).toBe('connecting')
    line.say('snapshot', { run: 'r', n: 3, at: 10_000, rows })
    expect([line.connection.get(), line.connection.dataAt()]).toEqual([{ state: 'live' }, 10_000])
    expect(line.told).toEqual(['outbox open', 'shown 10000'])
    expect(line.hello()).toEqual({ version: liveVersion, have: { run: 'r', n: 3 } })
    // Hub time, whatever this machine's clock says.
    expect(line.clock.now()).toBe(10_000)
  })

  test.each([
    ['a delta behind a gap', 'delta', { run: 'r', n: 5, at: 11_000, changes: {} }],
    ['a delta of another run', 'delta', { run: 's', n: 4, at: 11_000, changes: {} }],
    ['a beat that knows more', 'beat', { at: 11_000, n: 4 }],
    [
      'what it cannot read',
      'delta',
      { run: 'r', n: 4, at: 11_000, changes: { zones: { put: [{}], drop: [] } } },
    ],
  ] as const)('asks anew after %s', (_, name, data) => {
    const line = open()
    line.live()
    line.say(name, data)
    expect(line.told).toEqual(['again'])
    expect(line.connection.dataAt()).toBe(10_000)
  })

  test('takes a breath before it asks a hub again that goes on saying what cannot be read', () => {
    const line = open()
    line.live()
    const odd = { run: 'r', n: 4, at: 11_000, changes: { zones: { put: [{}], drop: [] } } }
    for (let round = 0; round < 50; round += 1) line.say('delta', odd)
    expect(line.told).toEqual(['again'])
    const breath = () => [...line.timers].filter(({ ms }) => ms === breathMs)
    expect(breath()).toHaveLength(1)
    for (const timer of breath()) {
      line.timers.delete(timer)
      timer.call()
    }
    expect(line.told).toEqual(['again', 'again'])
    // One that it can read: the next that it cannot is asked about at once.
    line.say('snapshot', { run: 'r', n: 6, at: 12_000, rows })
    expect(breath()).toHaveLength(0)
    line.told.length = 0
    line.say('delta', odd)
    line.say('delta', { ...odd, n: 7 })
    expect(line.told).toEqual(['again'])
  })

  test('takes the next delta, passes by one that it had, and grows no older with beats', () => {
    const line = open()
    line.live()
    line.say('delta', { run: 'r', n: 4, at: 11_000, changes: {} })
    line.say('delta', { run: 'r', n: 4, at: 11_000, changes: {} })
    line.say('beat', { at: 13_000, n: 4 })
    line.say('positions', { at: 13_100, devices: [], people: [] })
    expect(line.told).toEqual(['shown 11000', 'shown 11000', 'shown 13000', 'positions 13100'])
    expect(line.connection.dataAt()).toBe(13_000)
  })

  test('takes silence for a break: what is shown is old, and the line is opened anew', () => {
    const line = open()
    line.live()
    expect([...line.timers].map(({ ms }) => ms)).toEqual([silenceMs])
    for (const { call } of line.timers) call()
    expect(line.told).toEqual(['outbox closed', 'again'])
    expect([line.connection.get(), line.connection.dataAt()]).toEqual([{ state: 'offline' }, 10_000])
    line.opened()
    line.say('delta', { run: 'r', n: 4, at: 20_000, changes: {} })
    expect([line.connection.get(), line.connection.dataAt()]).toEqual([{ state: 'live' }, 20_000])
    expect(line.told.slice(2)).toEqual(['outbox open', 'shown 20000'])
  })

  test('a line that broke waits for nothing any more', () => {
    const line = open()
    line.live()
    line.closed()
    expect(line.timers.size).toBe(0)
    expect(line.connection.get().state).toBe('offline')
  })

  test('leads to where somebody signs in when the session is over, and loads itself anew for a newer hub', () => {
    const line = open()
    line.live()
    for (const why of ['stopping', 'expired', 'signed-out', 'version']) line.say('over', { why })
    line.refused('sign-in.needed')
    line.refused('role.missing')
    line.refused('hub.busy')
    line.refused('request.invalid')
    expect(line.told.filter((one) => one.startsWith('over'))).toEqual([
      'over: sign-in',
      'over: signed-out',
      'over: version',
      'over: sign-in',
      'over: role',
      'over: version',
    ])
  })
})
