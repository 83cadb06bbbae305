/** A tray that is waited for, as a page has it: nothing is said before it is kept, nothing overtakes it, and a disk that
 * takes nothing is told of. */
import { expect, test } from 'vitest'
import { createFleetingTray, createNoTray, type OutTray } from '#adapters/sdk/out-tray.ts'
import { topics } from '#protocol/topics.ts'
import { createRig } from './support/rig.ts'

/** Writes what is put into it when the test says so. */
const createSlowTray = () => {
  const waiting: { done: () => void; fail: (error: Error) => void }[] = []
  const kept = createFleetingTray()
  const tray: OutTray = {
    ...kept,
    put(device, message) {
      kept.put(device, message)
      return new Promise((done, fail) => waiting.push({ done, fail }))
    },
  }
  return { tray, waiting }
}

const started = async () => {
  const slow = createSlowTray()
  const rig = await createRig({ parts: { tray: slow.tray, acknowledgedBy: 'hub' } })
  rig.hub.sent.length = 0
  return { ...slow, rig, device: rig.context().device }
}
const numbers = ({ hub }: Awaited<ReturnType<typeof createRig>>) =>
  hub.sent.map(({ body }) => Number(body['n']))

test('nothing is said before it is kept, and nothing that comes after it is said before it', async () => {
  const { rig, device, waiting } = await started()
  device.emit('x-a', { count: 1 })
  device.emit('x-a', { count: 2 })
  device.state({ willing: false })
  device.state({ battery: { percent: 50, charging: false } })
  await rig.clock.pass(300)
  expect(rig.hub.sent).toEqual([])
  waiting[1]?.done()
  await rig.clock.pass(0)
  expect(rig.hub.sent).toEqual([])
  waiting[0]?.done()
  await rig.clock.pass(0)
  const said = numbers(rig)
  expect(said).toHaveLength(4)
  expect(said).toEqual([...said].sort((a, b) => a - b))
})

test('a line that comes back while something is written sends it once, in its order', async () => {
  const { rig, device, waiting } = await started()
  device.emit('x-a', { count: 1 })
  waiting[0]?.done()
  await rig.clock.pass(0)
  rig.hub.down()
  rig.hub.sent.length = 0
  device.emit('x-a', { count: 2 })
  rig.hub.up()
  expect(rig.hub.events().map(({ body }) => body['count'])).toEqual([1])
  waiting[1]?.done()
  await rig.clock.pass(0)
  expect(rig.hub.events().map(({ body }) => body['count'])).toEqual([1, 2])
  expect(numbers(rig)).toEqual([...numbers(rig)].sort((a, b) => a - b))
})

test('an orderly end waits for what is being written, so that the goodbye is the last word', async () => {
  const { rig, device, waiting } = await started()
  device.emit('x-a', {})
  const stopping = rig.adapter.stop()
  await rig.clock.pass(0)
  expect(rig.hub.sent).toEqual([])
  waiting[0]?.done()
  await stopping
  expect(rig.hub.sent.map(({ topic }) => topic)).toEqual([
    topics.event('demo', 'robot-1', 'x-a'),
    topics.presence('demo', 'robot-1'),
  ])
})

test('what cannot be kept is said all the same, and the device says that it keeps nothing until it does again', async () => {
  const { rig, device, waiting } = await started()
  const healths = () => rig.sentOn('/state').map(({ body }) => body['health'])
  device.emit('x-a', { count: 1 })
  waiting[0]?.fail(new Error('QuotaExceededError'))
  await rig.clock.pass(0)
  expect(rig.hub.events()).toHaveLength(1)
  expect(rig.adapter.counts()['adapter.memory']).toBe(1)
  expect(healths()).toEqual([{ level: 'degraded', reasons: ['not-kept'] }])
  device.emit('x-a', { count: 2 })
  waiting[1]?.done()
  await rig.clock.pass(0)
  expect(healths().at(-1)).toEqual({ level: 'ok' })
})

test('where there is no place to keep anything, the device says so from its start', async () => {
  const rig = await createRig({ parts: { tray: createNoTray() } })
  rig.context().device.emit('x-a', {})
  expect(rig.hub.events()).toHaveLength(1)
  expect(rig.sentOn('/state').at(-1)?.body).toMatchObject({
    health: { level: 'degraded', reasons: ['not-kept'] },
  })
})
