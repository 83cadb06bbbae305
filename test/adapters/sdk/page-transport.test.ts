/** The line of a page before a broker that is not ours: what it sends is MQTT, and it notices what becomes of the line. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Aedes, type Client } from 'aedes'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { createPacketReader, publishPacket } from '#adapters/sdk/mqtt-packets.ts'
import { createPageTransport } from '#adapters/sdk/page-transport.ts'
import type { Session, Transport } from '#adapters/sdk/ports.ts'

let broker: Aedes
let server: Server
let url: string
const refusedTopics = new Set<string>()
const clients: Client[] = []

beforeAll(async () => {
  broker = await Aedes.createBroker({
    authenticate: (...[, username, password, done]) => {
      if (username === undefined || String(password) === 'right') done(null, true)
      else done(Object.assign(new Error('no'), { returnCode: 4 }), false)
    },
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, refusedTopics.has(subscription.topic) ? null : subscription),
  })
  broker.on('client', (client) => clients.push(client))
  server = createServer()
  new WebSocketServer({ server }).on('connection', (socket, request) =>
    broker.handle(createWebSocketStream(socket), request),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`
})
afterAll(async () => {
  await new Promise<void>((resolve) => broker.close(resolve))
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

afterEach(() => void vi.useRealTimers())

const open = (transport: Transport, wish: Partial<Session> & { clientId: string }) =>
  new Promise<void>((resolve) => {
    const { subscriptions = [], onUp, ...more } = wish
    transport.open({
      will: undefined,
      subscriptions,
      onUp: () => {
        onUp?.()
        resolve()
      },
      onDown: () => {},
      onMessage: () => {},
      ...more,
    })
  })

test('what is said at one end is heard at the other, whatever its length and letters', async () => {
  const texts = ['{"a":1}', '汉字 ✓', 'x'.repeat(127), 'y'.repeat(128), 'z'.repeat(200_000)]
  const heard: string[] = []
  const line = createPageTransport({ address: { url } })
  const ear = createPageTransport({ address: { url } })
  const all = new Promise<void>((resolve) => {
    void open(ear, {
      clientId: 'ear',
      subscriptions: ['say/+'],
      onMessage: (topic, payload) => {
        expect(topic).toBe('say/it')
        heard.push(payload)
        if (heard.length === texts.length) resolve()
      },
      onUp: () => {
        void open(line, { clientId: 'mouth' }).then(async () => {
          await line.publish('say/it', texts[0] ?? '', { qos: 0, retain: false })
          for (const text of texts.slice(1)) await line.publish('say/it', text, { qos: 1, retain: false })
        })
      },
    })
  })
  await all
  expect(heard).toEqual(texts)
  await Promise.all([line.close(true), ear.close(true)])
})

test('its will is published when it is cut, and not when it says goodbye', async () => {
  const wills: string[] = []
  const ear = createPageTransport({ address: { url } })
  const cut = new Promise<void>((resolve) => {
    void open(ear, {
      clientId: 'ear-2',
      subscriptions: ['will/+'],
      onMessage: (_, payload) => {
        wills.push(payload)
        if (payload === 'b') resolve()
      },
    })
  })
  const will = (payload: string) => ({ topic: `will/${payload}`, payload, qos: 1, retain: false }) as const
  const polite = createPageTransport({ address: { url } })
  await open(polite, { clientId: 'polite', will: will('a') })
  await polite.close(true)
  const rude = createPageTransport({ address: { url } })
  await open(rude, { clientId: 'rude', will: will('b') })
  await rude.close(false)
  await cut
  expect(wills).toEqual(['b'])
  await ear.close(false)
})

test('who is refused is told so, and who is cut off comes back', async () => {
  const refusals: string[] = []
  let password = 'wrong'
  const line = createPageTransport({
    address: () => ({ url, username: 'a', password }),
    retryMs: 5,
    onRefused: (text) => {
      refusals.push(text)
      password = 'right'
    },
  })
  let downs = 0
  await open(line, { clientId: 'again', onDown: () => (downs += 1) })
  expect(refusals).toEqual([expect.stringContaining('bad user name or password')])
  clients.find(({ id }) => id === 'again')?.close()
  await expect.poll(() => downs).toBe(1)
  await expect
    .poll(() =>
      line.publish('a/b', 'c', { qos: 1, retain: false }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await line.close(true)
})

test('a topic that is refused is trouble, and asked for again', async () => {
  refusedTopics.add('secret/a')
  const troubles: string[] = []
  const line = createPageTransport({
    address: { url },
    retryMs: 5,
    onTrouble: (text) => {
      troubles.push(text)
      refusedTopics.clear()
    },
  })
  await open(line, { clientId: 'curious', subscriptions: ['secret/a'] })
  expect(troubles).toEqual([expect.stringContaining('Subscribe error')])
  await line.close(true)
})

/** A broker that lets everybody in, and from then on does what the test says. */
const openOdd = async (hear: (kind: number, packet: Buffer, send: (...bytes: number[]) => void) => void) => {
  const odd = createServer()
  const door = new WebSocketServer({ server: odd })
  door.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const send = (...bytes: number[]) => socket.send(Uint8Array.from(bytes))
      const [first = 0] = data
      if (first === 0x10) send(0x20, 2, 0, 0)
      else hear(first >> 4, data, send)
    }),
  )
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
  return {
    url: `ws://127.0.0.1:${(odd.address() as AddressInfo).port}/mqtt`,
    close: () => {
      for (const socket of door.clients) socket.terminate()
      odd.close()
    },
  }
}

