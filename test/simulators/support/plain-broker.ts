/** A broker with no hub behind it, on a port of its own, and a hand to play the hub with. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { topics } from '#protocol/topics.ts'
import { createHeard } from './heard.ts'

export const startPlainBroker = async () => {
  const broker = await Aedes.createBroker()
  const server = createServer(broker.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { heard, hear, hears } = createHeard()
  broker.on('publish', (packet) => {
    if (packet.topic.startsWith('$')) return
    hear({ topic: packet.topic, body: json(packet.payload.toString()) })
  })
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    hears,
    say: (device: string, body: object) =>
      new Promise<void>((resolve, reject) => {
        broker.publish(
          {
            cmd: 'publish',
            topic: topics.task('demo', device),
            payload: JSON.stringify(body),
            qos: 1,
            retain: false,
            dup: false,
          },
          (error) => (error ? reject(error) : resolve()),
        )
      }),
    async stop() {
      await new Promise<void>((resolve) => broker.close(resolve))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const json = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
