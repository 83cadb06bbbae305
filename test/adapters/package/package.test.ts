/** The packed SDK, as a vendor has it: installed into an empty project, typed, and at work at a hub, on old and new Node. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, scratch, startHub } from '../../cli/support.ts'
import { offer } from '../../simulators/support/rig.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'
import { comesIn } from '../sdk/support/visitor.ts'
import { startPageBroker } from './page-broker.ts'
import { createProject, type Project } from './project.ts'

let folder: string
let project: Project
const running: { kill(signal: NodeJS.Signals): unknown }[] = []

beforeAll(async () => {
  folder = scratch()
  project = await createProject(folder)
}, 300_000)
afterAll(() => {
  for (const one of running) one.kill('SIGKILL')
  remove(folder)
})

/** The Node of the host, where it is the oldest that the package promises to run on. */
const hostNode = '/usr/bin/node'
const isNode20 =
  existsSync(hostNode) && execFileSync(hostNode, ['--version'], { encoding: 'utf8' }).startsWith('v20.')
const nodes = [process.execPath, ...(isNode20 ? [hostNode] : [])].map((node, index) => ({
  node,
  own: `${index}`,
}))
const device = 'robot-1'

test('it brings few dependencies, its licence, and runs on Node 20 and later', () => {
  const installed = join(project.folder, 'node_modules/usher-adapter-sdk')
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: object
    engines: object
  }
  expect(Object.keys(manifest.dependencies)).toEqual([
    '@peculiar/x509',
    'aedes',
    'mqtt',
    'reflect-metadata',
    'zod',
  ])
  expect(manifest.engines).toEqual({ node: '>=20' })
  expect(existsSync(join(installed, 'LICENSE'))).toBe(true)
  expect(readFileSync(join(installed, 'dist/adapters/sdk/index.js'), 'utf8')).not.toMatch(/#protocol|\.ts'/)
})

test('building it takes away what an earlier build left, and nothing that is not its own', () => {
  expect(readdirSync(join(folder, 'packed')).sort()).toEqual([
    'apps',
    'usher-adapter-sdk',
    expect.stringMatching(/^usher-adapter-sdk-\d+\.\d+\.\d+\.tgz$/),
  ])
  expect(existsSync(join(folder, 'packed/usher-adapter-sdk-0.0.1.tgz'))).toBe(false)
  expect(readFileSync(join(folder, 'packed/apps/page.js'), 'utf8')).toBe('of somebody else')
})

test('its types give commands and results theirs, and refuse what does not fit', async () => {
  expect(await project.compile()).toBe('')
})

test.each(nodes)(
  'a greeter of a vendor is chosen at a hub, on $node',
  async ({ node, own }) => {
    // A branch of its own for each: whether a second visitor is greeted too is for the flows to say.
    const hub = await startHub(join(folder, 'hub', own))
    const adapter = startAdapterProcess(
      ['adapter.mjs'],
      {
        USHER_BROKER: `mqtt://127.0.0.1:${hub.ports.mqtt}`,
        USHER_DEVICE: device,
        USHER_STATE: join(folder, 'state', own),
        USHER_CONFIG: 'config.json',
      },
      { node, cwd: project.folder },
    )
    running.push(adapter, hub.child)
    await adapter.says('the line to the hub is up')
    await comesIn(hub.ports.mqtt, 'one')
    const { task } = await adapter.says('greets')
    await vi.waitFor(
      async () => {
        const { said } = await hub.usher('explain', '--task', String(task))
        expect(said).toMatch(/Outcome: done/)
        expect(said).toContain(device)
      },
      { timeout: 45_000, interval: 200 },
    )
    adapter.kill('SIGTERM')
    expect(await adapter.ended).toEqual({ code: 0, complained: '' })
    await hub.stop()
  },
  60_000,
)

test('as a page: over WebSocket, without Node, and loaded again it does nothing twice', async () => {
  const bundle = readFileSync(join(project.folder, 'node_modules/usher-adapter-sdk/dist/browser.js'), 'utf8')
  // It stands alone, and brings its own of what only Node has.
  expect(/^import\b|\bfrom\s*["'][^"']*["'];|\brequire\(["'`]node:/m.exec(bundle)?.[0]).toBeUndefined()
  expect(/(?<![\w$."'\x60])Buffer\.\w+/.exec(bundle)?.[0]).toBeUndefined()
  const broker = await startPageBroker('screen-9')
  try {
    const load = (kept: string) => {
      const loaded = startAdapterProcess(['page.mjs', broker.url, kept], {}, { cwd: project.folder })
      running.push(loaded)
      return loaded
    }
    const report = (status: string) => (message: { topic: string; body: object }) =>
      message.topic.endsWith('/report') && 'status' in message.body && message.body.status === status
    const first = load('[]')
    await broker.hears(({ topic }) => topic.endsWith('/state'))
    await broker.task(offer('display', { start: true }))
    expect((await broker.hears(report('done'))).body).toMatchObject({
      attempt: 1,
      result: { shown: [{}, {}] },
    })
    await vi.waitFor(() => expect(keptBy(first)).toContain('heard'), 45_000)
    first.kill('SIGKILL')
    await first.ended
    expect(first.lines().filter(({ msg }) => msg === 'shows')).toHaveLength(1)

    const from = broker.heard.length
    const second = load(keptBy(first))
    await broker.hears(({ topic }) => topic.endsWith('/state'), from)
    await broker.task(offer('display', { start: true }))
    await broker.hears(report('done'), from)
    expect(second.lines().filter(({ msg }) => msg === 'shows')).toEqual([])
    second.kill('SIGKILL')
  } finally {
    await broker.stop()
  }
}, 60_000)

/** What the page's storage held last. */
const keptBy = (page: AdapterProcess): string => {
  const kept = page.lines().findLast(({ msg }) => msg === 'kept')?.['kept']
  return typeof kept === 'string' ? kept : '[]'
}

test('the examiner comes with it, and finds that greeter to be gold, on the oldest Node there is', async () => {
  const { node } = nodes.at(-1) ?? { node: process.execPath }
  const door = join(project.folder, 'node_modules/usher-adapter-sdk/bin/usher-conformance.mjs')
  const config = join(project.folder, 'slow.json')
  // Long enough that it can be stopped in the middle.
  writeFileSync(config, '{ "greetMs": 800 }')
  const wishes = ['--level', 'gold', '--pace', 'quick', '--no-report', '--language', 'en']
  const start = `USHER_CONFIG=${config} exec ${node} adapter.mjs`
  const said = await project.run(node, door, '--start', start, ...wishes)
  expect(said).toContain('Level: GOLD')
  expect(said).toMatch(/✗ 0 fail/)
}, 180_000)
