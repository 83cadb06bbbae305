/** Whose broker said that it is gone, and who is heard all the same: some robots say ONLINE once in their life only. */
import { mkdirSync } from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import { createMosquitto } from '../people-sensing/support/mosquitto.ts'
import { startAdapterProcess } from '../sdk/support/process.ts'
import { virtualRobot } from './support/places.ts'
import { createVdaRig } from './support/rig.ts'
import { createScripted } from './support/scripted.ts'

type Scripted = Awaited<ReturnType<typeof createScripted>>

const guide = { to: { place: 'hall-spot' } }
const lost = { level: 'faulted', reasons: ['robot-connection-lost'] }
const healthOf = async (rig: Scripted) => (await rig.condition())?.['health']

/** As a robot that is there answers: with the state of the action that asks for it. */
const answers = (rig: Scripted) => {
  const asked = rig.instants('stateRequest').at(-1)
  return rig.state({ actionStates: [{ actionId: asked?.actionId, actionStatus: 'FINISHED' }] })
}

describe('a robot that its broker holds for gone', () => {
  test('is there again when it answers, whether or not it says so', async () => {
    const rig = await createScripted()
    await rig.connection('CONNECTIONBROKEN')
    expect(await healthOf(rig)).toEqual(lost)
    await answers(rig)
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
    await rig.give('guide', guide)
    expect(rig.said()).toEqual(['accepted'])
  })

  test('is asked when something is heard of it, which may have been under way for long', async () => {
    const rig = await createScripted()
    await rig.connection('CONNECTIONBROKEN')
    const before = rig.instants('stateRequest').length
    await rig.state()
    expect(await healthOf(rig)).toEqual(lost)
    expect(rig.instants('stateRequest')).toHaveLength(before + 1)
    await answers(rig)
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
  })

  test('is there again when it is heard so late that nothing can have been under way', async () => {
    const rig = await createScripted()
    await rig.connection('CONNECTIONBROKEN')
    await rig.clock.pass(5_000)
    await rig.state()
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
  })

  test('and that counts from the beginning by a clock that was set back is heard too', async () => {
    const rig = await createScripted()
    await rig.state({}, 1_000)
    await rig.connection('CONNECTIONBROKEN')
    await rig.clock.pass(5_000)
    await rig.state({}, 0)
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
  })

  test('goes on with its order when it is heard before it counts as gone', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.connection('CONNECTIONBROKEN')
    await rig.clock.pass(3_000)
    await rig.takes(order)
    await rig.clock.pass(20_000)
    expect(rig.said()).toEqual(['accepted', 'started'])
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
  })

  test('is gone again when its broker says so again', async () => {
    const rig = await createScripted()
    await rig.connection('CONNECTIONBROKEN')
    await answers(rig)
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
    await rig.connection('CONNECTIONBROKEN')
    expect(await healthOf(rig)).toEqual(lost)
    await rig.state()
    expect(await healthOf(rig)).toEqual(lost)
  })

  test('is known to be there by an adapter that is started later', async () => {
    const rig = await createScripted({ isOnline: false })
    await rig.connection('CONNECTIONBROKEN')
    expect(rig.instants('factsheetRequest')).toHaveLength(1)
    await answers(rig)
    expect(await healthOf(rig)).toEqual({ level: 'ok' })
    expect(rig.instants('factsheetRequest')).toHaveLength(2)
  })
})

test('a robot that itself said that it goes is away until it says otherwise, whatever is heard of it', async () => {
  const rig = await createScripted()
  await rig.connection('OFFLINE')
  await rig.clock.pass(5_000)
  await rig.state()
  expect(await healthOf(rig)).toEqual({ level: 'faulted', reasons: ['robot-offline'] })
})

/** Between a robot and its broker, to be cut. */
const startCable = async (url: string) => {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = dial(Number(new URL(url).port), '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      // Cut, it ends with an error or without one.
      one.on('error', () => other.destroy())
      one.once('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    cut,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}

test('a virtual vehicle whose line was cut goes on working, although it never says ONLINE again', async () => {
  const folder = scratch()
  mkdirSync(folder, { recursive: true })
  const mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  const cable = await startCable(mosquitto.url)
  const program = join(import.meta.dirname, 'support/virtual-agv.main.ts')
  const robot = startAdapterProcess([program], { FLEET_BROKER: cable.url, FLEET_ROBOTS: 'L001' })
  await robot.says('ready')
  const rig = await createVdaRig({ broker: mosquitto.url, robots: [virtualRobot('robot-1', 'L001')] })
  try {
    await rig.fit('robot-1')
    cable.cut()
    await rig.until(() => expect(rig.state('robot-1')?.health).toEqual(lost))
    await rig.fit('robot-1')
    const next = rig.give('robot-1', 'guide', guide)
    await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
  } finally {
    await rig.adapter.stop()
    robot.kill('SIGKILL')
    await robot.ended
    await cable.close()
    await mosquitto.kill()
    remove(folder)
  }
}, 90_000)
