/** Devices as processes of their own over real MQTT: killed with SIGKILL, they come back and do nothing twice. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readJournal } from '#simulators/devices/journal.ts'
import { acknowledgedEvents, attemptsBegunTwice } from '#simulators/devices/oracle.ts'
import { createFleet, type Fleet, type Member } from '#simulators/fleet.ts'
import type { Heard } from './support/heard.ts'
import { startPlainBroker } from './support/plain-broker.ts'
import { offer, start } from './support/rig.ts'

let broker: Awaited<ReturnType<typeof startPlainBroker>>
let folder: string
let fleet: Fleet | undefined

beforeEach(async () => {
  broker = await startPlainBroker()
  folder = mkdtempSync(join(tmpdir(), 'usher-fleet-'))
})
afterEach(async () => {
  await fleet?.stop()
  await broker.stop()
  rmSync(folder, { recursive: true })
})

const run = (members: readonly Member[], more: { inProcess?: boolean } = {}) => {
  fleet = createFleet({
    branch: 'demo',
    broker: broker.url,
    seed: 1,
    members,
    logFolder: folder,
    restartAfterMs: 50,
    ...more,
  })
  return fleet
}
const online = (device: string) => (message: Heard) =>
  message.topic === `usher/v1/demo/${device}/presence` && message.body['status'] === 'online'
const status = (task: string, wanted: string) => (message: Heard) =>
  message.topic.endsWith(`/task/${task}/report`) && message.body['status'] === wanted
const log = (device: string) => readJournal(join(folder, `${device}.log`))

test('killed mid-task: begun once, interrupted, and the duplicate gets the last report', async () => {
  const devices = run([{ kind: 'robot', id: 'robot-1' }])
  devices.start()
  const birth = await broker.hears(online('robot-1'))
  await broker.say('robot-1', offer('greet'))
  await broker.hears(status('t-1', 'accepted'))
  await broker.say('robot-1', start())
  await broker.hears(status('t-1', 'started'))
  const before = broker.heard.length
  devices.kill('robot-1')
  await broker.hears(({ topic, body }) => topic.endsWith('/presence') && body['status'] === 'lost', before)
  const rebirth = await broker.hears(online('robot-1'), before)
  expect(rebirth.body['boot']).not.toBe(birth.body['boot'])
  expect((await broker.hears(status('t-1', 'failed'), before)).body).toMatchObject({ code: 'interrupted' })

  const settled = broker.heard.length
  await broker.say('robot-1', start())
  expect((await broker.hears(status('t-1', 'failed'), settled)).body).toMatchObject({ code: 'interrupted' })
  await fleet?.stop()
  expect(log('robot-1').filter(({ kind }) => kind === 'begun')).toHaveLength(1)
  expect(attemptsBegunTwice(log('robot-1'))).toEqual([])
})

test('dies by itself right after acting: comes back and reports what its log says it did', async () => {
  run([{ kind: 'screen', id: 'screen-1', behaviour: { pace: 0.001, dies: { when: 'acted' } } }]).start()
  await broker.hears(online('screen-1'))
  await broker.say('screen-1', offer('promote', { start: true }))
  await broker.hears(({ body }) => body['status'] === 'lost')
  const done = await broker.hears(status('t-1', 'done'))
  expect(done.body['result']).toMatchObject({ shownForMs: 8_000 })
  await fleet?.stop()
  expect(log('screen-1').map(({ kind }) => kind)).toContain('misbehaved')
  expect(log('screen-1').filter(({ kind }) => kind === 'shown')).toHaveLength(1)
})

test('what people do reaches the device over its line, and what it does comes back', async () => {
  const devices = run([{ kind: 'kiosk', id: 'kiosk-1', behaviour: { pace: 0.001 } }])
  devices.start()
  const finished = new Promise<void>((resolve) => {
    devices.device('kiosk-1')?.listen((entry) => {
      if (entry.kind === 'session' && entry.state === 'finished') resolve()
    })
  })
  await broker.hears(online('kiosk-1'))
  devices.device('kiosk-1')?.use({ forMs: 1_000, ticket: 'A012' })
  await finished
  await broker.hears(({ body }) => body['state'] === 'finished' && body['ticket'] === 'A012')
})

test('what is told to a device that was just killed is lost with it, and nothing else is', async () => {
  const devices = run([{ kind: 'camera', id: 'camera-1' }])
  devices.start()
  await broker.hears(online('camera-1'))
  const before = broker.heard.length
  const sense = (count: number) => devices.device('camera-1')?.sense('zone.count', { zone: 'waiting', count })
  devices.kill('camera-1')
  // Held up for the whole life of another process: its end of the line is closed, and this end has not learned of it yet.
  execFileSync(process.execPath, ['--version'])
  // An error of the line that nobody takes ends the whole run.
  for (let count = 0; count < 50; count += 1) sense(count)
  await broker.hears(online('camera-1'), before)
  const reborn = broker.heard.length
  sense(9_999)
  const counted = await broker.hears(({ topic }) => topic.endsWith('/event/zone.count'), reborn)
  expect(counted.body).toMatchObject({ count: 9_999 })
})

test('many in one process: each with its own line, its own log and a goodbye', async () => {
  const members = Array.from(
    { length: 20 },
    (_, index): Member => ({ kind: 'camera', id: `camera-${index}` }),
  )
  const devices = run(members, { inProcess: true })
  const up = devices.up()
  devices.start()
  await up
  for (const { id } of members) devices.device(id)?.sense('zone.count', { zone: 'waiting', count: 3 })
  await Promise.all(
    members.map(({ id }) => broker.hears(({ topic }) => topic === `usher/v1/demo/${id}/event/zone.count`)),
  )
  await devices.stop()
  for (const { id } of members) {
    expect(acknowledgedEvents(log(id))).toHaveLength(1)
    expect(
      broker.heard.findLast(({ topic }) => topic === `usher/v1/demo/${id}/presence`)?.body,
    ).toMatchObject({
      status: 'offline',
    })
  }
})
