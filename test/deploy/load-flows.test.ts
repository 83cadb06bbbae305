/** Flows loaded at run time: what they may import, what they may not touch, and that a copy of a shipped one works. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { readFlowFolder, sourceOf } from '#hub/deploy/flow-folder.ts'
import { loadFlows } from '#hub/deploy/load-flows.ts'
import { begin, step } from '#hub/engine/instance.ts'
import { bellFlow, createFolders, type Folders } from './folders.ts'

let folders: Folders
beforeEach(() => {
  folders = createFolders()
})
afterEach(() => folders.remove())

const load = (files: Readonly<Record<string, string>>) => loadFlows(folders.write('bell', files))
const refused = (files: Readonly<Record<string, string>>) =>
  load(files).then(
    () => 'loaded',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  )

describe('a folder', () => {
  it('gives the flow it declares', async () => {
    const [bell] = await load({ 'flow.ts': bellFlow() })
    expect(bell).toMatchObject({ id: 'bell', version: 1, listens: ['help.requested'] })
    expect(bell?.policy.parse({})).toEqual({ patienceMs: 60_000 })
  })

  it('of folders gives each flow in it', async () => {
    folders.write('one', { 'flow.ts': bellFlow({ id: 'one' }) })
    folders.write('two', { 'flow.ts': bellFlow({ id: 'two' }) })
    folders.write('notes', { 'readme.ts': '' })
    expect((await loadFlows(folders.root)).map(({ id }) => id)).toEqual(['one', 'two'])
  })

  it.each(flows.map(({ id }) => id))('that is a copy of the shipped flow %s loads as it is', async (id) => {
    const [copy] = await loadFlows(folders.copyShipped(id))
    const shipped = flows.find((flow) => flow.id === id)
    expect(copy?.version).toBe(shipped?.version)
    expect(JSON.stringify(copy?.machine.definition)).toBe(JSON.stringify(shipped?.machine.definition))
  })

  it('is named by what its files hold', () => {
    const folder = folders.write('bell', { 'flow.ts': bellFlow(), 'notes.md': 'a' })
    const { digest } = readFlowFolder(folder)
    folders.write('bell', { 'notes.md': 'b' })
    expect(readFlowFolder(folder).digest).toBe(digest)
    folders.write('bell', { 'flow.ts': `${bellFlow()}\n` })
    expect(readFlowFolder(folder).digest).not.toBe(digest)
  })

  it('may be read again after a change: what was loaded is not what is loaded now', async () => {
    const [before] = await load({ 'flow.ts': bellFlow() })
    const [after] = await load({ 'flow.ts': bellFlow({ version: 2 }) })
    expect([before?.version, after?.version]).toEqual([1, 2])
  })
})

describe('is refused', () => {
  it.each([
    ["import { readFileSync } from 'node:fs'", 'flow.import'],
    ["import { readFileSync } from 'fs'", 'flow.import'],
    ["import { pino } from 'pino'", 'flow.import'],
    ["import { startHub } from '#hub/main.ts'", 'flow.import'],
    ["import { flows } from '#flows/index.ts'", 'flow.import'],
    ["import { greeting } from '#flows/greeting/flow.ts'", 'flow.import'],
    ["import { wish as w } from '../../wish.ts'", 'flow.import'],
    ["import { main } from '../../../hub/main.ts'", 'flow.import'],
    ["import { none } from './none.ts'", 'flow.import'],
    ["import 'https://example.org/flow.js'", 'flow.import'],
    ["const fs = await import('node:' + 'fs')", 'flow.import'],
    ['const now = Date.now()', 'flow.impure'],
    ['const die = Math.random()', 'flow.impure'],
    ['process.exit(3)', 'flow.impure'],
    ['globalThis.setTimeout(() => {}, 1)', 'flow.impure'],
    ["throw new Error('planted')", 'flow.broken: The flow cannot be loaded. flow.ts:8:7: Error: planted'],
    ['const = 1', 'flow.broken'],
    ['enum A { B }', 'flow.broken'],
  ])('%s', async (before, words) => {
    const said = await refused({ 'flow.ts': bellFlow({ before: `${before}\n` }) })
    expect(said.slice(0, words.length)).toBe(words)
  })

  it.each([
    ['no flow', 'export const nothing = 1', 'exports 0 flows'],
    ['two flows', `${bellFlow()}\nexport const second = { ...bell, id: 'second' }`, 'exports 2 flows'],
    ['half a flow', bellFlow({ more: "title: { en: 'Bell' } as never, key: 3 as never," }), 'key'],
    ['an odd way to rest', bellFlow({ more: 'resting: { notes: 3 as never },' }), 'resting.notes'],
  ])('one that exports %s', async (_, text, words) => {
    expect(await refused({ 'flow.ts': text })).toContain(words)
  })

  it('a folder without a title page, with too much in it, or that is not there', async () => {
    expect(await refused({ 'machine.ts': '' })).toContain('flow.folder')
    expect(await refused({ 'flow.ts': ' '.repeat(600_000) })).toContain('flow.folder')
    await expect(loadFlows(`${folders.root}/none`)).rejects.toMatchObject({ code: 'flow.folder' })
    for (const path of ['../flow.ts', '/etc/flow.ts', 'a/../../b.ts', 'a.js'])
      expect(() => sourceOf({ 'flow.ts': '', [path]: '' })).toThrow('no name for a file')
  })
})

it('deciding by the clock throws when it is tried', async () => {
  const [bell] = await load({
    'flow.ts': bellFlow({
      before: "import { hasTime } from './decide.ts'\n",
      waiting: '{ entry: wish(() => (hasTime() ? [] : [])), after: { patience: "over" } }',
    }),
    'decide.ts': '/** The Date of today. */\nexport const hasTime = () => new Date() !== undefined\n',
  })
  if (bell === undefined) throw new Error('no flow')
  const { snapshot } = begin(bell, 'kiosk-1', 0)
  const event = { type: 'help.requested', at: 1, view: { zone: null }, policy: bell.policy.parse({}) }
  expect(() => step(bell, snapshot, event)).toThrow('It uses Date.')
})
