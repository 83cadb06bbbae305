/** A broker that speaks WebSocket and only passes messages on, and a hand to play the hub behind it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Aedes } from 'aedes'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { topics } from '#protocol/topics.ts'
import { createHeard } from '../../simulators/support/heard.ts'

export const startPageBroker = async (device: string) => {
  const broker = await Aedes.createBroker()
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => broker.handle(createWebSocketStream(socket)))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const messages = createHeard()
  const say = (topic: string, body: object) =>
    new Promise<void>((resolve, reject) => {
      const packet = {
        cmd: 'publish',
        topic,
        payload: JSON.stringify(body),
        qos: 1,
        retain: false,
        dup: false,
      } as const
      broker.publish(packet, (error) => (error ? reject(error) : resolve()))
    })
  broker.on('publish', ({ topic, payload }, client) => {
    if (client === null) return
    const body = JSON.parse(payload.toString()) as Record<string, unknown>
    messages.hear({ topic, body })
    // The last will comes when the broker is already closing.
    say(topics.ack('demo', device), { boot: body['boot'], n: body['n'] }).catch(() => {})
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    task: (body: object) => say(topics.task('demo', device), body),
    heard: messages.heard,
    hears: messages.hears,
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise<void>((resolve) => {
        broker.close(() => resolve())
      })
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
