/** An adapter is killed again and again while its hub is away and while it hands over what it kept: all comes, once. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoBranch, type Running, remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { findPorts } from '../../crash/free-ports.ts'
import { type AdapterProcess, startAdapterProcess } from './support/process.ts'

let folder: string
const children: (() => void)[] = []

beforeAll(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
})
afterAll(() => {
  for (const end of children) end()
  remove(folder)
})

const startHub = async (config: string): Promise<Running> => {
  const hub = startUsher(['start', '--config', config])
  children.push(() => hub.child.kill('SIGKILL'))
  await hub.line(/the hub is ready/)
  return hub
}

const teller = join(import.meta.dirname, 'tiny/teller.main.ts')
const notes = () => join(folder, 'notes')
const notesNow = () => readFileSync(notes(), 'utf8').split('\n').slice(0, -1)

const startTeller = (port: number, life: number, isQuiet = false): AdapterProcess => {
  const config = join(folder, `${life}.json`)
  writeFileSync(config, JSON.stringify({ life, notes: notes(), isQuiet }))
  const adapter = startAdapterProcess([teller], {
    USHER_BROKER: `mqtt://127.0.0.1:${port}`,
    USHER_DEVICE: 'tester-1',
    USHER_STATE: join(folder, 'state'),
    USHER_CONFIG: config,
  })
  children.push(() => adapter.kill('SIGKILL'))
  return adapter
}

/** How many messages the tray's file holds that have not left it. */
const waiting = () => {
  const text = readFileSync(join(folder, 'state/tester-1.out-tray'), 'utf8')
  const left = new Set<string>()
  for (const line of text.split('\n').slice(0, -1)) {
    const { boot, n, gone } = JSON.parse(line) as { boot: string; n: number; gone?: true }
    if (gone === true) left.delete(`${boot}/${n}`)
    else left.add(`${boot}/${n}`)
  }
  return left.size
}

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const kill = async (adapter: AdapterProcess, word: string, afterMs: number) => {
  await adapter.says(word)
  // The moment of the kill is what this test draws by lot.
  await pass(afterMs)
  adapter.kill('SIGKILL')
  await adapter.ended
}

const livesAway = 3
const livesHandingOver = 3

test('nothing that the adapter was told is kept is lost, and nothing comes twice', async () => {
  const { mqtt: port } = await findPorts()
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${demoBranch}\ndata: data\nmqtt: { loopback: { port: ${port}, trust: declared }, tls: false }\nhttp: { port: 0 }\n`,
  )
  const waits = fc.sample(fc.integer({ min: 0, max: 200 }), livesAway + livesHandingOver + 1)
  const first = await startHub(config)
  const withHub = startTeller(port, 0)
  await withHub.says('the line to the hub is up')
  await pass(waits[0] ?? 0)
  first.child.kill('SIGKILL')
  await first.ended
  await kill(withHub, 'the line to the hub is lost', waits[1] ?? 0)
  for (let life = 1; life < livesAway; life += 1)
    await kill(startTeller(port, life), 'says', waits[1 + life] ?? 0)
  expect(waiting()).toBeGreaterThan(0)

  const second = await startHub(config)
  for (let life = 0; life < livesHandingOver; life += 1)
    await kill(
      startTeller(port, livesAway + life),
      'the line to the hub is up',
      (waits[1 + livesAway + life] ?? 0) / 2,
    )
  const last = startTeller(port, livesAway + livesHandingOver, true)
  await last.says('the line to the hub is up')
  await vi.waitFor(() => expect(waiting()).toBe(0), { timeout: 45_000, interval: 50 })
  last.kill('SIGTERM')
  expect((await last.ended).code).toBe(0)

  const { said } = await usher('journal', 'export', '--data', join(folder, 'data'))
  const came = said
    .split('\n')
    .filter((line) => line.includes('"tester-1"'))
    .flatMap((line) => {
      const { body: text } = JSON.parse(line) as { body: string }
      const { body } = JSON.parse(text) as { body: { data?: { what?: string; ticket?: string } } }
      return body.data?.what ?? body.data?.ticket ?? []
    })
  expect(new Set(came).size, `waits ${waits.join(' ')}`).toBe(came.length)
  const told = notesNow()
  expect(told.length).toBeGreaterThan(livesAway + livesHandingOver)
  expect(told.filter((what) => !came.includes(what))).toEqual([])
  second.child.kill('SIGTERM')
  await second.ended
}, 90_000)
