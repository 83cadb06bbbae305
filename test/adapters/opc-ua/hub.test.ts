/**
 * The whole way: the fire contact of a plant puts the branch of a running hub into emergency, and only a person ends that.
 * And which process loads the stack: the adapter's, not the hub's.
 */
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

/** Writes down which files a process loads, as they are loaded. */
const witness = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.WITNESS + '/' + process.pid, url + '\\n')
    return next(url, context)
  },
})
`
const program = join(import.meta.dirname, '../../../adapters/opc-ua/main.ts')
const isStack = (url: string) => /\/node-opcua(-|\/)/.test(url)
const loadedBy = (pid: number | null | undefined) =>
  readFileSync(join(folder, 'loaded', String(pid)), 'utf8').split('\n')

const json = async <T>(...words: readonly string[]): Promise<T> => {
  const { said, complained, code } = await usher(...words, '--json', '--data', join(folder, 'data'))
  if (code !== 0) throw new Error(complained)
  return JSON.parse(said) as T
}
const device = (id: string) =>
  json<{ link: string; health: string; healthReasons?: readonly string[] }>('devices', 'show', id)
const soon = { timeout: 45_000, interval: 300 }

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  plant = await startPlant()
  const loaded = join(folder, 'loaded')
  mkdirSync(loaded)
  writeFileSync(join(folder, 'witness.mjs'), witness)
  // Of the hub's environment an adapter gets nothing, so it brings its own witness.
  writeFileSync(
    join(folder, 'adapter.mjs'),
    `process.env.WITNESS = ${JSON.stringify(loaded)}
await import('./witness.mjs')
await import(${JSON.stringify(program)})
`,
  )
  const branch = join(folder, 'branch.yaml')
  writeFileSync(branch, readFileSync(demoBranch, 'utf8').replace('devices:\n', gateway))
  const config = join(folder, 'hub.yaml')
  const adapter = {
    device: 'opc-ua-1',
    run: join(folder, 'adapter.mjs'),
    memoryMb: 400,
    config: plant.config(),
  }
  writeFileSync(
    config,
    `branch: ${branch}\ndata: data\nmqtt: { loopback: { port: 0 }, tls: { host: 127.0.0.1, port: 0, names: [localhost] } }\nhttp: { port: 0 }\nadapters: [${JSON.stringify(adapter)}]\n`,
  )
  hub = startUsher(['start', '--config', config], {
    NODE_OPTIONS: `--import ${join(folder, 'witness.mjs')}`,
    WITNESS: loaded,
  })
  await hub.line(/the hub is ready/)
}, 120_000)

afterAll(async () => {
  hub?.child.kill('SIGTERM')
  await hub?.ended
  await plant?.stop()
  remove(folder)
}, 120_000)

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
  const [adapter] = await json<{ memoryMb: number; pid: number }[]>('adapters', 'list')
  expect(adapter?.memoryMb).toBeLessThan(256)
  const log = readFileSync(join(folder, 'data/adapters/opc-ua-1/log.jsonl'), 'utf8')
  expect(log).toContain('the server is reached')
  expect(log).not.toContain('simulated-plant-password')
}, 90_000)

test('the stack is in the process of the adapter, and not in that of the hub', async () => {
  const [adapter] = await json<{ pid: number | null }[]>('adapters', 'list')
  expect(loadedBy(adapter?.pid).some(isStack)).toBe(true)
  const own = loadedBy(hub.child.pid)
  expect(own.some((url) => url.endsWith('/hub/main.ts'))).toBe(true)
  expect(own.filter(isStack)).toEqual([])
}, 90_000)
