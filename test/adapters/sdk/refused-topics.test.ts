/** A broker that lets an adapter in and then keeps its topics from it: that is trouble, and no reason to sit there mute. */
import { type AddressInfo, createServer } from 'node:net'
import { Aedes } from 'aedes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'

let refusals = 1
let broker: Aedes
const server = createServer((socket) => broker.handle(socket))
beforeAll(async () => {
  broker = await Aedes.createBroker({
    authorizeSubscribe(_client, subscription, callback) {
      refusals -= 1
      callback(null, refusals >= 0 ? null : subscription)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise<void>((resolve) => broker.close(resolve))
  server.close()
})

test('a subscription that is refused is told, and asked for again on a new connection', async () => {
  const troubles: string[] = []
  const { port } = server.address() as AddressInfo
  const transport = createMqttTransport({
    address: { url: `mqtt://127.0.0.1:${port}` },
    retryMs: 20,
    onTrouble: (text) => troubles.push(text),
  })
  await new Promise<void>((resolve) => {
    transport.open({
      clientId: 'demo/robot-1',
      will: undefined,
      subscriptions: ['usher/v1/demo/robot-1/task'],
      onUp: resolve,
      onDown: () => undefined,
      onMessage: () => undefined,
    })
  })
  expect(troubles).toEqual([expect.stringContaining('Subscribe error')])
  await transport.close(true)
})
