/** The line to the fleet's broker, on Debian's mosquitto: who may not come in, what is sent while it is down, what is logged. */
import { mkdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type FleetLine, type FleetMessage, openFleetLine } from '#adapters/vda-5050/fleet-line.ts'
import { remove, scratch } from '../../cli/support.ts'
import { createMosquitto, type Mosquitto } from '../people-sensing/support/mosquitto.ts'
import { createLines } from '../sdk/support/rig.ts'

let folder: string
const brokers: Mosquitto[] = []
const lines: FleetLine[] = []

beforeAll(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
})
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.close()))
  await Promise.all(brokers.splice(0).map((broker) => broker.kill()))
})
afterAll(() => remove(folder))

const brokerWith = async (settings?: readonly string[]) => {
  const broker = await createMosquitto(folder, settings)
  brokers.push(broker)
  return broker
}

const lineTo = (url: string) => {
  const states: string[] = []
  const messages: FleetMessage[] = []
  const log = createLines()
  const line = openFleetLine({
    broker: { url },
    clientId: 'usher-fleet-1',
    topics: ['uagv/v2/Acme/R001/state'],
    log: log.log,
    chance: () => 0,
    onMessage: (message) => void messages.push(message),
    onState: (state) => void states.push(state),
  })
  lines.push(line)
  return { line, states, messages, texts: () => log.lines.map(({ text }) => text) }
}

test('a broker that lets nobody in is said once, however often it is tried', async () => {
  const broker = await brokerWith(['allow_anonymous false'])
  await broker.start()
  const { states, texts } = lineTo(broker.url)
  await vi.waitFor(() => expect(states.length).toBeGreaterThan(1), { timeout: 45_000, interval: 20 })
  expect(new Set(states)).toEqual(new Set(['refused']))
  expect(texts()).toEqual(['the fleet broker does not let this adapter in'])
})

test('what is sent while it is down is given up; what comes when it is up is heard', async () => {
  const broker = await brokerWith()
  const { line, states, messages, texts } = lineTo(broker.url)
  await vi.waitFor(() => expect(states).toContain('unreachable'), { timeout: 45_000, interval: 20 })
  const topic = 'uagv/v2/Acme/R001/state'
  expect(line.send(topic, { early: true })).toBe(false)
  await broker.start()
  await vi.waitFor(() => expect(line.isUp()).toBe(true), { timeout: 45_000, interval: 20 })
  expect(line.send(topic, { late: true })).toBe(true)
  await vi.waitFor(() => expect(messages).toHaveLength(1), { timeout: 45_000, interval: 20 })
  expect(messages[0]).toEqual({ topic, payload: '{"late":true}', isRetained: false })
  expect(texts()).toEqual(['the fleet broker cannot be reached yet', 'the fleet broker is reached'])
})
