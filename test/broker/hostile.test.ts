/** Strangers and broken clients: each is refused or survived, and nobody else notices. */
import net from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { packets } from './packets.ts'
import {
  client,
  closed,
  connected,
  createRecorder,
  endAll,
  event,
  refusedWith,
  startBroker,
} from './support.ts'

afterEach(endAll)

const socketTo = (port: number): net.Socket => {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  return socket
}

const gone = (socket: net.Socket): Promise<void> =>
  socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()))

describe('before signing in', () => {
  test('a CONNECT of 200 MB is cut off at its announcement', async () => {
    const { port, counts } = await startBroker()
    const before = process.memoryUsage().rss
    const socket = socketTo(port)
    // Remaining length 209,715,200.
    socket.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x64]))
    const block = Buffer.alloc(1_048_576)
    for (let sent = 0; sent < 200 && !socket.destroyed; sent++) {
      if (!socket.write(block))
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), gone(socket)])
    }
    await gone(socket)
    expect(counts.get('packet.too-large')).toBe(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1_048_576)
    await connected(port, 'cam1')
  })

  test('half a CONNECT is closed after a while, and five hundred of them keep nobody out', async () => {
    const { port } = await startBroker({ limits: { connectTimeoutMs: 300 } })
    const slow = Array.from({ length: 500 }, () => socketTo(port))
    for (const socket of slow) socket.write(packets.connect('b1/cam1').subarray(0, 5))
    const began = performance.now()
    await connected(port, 'cam1')
    expect(performance.now() - began).toBeLessThan(1_000)
    await Promise.all(slow.map(gone))
  })

  test('a CONNECT that the network cut in pieces is one all the same', async () => {
    const { port } = await startBroker()
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve))
    for (const byte of packets.connect('b1/cam1')) {
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await answer).toEqual(Buffer.of(0x20, 2, 0, 0))
    socket.destroy()
  })

  test('anything but CONNECT first, a reserved type, or five digits of length ends the connection', async () => {
    const { port } = await startBroker()
    const firsts = [
      [0x30, 0x05, 0x00, 0x01, 0x61, 0x62, 0x63],
      [0xf0, 0x00],
      [0x00, 0x00],
      [0x10, 0xff, 0xff, 0xff, 0xff, 0x01],
      [0xc0, 0x00],
    ]
    for (const first of firsts) {
      const socket = socketTo(port)
      socket.write(Buffer.from(first))
      await gone(socket)
    }
  })

  test('a second CONNECT ends the connection', async () => {
    const { port } = await startBroker()
    const socket = socketTo(port)
    socket.write(Buffer.concat([packets.connect('b1/cam1'), packets.connect('b1/cam1')]))
    await gone(socket)
  })

  test('MQTT 5 is answered with the version it may use', async () => {
    const { port } = await startBroker()
    const answer = new Promise<Buffer>((resolve) => {
      const socket = net.connect(port, '127.0.0.1')
      socket.once('data', resolve)
      socket.write(packets.connect('b1/cam1', 5))
    })
    // CONNACK; MQTT 5 clients read 0x01 or 0x84 as "unsupported version".
    expect((await answer)[0]).toBe(0x20)
  })

  test.each([
    ['another branch', { clientId: 'b2/cam1' }, 2],
    ['no client id', { clientId: '' }, 2],
    ['control characters', { clientId: 'b1/cam1\u0007' }, 2],
    ['a kept session', { clean: false }, 2],
    ['no keep-alive', { keepalive: 0 }, 5],
    ['a keep-alive without end', { keepalive: 6_000 }, 5],
    ['a device nobody declared', { clientId: 'b1/nobody' }, 5],
    ['a control character in the user name', { username: 'a\u0000b' }, 2],
  ])('%s is refused', async (_what, options, code) => {
    const { port } = await startBroker()
    expect(await refusedWith(client(port, 'cam1', options))).toBe(code)
  })

  test('a sign-in that never answers is closed', async () => {
    const { port, counts } = await startBroker({
      limits: { hookTimeoutMs: 100 },
      parts: { signIn: () => new Promise(() => undefined) },
    })
    expect(await refusedWith(client(port, 'cam1'))).toBe(3)
    expect(counts.get('connect.busy')).toBe(1)
  })

  test('nothing sent before the CONNACK is handled when the sign-in is refused', async () => {
    const { port, arrivals } = await startBroker()
    const socket = socketTo(port)
    const publish = packets.publish(event('nobody', 'zone.count'), 'x', 1)
    socket.write(Buffer.concat([packets.connect('b1/nobody'), publish]))
    await gone(socket)
    expect(arrivals.seen).toEqual([])
  })

  test('more connections than allowed are closed', async () => {
    const { port, counts } = await startBroker({ limits: { connectionsMax: 2 } })
    await connected(port, 'cam1')
    await connected(port, 'cam2')
    await expect(connected(port, 'robot1')).rejects.toThrow()
    expect(counts.get('connect.too-many')).toBe(1)
  })

  test('connections that come too fast are closed', async () => {
    const { port, counts } = await startBroker({ limits: { connectsBurst: 3, connectsPerSecond: 1 } })
    const sockets = Array.from({ length: 10 }, () => socketTo(port))
    await Promise.all(sockets.slice(3).map(gone))
    expect(counts.get('connect.too-many')).toBeGreaterThanOrEqual(6)
  })

  test('two clients that throw each other out are slowed down', async () => {
    const { port } = await startBroker({ limits: { takeoversPerMinute: 3 } })
    for (let time = 0; time < 4; time++) await connected(port, 'cam1')
    expect(await refusedWith(client(port, 'cam1'))).toBe(3)
  })
})

