/** The door for sensors that push: who may come in, what is answered, and what is too much. */
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HttpDoor, openHttpDoor } from '#adapters/people-sensing/http-door.ts'
import { payloadMax } from '#adapters/people-sensing/intake.ts'
import { DeviceUnreachable } from '#adapters/sdk/errors.ts'
import { settingsWith } from './support/listen.ts'

const { sources } = settingsWith(
  {
    name: 'xovis-door',
    vendor: 'xovis',
    http: { username: 'sensor', password: 'long enough' },
    sensors: { S: { device: 'sensor-1' } },
  },
  { name: 'onvif', vendor: 'onvif', devices: [{ device: 'camera-1', prefix: 'Cam', rules: [] }] },
)

let door: HttpDoor
const heard: [string, string][] = []
const tooLarge: string[] = []

beforeAll(async () => {
  door = await openHttpDoor({
    http: { host: '127.0.0.1', port: 0 },
    sources,
    onMessage: (source, { payload }) => void heard.push([source, payload]),
    onTooLarge: (source) => void tooLarge.push(source),
  })
})
afterAll(() => door.close())

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`
const right = basic('sensor:long enough')
const send = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${door.port}${path}`, {
    method: 'POST',
    body: '{}',
    ...init,
    headers: { authorization: right, ...(init.headers as Record<string, string> | undefined) },
  })

test('a sensor that shows its password is heard, whatever it says', async () => {
  for (const body of ['{"live_data":{}}', 'no json at all', '']) {
    const { status } = await send('/xovis-door?sensor=1', { body })
    expect(status).toBe(200)
  }
  expect(heard.splice(0)).toEqual([
    ['xovis-door', '{"live_data":{}}'],
    ['xovis-door', 'no json at all'],
    ['xovis-door', ''],
  ])
})

test.each([
  ['no password', ''],
  ['a wrong one', basic('sensor:long enougH')],
  ['a wrong name', basic('sensors:long enough')],
  ['another scheme', `Bearer ${Buffer.from('sensor:long enough').toString('base64')}`],
  ['no base64', 'Basic %%%'],
])('%s: nothing is heard', async (_what, authorization) => {
  const { status, headers } = await send('/xovis-door', { headers: { authorization } })
  expect(status).toBe(401)
  expect(headers.get('www-authenticate')).toContain('Basic')
  expect(heard).toEqual([])
})

test('other paths, other methods, and sources that do not push', async () => {
  expect((await send('/')).status).toBe(404)
  expect((await send('/onvif')).status).toBe(404)
  expect((await send('/xovis-door/../onvif')).status).toBe(404)
  expect((await send('/xovis-door', { method: 'PUT' })).status).toBe(405)
  expect(heard).toEqual([])
})

test('more than anybody has to say is not read to its end', async () => {
  const answer = await send('/xovis-door', { body: 'x'.repeat(payloadMax + 1) }).catch(
    (error: unknown) => error,
  )
  if (answer instanceof Response) expect(answer.status).toBe(413)
  expect(tooLarge).toEqual(['xovis-door'])
  expect(heard).toEqual([])
})

test('a sensor that hangs up in the middle has said nothing, and the next one is heard', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(door.port, '127.0.0.1', () => {
      socket.write(
        `POST /xovis-door HTTP/1.1\r\nhost: x\r\nauthorization: ${right}\r\ncontent-length: 100\r\n\r\n{"half`,
        () => socket.destroy(),
      )
    })
    socket.on('close', () => resolve())
  })
  expect((await send('/xovis-door')).status).toBe(200)
  expect(heard.splice(0)).toEqual([['xovis-door', '{}']])
})

test('an address that is taken is told, and may be free later', async () => {
  const again = openHttpDoor({
    http: { host: '127.0.0.1', port: door.port },
    sources,
    onMessage: () => {},
    onTooLarge: () => {},
  })
  await expect(again).rejects.toThrow(DeviceUnreachable)
})
