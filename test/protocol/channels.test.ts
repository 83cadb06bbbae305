/** What the reference promises about each channel is what the broker lets a device do there. */
import { expect, test } from 'vitest'
import type { DeviceDirectory } from '#hub/broker/directory.ts'
import { checkPublish, checkSubscribe } from '#hub/broker/topic-rules.ts'
import { channels } from '#protocol/channels.ts'

const directory = {
  find: () => ({ status: 'approved' }),
  declared: () => undefined,
  request: async () => undefined,
} as unknown as DeviceDirectory
const scope = { branch: 'main', directory }
const device = { device: 'r1', standing: 'device', validUntil: null } as const

const rows = Object.entries(channels).map(
  ([key, channel]) =>
    [
      key,
      channel,
      channel.address
        .replace('{branch}', scope.branch)
        .replace('{device}', device.device)
        .replace(/\{\w+\}/, 'a'),
    ] as const,
)

test.each(rows.filter(([, channel]) => channel.from === 'device'))(
  '%s is published',
  (_key, channel, topic) => {
    const { qos, retain } = channel
    expect(checkPublish(scope, device, { topic, qos, retain })).toEqual({ device: 'r1', mayRetain: retain })
  },
)

test.each(rows.filter(([, channel]) => channel.from === 'hub'))('%s is read', (_key, _channel, topic) => {
  expect(checkSubscribe(scope, device, topic)).toBeUndefined()
})

test.each(rows.filter(([, channel]) => channel.from === 'device'))(
  '%s is not read back',
  (_key, _channel, topic) => {
    expect(checkSubscribe(scope, device, topic)).toBeDefined()
  },
)