describe('after signing in', () => {
  test('what was sent together with the CONNECT is handled, in order', async () => {
    const { port, arrivals } = await startBroker()
    const topic = event('cam1', 'zone.count')
    const socket = socketTo(port)
    const sent = [1, 2, 3].map((n) => packets.publish(topic, String(n), n))
    socket.write(Buffer.concat([packets.connect('b1/cam1'), ...sent]))
    await arrivals.until((seen) => seen.length === 3)
    expect(arrivals.seen.map(({ payload }) => payload.toString())).toEqual(['1', '2', '3'])
  })

  test('what is sent right behind the CONNACK is never lost', async () => {
    const { port, arrivals } = await startBroker({ limits: { takeoversPerMinute: 100 } })
    const topic = event('cam1', 'zone.count')
    for (let time = 1; time <= 40; time++) {
      const socket = socketTo(port)
      socket.setNoDelay(true)
      socket.once('data', () => socket.write(packets.publish(topic, String(time), 1)))
      socket.write(packets.connect('b1/cam1'))
      await arrivals.until((seen) => seen.length === time)
      socket.destroy()
    }
  })

  test('a packet above the limit ends the connection', async () => {
    const { port, counts } = await startBroker({ limits: { packetBytesMax: 2_048 } })
    const device = await connected(port, 'cam1')
    device.publish(event('cam1', 'zone.count'), Buffer.alloc(4_096), { qos: 1 })
    await closed(device)
    expect(counts.get('packet.too-large')).toBe(1)
  })

  test('a burst is read more slowly, in order, and nothing of it is lost', async () => {
    const { port, arrivals } = await startBroker({
      limits: { packetsPerSecond: 400, packetsBurst: 50, packetsPerRead: 16 },
    })
    const device = await connected(port, 'cam1')
    const began = performance.now()
    for (let n = 0; n < 250; n++) device.publish(event('cam1', 'zone.count'), String(n), { qos: 0 })
    // Says goodbye right behind its messages, as command line publishers do.
    device.end()
    await arrivals.until((seen) => seen.length === 250)
    expect(performance.now() - began).toBeGreaterThan(400)
    expect(arrivals.seen.map(({ payload }) => Number(payload.toString()))).toEqual([...Array(250).keys()])
  })

  test('a frozen reader is thrown out and does not hold up the others', async () => {
    const { port, broker, counts } = await startBroker({ limits: { packetBytesMax: 1_048_576 } })
    const frozen = await connected(port, 'cam2')
    await frozen.subscribeAsync('usher/v1/b1/cam2/task', { qos: 1 })
    ;(frozen.stream as net.Socket).pause()
    const healthy = await connected(port, 'robot1')
    const got = createRecorder<number>()
    healthy.on('message', () => got.push(performance.now()))
    await healthy.subscribeAsync('usher/v1/b1/robot1/task', { qos: 1 })
    const block = 'x'.repeat(100_000)
    for (let n = 1; n <= 150; n++) {
      await broker.publish('usher/v1/b1/cam2/task', block, { qos: 1, retain: false })
      await broker.publish('usher/v1/b1/robot1/task', String(n), { qos: 1, retain: false })
      await got.until((seen) => seen.length >= n)
    }
    const gaps = got.seen.slice(1).map((at, index) => at - (got.seen[index] ?? at))
    expect(Math.max(...gaps)).toBeLessThan(500)
    expect(counts.get('connect.slow')).toBe(1)
    expect(broker.isConnected('cam2')).toBe(false)
  })

  test('more subscriptions than allowed are refused', async () => {
    const { port } = await startBroker({ limits: { filtersMax: 4 } })
    const device = await connected(port, 'robot1')
    const names = ['task', 'config', 'error', 'ack', 'credential'].map((name) => `usher/v1/b1/robot1/${name}`)
    const granted = await device.subscribeAsync(names.slice(0, 4), { qos: 0 })
    expect(granted.map(({ qos }) => qos)).toEqual([0, 0, 0, 0])
    await expect(device.subscribeAsync(names.slice(4), { qos: 0 })).rejects.toThrow()
  })
})

describe('malformed packets', () => {
  const seeds: Buffer[] = [
    packets.connect('b1/cam1'),
    packets.publish(event('cam1', 'zone.count'), '{}', 7),
    packets.subscribe(8, 'usher/v1/b1/cam1/task'),
    packets.unsubscribe(9, 'usher/v1/b1/cam1/task'),
    packets.release(3),
    packets.ping(),
    packets.disconnect(),
  ]
  const mutated = fc
    .tuple(
      fc.array(fc.nat(seeds.length - 1), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
      fc.boolean(),
    )
    .map(([order, bytes, signedIn]) => {
      const stream = Buffer.concat(order.map((index) => seeds[index] ?? Buffer.alloc(0)))
      for (const [at, value] of bytes) stream[at % stream.length] = value
      return signedIn ? Buffer.concat([packets.connect('b1/cam1'), stream]) : stream
    })

  test('never stop the broker', async () => {
    const { port } = await startBroker({
      limits: { takeoversPerMinute: 10_000, connectTimeoutMs: 200, connectsBurst: 10_000 },
    })
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        const socket = socketTo(port)
        socket.end(bytes)
        await gone(socket)
      }),
      { numRuns: 1_500, seed: 20_261_122 },
    )
    const device = await connected(port, 'cam2')
    await device.publishAsync(event('cam2', 'zone.count'), '{}', { qos: 1 })
  })
})
