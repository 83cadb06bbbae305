/** The stack is loaded by the process of this adapter, and by no other. */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importTable } from '../../architecture/import-table.ts'
import { readSource } from '../../architecture/source.ts'
import { startUsher } from '../../cli/support.ts'

const root = join(import.meta.dirname, '../../..')
const isStack = (name: string) => /(^|\/)node-opcua(-|\/|$)/.test(name)

test('nothing but the adapter and its simulator imports it', () => {
  const sources = globSync(`{${Object.keys(importTable).join(',')}}/**/*.{ts,mjs,js}`, {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
  const importers = sources.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return (
      text.includes('node-opcua') &&
      readSource(path, text).imports.some((name) => name !== undefined && isStack(name))
    )
  })
  expect(importers.length).toBeGreaterThan(0)
  for (const path of importers) expect(path).toMatch(/^adapters\/opc-ua\//)
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-alone-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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

const loadedBy = (pid: number) => readFileSync(join(folder, 'loaded', String(pid)), 'utf8').split('\n')

test('a hub that runs this adapter has none of it in its own process; the adapter has', async () => {
  mkdirSync(join(folder, 'loaded'))
  writeFileSync(join(folder, 'witness.mjs'), witness)
  // The adapter gets nothing of the hub's environment, so its witness is imported by the module that is run.
  writeFileSync(
    join(folder, 'adapter.mjs'),
    `process.env.WITNESS = ${JSON.stringify(join(folder, 'loaded'))}
await import('./witness.mjs')
await import(${JSON.stringify(join(root, 'adapters/opc-ua/main.ts'))})
`,
  )
  const config = join(folder, 'hub.yaml')
  const branch = join(folder, 'branch.yaml')
  writeFileSync(
    branch,
    readFileSync(join(root, 'simulators/branches/demo.yaml'), 'utf8').replace(
      'devices:\n',
      'devices:\n  - { id: opc-ua-1, kind: gateway, zone: waiting }\n  - { id: gate-1, kind: door, zone: entrance, gateway: opc-ua-1 }\n',
    ),
  )
  const server = {
    name: 'plant',
    // Nobody listens there; the stack is loaded to find that out.
    url: 'opc.tcp://127.0.0.1:9/plant',
    identity: { by: 'password', username: 'usher', password: 'secret-of-the-plant' },
    devices: { 'gate-1': { kind: 'door' } },
  }
  writeFileSync(
    config,
    `branch: ${branch}
data: data
mqtt: { loopback: { port: 0 } }
http: { port: 0 }
adapters:
  - { device: opc-ua-1, run: ${join(folder, 'adapter.mjs')}, memoryMb: 400, config: ${JSON.stringify({ servers: [server] })} }
`,
  )
  const hub = startUsher(['start', '--config', config], {
    NODE_OPTIONS: `--import ${join(folder, 'witness.mjs')}`,
    WITNESS: join(folder, 'loaded'),
  })
  try {
    const { pid: adapter } = JSON.parse(await hub.line(/an adapter is started/)) as { pid: number }
    const log = join(folder, 'data/adapters/opc-ua-1/log.jsonl')
    await expect
      .poll(() => readFileSync(log, { encoding: 'utf8', flag: 'a+' }), { timeout: 30_000, interval: 200 })
      .toContain('the server cannot be reached yet')
    expect(loadedBy(adapter).some(isStack)).toBe(true)
    const own = loadedBy(hub.child.pid ?? 0)
    expect(own.some((url) => url.endsWith('/hub/main.ts'))).toBe(true)
    expect(own.filter(isStack)).toEqual([])
    expect(readFileSync(log, 'utf8')).not.toContain('secret-of-the-plant')
  } finally {
    hub.child.kill('SIGTERM')
    await hub.ended
  }
}, 60_000)
