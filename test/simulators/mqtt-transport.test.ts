/** How a device's line comes back: longer and longer waits while it is cut at once, so that no hub is hammered. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Aedes, type Client } from 'aedes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import type { Transport } from '#simulators/devices/ports.ts'

let broker: Aedes
let server: ReturnType<typeof createServer>
let line: Transport | undefined

beforeEach(async () => {
  broker = await Aedes.createBroker()
  server = createServer(broker.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await line?.close(false)
  await new Promise<void>((resolve) => broker.close(resolve))
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test('a line that is cut as soon as it is up is dialled at growing intervals', async () => {
  const upsAtMs: number[] = []
  const transport = createMqttTransport({
    address: { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` },
  })
  line = transport
  const clients: Client[] = []
  broker.on('client', (client) => clients.push(client))
  await new Promise<void>((resolve) => {
    transport.open({
      clientId: 'demo/camera-1',
      will: undefined,
      subscriptions: ['usher/v1/demo/camera-1/task'],
      onUp() {
        upsAtMs.push(performance.now())
        if (upsAtMs.length === 4) resolve()
        else clients.at(-1)?.close()
      },
      onDown: () => {},
      onMessage: () => {},
    })
  })
  const waitsMs = upsAtMs.slice(1).map((at, index) => at - (upsAtMs[index] ?? 0))
  // 250, 500 and 1000 ms, and what connecting takes.
  expect(waitsMs[1]).toBeGreaterThanOrEqual(490)
  expect(waitsMs[2]).toBeGreaterThanOrEqual(990)
})
