/** The line to a real mosquitto: refused, let in, killed and back, with one log line each; what was published meanwhile waits. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Arrived } from '#adapters/people-sensing/intake.ts'
import { openVendorLine, type VendorLine } from '#adapters/people-sensing/vendor-line.ts'
import { remove, scratch } from '../../cli/support.ts'
import { createLines } from '../sdk/support/rig.ts'
import { createMosquitto, type Mosquitto } from './support/mosquitto.ts'

let folder: string
let mosquitto: Mosquitto
let line: VendorLine | undefined
const heard: Arrived[] = []
const states: (string | undefined)[] = []
const { lines, log } = createLines()
const within = { timeout: 45_000, interval: 50 }

beforeEach(() => {
  folder = scratch()
  for (const list of [heard, states, lines]) list.length = 0
})
afterEach(async () => {
  await line?.close()
  await mosquitto.kill()
  remove(folder)
})

const open = () => {
  line = openVendorLine({
    broker: { url: mosquitto.url },
    clientId: 'usher-test',
    topics: ['frigate/events'],
    log,
    onMessage: (message) => void heard.push(message),
    onState: (reason) => void states.push(reason),
    onTooLarge: () => {},
    jitter: () => 0,
  })
}
const publish = async (payload: string) => {
  const client = await connectAsync(mosquitto.url, { protocolVersion: 4 })
  await client.publishAsync('frigate/events', payload, { qos: 1 })
  await client.endAsync()
}
const told = () => lines.map(({ level, text }) => [level, text])

test('a broker that is not there yet, then is, is killed, and is there again', async () => {
  mosquitto = await createMosquitto(folder)
  open()
  await vi.waitFor(() => expect(states.length).toBeGreaterThanOrEqual(3), within)
  expect(told()).toEqual([['warn', 'the vendor broker cannot be reached yet']])
  await mosquitto.start()
  await vi.waitFor(() => expect(states.at(-1)).toBe(undefined), within)
  await publish('one')
  await vi.waitFor(() => expect(heard).toMatchObject([{ payload: 'one', retained: false }]), within)
  await mosquitto.kill()
  const downs = () => states.filter((reason) => reason === 'vendor-broker-unreachable').length
  const before = downs()
  await vi.waitFor(() => expect(downs()).toBeGreaterThanOrEqual(before + 3), within)
  await mosquitto.start()
  await vi.waitFor(() => expect(states.at(-1)).toBe(undefined), within)
  expect(told()).toEqual([
    ['warn', 'the vendor broker cannot be reached yet'],
    ['info', 'the vendor broker is reached'],
    ['warn', 'the vendor broker is lost'],
    ['info', 'the vendor broker is back'],
  ])
  await publish('two')
  await vi.waitFor(() => expect(heard.map(({ payload }) => payload)).toEqual(['one', 'two']), within)
}, 120_000)

test('a broker that does not let it in is told once, as an error, and comes right when it is set right', async () => {
  mosquitto = await createMosquitto(folder, ['allow_anonymous false'])
  await mosquitto.start()
  open()
  await vi.waitFor(() => expect(states.length).toBeGreaterThanOrEqual(3), within)
  expect(new Set(states)).toEqual(new Set(['vendor-broker-refuses']))
  expect(told()).toEqual([['error', 'the vendor broker does not let this adapter in']])
  await mosquitto.kill()
  writeFileSync(
    join(folder, `mosquitto-${mosquitto.port}.conf`),
    `listener ${mosquitto.port} 127.0.0.1\nallow_anonymous true\n`,
  )
  await mosquitto.start()
  await vi.waitFor(() => expect(states.at(-1)).toBe(undefined), within)
  expect(told().at(-1)).toEqual(['info', 'the vendor broker is back'])
}, 120_000)

test('what is published while the adapter is away waits for it', async () => {
  mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  open()
  await vi.waitFor(() => expect(states).toEqual([undefined]), within)
  await line?.close()
  await publish('meanwhile')
  open()
  await vi.waitFor(() => expect(heard.map(({ payload }) => payload)).toEqual(['meanwhile']), within)
}, 120_000)
