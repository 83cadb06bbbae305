/** Contract v1 as an AsyncAPI 3 document, from the hub's point of view: it receives what devices send. */
import { type Channel, channels } from '../channels.ts'
import { componentSchemas } from './schemas.ts'

const parameters = {
  branch: { description: 'The branch, for example main-street' },
  device: { description: 'The device, under the name it was added with' },
  task: { description: 'The id of the task' },
  name: { description: 'The name of the event or stream' },
}

const parametersOf = (address: string) =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => address.includes(`{${name}}`))
      .map(([name]) => [name, { $ref: `#/components/parameters/${name}` }]),
  )

interface Address {
  readonly key: string
  readonly address: string
  readonly messages: readonly string[]
  readonly channel: Channel
}

/** Each event of the contract has an address of its own, so that one address carries one message. */
const addresses = (): Address[] =>
  Object.entries(channels).flatMap(([key, channel]) => {
    const messages = Object.keys(channel.messages)
    const { address } = channel
    if (key !== 'event') return [{ key, address, messages, channel }]
    return messages.map((message) => {
      if (!message.startsWith('event.')) return { key: message, address, messages: [message], channel }
      const name = message.slice('event.'.length)
      return { key: message, address: address.replace('{name}', name), messages: [message], channel }
    })
  })

const channelObject = ({ address, messages, channel }: Address) => ({
  address,
  description: channel.summary,
  messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  parameters: parametersOf(address),
})

const operationObject = ({ key, messages, channel }: Address) => ({
  action: channel.from === 'device' ? 'receive' : 'send',
  channel: { $ref: `#/channels/${key}` },
  summary: channel.summary,
  bindings: { mqtt: { qos: channel.qos, retain: channel.retain, bindingVersion: '0.2.0' } },
  messages: messages.map((name) => ({ $ref: `#/channels/${key}/messages/${name}` })),
})

const messageNames = () => [...new Set(addresses().flatMap(({ messages }) => messages))].sort()

const description = [
  'What devices and the hub of a branch say to each other over MQTT 3.1.1.',
  'A device publishes under its own name only and reads its own topics only. Its client id is `{branch}/{device}`.',
  'Messages from a device carry `boot` (random per start) and `n` (a counter): with them the hub recognises a repeat.',
  'Deadlines are durations in milliseconds. Unknown keys are dropped.',
].join('\n\n')

export const asyncapi = () => ({
  asyncapi: '3.1.0',
  id: 'urn:usher:contract:v1',
  info: {
    title: 'Usher device contract',
    version: '1.0.0',
    description,
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  servers: {
    branch: {
      host: '{host}:8883',
      protocol: 'secure-mqtt',
      protocolVersion: '3.1.1',
      description: 'The hub of the branch; devices sign in with the certificate it gave them.',
      variables: { host: { description: 'Name or address of the hub in the network of the branch' } },
    },
    local: {
      host: '127.0.0.1:1883',
      protocol: 'mqtt',
      protocolVersion: '3.1.1',
      description: 'Plain text, on the machine of the hub only.',
    },
  },
  channels: Object.fromEntries(addresses().map((address) => [address.key, channelObject(address)])),
  operations: Object.fromEntries(addresses().map((address) => [address.key, operationObject(address)])),
  components: {
    parameters,
    messages: Object.fromEntries(
      messageNames().map((name) => [name, { name, payload: { $ref: `#/components/schemas/${name}` } }]),
    ),
    schemas: componentSchemas(),
  },
})
