/** The care for one adapter, with processes that are none and a clock that is told. */
import { describe, expect, test } from 'vitest'
import type { Child, ChildEvents, Launch } from '#cli/adapters/child.ts'
import { createWard, type Params } from '#cli/adapters/ward.ts'
import { UsherError } from '#protocol/errors.ts'
import { createTestClock } from '../../support/clock.ts'

interface Fake extends Child {
  readonly events: ChildEvents
  readonly asked: string[]
}

const setUp = (options: { memoryMb?: () => number; answers?: () => boolean; launch?: () => Launch } = {}) => {
  const clock = createTestClock()
  const children: Fake[] = []
  const told: (readonly [string | null, Params])[] = []
  const startChild = (_launch: Launch, events: ChildEvents): Child => {
    const asked: string[] = []
    const child: Fake = {
      pid: 1_000 + children.length,
      events,
      asked,
      ping: () => {
        asked.push('ping')
        if (options.answers?.() ?? true) events.onPong()
      },
      end: () => void asked.push('end'),
      kill: () => {
        asked.push('kill')
        events.onExit({ code: null, signal: 'SIGKILL' })
      },
      memoryMb: () => options.memoryMb?.() ?? 50,
    }
    children.push(child)
    return child
  }
  const ward = createWard({
    device: 'robot-1',
    memoryMb: 256,
    launch: options.launch ?? (() => ({ module: '/a.mjs', memoryMb: 256, environment: {} })),
    startChild,
    clock,
    chance: () => 0,
    onLine: () => undefined,
    onHealth: (code, params) => told.push([code, params]),
    onChange: () => undefined,
  })
  const newest = () => children.at(-1) as Fake
  const falls = (code = 1) => newest().events.onExit({ code, signal: null })
  return { clock, children, told, ward, newest, falls }
}

describe('an adapter that falls', () => {
  test('is started again, and told about', () => {
    const { clock, children, told, ward, falls } = setUp()
    ward.start()
    falls()
    expect(ward.facts()).toMatchObject({ state: 'waiting', pid: null, lastCode: 'adapter.crashed' })
    expect(told).toEqual([['adapter.crashed', { exitCode: 1 }]])
    clock.advance(499)
    expect(children).toHaveLength(1)
    clock.advance(1)
    expect(children).toHaveLength(2)
    expect(ward.facts()).toMatchObject({ state: 'running', restarts: 1 })
  })

  test('and then runs for a minute is well again, and its falls are forgotten', () => {
    const { clock, told, ward, falls } = setUp()
    ward.start()
    for (let day = 0; day < 10; day += 1) {
      falls()
      clock.advance(500 + 60_000)
      expect(told.at(-1)).toEqual([null, {}])
    }
    expect(ward.facts()).toMatchObject({ state: 'running', restarts: 10 })
  })

  test('five times in a row is left alone, and is started again by a person only', () => {
    const { clock, children, told, ward, falls } = setUp()
    ward.start()
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      falls()
      clock.advance(waitMs)
    }
    falls()
    expect(told.at(-1)).toEqual(['adapter.crash-loop', { crashes: 5, last: 'adapter.crashed' }])
    clock.advance(86_400_000)
    expect(children).toHaveLength(5)
    expect(clock.pending()).toBe(0)
    ward.restart()
    expect(ward.facts().state).toBe('running')
    falls()
    expect(ward.facts().state).toBe('waiting')
  })

  test('because its settings do not fit is not tried again', () => {
    const { clock, children, told, ward, falls } = setUp()
    ward.start()
    falls(2)
    clock.advance(3_600_000)
    expect(children).toHaveLength(1)
    expect(told).toEqual([['adapter.refused-settings', { exitCode: 2 }]])
  })

  test('is also one that ends without an error', () => {
    const { ward, falls } = setUp()
    ward.start()
    falls(0)
    expect(ward.facts().state).toBe('waiting')
  })
})

