/** The bus without a network keeps the promises of the broker port, and does to messages what it is told. */
import { describe, expect, test } from 'vitest'
import { createMemoryBus, type DecideFate, faithful } from '#hub/broker/memory-bus.ts'
import type { Arrival } from '#hub/broker/port.ts'
import { createManualClock } from './manual-clock.ts'

const build = async (
  fate: DecideFate = faithful,
  onArrival: (arrival: Arrival) => Promise<void> = () => Promise.resolve(),
) => {
  const clock = createManualClock()
  const bus = createMemoryBus({ clock, fate })
  const log: string[] = []
  await bus.start({
    onArrival: (arrival) => {
      log.push(`arrival ${arrival.payload.toString()}`)
      return onArrival(arrival)
    },
    onConnected: (device) => log.push(`connected ${device}`),
    onDisconnected: (device, orderly) => log.push(`disconnected ${device} ${orderly}`),
    onListening: (device) => log.push(`listening ${device}`),
  })
  const connect = (device = 'r1', will?: { topic: string; payload: string }) => {
    const got: string[] = []
    const link = bus.connect(device, {
      onMessage: (_topic, payload) => got.push(payload),
      onLost: () => got.push('lost'),
      ...(will === undefined ? {} : { will }),
    })
    return { link, got }
  }
  return { bus, clock, log, connect }
}

const task = 'usher/v1/b1/r1/task'
const up = 'usher/v1/b1/r1/state'
const settle = () => new Promise((resolve) => setImmediate(resolve))
const qos1 = { qos: 1, retain: false } as const

describe('the memory bus', () => {
  test('carries messages both ways, and acknowledges what is committed', async () => {
    const { bus, log, connect } = await build()
    const { link, got } = connect()
    link.subscribe(task)
    await bus.publish(task, 'offer', qos1)
    await link.publish(up, 'a', qos1)
    await settle()
    expect(got).toEqual(['offer'])
    expect(log).toEqual(['connected r1', 'listening r1', 'arrival a'])
    link.disconnect()
    expect(log.at(-1)).toBe('disconnected r1 true')
    expect(bus.isConnected('r1')).toBe(false)
  })

  test('keeps retained messages for who comes later', async () => {
    const { bus, connect } = await build()
    await bus.publish('usher/v1/b1/_hub', 'online', { qos: 1, retain: true })
    const { link, got } = connect()
    link.subscribe('usher/v1/b1/_hub')
    await settle()
    expect(got).toEqual(['online'])
  })

  test('loses, doubles, delays and reorders as it is told', async () => {
    const fates: Record<string, number[]> = { lost: [], twice: [0, 5], late: [10], now: [0] }
    const { bus, clock, connect } = await build(({ payload }) => ({ copiesAfterMs: fates[payload] ?? [0] }))
    const { link, got } = connect()
    link.subscribe(task)
    for (const payload of ['late', 'lost', 'twice', 'now']) await bus.publish(task, payload, qos1)
    await settle()
    expect(got).toEqual(['twice', 'now'])
    clock.advance(10)
    expect(got).toEqual(['twice', 'now', 'twice', 'late'])
  })

  test('a cut line speaks the will, and what waits for an acknowledgement fails', async () => {
    const { log, connect } = await build(() => ({ copiesAfterMs: [], cut: 'after' }))
    const { link, got } = connect('r1', { topic: 'usher/v1/b1/r1/presence', payload: 'will' })
    await expect(link.publish(up, 'a', qos1)).rejects.toThrow()
    expect(got).toEqual(['lost'])
    expect(log).toEqual(['connected r1', 'arrival will', 'disconnected r1 false'])
    await expect(link.publish(up, 'b', qos1)).rejects.toThrow()
  })

  test('what cannot be committed cuts the line without an acknowledgement', async () => {
    const { connect } = await build(faithful, () => Promise.reject(new Error('disk')))
    const { link, got } = connect()
    await expect(link.publish(up, 'a', qos1)).rejects.toThrow()
    expect(link.isOpen).toBe(false)
    expect(got).toEqual(['lost'])
  })

  test('a second connection takes over; a stop of the hub is no news about devices', async () => {
    const { bus, log, connect } = await build()
    const first = connect()
    const second = connect()
    expect(first.link.isOpen).toBe(false)
    expect(second.link.isOpen).toBe(true)
    await bus.stop()
    expect(second.got).toEqual(['lost'])
    expect(log).toEqual(['connected r1', 'disconnected r1 false', 'connected r1'])
    expect(() => connect()).toThrow()
  })

  test('the hub can throw a device out', async () => {
    const { bus, log, connect } = await build()
    connect()
    bus.disconnect('r1', 'test')
    bus.disconnect('nobody', 'test')
    expect(log).toEqual(['connected r1', 'disconnected r1 false'])
  })
})
