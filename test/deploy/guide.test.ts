/** The worked example of the guide, block by block, on a real hub: what it says happens. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findingRows } from '#hub/flow-check/finding.ts'
import { remove, type StartedHub, scratch, startHub } from '../cli/support.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/flows.md'), 'utf8')

interface Block {
  readonly kind: string
  readonly words: readonly string[]
  readonly text: string
}

const blocks = (): readonly Block[] =>
  [...guide.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, kind = '', words = '', text = '']) => ({
    kind,
    words: words.trim().split(' '),
    text,
  }))

/** The part of the file that a later block replaces. */
const places: Readonly<Record<string, RegExp>> = {
  'ringing-answered': /^ {4}ringing: \{[\s\S]*?^ {4}answered: [\s\S]*?(?=^ {4}over:)/m,
  delays: /^ {2}delays: .*\n/m,
  version: /^ {2}version: 1,\n/m,
  next: /^ {2}version: 2,\n/m,
}

let folder: string
let hub: StartedHub
beforeAll(async () => {
  folder = scratch()
  hub = await startHub(join(folder, 'hub'))
})
afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const write = ([path = '', place]: readonly string[], text: string) => {
  const file = join(folder, path)
  if (place === undefined) {
    mkdirSync(dirname(file), { recursive: true })
    return writeFileSync(file, text)
  }
  const before = readFileSync(file, 'utf8')
  const after = before.replace(places[place] as RegExp, text)
  expect(after, place).not.toBe(before)
  writeFileSync(file, after)
}

/** Digests differ from flow to flow, and spaces from table to table. */
const plain = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{12}\b/g, '000000000000').replaceAll(/ +/g, ' ')

const run = async (text: string, refused: boolean): Promise<string> => {
  let said = ''
  for (const line of text.trim().split('\n')) {
    const words = line.split(' ').map((word) => (word.startsWith('my-flows/') ? join(folder, word) : word))
    const ended = await hub.usher(...words.slice(1))
    expect(ended.code, `${line}\n${ended.complained}`).toBe(refused ? 1 : 0)
    said += ended.said
  }
  return plain(said)
}

it('does what it says', { timeout: 120_000 }, async () => {
  let said = ''
  for (const { kind, words, text } of blocks()) {
    if (kind === 'ts') write(words, text)
    else if (kind === 'sh') said = await run(text, words.includes('refused'))
    else for (const line of plain(text).trim().split('\n')) expect(said).toContain(line)
  }
  expect(said).toContain('bell version 1')
})

it('can hold a flow against what a running hub has stored, and lists what is deployed', {
  timeout: 60_000,
}, async () => {
  const bell = join(folder, 'my-flows/bell')
  const [report] = await hub.json<{ flow: string; findings: unknown[] }[]>(
    'flows',
    'check',
    bell,
    '--against',
    hub.data,
  )
  expect(report).toMatchObject({ flow: 'bell', version: 2, findings: [] })
  const listed = await hub.json<{ id: string; version: number; digest: string | null }[]>('flows', 'list')
  expect(listed.find(({ id }) => id === 'bell')?.version).toBe(1)
  expect(listed.find(({ id }) => id === 'greeting')?.digest).toBeNull()
  const taken = await hub.usher('flows', 'rollback', 'greeting')
  expect(taken).toMatchObject({
    code: 1,
    complained: expect.stringContaining('error flow.no-former') as string,
  })
})

it('keeps what it said is in force through a SIGKILL', { timeout: 60_000 }, async () => {
  write(['my-flows/bell/flow.ts', 'next'], '  version: 3,\n')
  const made = await hub.json<{ version: number; digest: string }>(
    'flows',
    'deploy',
    join(folder, 'my-flows/bell'),
  )
  expect(made.version).toBe(3)
  hub.child.kill('SIGKILL')
  await hub.ended
  hub = await startHub(join(folder, 'hub'))
  const rows = await hub.json<{ version: number; digest: string; state: string }[]>(
    'flows',
    'history',
    'bell',
  )
  expect(rows.map(({ version, state }) => `${version} ${state}`)).toEqual([
    '2 rolled-back',
    '1 former',
    '3 in-force',
  ])
  expect(rows.at(-1)?.digest).toBe(made.digest)
  const [bell] = (await hub.json<{ id: string; version: number }[]>('flows', 'list')).filter(
    ({ id }) => id === 'bell',
  )
  expect(bell?.version).toBe(3)
})

it('lists each finding with its severity and why it matters', () => {
  for (const [code, { severity, why }] of Object.entries(findingRows))
    expect(guide).toContain(`| \`${code}\` | ${severity} | ${why} |`)
})
