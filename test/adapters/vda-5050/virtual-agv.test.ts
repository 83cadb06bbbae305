/**
 * Against robots of somebody else's: the virtual vehicles of `vda-5050-lib`, in a process of their own, over Debian's
 * mosquitto. What they answer is not ours to choose.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import { createMosquitto, type Mosquitto } from '../people-sensing/support/mosquitto.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'
import { virtualRobot } from './support/places.ts'
import { createVdaRig } from './support/rig.ts'

const program = join(import.meta.dirname, 'support/virtual-agv.main.ts')
const serials = ['R001', 'R002', 'R003', 'R004', 'R005', 'R006', 'R007', 'R008', 'R009']

let folder: string
let mosquitto: Mosquitto
const started: AdapterProcess[] = []
const rigs: Awaited<ReturnType<typeof createVdaRig>>[] = []

const startRobots = async (robots: readonly string[], more: Record<string, string> = {}) => {
  const robotProcess = startAdapterProcess([program], {
    FLEET_BROKER: mosquitto.url,
    FLEET_ROBOTS: robots.join(','),
    ...more,
  })
  started.push(robotProcess)
  await robotProcess.says('ready')
  return robotProcess
}

const rigFor = async (serialNumber: string, more: object = {}, options: object = {}) => {
  const rig = await createVdaRig({
    broker: mosquitto.url,
    robots: [virtualRobot('robot-1', serialNumber, more)],
    ...options,
  })
  rigs.push(rig)
  await rig.fit('robot-1')
  return rig
}

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  await startRobots(serials)
}, 90_000)

afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.adapter.stop()))
})

afterAll(async () => {
  for (const one of started) one.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  await mosquitto?.kill()
  remove(folder)
}, 90_000)

const to = (place: string) => ({ to: { place } })
const words = [{ language: 'en', text: 'Good morning.' }]

describe('a virtual vehicle', () => {
  test('guides to the right node, and says how far it is', async () => {
    const rig = await rigFor('R001')
    const task = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', task)).toEqual(['accepted', 'started', 'done']))
    expect(rig.reports('robot-1', task).at(-1)).toMatchObject({ result: { arrived: true } })
    const progress = rig.reports('robot-1', task).filter(({ status }) => status === 'progress')
    expect(progress.some(({ progress: news }) => JSON.stringify(news).includes('driving'))).toBe(true)
    await rig.until(() => expect(rig.state('robot-1')?.spot).toMatchObject({ place: 'hall-spot' }))
    expect(rig.state('robot-1')).toMatchObject({ battery: { charging: false }, willing: true, busy: false })
  }, 90_000)

  test('greets where it is asked to, and announces where it stands', async () => {
    const rig = await rigFor('R002')
    const greet = rig.give('robot-1', 'greet', {
      at: { place: 'welcome-spot' },
      words,
      party: 1,
      askIntent: false,
    })
    await rig.until(() => expect(rig.said('robot-1', greet)).toEqual(['accepted', 'started', 'done']))
    expect(rig.state('robot-1')?.spot).toMatchObject({ place: 'welcome-spot' })
    const announce = rig.give('robot-1', 'announce', { at: { zone: 'waiting' }, words })
    await rig.until(() => expect(rig.said('robot-1', announce)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('what it refuses is not begun', async () => {
    const rig = await rigFor('R002', { actions: { greet: { actionType: 'sing' } } })
    const greet = rig.give('robot-1', 'greet', { at: {}, words, party: 1, askIntent: false })
    await rig.until(() =>
      expect(rig.said('robot-1', greet)).toEqual(['accepted', 'not-started order-rejected']),
    )
    const unknown = rig.give('robot-1', 'guide', to('nowhere'))
    await rig.until(() => expect(rig.said('robot-1', unknown)).toEqual(['refused unknown-place']))
  }, 90_000)

  test('stops on the way when the task is cancelled, and is free again', async () => {
    const rig = await rigFor('R003')
    const far = rig.give('robot-1', 'guide', to('far-spot'))
    await rig.until(() => expect(JSON.stringify(rig.reports('robot-1', far))).toContain('driving'))
    rig.cancel('robot-1', far)
    await rig.until(() =>
      expect(rig.said('robot-1', far)).toEqual(['accepted', 'started', 'cancelled visitor-left']),
    )
    const next = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('apologises after a cancel', async () => {
    const rig = await rigFor('R003')
    const far = rig.give('robot-1', 'guide', to('far-spot'))
    await rig.until(() => expect(rig.said('robot-1', far)).toContain('started'))
    const onCancel = { capability: 'announce', command: { at: {}, words } }
    rig.cancel('robot-1', far, { onCancel })
    await rig.until(() => expect(rig.said('robot-1', far)).toContain('cancelled visitor-left'))
  }, 90_000)

  test('does not live on with an action that was cancelled before it had really begun', async () => {
    await startRobots(['A001'])
    const rig = await rigFor('A001')
    const there = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', there)).toContain('done'))
    for (let round = 0; round < 5; round += 1) {
      const announce = rig.give('robot-1', 'announce', { at: {}, words })
      await rig.until(() => expect(rig.said('robot-1', announce)).toContain('started'))
      rig.cancel('robot-1', announce)
      await rig.until(() => expect(rig.said('robot-1', announce)).toContain('cancelled visitor-left'))
      // It stands there already: over at once.
      const next = rig.give('robot-1', 'guide', to('hall-spot'))
      await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
    }
    // Told to stop an action that it has lost track of, the library ends its process: it would not hear this.
    const last = rig.give('robot-1', 'announce', { at: {}, words })
    await rig.until(() => expect(rig.said('robot-1', last)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('pauses while all movement is stopped, and goes on when it is allowed', async () => {
    const rig = await rigFor('R004')
    const far = rig.give('robot-1', 'guide', to('far-spot'))
    await rig.until(() => expect(JSON.stringify(rig.reports('robot-1', far))).toContain('driving'))
    rig.config('robot-1', 'stopped')
    await rig.until(() => expect(rig.said('robot-1', far)).toContain('failed movement-stopped'))
    await rig.until(() => expect(rig.state('robot-1')?.willing).toBe(false))
    rig.config('robot-1', 'allowed')
    await rig.until(() => expect(rig.state('robot-1')?.willing).toBe(true))
    const next = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('charges when docked to, and stops charging for the next task', async () => {
    const rig = await rigFor('R005')
    const dock = rig.give('robot-1', 'dock', { to: { place: 'charger-1' }, charge: true })
    await rig.until(() => expect(rig.said('robot-1', dock)).toEqual(['accepted', 'started', 'done']))
    await rig.until(() => expect(rig.state('robot-1')?.battery).toMatchObject({ charging: true }))
    const next = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('a robot killed in the middle of its order: the task has failed, the robot is out of order', async () => {
    const own = await startRobots(['K001'])
    const rig = await rigFor('K001')
    const far = rig.give('robot-1', 'guide', to('far-spot'))
    await rig.until(() => expect(rig.said('robot-1', far)).toContain('started'))
    own.kill('SIGKILL')
    await rig.until(() =>
      expect(rig.said('robot-1', far)).toEqual(['accepted', 'started', 'failed robot-gone']),
    )
    expect(rig.state('robot-1')?.health).toMatchObject({ level: 'faulted' })
    const refused = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', refused)).toEqual(['refused faulted']))
    await startRobots(['K001'])
    await rig.fit('robot-1')
    const next = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', next)).toEqual(['accepted', 'started', 'done']))
  }, 90_000)

  test('the broker of the fleet goes and comes back in the middle of an order', async () => {
    const rig = await rigFor('R007', {}, { more: { goneAfterMs: 10_000 } })
    const far = rig.give('robot-1', 'guide', to('hall-spot'))
    await rig.until(() => expect(rig.said('robot-1', far)).toContain('started'))
    await mosquitto.kill()
    await rig.until(() => expect(rig.state('robot-1')?.health?.reasons).toContain('fleet-broker-unreachable'))
    await mosquitto.start()
    await rig.until(() => expect(rig.said('robot-1', far)).toEqual(['accepted', 'started', 'done']))
    const count = (text: string) => rig.lines.filter((line) => line.text === text).length
    expect([count('the fleet broker is lost'), count('the fleet broker is back')]).toEqual([1, 1])
  }, 90_000)

  test('a battery that is empty: out of order, and the task has failed', async () => {
    await startRobots(['E001'], { FLEET_BATTERY: '1.001' })
    const rig = await rigFor('E001')
    const far = rig.give('robot-1', 'guide', to('far-spot'))
    await rig.until(() =>
      expect(rig.said('robot-1', far)).toEqual(['accepted', 'started', 'failed battery-low-error']),
    )
    expect(rig.state('robot-1')?.health).toMatchObject({ level: 'faulted', reasons: ['battery-low-error'] })
  }, 90_000)
})