describe('an adapter that runs', () => {
  test('and answers is left in peace', () => {
    const { clock, children, told, ward, newest } = setUp()
    ward.start()
    clock.advance(3_600_000)
    expect(children).toHaveLength(1)
    expect(new Set(newest().asked)).toEqual(new Set(['ping']))
    expect(told).toEqual([])
  })

  test('and does not answer five times is ended, and started again', () => {
    let answers = true
    const { clock, children, told, ward } = setUp({ answers: () => answers })
    ward.start()
    clock.advance(30_000)
    answers = false
    clock.advance(15_000)
    expect(told).toEqual([])
    clock.advance(3_500)
    expect(told).toEqual([['adapter.silent', {}]])
    expect(children[0]?.asked.at(-1)).toBe('kill')
    expect(children).toHaveLength(2)
  })

  test('and blocks at each start ends as a loop, too', () => {
    const { clock, told, ward } = setUp({ answers: () => false })
    ward.start()
    clock.advance(600_000)
    expect(told.at(-1)?.[0]).toBe('adapter.crash-loop')
  })

  test('and takes more memory than its limit is ended within a moment', () => {
    let memoryMb = 256
    const { clock, told, ward } = setUp({ memoryMb: () => memoryMb })
    ward.start()
    clock.advance(10_000)
    expect(told).toEqual([])
    memoryMb = 257.4
    clock.advance(250)
    expect(told).toEqual([['adapter.too-much-memory', { usedMb: 257, memoryMb: 256 }]])
  })
})

describe('an adapter that is asked to end', () => {
  test('may say goodbye', async () => {
    const { clock, ward, newest, falls } = setUp()
    ward.start()
    const stopped = ward.stop()
    expect(newest().asked).toEqual(['end'])
    clock.advance(4_999)
    falls(0)
    await stopped
    expect(newest().asked).toEqual(['end'])
    expect(clock.pending()).toBe(0)
    expect(ward.facts()).toMatchObject({ state: 'ended', lastCode: null })
  })

  test('and does not is ended', async () => {
    const { clock, ward, newest } = setUp()
    ward.start()
    const stopped = ward.stop()
    clock.advance(5_000)
    await stopped
    expect(newest().asked).toEqual(['end', 'kill'])
  })

  test('while it waits to be started again is not', async () => {
    const { clock, children, ward, falls } = setUp()
    ward.start()
    falls()
    await ward.stop()
    clock.advance(600_000)
    expect(children).toHaveLength(1)
  })

  test('because the hub ends is not started again by a person, neither on its way out nor after', async () => {
    const { children, ward, falls } = setUp()
    ward.start()
    const stopped = ward.stop()
    const stoppedToo = ward.stop()
    ward.restart()
    falls(0)
    await Promise.all([stopped, stoppedToo])
    ward.restart()
    expect(children).toHaveLength(1)
    expect(ward.facts().state).toBe('ended')
  })

  test('by a person who wants it started again is', () => {
    const { children, told, ward, newest, falls } = setUp()
    ward.start()
    ward.restart()
    expect(newest().asked).toEqual(['end'])
    falls(0)
    expect(children).toHaveLength(2)
    expect(told).toEqual([])
  })
})

test('an adapter for whose settings the disk has no room is tried again, and harms nobody', () => {
  let isFull = false
  const { clock, children, told, ward, falls } = setUp({
    launch: () => {
      if (isFull) throw new Error('ENOSPC: no space left on device')
      return { module: '/a.mjs', memoryMb: 256, environment: {} }
    },
  })
  ward.start()
  isFull = true
  falls()
  clock.advance(500)
  expect(told.at(-1)).toEqual(['adapter.crashed', { text: 'Error: ENOSPC: no space left on device' }])
  expect(ward.facts().state).toBe('waiting')
  isFull = false
  clock.advance(1_000)
  expect(children).toHaveLength(2)
  expect(ward.facts().state).toBe('running')
})

test('an adapter that cannot be found is told about, harms nothing, and is looked for again when asked', () => {
  let isThere = false
  const { told, ward } = setUp({
    launch: () => {
      if (!isThere) throw new UsherError('adapter.folder', '/a does not exist.')
      return { module: '/a.mjs', memoryMb: 256, environment: {} }
    },
  })
  ward.start()
  expect(told).toEqual([['adapter.folder', { text: '/a does not exist.' }]])
  expect(ward.facts().state).toBe('stopped')
  isThere = true
  ward.restart()
  expect(ward.facts().state).toBe('running')
})
