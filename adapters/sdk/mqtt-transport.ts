/** The line of a program, over TCP or whatever else the library for MQTT can do. */
// The whole of it, because the library's own build for browsers has no names but this one.
import mqtt, { type IClientOptions, type MqttClient as LibraryClient } from 'mqtt'
import {
  connectWithinMs,
  createMqttLine,
  type Dial,
  keepaliveSeconds,
  type MqttAddress,
  type MqttTransportParts,
} from './mqtt-line.ts'
import type { Session, Transport } from './ports.ts'

export type { MqttAddress, MqttTransportParts } from './mqtt-line.ts'

export const createMqttTransport = (parts: MqttTransportParts): Transport => createMqttLine(dial, parts)

const dial: Dial = (address, session, { onConnect, onMessage, onError, onClose }) => {
  const client = mqtt.connect(address.url, optionsOf(address, session))
  let isClosed = false
  client.on('connect', () => {
    withoutDelay(client)
    onConnect()
  })
  client.on('message', (topic, payload) => onMessage(topic, payload.toString('utf8')))
  client.on('error', (error) =>
    onError(error, error instanceof mqtt.ErrorWithReasonCode ? error.code : undefined),
  )
  client.on('close', () => {
    client.end(true)
    if (isClosed) return
    isClosed = true
    onClose()
  })
  return {
    publish: (topic, payload, options) =>
      new Promise((resolve, reject) => {
        client.publish(topic, payload, options, (error) => (error ? reject(error) : resolve()))
      }),
    subscribe: (topics) =>
      new Promise((resolve, reject) => {
        client.subscribe([...topics], { qos: 1 }, (error) => (error === null ? resolve() : reject(error)))
      }),
    destroy: () => {
      client.stream.destroy()
    },
    end: () => client.endAsync(),
  }
}

/** A small report must not wait for the acknowledgement of the one before it. A browser's socket has no such switch. */
const withoutDelay = ({ stream }: LibraryClient) => {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true)
}

const optionsOf = (address: MqttAddress, session: Pick<Session, 'clientId' | 'will'>): IClientOptions => ({
  clientId: session.clientId,
  protocolVersion: 4,
  clean: true,
  keepalive: keepaliveSeconds,
  reconnectPeriod: 0,
  connectTimeout: connectWithinMs,
  resubscribe: false,
  queueQoSZero: false,
  timerVariant: 'native',
  ...(session.will !== undefined && { will: session.will }),
  ...(address.trustAnyone === true && { rejectUnauthorized: false }),
  ...(address.username !== undefined && { username: address.username }),
  ...(address.password !== undefined && { password: address.password }),
  ...(address.key !== undefined && { key: address.key }),
  ...(address.certificate !== undefined && { cert: address.certificate }),
  ...(address.authority !== undefined && { ca: address.authority }),
})
