/** What waits for the hub and is kept in a file: through kills, a torn line, a full disk and a day without a hub. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFleetingTray, type OutTray, type TrayMessage } from '#adapters/sdk/out-tray.ts'
import { openFileTray } from '#adapters/sdk/out-tray-file.ts'
import { keptMax } from '#adapters/sdk/outgoing.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'
import { offer } from '../../simulators/support/rig.ts'
import { createRig } from './support/rig.ts'

let folder: string
const file = () => join(folder, 'robot-1.out-tray')
const open = () => openFileTray({ file: file(), clock: createFakeClock() })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-tray-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const message = (n: number, payload = `{"n":${n}}`): TrayMessage => ({
  boot: 'boot-1',
  n,
  at: 1,
  topic: topics.event('demo', 'robot-1', 'x-a'),
  payload,
})
const numbers = (tray: OutTray, device = 'robot-1') => tray.earlier(device).map(({ n }) => n)

describe('the file', () => {
  test('gives the next life what did not leave, to each device its own, and only the owner reads it', () => {
    const first = open()
    first.put('robot-1', message(1))
    first.put('robot-2', message(1))
    first.put('robot-1', message(2))
    first.put('robot-1', message(3))
    first.take('robot-1', message(2))
    // Not closed: a kill gives no time for it.
    const second = open()
    expect(numbers(second)).toEqual([1, 3])
    expect(second.earlier('robot-1')[0]).toEqual(message(1))
    expect(numbers(second, 'robot-2')).toEqual([1])
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('a line that was cut off tells nothing, and the next one is not swallowed by it', () => {
    open().put('robot-1', message(1))
    appendFileSync(file(), '{"device":"robot-1","boot":"boot-1","n":2,"at":1,"top')
    const second = open()
    second.put('robot-1', message(3))
    expect(numbers(open())).toEqual([1, 3])
  })

  test('does not grow by what has left, whether the tray is empty in between or never', () => {
    const tray = open()
    const long = 'x'.repeat(1_000)
    for (let n = 1; n <= 3_000; n += 1) {
      tray.put('robot-1', message(n, long))
      tray.take('robot-1', message(n))
    }
    expect(statSync(file()).size).toBeLessThan(100_000)
    tray.put('robot-1', message(9_000))
    for (let n = 1; n <= 6_000; n += 1) {
      tray.put('robot-1', message(n, long))
      tray.take('robot-1', message(n))
    }
    expect(statSync(file()).size).toBeLessThan(5_000_000)
    expect(numbers(open())).toEqual([9_000])
    tray.close()
  })

  test('is asked once for all that was said in a while, and closed in between nothing is left open', async () => {
    const clock = createFakeClock()
    const tray = openFileTray({ file: file(), clock })
    for (let n = 1; n <= 50; n += 1) tray.put('robot-1', message(n))
    await clock.pass(1_000)
    tray.put('robot-1', message(51))
    tray.close()
    tray.put('robot-1', message(52))
    tray.take('robot-1', message(1))
    expect(numbers(open())).toHaveLength(51)
  })

  test('a place where nothing can be kept is said at once', () => {
    writeFileSync(join(folder, 'a-file'), '')
    expect(() =>
      openFileTray({ file: join(folder, 'a-file', 'out-tray'), clock: createFakeClock() }),
    ).toThrow(expect.objectContaining({ code: 'adapter.memory' }))
  })
})

const rigWith = (tray: OutTray, boot: string, more: Parameters<typeof createRig>[0] = {}) =>
  createRig({ boot, ...more, parts: { tray, ...more.parts } })

describe('the next life', () => {
  test('says what the last one could not, with its numbers, how long ago it was, and before anything new', async () => {
    const tray = createFleetingTray()
    const clock = createFakeClock()
    const first = await rigWith(tray, 'boot-1', { clock })
    first.hub.down()
    first.context().device.emit('visitor.detected', { zone: 'entrance', count: 1 })
    first.context().device.emit('ticket.issued', { ticket: 'A001', service: 'corporate' })
    first.adapter.die()
    await clock.pass(60_000)

    const second = await rigWith(tray, 'boot-2', { clock })
    const [seen, ticket, ...rest] = second.hub.sent
    expect(seen?.body).toMatchObject({ zone: 'entrance', boot: 'boot-1', observedAgoMs: 60_000 })
    expect(ticket?.body).toMatchObject({ ticket: 'A001', boot: 'boot-1' })
    expect(Number(ticket?.body['n'])).toBe(Number(seen?.body['n']) + 1)
    expect(rest.length).toBeGreaterThan(2)
    expect(rest.every(({ body }) => body['boot'] === 'boot-2')).toBe(true)
    expect(second.adapter.unacknowledged()).toBe(0)
    expect(tray.earlier('robot-1')).toEqual([])
  })

  test('repeats the report of a task as it was said, and makes no second one of it', async () => {
    const tray = createFleetingTray()
    const clock = createFakeClock()
    const side = { capabilities: { greet: () => Promise.resolve({ said: [] }) } }
    const first = await rigWith(tray, 'boot-1', { clock, side })
    first.hub.acknowledges = false
    await first.task(offer('greet', { start: true }))
    const done = first.last()
    expect(done).toMatchObject({ status: 'done' })
    first.adapter.die()

    const { memory } = first
    const second = await rigWith(tray, 'boot-2', { clock, memory, side })
    expect(second.hub.reports().filter(({ status }) => status === 'done')).toEqual([done])
    second.adapter.die()
    const third = await rigWith(tray, 'boot-3', { clock, memory, side })
    expect(third.hub.reports()).toEqual([])
  })

  test('what the hub will never take is given up, and does not hold up the rest', async () => {
    const tray = createFleetingTray()
    const clock = createFakeClock()
    const first = await rigWith(tray, 'boot-1', { clock })
    first.hub.down()
    first.context().device.emit('x-a', {})
    first.adapter.die()
    const second = await rigWith(tray, 'boot-2', {
      clock,
      parts: { tray, acknowledgedBy: 'hub' },
    })
    const [old] = second.hub.events()
    expect(second.sentOn('/manifest')).toEqual([])
    second.hub.say(topics.error('demo', 'robot-1'), {
      code: 'payload.invalid',
      text: 'No.',
      topic: old?.topic ?? '',
      n: old?.body['n'],
      boot: 'boot-1',
    })
    expect(second.adapter.counts()['message.dropped']).toBe(1)
    expect(tray.earlier('robot-1')).toEqual([])
    expect(second.sentOn('/manifest')).toHaveLength(1)
  })

  test('behind a broker that only passes on, the first ack of this life counts: nothing waits for something newer that may never be said', async () => {
    const tray = createFleetingTray()
    const clock = createFakeClock()
    const first = await rigWith(tray, 'boot-1', { clock })
    first.hub.down()
    first.context().device.emit('x-a', {})
    first.adapter.die()
    const second = await rigWith(tray, 'boot-2', { clock, parts: { tray, acknowledgedBy: 'hub' } })
    const ackLast = () => {
      const { boot, n } = second.hub.sent.at(-1)?.body ?? {}
      second.hub.say(topics.ack('demo', 'robot-1'), { boot, n })
    }
    ackLast()
    ackLast()
    expect(second.adapter.unacknowledged()).toBe(0)
  })

  test('a disk that takes nothing: it is sent all the same, and said once for each', async () => {
    const full: OutTray = {
      ...createFleetingTray(),
      put: () => {
        throw new Error('ENOSPC')
      },
    }
    const rig = await rigWith(full, 'boot-1')
    rig.context().device.emit('x-a', {})
    expect(rig.hub.events()).toHaveLength(1)
    expect(rig.adapter.counts()['adapter.memory']).toBe(1)
  })
})

describe('too much of it', () => {
  test('what is measured goes first and the oldest of it, what was done never; all is counted, one line a minute', async () => {
    const tray = openFileTray({ file: file(), clock: createFakeClock() })
    const clock = createFakeClock()
    const side = { capabilities: { greet: () => Promise.resolve({ said: [] }) } }
    const first = await rigWith(tray, 'boot-1', { clock, side })
    first.hub.acknowledges = false
    await first.task(offer('greet', { start: true }))
    first.hub.down()
    const { device } = first.context()
    for (let count = 0; count < 5; count += 1) device.emit('zone.count', { zone: 'waiting', count })
    for (let count = 0; count < keptMax; count += 1) device.emit('x-a', { count })
    device.emit('zone.count', { zone: 'waiting', count: 6 })
    const kept = first.adapter.unacknowledged()
    expect(kept).toBe(keptMax)
    const gone = first.adapter.counts()['message.dropped']
    const lines = first.lines.filter(({ text }) => text === 'a message is given up')
    expect(lines).toHaveLength(1)
    await clock.pass(60_000)
    device.emit('x-a', { count: keptMax })
    expect(first.lines.filter(({ text }) => text === 'a message is given up')).toHaveLength(2)
    expect(first.adapter.counts()['message.dropped']).toBe((gone ?? 0) + 1)
    first.adapter.die()

    const waiting = tray
      .earlier('robot-1')
      .map(({ topic, payload }) => ({ topic, body: JSON.parse(payload) }))
    const ends = waiting.filter(({ topic }) => topic.endsWith('/report')).map(({ body }) => body.status)
    expect(ends).toEqual(['accepted', 'started', 'done'])
    expect(waiting.filter(({ topic }) => topic.endsWith('/zone.count'))).toEqual([])
    const counts = waiting.filter(({ topic }) => topic.endsWith('/x-a')).map(({ body }) => body.count)
    expect(counts.at(-1)).toBe(keptMax)
    expect(counts.length).toBe(keptMax - ends.length)
    tray.close()
    expect(readFileSync(file(), 'utf8').length).toBeGreaterThan(0)
  }, 90_000)

  test('bytes count as well', async () => {
    const rig = await rigWith(createFleetingTray(), 'boot-1')
    rig.hub.down()
    for (let count = 0; count < 400; count += 1)
      rig.context().device.emit('x-a', { count, text: 'x'.repeat(50_000) })
    expect(rig.adapter.unacknowledged()).toBeGreaterThan(300)
    expect(rig.adapter.unacknowledged()).toBeLessThan(340)
    expect(rig.adapter.counts()['message.dropped']).toBe(400 - rig.adapter.unacknowledged())
  })
})
