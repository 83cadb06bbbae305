/** The adapter before the examiner, with a virtual vehicle of `vda-5050-lib` behind it: it keeps the whole contract. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'

const root = join(import.meta.dirname, '../../..')
const out = scratch()
afterAll(() => remove(out))

// A robot on the way takes real time: at the quick pace, a busy machine can leave a rule unproved, and it is asked again.
test('it passes the conformance kit at gold', { retry: 2, timeout: 240_000 }, async () => {
  const kit = join(root, 'adapters/conformance/bin.mjs')
  const folder = 'test/adapters/vda-5050/conformance'
  const child = spawn(process.execPath, [kit, folder, '--level', 'gold', '--pace', 'quick', '--out', out], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code, said).toBe(0)
  expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({ level: 'gold' })
})
