/** One adapter that speaks for several devices: on one line, each with its own numbers, tasks, memory and health. */
import { describe, expect, test } from 'vitest'
import type { Connection, DeviceSide } from '#adapters/sdk/adapter.ts'
import { DeviceUnreachable } from '#adapters/sdk/errors.ts'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { topics } from '#protocol/topics.ts'
import { offer } from '../../simulators/support/rig.ts'
import { createHeld, createRig } from './support/rig.ts'

const lamp = (capabilities: DeviceSide['capabilities']): DeviceSide => ({
  manifest: { kind: 'screen', vendor: 'Acme', model: 'Lamp' },
  capabilities,
})

const gateway = (devices: Readonly<Record<string, DeviceSide>>): Connection => ({
  manifest: { vendor: 'Acme', model: 'Box' },
  devices,
  close: () => {},
})

const rigOf = (devices: Readonly<Record<string, DeviceSide>>, more: object = {}) =>
  createRig({ connect: async () => gateway(devices), ...more })

const give = async (rig: Awaited<ReturnType<typeof createRig>>, device: string, body: object) => {
  rig.hub.say(topics.task('demo', device), body)
  await rig.clock.pass(0)
}
const told = (rig: Awaited<ReturnType<typeof createRig>>, device: string) =>
  rig.hub.sent
    .filter(({ topic }) => topic.startsWith(`usher/v1/demo/${device}/task/`))
    .map(({ body }) =>
      (JSON.stringify([body['status'], body['code']]).match(/[a-z-]+(?=")/g) ?? []).join(' '),
    )

describe('a gateway', () => {
  test('is born with whom it speaks for, and each of them is born too', async () => {
    const rig = await rigOf({ 'lamp-1': lamp({ display: async () => ({}) }), 'lamp-2': lamp({}) })
    const manifests = rig.sentOn('/manifest')
    expect(manifests.map(({ topic }) => topic.split('/')[3])).toEqual(['robot-1', 'lamp-1', 'lamp-2'])
    expect(manifests[0]?.body).toMatchObject({
      kind: 'gateway',
      speaksFor: ['lamp-1', 'lamp-2'],
      capabilities: {},
      n: 1,
    })
    expect(manifests[1]?.body).toMatchObject({ kind: 'screen', capabilities: { display: {} }, n: 1 })
    expect(rig.sentOn('/presence')).toHaveLength(3)
    expect(rig.hub.session()?.subscriptions).toEqual(
      expect.arrayContaining([
        topics.task('demo', 'lamp-2'),
        topics.ack('demo', 'lamp-1'),
        topics.hub('demo'),
      ]),
    )
    expect(rig.hub.session()?.clientId).toBe('demo/robot-1')
  })

  test('each device does its own work, and the same task name at another device is another attempt', async () => {
    const held = { one: createHeld({}), two: createHeld({}) }
    const rig = await rigOf({
      'lamp-1': lamp({ display: held.one.handler }),
      'lamp-2': lamp({ display: held.two.handler }),
    })
    await give(rig, 'lamp-1', offer('display', { start: true }))
    await give(rig, 'lamp-2', offer('display', { start: true }))
    await give(rig, 'lamp-1', offer('display', { start: true, task: 't-2' }))
    expect([held.one.calls.length, held.two.calls.length]).toEqual([1, 1])
    expect(told(rig, 'lamp-1')).toEqual(['accepted', 'refused busy'])
    expect(told(rig, 'lamp-2')).toEqual(['accepted'])
    await give(rig, 'robot-1', offer('display', { start: true }))
    expect(told(rig, 'robot-1')).toEqual(['refused unreachable'])
  })

  test('one that does not answer takes nothing from the others', async () => {
    let connects = 0
    const rig = await createRig({
      connect: async () => {
        connects += 1
        return gateway({
          'lamp-1': lamp({ display: () => Promise.reject(new DeviceUnreachable()) }),
          'lamp-2': lamp({ display: async () => ({}) }),
        })
      },
    })
    await give(rig, 'lamp-1', offer('display', { start: true }))
    await give(rig, 'lamp-2', offer('display', { start: true }))
    await rig.clock.pass(60_000)
    expect(connects).toBe(1)
    expect(told(rig, 'lamp-2').at(-1)).toBe('done')
    const health = (id: string) => rig.sentOn(`${id}/state`).at(-1)?.body['health']
    expect(health('lamp-1')).toEqual({ level: 'degraded', reasons: ['unreachable'] })
    expect(health('lamp-2')).toEqual({ level: 'ok' })
  })

  test('after a restart each device remembers its own attempts', async () => {
    const memory = createFleetingMemory()
    const held = createHeld({})
    const devices = { 'lamp-1': lamp({ display: held.handler }), 'lamp-2': lamp({ display: held.handler }) }
    const first = await rigOf(devices, { memory })
    await give(first, 'lamp-1', offer('display', { start: true }))
    first.adapter.die()
    const second = await rigOf(devices, { memory, boot: 'boot-2' })
    expect(told(second, 'lamp-1')).toEqual(['failed interrupted'])
    await give(second, 'lamp-1', offer('display', { start: true }))
    await give(second, 'lamp-2', offer('display', { start: true }))
    expect(held.calls).toHaveLength(2)
    expect(told(second, 'lamp-2')).toEqual(['accepted'])
  })

  test('the system behind it comes back with another device: it is read for too, and the missing one says goodbye', async () => {
    const losses: (() => void)[] = []
    const rig = await createRig({
      connect: async () => ({
        ...gateway(losses.length === 0 ? { 'lamp-1': lamp({}) } : { 'lamp-2': lamp({}) }),
        lost: new Promise<void>((resolve) => losses.push(resolve)),
      }),
    })
    losses[0]?.()
    await rig.clock.pass(1_000)
    expect(rig.hub.drops).toEqual([0])
    expect(rig.sentOn('lamp-1/presence').at(-1)?.body).toMatchObject({ status: 'offline' })
    expect(rig.hub.session()?.subscriptions).toContain(topics.task('demo', 'lamp-2'))
    rig.hub.up()
    expect(rig.sentOn('lamp-2/presence').at(-1)?.body).toMatchObject({ status: 'online' })
  })
})
