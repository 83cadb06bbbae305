/** The pages about running keep what they say: the reference is fresh, the guide's commands work. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createProgram } from '#cli/program.ts'
import { commandLinePage } from '#cli/reference-page.ts'
import { type Running, remove, scratch, startUsher } from './support.ts'

const root = join(import.meta.dirname, '../..')
const page = (path: string) => readFileSync(join(root, path), 'utf8')

test('the page of the command line is fresh (otherwise: npm run docs)', () => {
  expect(page('docs/reference/command-line.md')).toBe(commandLinePage(createProgram()))
})

interface Step {
  readonly command: string
  readonly shown: readonly string[]
}

/** Commands of the guide with the lines shown below them. */
const steps = (text: string): readonly Step[] =>
  [...text.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    (block ?? '')
      .split(/^\$ /m)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [command = '', ...shown] = part.trimEnd().split('\n')
        return { command, shown: shown.filter((line) => line !== '…') }
      }),
  )

/** The same words in the same order; numbers, times and how far columns stand apart may differ. */
const shape = (line: string): RegExp =>
  new RegExp(
    `^${line
      .trim()
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\d+/g, String.raw`\d+`)
      .replaceAll(/\s+/g, String.raw`\s+`)}\\s*$`,
    'm',
  )

describe('the guide', () => {
  const folder = scratch()
  let demo: Running
  let port = ''
  /** Ids that the reader would copy from the outputs before. */
  const copied = { task: '', visit: '' }

  beforeAll(async () => {
    demo = startUsher(['demo', '--ports-free', '--in-process'], { TMPDIR: folder })
    port = /:(\d+)/.exec(await demo.line(/^ +broker /))?.[1] ?? ''
    await demo.line(/greets /)
    // The branch's own queue system has spoken: from then on the queues are known.
    await vi.waitFor(async () => {
      const { said } = await run('npx usher queues')
      if (!/cash.*queue-system/.test(said)) throw new Error(said)
    }, 90_000)
  }, 180_000)

  afterAll(async () => {
    demo.child.kill('SIGINT')
    await demo.ended
    remove(folder)
  })

  const run = (command: string) => {
    const words = command
      .replace(/^npx usher/, `"${process.execPath}" "${join(root, 'cli/bin.mjs')}"`)
      .replace('-h 127.0.0.1', `-h 127.0.0.1 -p ${port}`)
      .replace(/task-\d+-\d+-\d+/, copied.task)
      .replace(/v-\d+-\d+-\d+/, copied.visit)
    const child = spawn('sh', ['-c', words], {
      cwd: folder,
      env: { ...process.env, TMPDIR: folder, LANG: 'en_GB.UTF-8', USHER_DATA: '' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    return new Promise<{ code: number | null; said: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, said }))
    })
  }

  test.each(steps(page('docs/guides/try-it.md')))('$command', async ({ command, shown }) => {
    const { code, said } = await run(command)
    expect(code, said).toBe(0)
    copied.task = /task-\d+-\d+-\d+/.exec(said)?.[0] ?? copied.task
    copied.visit = /^(v-\d+-\d+-\d+).*tester-1\/mine-1/m.exec(said)?.[1] ?? copied.visit
    const [first] = shown
    if (first === undefined) return
    // The task copied from the list may be another one than the guide's: its kind and outcome differ.
    if (command.includes('explain --task') && !command.includes('--evidence'))
      expect(said).toMatch(/^Task task-/)
    else expect(said).toMatch(shape(first))
  })
})
