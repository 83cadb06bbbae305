/** Web hook, its own view by asking, and a broker, each with a real one on the other side, and what the hub is told when one is gone. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createIntake } from '#adapters/queue-system/intake.ts'
import { channelsOf, openSources } from '#adapters/queue-system/sources/open-sources.ts'
import type { DeviceHandle } from '#adapters/sdk/adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { remove, scratch } from '../../cli/support.ts'
import { createMosquitto, type Mosquitto } from '../people-sensing/support/mosquitto.ts'
import { createLines } from '../sdk/support/rig.ts'
import { createMemory, plain, settings } from './support/listen.ts'

let folder: string
let mosquitto: Mosquitto | undefined
let server: Server | undefined
const ends: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
})
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()))
  await mosquitto?.kill()
  server?.closeAllConnections()
  server?.close()
  remove(folder)
})

const open = async (more: object) => {
  const config = settings({ ...plain, ...more })
  const clock = createSystemClock()
  const { lines, log } = createLines()
  const told: [string, object][] = []
  const health: unknown[] = []
  const timeOfDay = () => Date.now()
  const intake = createIntake({
    config,
    device: {
      emit: ((name: string, data: object) => {
        told.push([name, data])
        return { sent: true }
      }) as DeviceHandle['emit'],
      state(patch) {
        health.push(patch.health)
        return { sent: true }
      },
    },
    log,
    clock,
    timeOfDay,
    channels: channelsOf(config),
    kept: createMemory(),
  })
  ends.push(async () => intake.close())
  const chance = () => 0
  await openSources({
    config,
    intake,
    log,
    clock,
    timeOfDay,
    chance,
    device: 'tickets-1',
    stateFolder: folder,
    ends,
  })
  const port = lines.find(({ text }) => text === 'the door for the queue system is open')?.fields['port']
  return { told, lines, intake, url: `http://127.0.0.1:${String(port)}/events`, health: () => health.at(-1) }
}

const soon = { timeout: 45_000, interval: 20 }
const token = 'a-token-of-sixteen'
const post = (url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers } })

test('the web hook: with the token only, bounded, and in GBK where it says so', async () => {
  const { told, url, intake } = await open({})
  expect((await post(url, '{"e":"take","t":"A001","s":"cash"}')).status).toBe(200)
  expect((await post(url, 'no json')).status).toBe(200)
  for (const authorization of [
    '',
    'Bearer a-token-of-sixteeN',
    `Basic ${Buffer.from(token).toString('base64')}`,
  ])
    expect((await post(url, '{"e":"take","t":"A002","s":"cash"}', { authorization })).status).toBe(401)
  const large = await post(url, `"${'x'.repeat(1_000_001)}"`).catch(() => undefined)
  expect(large?.status ?? 413).toBe(413)
  expect(told).toEqual([['ticket.issued', { ticket: 'A001', service: 'cash' }]])
  expect(intake.counts()).toEqual({ 'not-json': 1, 'too-large': 1 })
  // {"e":"take","t":"A003","s":"cash","n":"王"}
  const gbk = new Uint8Array(
    Buffer.concat([
      Buffer.from('{"e":"take","t":"A003","s":"cash","q":"'),
      Buffer.from('cdf5', 'hex'),
      Buffer.from('"}'),
    ]),
  )
  expect((await post(url, gbk, { 'content-type': 'application/json; charset=GBK' })).status).toBe(200)
  expect(told).toHaveLength(2)
})

test('the web hook with user name and password, or with a header of its own', async () => {
  const basic = await open({ webhook: { port: 0, login: { username: 'queue', password: 'long enough' } } })
  const authorization = `Basic ${Buffer.from('queue:long enough').toString('base64')}`
  expect((await post(basic.url, '{"e":"open","c":"counter-1"}', { authorization })).status).toBe(200)
  expect((await post(basic.url, '{"e":"open","c":"counter-2"}')).status).toBe(401)
  const own = await open({ webhook: { port: 0, login: { token, header: 'X-Token' } } })
  expect((await post(own.url, '{"e":"open","c":"counter-1"}', { 'x-token': token })).status).toBe(200)
  expect((await post(own.url, '{"e":"open","c":"counter-2"}')).status).toBe(401)
  for (const { told } of [basic, own])
    expect(told).toEqual([['counter.changed', { counter: 'counter-1', state: 'open' }]])
})

test('its own view is asked for; refused, gone, nonsense and back are said once each', async () => {
  let answer = { status: 200, body: '{"e":"count","s":"cash","w":"3"}' }
  const asked: (string | undefined)[] = []
  server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    response.writeHead(answer.status)
    response.end(answer.body)
  })
  const listening = server
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const snapshot = {
    url: `http://127.0.0.1:${port}/queues?key=secret`,
    everyMs: 1_000,
    signIn: { username: 'usher', password: 'of usher' },
  }
  const { told, lines, health } = await open({ webhook: undefined, snapshot })
  await vi.waitFor(() => expect(told).toEqual([['queue.snapshot', { service: 'cash', waiting: 3 }]]), soon)
  expect(asked[0]).toBe(`Basic ${Buffer.from('usher:of usher').toString('base64')}`)
  answer = { status: 401, body: '' }
  await vi.waitFor(() => expect(health()).toEqual({ level: 'faulted', reasons: ['snapshot-refused'] }), soon)
  answer = { status: 200, body: '<html>' }
  await vi.waitFor(() => expect(health()).toEqual({ level: 'faulted', reasons: ['snapshot-unusable'] }), soon)
  answer = { status: 500, body: '' }
  await vi.waitFor(
    () => expect(health()).toEqual({ level: 'faulted', reasons: ['snapshot-unreachable'] }),
    soon,
  )
  answer = { status: 200, body: '[]' }
  await vi.waitFor(() => expect(health()).toEqual({ level: 'ok' }), soon)
  expect(lines.map(({ text }) => text)).toEqual([
    'the queue system answers',
    'the queue system does not let this adapter in',
    'the queue system answers with something else than its queues',
    'the queue system does not answer',
    'the queue system answers again',
  ])
  expect(JSON.stringify(lines)).not.toMatch(/secret|of usher/)
}, 90_000)

test('a broker: mosquitto_pub tells of tickets, and when mosquitto is gone one part is missing', async () => {
  mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  const broker = mosquitto
  const { told, lines, health } = await open({ broker: { url: broker.url }, topics: ['queue/#'] })
  const isReached = () => lines.some(({ text }) => text === 'the vendor broker is reached')
  await vi.waitFor(() => expect(isReached()).toBe(true), soon)
  const publish = (...words: string[]) =>
    execFileSync('mosquitto_pub', ['-p', String(broker.port), '-q', '1', ...words], { stdio: 'ignore' })
  publish('-t', 'queue/cash', '-r', '-m', '{"e":"count","s":"cash","w":2}')
  await vi.waitFor(() => expect(told).toHaveLength(1), soon)
  publish('-t', 'queue/cash', '-m', '{"e":"take","t":"A001","s":"cash"}')
  await vi.waitFor(() => expect(told).toHaveLength(2), soon)
  await broker.kill()
  await vi.waitFor(
    () => expect(health()).toEqual({ level: 'degraded', reasons: ['vendor-broker-unreachable'] }),
    soon,
  )
  await broker.start()
  await vi.waitFor(() => expect(health()).toEqual({ level: 'ok' }), soon)
}, 90_000)
