/** Strangers and broken senders against the whole running hub: each is refused with a code, and nobody else notices. */
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openControl } from '#hub/ops/control.ts'
import type { Fleet } from '#simulators/fleet.ts'
import { packets } from '../broker/packets.ts'
import { branchName } from '../crash/branch.ts'
import type { HubProcess } from '../crash/hub-process.ts'
import { judge } from '../crash/judge.ts'
import { countWithoutEnd, createStage, memberOf, type Stage, until } from './stage.ts'

let stage: Stage
let hub: HubProcess
let fleet: Fleet
let camera: ReturnType<typeof countWithoutEnd>
const open: MqttClient[] = []

beforeAll(async () => {
  stage = await createStage()
  hub = await stage.start()
  fleet = await stage.devices(memberOf('camera-1'))
  camera = countWithoutEnd(fleet, 20)
})
afterAll(async () => {
  for (const client of open) client.end(true)
  await stage.end()
})

const residentMb = () => {
  const pid = readFileSync(join(stage.data, 'usher.pid'), 'utf8').trim()
  const [, kb = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) / 1_024
}

const socketTo = (): net.Socket => {
  const socket = net.connect(stage.ports.mqtt, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  return socket
}
const gone = (socket: net.Socket) =>
  new Promise<void>((resolve) => {
    if (socket.destroyed) resolve()
    else socket.once('close', () => resolve())
  })
const drained = (socket: net.Socket) => new Promise<void>((resolve) => socket.once('drain', () => resolve()))

const connect = async (device: string): Promise<MqttClient> => {
  const client = mqtt.connect(`mqtt://127.0.0.1:${stage.ports.mqtt}`, {
    clientId: `${branchName}/${device}`,
    reconnectPeriod: 0,
  })
  client.on('error', () => undefined)
  open.push(client)
  await new Promise<void>((resolve) => client.once('connect', () => resolve()))
  return client
}

/** What a connection is refused or closed for stands in the hub's log: MQTT 3.1.1 has no words for it. */
const codesSaid = ({ said }: Stage) =>
  said.flatMap((line) => (typeof line['code'] === 'string' ? [line['code']] : []))

/** The code of the next word on its error topic. */
const nextCode = (client: MqttClient) =>
  new Promise<string>((resolve) => {
    client.once('message', (_topic, text) => resolve((JSON.parse(text.toString()) as { code: string }).code))
  })

/** The camera's own messages go on being acknowledged. */
const isWell = async () => {
  const before = camera.acknowledged()
  await until(() => camera.acknowledged() > before + 3)
  expect(await stage.health()).toMatchObject({ status: 'ok' })
}

describe('the running hub', { timeout: 90_000 }, () => {
  it('cuts a CONNECT of 200 MB off', async () => {
    const before = residentMb()
    const socket = socketTo()
    socket.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x64]))
    const block = Buffer.alloc(1_048_576)
    for (let sent = 0; sent < 200 && !socket.destroyed; sent++)
      if (!socket.write(block)) await Promise.race([drained(socket), gone(socket)])
    await gone(socket)
    expect(residentMb() - before).toBeLessThan(40)
    await until(() => codesSaid(stage).includes('packet.too-large'))
    await isWell()
  })

  it('ends connections with malformed packets, before and after they sign in', async () => {
    const bad = [
      [0xf0, 0x00],
      [0x10, 0xff, 0xff, 0xff, 0xff, 0x01],
      [0x82, 0x00],
      [0x32, 0x02, 0x00, 0x09],
    ]
    for (const bytes of bad) {
      const stranger = socketTo()
      stranger.write(Buffer.from(bytes))
      await gone(stranger)
      const device = socketTo()
      device.write(Buffer.concat([packets.connect(`${branchName}/kiosk-1`), Buffer.from(bytes)]))
      await gone(device)
    }
    await until(() => codesSaid(stage).includes('packet.malformed'))
    await isWell()
  })

  it('answers what does not fit with a code, and keeps it out of the journal', async () => {
    const kiosk = await connect('kiosk-2')
    await kiosk.subscribeAsync(`usher/v1/${branchName}/kiosk-2/error`, { qos: 1 })
    const codeFor = (name: string, payload: string) => {
      const code = nextCode(kiosk)
      kiosk.publish(`usher/v1/${branchName}/kiosk-2/event/${name}`, payload, { qos: 1 })
      return code
    }
    expect(await codeFor('zone.count', '{"zone":"NO","count":-1}')).toBe('payload.invalid')
    expect(await codeFor('zone.count', '{"zone":')).toBe('payload.not-json')
    expect(await codeFor('never.heard-of', '{}')).toBe('event.unknown')
    await isWell()
  })

  it('lets nobody publish under the name of another', async () => {
    const kiosk = await connect('kiosk-1')
    const foreign = `usher/v1/${branchName}/camera-1/event/zone.count`
    const closed = new Promise<string>((resolve) => kiosk.once('close', () => resolve('closed')))
    await kiosk.subscribeAsync(`usher/v1/${branchName}/kiosk-1/error`, { qos: 1 })
    const told = nextCode(kiosk)
    kiosk.publish(foreign, '{"zone":"waiting","count":777}', { qos: 1 })
    expect(['closed', 'topic.foreign']).toContain(await Promise.race([closed, told]))
    await isWell()
  })

  it('has kept everything good and nothing bad', async () => {
    camera.end()
    await fleet.stop()
    hub.kill('SIGTERM')
    expect(await hub.exited).toMatchObject({ code: 0 })
    const evidence = await stage.evidence()
    expect(judge(evidence)).toEqual([])
    const counts = evidence.entries.flatMap(({ body }) => (body.kind === 'event' ? [body] : []))
    expect(counts.length).toBeGreaterThan(20)
    expect(new Set(counts.map(({ device }) => device))).toEqual(new Set(['camera-1']))
    expect(JSON.stringify(counts)).not.toContain('777,')
  })
})

describe('a client id that was stolen', { timeout: 90_000 }, () => {
  it('is of no use without the credential, nor with a wrong claim code', async () => {
    const claimed = await createStage({ trust: 'claimed' })
    try {
      await claimed.start()
      const hub = await openControl(claimed.socket)
      await hub.request('devices.invite', { device: 'camera-1' })
      hub.close()
      for (const password of [undefined, 'WRONG-CODE-1234']) {
        const thief = mqtt.connect(`mqtt://127.0.0.1:${claimed.ports.mqtt}`, {
          clientId: `${branchName}/camera-1`,
          reconnectPeriod: 0,
          ...(password !== undefined && { username: 'enrol', password }),
        })
        const refused = new Promise<string>((resolve) =>
          thief.once('error', ({ message }) => resolve(message)),
        )
        expect(await refused).toMatch(/Connection refused/)
        thief.end(true)
      }
      await until(() => codesSaid(claimed).length === 2)
      expect(codesSaid(claimed)).toEqual(['connect.not-approved', 'connect.claim'])
      expect(await claimed.health()).toMatchObject({ status: 'ok' })
    } finally {
      await claimed.end()
    }
  })
})
