import { createServer } from 'node:net'
import { afterAll, afterEach, expect, it } from 'vitest'
import { type Running, remove, type StartedHub, scratch, startHub, startUsher, usher } from '../support.ts'

const folder = scratch()
let hub: StartedHub | undefined
let played: Running | undefined
afterEach(async () => {
  played?.child.kill('SIGKILL')
  await hub?.stop()
})
afterAll(() => remove(folder))

interface Device {
  readonly id: string
  readonly link: string
}

it('plays a scenario before a running hub until it is stopped', { timeout: 120_000 }, async () => {
  hub = await startHub(folder)
  const address = `mqtt://127.0.0.1:${hub.ports.mqtt}`
  played = startUsher(['simulate', 'demo', '--hub', address, '--speed', '20', '--seed', '3'])
  await played.line(/demo before 127\.0\.0\.1:\d+, 20 times/)
  const devices = await hub.json<readonly Device[]>('devices', 'list')
  expect(devices.filter(({ link }) => link === 'online').length).toBeGreaterThan(5)
  played.child.kill('SIGTERM')
  expect(await played.ended).toMatchObject({ code: 0, complained: '' })
})

it('says at once where no hub listens', async () => {
  const free = createServer()
  await new Promise<void>((resolve) => void free.listen(0, '127.0.0.1', resolve))
  const address = free.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await new Promise((resolve) => void free.close(resolve))
  const { code, complained } = await usher('simulate', 'demo', '--hub', `mqtt://127.0.0.1:${port}`)
  expect(code).toBe(1)
  expect(complained).toContain('broker.unreachable')
  expect(complained).toContain(`127.0.0.1:${port}: ECONNREFUSED`)
})

it.each([
  [['demo', '--hub', 'http://127.0.0.1:1883'], 'mqtt://127.0.0.1:1883'],
  [['demo', '--hub', 'mqtt://127.0.0.1:1883', '--csv', 'tickets.csv'], '--csv'],
  [['demo', '--hub', 'mqtt://127.0.0.1:1883', '--compare', 'on', 'off'], '--compare'],
  [['--hub', 'mqtt://127.0.0.1:1883'], '--hub needs a scenario'],
  [['demo', '--speed', '4'], '--speed needs a --hub'],
  [['demo', '--hub', 'mqtt://127.0.0.1:1883', '--speed', '0'], '0.1'],
])('refuses %j', async (words, says) => {
  const { code, complained } = await usher('simulate', ...words)
  expect(code).toBe(2)
  expect(complained).toContain(says)
})
