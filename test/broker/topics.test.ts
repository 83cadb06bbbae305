/** Who may publish, read, retain and will what: a table over every channel, and real clients against it. */
import { execFile } from 'node:child_process'
import net from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { brokerLimits } from '#hub/broker/limits.ts'
import type { Identity } from '#hub/broker/rules.ts'
import { createDeviceRules } from '#hub/broker/session-rules.ts'
import { packets } from './packets.ts'
import {
  client,
  closed,
  connected,
  createRecorder,
  createRegistry,
  devices,
  endAll,
  event,
  refusedWith,
  startBroker,
} from './support.ts'

afterEach(endAll)

const { directory } = createRegistry(devices)
const rules = createDeviceRules({ branch: 'b1', directory, limits: brokerLimits() })
const identity = (device: string, standing: Identity['standing']): Identity => ({
  device,
  standing,
  validUntil: null,
})
const robot = identity('robot1', 'device')
const gateway = identity('gate1', 'gateway')
const newcomer = identity('robot1', 'enrolling')

const publishCode = (who: Identity, topic: string, qos = 1) => {
  const verdict = rules.publish(who, { topic, qos, retain: false })
  return 'refused' in verdict ? verdict.refused.code : 'ok'
}

const upwards = ['presence', 'manifest', 'state', 'event/zone.count', 'stream/pose', 'task/t1/report']
const downwards = ['task', 'config', 'error', 'ack', 'credential']
const own = (name: string) => `usher/v1/b1/robot1/${name}`

describe('publishing', () => {
  test.each(upwards)('%s: under its own name only', (name) => {
    expect(publishCode(robot, own(name))).toBe('ok')
    expect(publishCode(robot, `usher/v1/b1/cam1/${name}`)).toBe('topic.foreign')
    expect(publishCode(robot, `usher/v1/b2/robot1/${name}`)).toBe('topic.foreign')
    expect(publishCode(newcomer, own(name))).toBe('connect.not-approved')
    expect(publishCode(gateway, `usher/v1/b1/door1/${name}`)).toBe('ok')
    expect(publishCode(gateway, own(name))).toBe('topic.foreign')
  })

  test.each([
    ['$SYS/broker/heartbeat', 'topic.reserved'],
    ['$share/g/usher/v1/b1/robot1/state', 'topic.reserved'],
    ['usher/v1/b1/+/state', 'topic.wildcard'],
    ['usher/v1/b1/robot1/#', 'topic.wildcard'],
    ['usher/v1/b1/_hub', 'topic.foreign'],
    ['usher/v2/b1/robot1/state', 'topic.foreign'],
    ['other', 'topic.foreign'],
    ['usher/v1/b1/robot1/st\u0000ate', 'connect.text'],
    [`usher/v1/b1/robot1/event/${'x'.repeat(600)}`, 'connect.text'],
  ])('%s is refused', (topic, code) => {
    expect(publishCode(robot, topic)).toBe(code)
  })

  test('QoS 2 is refused', () => {
    expect(publishCode(robot, own('state'), 2)).toBe('qos.unsupported')
  })

  test('a certificate request is for who has a claim or a certificate', () => {
    expect(publishCode(newcomer, own('enrol'))).toBe('ok')
    expect(publishCode(robot, own('enrol'))).toBe('connect.not-approved')
    expect(publishCode(gateway, 'usher/v1/b1/door1/enrol')).toBe('topic.foreign')
  })

  test('only presence and manifest may be retained', () => {
    const mayRetain = [...upwards, 'nonsense'].filter((name) => {
      const verdict = rules.publish(robot, { topic: own(name), qos: 1, retain: true })
      return 'mayRetain' in verdict && verdict.mayRetain
    })
    expect(mayRetain).toEqual(['presence', 'manifest'])
  })
})

describe('reading', () => {
  test.each(downwards)('%s: its own only', (name) => {
    expect(rules.subscribe(robot, own(name))).toBe(undefined)
    expect(rules.subscribe(robot, `usher/v1/b1/cam1/${name}`)).toBe('topic.foreign')
    expect(rules.subscribe(robot, `usher/v1/b2/robot1/${name}`)).toBe('topic.foreign')
    expect(rules.subscribe(gateway, `usher/v1/b1/door1/${name}`)).toBe(
      name === 'credential' ? 'topic.foreign' : undefined,
    )
    expect(rules.subscribe(newcomer, own(name))).toBe(
      name === 'credential' ? undefined : 'connect.not-approved',
    )
  })

  test.each(upwards)('%s: nobody', (name) => {
    expect(rules.subscribe(robot, own(name))).toBe('topic.foreign')
  })

  test.each(['#', '+/v1/b1/robot1/task', 'usher/v1/b1/+/task', 'usher/v1/b1/robot1/#', '$SYS/#', 'other'])(
    '%s is refused',
    (filter) => {
      expect(rules.subscribe(robot, filter)).toMatch(/^topic\./)
    },
  )

  test('everyone may see whether the hub is there', () => {
    expect(rules.subscribe(robot, 'usher/v1/b1/_hub')).toBe(undefined)
    expect(rules.subscribe(robot, 'usher/v1/b2/_hub')).toMatch(/^topic\./)
  })

  test('a gateway no longer speaks for a device that was revoked', () => {
    const registry = createRegistry(devices)
    const revoking = createDeviceRules({
      branch: 'b1',
      directory: registry.directory,
      limits: brokerLimits(),
    })
    registry.apply({ change: 'revoked', device: 'door1', by: 'ann', reason: 'lost' })
    expect(revoking.subscribe(gateway, 'usher/v1/b1/door1/task')).toBe('topic.foreign')
  })
})

