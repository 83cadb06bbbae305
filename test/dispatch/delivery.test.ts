/** Messages reach devices in order, again when they were not taken, and never after their time. */
import { describe, expect, it } from 'vitest'
import { createDelivery } from '#hub/dispatch/delivery.ts'
import type { OutboxRow } from '#hub/dispatch/rows.ts'
import { createTestClock } from '../support/clock.ts'

const outboxRow = (id: string, change: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  device: 'robot-1',
  topic: 'usher/v1/b/robot-1/task',
  payload: `{"id":"${id}"}`,
  retain: false,
  task: 't',
  attempt: 1,
  kind: 'offer',
  at: 0,
  expiresAt: 60_000,
  resendMs: 2_000,
  ...change,
})

const changed = (...rows: (readonly [string, OutboxRow | undefined])[]) => [
  { table: 'outbox', rows: new Map<string, unknown>(rows), added: new Set<string>() },
]

const open = (stored: readonly OutboxRow[] = []) => {
  const clock = createTestClock()
  const sent: { topic: string; payload: string; retain: boolean; at: number }[] = []
  const connected = new Set<string>()
  const warnings: string[] = []
  const broken = { now: false }
  const delivery = createDelivery({
    broker: {
      isConnected: (device) => connected.has(device),
      publish: (topic, payload, { retain }) => {
        if (broken.now) return Promise.reject(new Error('closed'))
        sent.push({ topic, payload, retain, at: clock.monotonicMs() })
        return Promise.resolve()
      },
    },
    clock,
    now: () => clock.monotonicMs(),
    outbox: () => stored,
    log: { warn: (_, message) => void warnings.push(message) },
  })
  /** Lets promises that are already settled call back between the steps of the clock. */
  const advance = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      await Promise.resolve()
      await new Promise<void>((resolve) => setImmediate(resolve))
      clock.advance(250)
    }
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { delivery, sent, connected, warnings, broken, advance, clock }
}

describe('delivery', () => {
  it('sends at once, and again unchanged every resendMs until the row is closed', async () => {
    const { delivery, sent, connected, advance } = open()
    connected.add('robot-1')
    delivery.start()
    const row = outboxRow('a')
    delivery.committed(changed(['a', row]))
    expect(sent).toHaveLength(1)
    await advance(5_000)
    expect(sent.map(({ payload }) => payload)).toEqual([row.payload, row.payload, row.payload])
    delivery.committed(changed(['a', undefined]))
    await advance(10_000)
    expect(sent).toHaveLength(3)
  })

  it('waits for a device that is not there, and sends all it missed in order when it listens', async () => {
    const { delivery, sent, connected, advance } = open()
    delivery.start()
    delivery.committed(changed(['b', outboxRow('b')], ['a', outboxRow('a')]))
    await advance(4_000)
    expect(sent).toEqual([])
    connected.add('robot-1')
    delivery.listening('robot-1')
    expect(sent.map(({ payload }) => payload)).toEqual(['{"id":"b"}', '{"id":"a"}'])
  })

  it('sends nothing after its time', async () => {
    const { delivery, sent, connected, advance, clock } = open()
    connected.add('robot-1')
    delivery.start()
    delivery.committed(changed(['a', outboxRow('a', { expiresAt: 3_000 })]))
    await advance(20_000)
    expect(sent.map(({ at }) => at)).toEqual([0, 2_000])
    delivery.listening('robot-1')
    expect(sent).toHaveLength(2)
    expect(clock.pending()).toBe(0)
  })

  it('publishes what is retained at the start, once, and clears it when its row goes', async () => {
    const config = outboxRow('config/robot-1', { kind: 'config', retain: true, expiresAt: null, topic: 'c' })
    const { delivery, sent, advance } = open([config])
    delivery.start()
    await advance(10_000)
    expect(sent.map(({ payload, retain }) => [payload, retain])).toEqual([[config.payload, true]])
    delivery.committed(changed(['config/robot-1', undefined]))
    expect(sent.at(-1)).toMatchObject({ topic: 'c', payload: '', retain: true })
  })

  it('tries again what could not be handed over', async () => {
    const { delivery, sent, connected, advance, warnings, broken } = open([outboxRow('a')])
    connected.add('robot-1')
    broken.now = true
    delivery.start()
    await advance(500)
    expect([sent.length, warnings.length]).toEqual([0, 1])
    broken.now = false
    await advance(2_000)
    expect(sent).toHaveLength(1)
  })

  it('loads in the order of decisions: a cancel before the offer that replaces it', () => {
    const { delivery, sent, connected } = open([
      outboxRow('z', { kind: 'offer', at: 5 }),
      outboxRow('y', { kind: 'cancel', at: 5 }),
      outboxRow('x', { kind: 'start', at: 1 }),
    ])
    connected.add('robot-1')
    delivery.start()
    expect(sent.map(({ payload }) => payload)).toEqual(['{"id":"x"}', '{"id":"y"}', '{"id":"z"}'])
    delivery.stop()
  })
})