test('a hub that acknowledges nothing does not bring the page to a stand when all numbers are taken', async () => {
  const odd = await openOdd((kind, packet, send) => {
    if (kind === 8) send(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1)
  })
  const line = createPageTransport({ address: { url: odd.url } })
  await open(line, { clientId: 'many', subscriptions: ['a/b'] })
  const say = () => line.publish('a', '', { qos: 1, retain: false })
  for (let n = 0; n < 0xffff; n += 1) say().catch(() => {})
  await expect(say()).rejects.toThrow('Too much waits')
  await line.close(false)
  odd.close()
})

test('admitted a second time it hangs up, and dials again', async () => {
  let admitted = 0
  const odd = await openOdd((kind, packet, send) => {
    if (kind !== 8) return
    admitted += 1
    if (admitted === 1) send(0x20, 2, 0, 0)
    send(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1)
  })
  const troubles: string[] = []
  const line = createPageTransport({
    address: { url: odd.url },
    retryMs: 5,
    onTrouble: (text) => troubles.push(text),
  })
  await open(line, { clientId: 'twice', subscriptions: ['a/b'] })
  expect(troubles[0]).toBe('The hub admitted it twice.')
  expect(admitted).toBe(2)
  await line.close(false)
  odd.close()
})

test('a hub that never answers what it is asked to tell is dialled again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let asked = 0
  const odd = await openOdd((kind, packet, send) => {
    if (kind !== 8) return
    asked += 1
    if (asked > 1) send(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1)
  })
  const line = createPageTransport({ address: { url: odd.url }, retryMs: 5 })
  const isUp = open(line, { clientId: 'deaf', subscriptions: ['a/b'] })
  await vi.waitUntil(() => asked === 1)
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.advanceTimersByTimeAsync(5)
  vi.useRealTimers()
  await isUp
  expect(asked).toBe(2)
  await line.close(false)
  odd.close()
})

test('thousands of small packets at once are read in one go', () => {
  const reader = createPacketReader()
  const pongs = Uint8Array.from({ length: 1_000_000 }, (_, at) => (at % 2 === 0 ? 0xd0 : 0))
  expect(reader.take(pongs)).toHaveLength(500_000)
})

test('packets are read however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' }), fc.boolean()),
        {
          maxLength: 6,
        },
      ),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (messages, cuts) => {
        const bytes = messages.flatMap(([topic, payload, isNumbered], index) => [
          ...publishPacket({ topic, payload, retain: false, id: isNumbered ? index + 1 : undefined }),
        ])
        const reader = createPacketReader()
        const found = []
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const length = cuts[turn % cuts.length] ?? 1
          found.push(...reader.take(Uint8Array.from(bytes.slice(at, at + length))))
          at += length
        }
        const whole = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text))
        expect(found).toEqual(
          messages.map(([topic, payload, isNumbered], index) => ({
            is: 'publish',
            topic: whole(topic),
            payload: whole(payload).replace(/^\ufeff/, ''),
            id: isNumbered ? index + 1 : undefined,
          })),
        )
      },
    ),
  )
})

test('what is no MQTT is never taken for it', () => {
  const reader = createPacketReader()
  expect(() => reader.take(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x01))).toThrow()
  expect(() => createPacketReader().take(Uint8Array.of(0x10, 0))).toThrow(/kind/)
  expect(() => createPacketReader().take(Uint8Array.of(0x30, 1, 0))).toThrow(/too early/)
})