describe('on the wire', () => {
  test('a message under another name is answered, not taken, and ends the connection', async () => {
    const { port, arrivals, counts } = await startBroker()
    const device = await connected(port, 'robot1')
    const errors = createRecorder<string>()
    device.on('message', (_topic, payload) => errors.push(payload.toString()))
    await device.subscribeAsync('usher/v1/b1/robot1/error')
    device.publish(event('cam1', 'zone.count'), '{}', { qos: 1 })
    await closed(device)
    expect(arrivals.seen).toEqual([])
    expect([...counts]).toEqual([['topic.foreign', 1]])
    expect(JSON.parse(errors.seen[0] ?? '{}')).toMatchObject({
      code: 'topic.foreign',
      topic: event('cam1', 'zone.count'),
    })
  })

  test('a client id cannot be taken by a device that is not declared, nor another branch', async () => {
    const { port } = await startBroker()
    expect(await refusedWith(client(port, 'ghost'))).toBe(5)
    expect(await refusedWith(client(port, 'cam1', { clientId: 'b2/cam1' }))).toBe(2)
  })

  test.each([
    ['another device', 'usher/v1/b1/cam1/presence'],
    ['another channel', 'usher/v1/b1/robot1/event/zone.count'],
    ['a reserved topic', '$SYS/x'],
    ['a wildcard', 'usher/v1/b1/+/presence'],
  ])('a will about %s is refused', async (_what, topic) => {
    const { port } = await startBroker()
    expect(
      await refusedWith(client(port, 'robot1', { will: { topic, payload: Buffer.from('x') } })),
    ).not.toBe(0)
  })

  test('a will is spoken when the device is gone without a word, and only then', async () => {
    const { port, arrivals, events } = await startBroker()
    const will = {
      topic: 'usher/v1/b1/robot1/presence',
      payload: Buffer.from('{"status":"lost"}'),
      qos: 1 as const,
      retain: true,
    }
    const polite = await connected(port, 'robot1', { will })
    await polite.endAsync()
    await events.until((seen) => seen.includes('disconnected robot1 orderly'))
    expect(arrivals.seen).toEqual([])
    const rude = await connected(port, 'robot1', { will })
    rude.stream.destroy()
    await events.until((seen) => seen.includes('disconnected robot1 lost'))
    expect(arrivals.seen.map(({ topic, payload }) => [topic, payload.toString()])).toEqual([
      ['usher/v1/b1/robot1/presence', '{"status":"lost"}'],
    ])
  })

  test('a topic that is not UTF-8 is refused', async () => {
    const { port, arrivals, counts } = await startBroker()
    const socket = net.connect(port, '127.0.0.1').resume()
    const topic = Buffer.from(own('state'))
    topic[topic.length - 1] = 0xff
    socket.write(Buffer.concat([packets.connect('b1/robot1'), packets.publish(topic, '{}', 1)]))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(arrivals.seen).toEqual([])
    expect(counts.get('connect.text')).toBe(1)
  })

  test('a gateway brings its devices along, and takes them with it', async () => {
    const { port, broker, events } = await startBroker()
    const gate = await connected(port, 'gate1')
    await gate.subscribeAsync(['usher/v1/b1/gate1/task', 'usher/v1/b1/door1/task'])
    await events.until((seen) => seen.includes('listening door1'))
    expect(broker.isConnected('door1')).toBe(true)
    gate.stream.destroy()
    await events.until(
      (seen) => seen.includes('disconnected door1 lost') && seen.includes('disconnected gate1 lost'),
    )
    expect(broker.isConnected('door1')).toBe(false)
  })

  test('a second connection of a device takes over; the first one ending is no news', async () => {
    const { port, broker, events } = await startBroker()
    const first = await connected(port, 'robot1')
    await connected(port, 'robot1')
    await closed(first)
    expect(events.seen).toEqual(['connected robot1', 'disconnected robot1 lost', 'connected robot1'])
    expect(broker.isConnected('robot1')).toBe(true)
  })

  test('mosquitto_pub is a device like any other', async () => {
    const { port, arrivals } = await startBroker()
    const topic = event('cam1', 'zone.count')
    const run = promisify(execFile)
    for (const qos of ['0', '1'])
      await run('mosquitto_pub', [
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-i',
        'b1/cam1',
        '-q',
        qos,
        '-t',
        topic,
        '-m',
        '{"zone":"z","count":1}',
      ])
    await arrivals.until((seen) => seen.length === 2)
    expect(arrivals.seen.map(({ device, qos }) => [device, qos])).toEqual([
      ['cam1', 0],
      ['cam1', 1],
    ])
  })
})
