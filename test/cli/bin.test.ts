/** The door of the command, started on an older Node: a copy in a scratch folder, where the version is made to look old. */
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const majorFound = 'process.versions.node'
const pretend = (version: string) =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-bin-'))
  mkdirSync(join(folder, 'cli'))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  copyFileSync(join(import.meta.dirname, '../../cli/bin.mjs'), join(folder, 'cli/bin.mjs'))
  writeFileSync(
    join(folder, 'cli/main.ts'),
    `const words: string[] = process.argv.slice(2)
if (words[0] === 'fail') process.exitCode = 7
if (words[0] === 'wait') {
  process.on('SIGTERM', () => process.exit(3))
  setInterval(() => undefined, 60_000)
}
// Said last: whoever hears it may ask it to end.
console.log(JSON.stringify({ words, second: process.env['USHER_SECOND_START'] ?? null, node: ${majorFound} }))
`,
  )
})

afterEach(() => rmSync(folder, { recursive: true }))

const start = (version: string, words: readonly string[]) => {
  const args = ['--import', pretend(version), join(folder, 'cli/bin.mjs'), ...words]
  const child = spawn(process.execPath, args)
  let said = ''
  let complained = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString()
  })
  const ended = new Promise<{ code: number | null; said: string; complained: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, said, complained }))
  })
  return { child, ended }
}

const bundle = () => symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'))

test('on Node 24 the command runs at once', async () => {
  const { code, said } = await start('24.0.0', ['fail', '--now']).ended
  expect(code).toBe(7)
  expect(JSON.parse(said)).toMatchObject({ words: ['fail', '--now'], second: null })
})

test('on Node 20 it starts again on the Node that npm brought, with its words and its exit code', async () => {
  bundle()
  const { code, said } = await start('20.20.2', ['fail', '--now']).ended
  expect(code).toBe(7)
  expect(JSON.parse(said)).toMatchObject({
    words: ['fail', '--now'],
    second: '1',
    node: process.versions.node,
  })
})

test('a request to end reaches the second start', async () => {
  bundle()
  const { child, ended } = start('20.20.2', ['wait'])
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGTERM')
  expect((await ended).code).toBe(3)
})

test('without a newer Node it says so, with a code and the way out', async () => {
  const { code, said, complained } = await start('20.20.2', []).ended
  expect(code).toBe(1)
  expect(said).toBe('')
  expect(complained).toMatch(/^error node\.too-old: Usher needs Node 24 or later/)
  expect(complained).toContain('npm ci')
})
