/** Somebody else's broker: the examiner is one client among others, hears the device and speaks to it, and no more. */
import { connectAsync } from 'mqtt'
import { deviceTopic, topics } from '#protocol/topics.ts'
import { createAcks } from './acks.ts'
import type { Station } from './station.ts'
import type { Transcript } from './transcript.ts'

export interface TheirBroker {
  readonly url: string
  readonly branch: string
  readonly username?: string
  readonly password?: string
  readonly transcript: Transcript
}

const connectTimeoutMs = 10_000

export const joinTheirBroker = async (wishes: TheirBroker): Promise<Station> => {
  const { url, branch, username, password, transcript } = wishes
  const client = await connectAsync(
    url,
    {
      protocolVersion: 4,
      clean: true,
      connectTimeout: connectTimeoutMs,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    },
    false,
  )
  const ours = new Set<string>(['task', 'config', 'error', 'ack'])
  client.on('message', (topic, payload, packet) => {
    const channel = topic.split('/')[4]
    // What the examiner itself said comes back from the broker; it is in the transcript already.
    if (
      topic === topics.hub(branch) ||
      (channel !== undefined && ours.has(channel) && !topic.endsWith('/report'))
    )
      return
    transcript.hear({
      from: packet.retain ? 'stored' : 'device',
      topic,
      payload: payload.toString(),
      qos: packet.qos,
      retain: packet.retain,
      connection: 0,
    })
    if (!packet.retain && packet.qos > 0) acks.settled(topic, payload.toString())
  })
  const say: Station['publish'] = async (topic, payload, options) => {
    const { qos, retain } = options
    transcript.hear({ from: 'examiner', topic, payload: payload.toString(), qos, retain, connection: 0 })
    await client.publishAsync(topic, payload, options)
  }
  // Here a PUBACK is the broker's word: this one alone says that it arrived.
  const acks = createAcks(
    (topic, payload) => void say(topic, payload, { qos: 0, retain: false }).catch(() => {}),
  )
  await client.subscribeAsync(deviceTopic(branch, '+', '#'), { qos: 1 })
  return {
    url,
    transcript,
    line: undefined,
    publish: say,
    close: () => client.endAsync(),
  }
}
