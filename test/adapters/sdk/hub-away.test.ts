/** The hub is killed under an adapter: one line in the log, nothing it sensed is lost, one line when it is back. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type DeviceHandle, defineAdapter } from '#adapters/sdk/adapter.ts'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { demoBranch, type Running, remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { createLines } from './support/rig.ts'

let folder: string
const hubs: Running[] = []

beforeAll(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
})
afterAll(() => {
  for (const hub of hubs) hub.child.kill('SIGKILL')
  remove(folder)
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const sensor = async (port: number) => {
  const { lines, log } = createLines()
  let device: DeviceHandle | undefined
  const running = startAdapter(
    defineAdapter({
      name: 'queue',
      version: '1.0.0',
      config: z.object({}),
      async connect(context) {
        device = context.device
        return {
          manifest: { kind: 'sensor', vendor: 'Acme', model: 'Numbers' },
          capabilities: {},
          close: () => {},
        }
      },
    }),
    {
      branch: 'demo',
      device: 'tester-1',
      boot: 'boot-1',
      config: {},
      clock: createSystemClock(),
      chance: () => 0,
      memory: createFleetingMemory(),
      log,
      transport: ({ trouble, refused }) =>
        createMqttTransport({
          address: { url: `mqtt://127.0.0.1:${port}` },
          onTrouble: trouble,
          onRefused: refused,
        }),
    },
  )
  await running.ready
  return {
    running,
    lines,
    waiting: (count: number) => device?.emit('queue.snapshot', { service: 'corporate', waiting: count }),
  }
}

test('killed and started again: it gets what was sensed while it was away', async () => {
  const port = await freePort()
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${demoBranch}\ndata: data\nmqtt: { loopback: { port: ${port}, trust: declared }, tls: false }\nhttp: { port: 0 }\n`,
  )
  const startHub = async () => {
    const hub = startUsher(['start', '--config', config])
    hubs.push(hub)
    await hub.line(/the hub is ready/)
    return hub
  }
  const first = await startHub()
  const { running, lines, waiting } = await sensor(port)
  first.child.kill('SIGKILL')
  await first.ended
  await vi.waitFor(
    () => expect(lines.map(({ text }) => text)).toContain('the line to the hub is lost'),
    10_000,
  )
  waiting(14)
  expect(running.unacknowledged()).toBeGreaterThan(0)

  const second = await startHub()
  await vi.waitFor(() => expect(running.unacknowledged()).toBe(0), { timeout: 45_000, interval: 50 })
  const { said } = await usher('queues', '--json', '--data', join(folder, 'data'))
  expect(JSON.parse(said)).toContainEqual(
    expect.objectContaining({ id: 'corporate', waiting: expect.objectContaining({ value: 14 }) }),
  )
  await running.stop()
  expect(lines.map(({ text }) => text)).toEqual([
    'the line to the hub is up',
    'the line to the hub is lost',
    'the line to the hub is back',
    'stopped',
  ])
  second.child.kill('SIGTERM')
  await second.ended
}, 120_000)
