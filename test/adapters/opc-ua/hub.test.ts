/** The whole way: the fire contact of a plant puts the branch of a running hub into emergency, and only a person ends that. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoBranch, remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { type StartedPlant, startPlant } from './support/plant.ts'

let folder: string
let plant: StartedPlant
let hub: ReturnType<typeof startUsher>

const gateway = [
  'devices:',
  '  - { id: opc-ua-1, kind: gateway, zone: waiting }',
  '  - { id: fire-panel, kind: sensor, zone: waiting, gateway: opc-ua-1 }',
  '  - { id: gate-1, kind: door, zone: entrance, gateway: opc-ua-1 }',
  '  - { id: cart-1, kind: robot, zone: entrance, gateway: opc-ua-1 }',
  '',
].join('\n')

const json = async <T>(...words: readonly string[]): Promise<T> => {
  const { said, complained, code } = await usher(...words, '--json', '--data', join(folder, 'data'))
  if (code !== 0) throw new Error(complained)
  return JSON.parse(said) as T
}
const device = (id: string) =>
  json<{ link: string; health: string; healthReasons?: readonly string[] }>('devices', 'show', id)
const soon = { timeout: 20_000, interval: 300 }

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  plant = await startPlant()
  const branch = join(folder, 'branch.yaml')
  writeFileSync(branch, readFileSync(demoBranch, 'utf8').replace('devices:\n', gateway))
  const config = join(folder, 'hub.yaml')
  const adapter = {
    device: 'opc-ua-1',
    run: join(import.meta.dirname, '../../../adapters/opc-ua/main.ts'),
    memoryMb: 400,
    config: plant.config(),
  }
  writeFileSync(
    config,
    `branch: ${branch}\ndata: data\nmqtt: { loopback: { port: 0 } }\nhttp: { port: 0 }\nadapters: [${JSON.stringify(adapter)}]\n`,
  )
  hub = startUsher(['start', '--config', config])
  await hub.line(/the hub is ready/)
}, 60_000)

afterAll(async () => {
  hub?.child.kill('SIGTERM')
  await hub?.ended
  await plant?.stop()
  remove(folder)
}, 60_000)

test('a fire contact becomes an emergency', async () => {
  await vi.waitFor(
    async () => expect(await device('fire-panel')).toMatchObject({ link: 'online', health: 'ok' }),
    soon,
  )
  await plant.wish({ set: [{ name: 'FireContact', value: true }] })
  await vi.waitFor(async () => expect((await json<{ mode: string }>('mode')).mode).toBe('emergency'), soon)
  await plant.wish({ set: [{ name: 'FireContact', value: false }] })
  await vi.waitFor(async () => {
    const { said } = await usher('journal', 'export', '--data', join(folder, 'data'))
    expect(said).toContain('alarm.cleared')
  }, soon)
  expect((await json<{ mode: string }>('mode')).mode).toBe('emergency')
}, 90_000)

test('it stays within its memory, and says nothing that is secret', async () => {
  const [adapter] = await json<{ memoryMb: number; restarts: number }[]>('adapters', 'list')
  expect(adapter?.memoryMb).toBeLessThan(256)
  const log = readFileSync(join(folder, 'data/adapters/opc-ua-1/log.jsonl'), 'utf8')
  expect(log).toContain('the server is reached')
  expect(log).not.toContain('simulated-plant-password')
}, 30_000)
