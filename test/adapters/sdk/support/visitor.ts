/** Somebody comes in at the entrance of the demonstration branch, seen by a sensor that nothing else plays. */
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { topics } from '#protocol/topics.ts'

export const comesIn = (port: number, track: string): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const line = createMqttTransport({
      address: { url: `mqtt://127.0.0.1:${port}` },
      onTrouble: (text) => reject(new Error(text)),
    })
    line.open({
      clientId: 'demo/tester-1',
      will: undefined,
      subscriptions: [topics.error('demo', 'tester-1')],
      onUp() {
        const body = JSON.stringify({ zone: 'entrance', track, direction: 'in' })
        line
          .publish(topics.event('demo', 'tester-1', 'visitor.detected'), body, { qos: 1, retain: false })
          .then(() => line.close(true))
          .then(resolve, reject)
      },
      onDown: () => {},
      onMessage: (_topic, payload) => reject(new Error(payload)),
    })
  })
