/** A PUBACK means committed, in order; what was not committed is not acknowledged. */
import { afterEach, describe, expect, test } from 'vitest'
import { client, closed, connected, createRecorder, endAll, event, startBroker } from './support.ts'

afterEach(endAll)

/** Publishes raw, so that the order of acknowledgements on the wire can be read. */
const acknowledgements = (device: Awaited<ReturnType<typeof connected>>) => {
  const acks = createRecorder<number>()
  device.on('packetreceive', (packet) => {
    if (packet.cmd === 'puback') acks.push(packet.messageId ?? 0)
  })
  return acks
}

describe('acknowledging', () => {
  test('keeps the order of a client while commits take varying time', async () => {
    const releases: (() => void)[] = []
    const { port, arrivals } = await startBroker({
      onArrival: () => new Promise((resolve) => releases.push(resolve)),
    })
    const device = await connected(port, 'cam1')
    const acks = acknowledgements(device)
    for (let n = 0; n < 50; n++) device.publish(event('cam1', 'zone.count'), String(n), { qos: 1 })
    await arrivals.until((seen) => seen.length === 50)
    // Committed in reverse.
    for (const release of releases.reverse()) release()
    await acks.until((seen) => seen.length === 50)
    expect(arrivals.seen.map(({ payload }) => Number(payload.toString()))).toEqual([...Array(50).keys()])
    expect(acks.seen).toEqual([...acks.seen].sort((a, b) => a - b))
  })

  test('comes after the commit', async () => {
    const order = createRecorder<string>()
    let commit = () => undefined as void
    const { port, arrivals } = await startBroker({
      onArrival: () =>
        new Promise((resolve) => {
          commit = () => {
            order.push('commit')
            resolve()
          }
        }),
    })
    const device = await connected(port, 'cam1')
    const published = device
      .publishAsync(event('cam1', 'zone.count'), '1', { qos: 1 })
      .then(() => order.push('ack'))
    await arrivals.until((seen) => seen.length === 1)
    commit()
    await published
    expect(order.seen).toEqual(['commit', 'ack'])
  })

  test('is withheld from the first message that cannot be committed', async () => {
    const outcomes: { resolve: () => void; reject: (error: Error) => void }[] = []
    const { port, arrivals, counts } = await startBroker({
      onArrival: () => new Promise((resolve, reject) => outcomes.push({ resolve, reject })),
    })
    const device = await connected(port, 'cam1')
    const acks = acknowledgements(device)
    for (let n = 0; n < 3; n++) device.publish(event('cam1', 'zone.count'), String(n), { qos: 1 })
    await arrivals.until((seen) => seen.length === 3)
    outcomes[0]?.resolve()
    outcomes[2]?.resolve()
    await acks.until((seen) => seen.length === 1)
    outcomes[1]?.reject(new Error('disk'))
    await closed(device)
    expect(acks.seen).toHaveLength(1)
    expect(counts.get('connect.not-committed')).toBe(1)
  })

  test('waits a bounded time, then the connection is closed', async () => {
    const { port, counts } = await startBroker({
      limits: { heldAckMsMax: 50, sweepMs: 10 },
      onArrival: () => new Promise(() => undefined),
    })
    const device = await connected(port, 'cam1')
    device.publish(event('cam1', 'zone.count'), '1', { qos: 1 })
    await closed(device)
    expect(counts.get('connect.not-committed')).toBe(1)
  })

  test('presents a repeat again, so that the hub can recognise it', async () => {
    const { port, arrivals } = await startBroker()
    const device = await connected(port, 'cam1')
    await device.publishAsync(event('cam1', 'zone.count'), 'x', { qos: 1 })
    await device.publishAsync(event('cam1', 'zone.count'), 'x', { qos: 1, dup: true })
    expect(arrivals.seen).toHaveLength(2)
  })

  test('reaches a device with what the hub publishes, and tells when it listens and goes', async () => {
    const { port, broker, events } = await startBroker()
    const device = client(port, 'robot1')
    const got = createRecorder<string>()
    device.on('message', (topic, payload) => got.push(`${topic} ${payload.toString()}`))
    await device.subscribeAsync(['usher/v1/b1/robot1/task', 'usher/v1/b1/_hub'], { qos: 1 })
    await events.until((seen) => seen.includes('listening robot1'))
    expect(broker.isConnected('robot1')).toBe(true)
    await broker.publish('usher/v1/b1/robot1/task', '{"a":1}', { qos: 1, retain: false })
    await got.until((seen) => seen.length === 2)
    expect(got.seen.toSorted()).toEqual([
      'usher/v1/b1/_hub {"status":"online","epoch":1}',
      'usher/v1/b1/robot1/task {"a":1}',
    ])
    await device.endAsync()
    await events.until((seen) => seen.includes('disconnected robot1 orderly'))
    expect(broker.isConnected('robot1')).toBe(false)
  })
})
