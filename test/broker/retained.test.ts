/** Retained messages: a closed list, in bounded memory; and nothing kept for clients that are not there. */
import { afterEach, describe, expect, test } from 'vitest'
import { connected, createRecorder, endAll, event, startBroker } from './support.ts'

afterEach(endAll)

describe('retained messages', () => {
  test('of the hub reach a device that comes later, until they are cleared', async () => {
    const { port, broker } = await startBroker()
    const config = 'usher/v1/b1/robot1/config'
    await broker.publish(config, '{"revision":1}', { qos: 1, retain: true })
    const device = await connected(port, 'robot1')
    const got = createRecorder<string>()
    device.on('message', (topic, payload) => got.push(`${topic} ${payload.toString()}`))
    await device.subscribeAsync(config, { qos: 1 })
    await got.until((seen) => seen.length === 1)
    await broker.publish(config, '', { qos: 1, retain: true })
    await got.until((seen) => seen.length === 2)
    await device.unsubscribeAsync(config)
    await device.subscribeAsync([config, 'usher/v1/b1/_hub'], { qos: 1 })
    await got.until((seen) => seen.length === 3)
    expect(got.seen).toEqual([
      `${config} {"revision":1}`,
      `${config} `,
      'usher/v1/b1/_hub {"status":"online","epoch":1}',
    ])
  })

  test('reach a device that is there also when something else follows at once, in that order', async () => {
    const { port, broker } = await startBroker()
    const device = await connected(port, 'robot1')
    const [config, task] = ['usher/v1/b1/robot1/config', 'usher/v1/b1/robot1/task']
    const got = createRecorder<string>()
    device.on('message', (topic, payload) => got.push(`${topic} ${payload.toString()}`))
    await device.subscribeAsync([config, task], { qos: 1 })
    void broker.publish(config, 'stopped', { qos: 1, retain: true })
    void broker.publish(task, 'cancel', { qos: 1, retain: false })
    await got.until((seen) => seen.includes(`${task} cancel`))
    expect(got.seen).toEqual([`${config} stopped`, `${task} cancel`])
  })

  test('beyond the cap are delivered but not kept', async () => {
    const { port, broker, counts } = await startBroker({ limits: { retainedMax: 10 } })
    const device = await connected(port, 'robot1')
    const got = createRecorder<string>()
    device.on('message', (_topic, payload) => got.push(payload.toString()))
    await device.subscribeAsync('usher/v1/b1/robot1/config', { qos: 1 })
    for (let n = 0; n < 9; n++)
      await broker.publish(`usher/v1/b1/d${n}/config`, '{}', { qos: 1, retain: true })
    await broker.publish('usher/v1/b1/robot1/config', 'last', { qos: 1, retain: true })
    await got.until((seen) => seen.includes('last'))
    expect(counts.get('store.capped')).toBe(1)
  })

  test('of a device are its presence and manifest; another topic loses the flag and is told so upwards', async () => {
    const { port, arrivals, counts } = await startBroker({ limits: { retainedMax: 10 } })
    const device = await connected(port, 'cam1')
    for (let n = 0; n < 20; n++)
      await device.publishAsync(event('cam1', `x-${n}`), '{}', { qos: 1, retain: true })
    expect(arrivals.seen.every(({ retain }) => retain)).toBe(true)
    expect(counts.get('store.capped')).toBe(undefined)
    await device.publishAsync('usher/v1/b1/cam1/presence', '{"status":"online"}', { qos: 1, retain: true })
    expect(counts.get('store.capped')).toBe(undefined)
  })

  test('say goodbye when the hub stops', async () => {
    const { port, broker, events } = await startBroker()
    const device = await connected(port, 'robot1')
    const got = createRecorder<string>()
    device.on('message', (_topic, payload) => got.push(payload.toString()))
    await device.subscribeAsync('usher/v1/b1/_hub', { qos: 1 })
    await broker.stop()
    await got.until((seen) => seen.includes('{"status":"offline","epoch":1}'))
    // Connections that end because the hub stops are no news about devices.
    expect(events.seen).toEqual(['connected robot1'])
  })
})
