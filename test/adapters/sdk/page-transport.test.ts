/** The line of a page before a broker that is not ours: what it sends is MQTT, and it notices what becomes of the line. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Aedes, type Client } from 'aedes'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
