/** An adapter as a process of its own at a hub that is one too: chosen for a greeting, killed, cut off, ended. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, type StartedHub, scratch, startHub } from '../../cli/support.ts'
import { type AdapterProcess, startAdapterProcess } from './support/process.ts'
import { comesIn } from './support/visitor.ts'

let folder: string
let hub: StartedHub

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  hub = await startHub(join(folder, 'hub'))
})
afterAll(async () => {
  for (const adapter of running) adapter.kill('SIGKILL')
  await hub.stop()
  remove(folder)
})

const running: AdapterProcess[] = []

const tiny = join(import.meta.dirname, 'tiny/main.ts')
const launch = (...words: Parameters<typeof startAdapterProcess>) => {
  const adapter = startAdapterProcess(...words)
  running.push(adapter)
  return adapter
}
const environment = (device: string) => ({
  USHER_BROKER: `mqtt://127.0.0.1:${hub.ports.mqtt}`,
  USHER_DEVICE: device,
  USHER_STATE: join(folder, 'state'),
})

const linkOf = async (device: string) => (await hub.json<{ link: string }>('devices', 'show', device)).link

const becomes = (device: string, link: string) =>
  vi.waitFor(async () => expect(await linkOf(device)).toBe(link), { timeout: 45_000, interval: 100 })

test('it is chosen for a greeting, and the hub knows what was said', async () => {
  const adapter = launch([tiny], environment('robot-1'))
  await adapter.says('the line to the hub is up')
  await becomes('robot-1', 'online')
  await comesIn(hub.ports.mqtt, 'one')
  const { task, visit } = await adapter.says('greets')
  await vi.waitFor(
    async () => {
      const tasks = await hub.json<{ task: string; phase: string; member: string }[]>(
        'tasks',
        'list',
        '--all',
        '--flow',
        'greeting',
      )
      expect(JSON.stringify(tasks)).toContain('"done"')
    },
    { timeout: 45_000, interval: 100 },
  )
  expect(task).toMatch(/^task-/)
  expect(visit).toMatch(/^v-/)
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await becomes('robot-1', 'offline')
}, 120_000)

test('killed it is lost, and it is back without a word of explanation', async () => {
  const adapter = launch([tiny], environment('robot-2'))
  await becomes('robot-2', 'online')
  adapter.kill('SIGKILL')
  await adapter.ended
  await becomes('robot-2', 'lost')
  const next = launch([tiny], environment('robot-2'))
  await becomes('robot-2', 'online')
  next.kill('SIGTERM')
  expect((await next.ended).code).toBe(0)
}, 120_000)

test('over TLS: it waits for its approval, comes with a certificate of its own, and needs no code again', async () => {
  const { code } = await hub.json<{ code: string }>('devices', 'add', 'robot-3')
  const tls = { ...environment('robot-3'), USHER_BROKER: `mqtts://localhost:${hub.ports.mqtts}` }
  const first = launch([tiny], { ...tls, USHER_CLAIM: code })
  await first.says(/staff are asked to approve/)
  expect((await hub.usher('devices', 'approve', 'robot-3')).said).toContain('Fingerprint')
  await first.says('the line to the hub is up')
  await becomes('robot-3', 'online')
  first.kill('SIGTERM')
  expect((await first.ended).code).toBe(0)

  const second = launch([tiny], tls)
  await second.says('the line to the hub is up')
  await hub.json('devices', 'revoke', 'robot-3', '--reason', 'stolen')
  await second.says('the line to the hub is lost')
  await second.says('the hub does not let this adapter in')
  second.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
}, 120_000)

test('over TLS without a certificate and without a code it says what to do', async () => {
  const adapter = launch([tiny], {
    ...environment('kiosk-1'),
    USHER_BROKER: `mqtts://localhost:${hub.ports.mqtts}`,
  })
  expect((await adapter.ended).code).toBe(1)
  expect(adapter.lines().at(-1)).toMatchObject({ level: 'error', code: 'adapter.enrolment' })
})

test('settings that do not fit end it with 2 and say which', async () => {
  const adapter = launch([tiny], { ...environment('robot-1'), USHER_DEVICE: 'Not An Id' })
  expect((await adapter.ended).code).toBe(2)
  expect(adapter.lines().at(-1)).toMatchObject({ level: 'error', code: 'adapter.settings' })
  expect(adapter.lines().at(-1)?.msg).toContain('USHER_DEVICE')
})
