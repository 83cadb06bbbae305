/** The adapter with its simulated robot reaches the highest level of the examination. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const out = mkdtempSync(join(tmpdir(), 'usher-named-place-'))
afterAll(() => rmSync(out, { recursive: true }))

/** Every rule takes its time, and the machine may be busy. */
const withinMs = 240_000

test(
  'the adapter passes the conformance kit at gold',
  async () => {
    const kit = join(root, 'adapters/conformance/bin.mjs')
    const words = [
      kit,
      'adapters/named-place-robot/conformance',
      '--level',
      'gold',
      '--pace',
      'quick',
      '--out',
      out,
    ]
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(code, said).toBe(0)
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as { level: string }
    expect(report.level).toBe('gold')
  },
  withinMs,
)
