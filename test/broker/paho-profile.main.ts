/**
 * The embedded broker for the Paho interoperability suite: any client id and topic, sessions kept, QoS 2 accepted;
 * every guard and limit as for devices. `node test/broker/paho-profile.main.ts --port 1884`
 */
import { parseArgs } from 'node:util'
import { createEmbeddedBroker } from '#hub/broker/embedded.ts'
import { brokerLimits } from '#hub/broker/limits.ts'
import type { BrokerRules } from '#hub/broker/rules.ts'
import { checkTexts, isCleanText } from '#hub/broker/session-rules.ts'
import { systemClock } from '#hub/engine/hub-time.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const clock = systemClock()
const limits = brokerLimits()

/** What the suite uses and devices may not. */
const rules: BrokerRules = {
  session: (request) => {
    // [MQTT-3.1.3-8]: an empty client id needs a clean session.
    if (request.clientId === '' && !request.clean) return 'connect.session'
    return checkTexts(request, limits)
  },
  standing: () => undefined,
  will: () => undefined,
  publish: (identity, { topic }) => {
    if (!isCleanText(topic, limits.topicBytesMax)) return { refused: { code: 'connect.text', close: true } }
    if (topic.startsWith('$')) return { refused: { code: 'topic.reserved', close: false } }
    return { device: identity.device, mayRetain: true }
  },
  // The suite expects this filter to be refused.
  subscribe: (_identity, filter) => (filter === 'test/nosubscribe' ? 'topic.foreign' : undefined),
}

const broker = createEmbeddedBroker({
  branch: 'paho',
  epoch: () => 1,
  clock,
  nowMs: () => clock.wallMs(),
  limits,
  doors: { plaintext: { host: '127.0.0.1', port: Number(values.port) } },
  rules,
  signIn: ({ clientId }) => Promise.resolve({ device: clientId, standing: 'device', validUntil: null }),
  credentialFor: () => undefined,
  metrics: { count: () => undefined },
  log: {
    info: () => undefined,
    warn: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`),
  },
  onFault: (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  },
})

await broker.start({
  onArrival: () => Promise.resolve(),
  onConnected: () => undefined,
  onDisconnected: () => undefined,
  onListening: () => undefined,
})
process.stdout.write(`listening on 127.0.0.1:${broker.ports().plaintext}\n`)
process.once('SIGTERM', () => void broker.stop())
